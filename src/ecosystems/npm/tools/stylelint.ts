import { itemsOf, pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const stylelint: NpmTool = {
  id: 'stylelint',
  packages: ['stylelint'],
  configuration: ['.stylelintrc', '.stylelintrc.{json,yaml,yml,js,cjs,mjs}', 'stylelint.config.{js,cjs,mjs,ts}'],
  manifestKey: 'stylelint',
  read(settings, found) {
    for (const part of [settings, ...itemsOf(valuesAt(settings, 'overrides'))])
      found.uses(
        ['extends', 'plugins', 'customSyntax', 'processors'].flatMap((key) => pluginNames(valuesAt(part, key))),
        'stylelint setting',
      );
  },
};
