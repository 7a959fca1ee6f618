import { entriesOf, pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const postcss: NpmTool = {
  id: 'postcss',
  packages: ['postcss', 'postcss-cli', 'next', 'vite', 'postcss-loader'],
  configuration: ['postcss.config.{js,cjs,mjs,ts,mts,json}', '.postcssrc', '.postcssrc.{json,yml,js,cjs,mjs}'],
  manifestKey: 'postcss',
  read(settings, found) {
    found.uses(
      [
        ...entriesOf(valuesAt(settings, 'plugins')).map(([name]) => name),
        ...pluginNames(valuesAt(settings, 'plugins').filter(({ kind }) => kind === 'list')),
      ],
      'postcss plug-in',
    );
    found.uses(
      ['parser', 'syntax', 'stringifier'].flatMap((key) => stringsAt(settings, key)),
      'postcss setting',
    );
  },
};
