import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const mocha: NpmTool = {
  id: 'mocha',
  packages: ['mocha'],
  configuration: ['.mocharc.{js,cjs,mjs,json,jsonc,yml,yaml}', '.mocharc'],
  manifestKey: 'mocha',
  framework: 'mocha',
  conventions: [
    {
      globs: [
        'test/*.{js,cjs,mjs,ts}',
        '{test,tests,spec}/**/*.{js,cjs,mjs,ts,tsx}',
        '**/*.{test,spec}.{js,cjs,mjs,ts,tsx}',
      ],
      use: 'test',
    },
  ],
  read(settings, found) {
    found.tests({
      include: stringsAt(settings, 'spec'),
      exclude: [...stringsAt(settings, 'ignore'), ...stringsAt(settings, 'exclude')],
      setup: [...stringsAt(settings, 'file'), ...stringsAt(settings, 'require'), ...stringsAt(settings, 'import')],
    });
    found.uses(
      ['require', 'loader', 'import'].flatMap((key) => stringsAt(settings, key)),
      'mocha setting',
    );
    found.uses(
      ['ui', 'reporter']
        .flatMap((key) => stringsAt(settings, key))
        .filter((name) => name.includes('-') || name.startsWith('.')),
      'mocha setting',
    );
  },
};
