import { alternatives, entriesOf, itemsOf, stringsAt, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const vitest: NpmTool = {
  id: 'vitest',
  packages: ['vitest', 'vite-plus'],
  configuration: [
    '{vite,vitest}.config.{js,ts,mjs,cjs,mts,cts}',
    'vitest.*.config.{js,ts,mjs,cjs,mts,cts}',
    'vitest.workspace.{js,ts,mjs,json}',
    'vitest.projects.{js,ts}',
  ],
  framework: 'vitest',
  conventions: [
    {
      globs: ['**/*.{test,spec}.?(c|m)[jt]s?(x)', '**/*.{bench,benchmark}.?(c|m)[jt]s?(x)', '**/*.test-d.ts'],
      use: 'test',
    },
    { globs: ['**/__mocks__/**/*.[jt]s?(x)'], use: 'test' },
    {
      globs: [
        'vitest.setup.{js,jsx,ts,tsx,mjs,cjs,mts,cts}',
        'setupTests.{js,jsx,ts,tsx,mjs,cjs,mts,cts}',
        'src/setupTests.{js,jsx,ts,tsx,mjs,cjs,mts,cts}',
      ],
      use: 'tool',
    },
  ],
  read(settings, found) {
    for (const project of [
      ...itemsOf([
        ...valuesAt(settings, 'test', 'projects'),
        ...valuesAt(settings, 'test', 'workspace'),
        ...valuesAt(settings),
      ]),
    ])
      for (const test of valuesAt(project, 'test')) {
        found.tests({ include: stringsAt(test, 'include'), exclude: stringsAt(test, 'exclude'), setup: [] });
        found.entry(stringsAt(test, 'include'), 'test', 'vitest configuration');
        for (const setup of [...stringsAt(test, 'setupFiles'), ...stringsAt(test, 'globalSetup')])
          if (/^[./]|\.[cm]?[jt]sx?$/.test(setup)) found.tests({ setup: [/^[./]/.test(setup) ? setup : `./${setup}`] });
          else found.uses([setup], 'vitest setup');
        const environment = stringsAt(test, 'environment')[0];
        if (environment !== undefined && environment !== 'node')
          found.uses([environment === 'edge-runtime' ? '@edge-runtime/vm' : environment], 'vitest environment');
        for (const provider of stringsAt(test, 'coverage', 'provider'))
          if (provider !== 'custom') found.uses([`@vitest/coverage-${provider}`], 'vitest coverage');
        found.uses(
          stringsAt(test, 'reporters').filter((name) => name.includes('-') && name !== 'github-actions'),
          'vitest reporter',
        );
        found.uses(
          stringsAt(test, 'browser', 'provider').map((name) =>
            name === 'playwright' || name === 'webdriverio' ? name : '',
          ),
          'vitest browser',
        );
      }
    for (const aliases of valuesAt(settings, 'resolve', 'alias'))
      for (const [name, target] of entriesOf([aliases]))
        found.alias(
          `${name}/*`,
          stringsOf(alternatives(target)).map((each) => `${each}/*`),
        );
  },
};
