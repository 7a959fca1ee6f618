import { itemsOf, stringsWithin, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const rolldown: NpmTool = {
  id: 'rolldown',
  packages: ['rolldown', 'tsdown'],
  configuration: ['{rolldown,tsdown}.config.{js,ts,mjs,cjs,mts,cts}'],
  read(settings, found) {
    for (const one of itemsOf(valuesAt(settings)))
      found.entry(
        [...stringsWithin(valuesAt(one, 'input')), ...stringsWithin(valuesAt(one, 'entry'))],
        'public',
        'bundler entry',
      );
  },
};
