import { pluginNames, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const prettier: NpmTool = {
  id: 'prettier',
  packages: ['prettier'],
  configuration: [
    '.prettierrc',
    '.prettierrc.{json,json5,yml,yaml,js,cjs,mjs,ts,toml}',
    'prettier.config.{js,cjs,mjs,ts}',
  ],
  manifestKey: 'prettier',
  read(settings, found) {
    found.uses(pluginNames(valuesAt(settings, 'plugins')), 'prettier plug-in');
    found.uses(stringsOf(valuesAt(settings)), 'prettier settings');
  },
};
