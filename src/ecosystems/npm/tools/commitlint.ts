import { pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const commitlint: NpmTool = {
  id: 'commitlint',
  packages: ['@commitlint/cli', '@commitlint/lint'],
  configuration: [
    '.commitlintrc',
    '.commitlintrc.{json,yaml,yml,js,cjs,mjs,ts}',
    'commitlint.config.{js,cjs,mjs,ts,mts}',
  ],
  manifestKey: 'commitlint',
  read(settings, found) {
    for (const name of stringsAt(settings, 'extends'))
      found.uses([/^[./@]|commitlint-config/.test(name) ? name : `commitlint-config-${name}`], 'commitlint setting');
    found.uses(
      [
        ...stringsAt(settings, 'parserPreset'),
        ...stringsAt(settings, 'formatter'),
        ...pluginNames(valuesAt(settings, 'plugins')),
      ],
      'commitlint setting',
    );
  },
};
