import { stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const ava: NpmTool = {
  id: 'ava',
  packages: ['ava'],
  configuration: ['ava.config.{js,cjs,mjs}'],
  manifestKey: 'ava',
  framework: 'ava',
  conventions: [
    {
      globs: [
        'test.{js,cjs,mjs,ts}',
        '{src,source}/test.{js,ts}',
        '**/test-*.{js,ts}',
        '**/*.{test,spec}.{js,cjs,mjs,ts}',
        '{test,tests,__tests__}/**/*.{js,cjs,mjs,ts}',
        '**/__tests__/**/*.{js,cjs,mjs,ts}',
      ],
      use: 'test',
    },
  ],
  read(settings, found) {
    found.tests({ include: stringsAt(settings, 'files') });
    found.uses(stringsAt(settings, 'require'), 'ava setting');
    found.uses(
      stringsAt(settings, 'nodeArguments').flatMap(
        (argument) => /^--(?:import|loader|require)=(.+)$/.exec(argument)?.[1] ?? [],
      ),
      'ava setting',
    );
    if (valuesAt(settings, 'typescript').length > 0) found.uses(['@ava/typescript'], 'ava setting');
  },
};
