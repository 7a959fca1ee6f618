import { alternatives, entriesOf, itemsOf, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const rollup: NpmTool = {
  id: 'rollup',
  packages: ['rollup'],
  configuration: ['rollup.config.{js,ts,mjs,cjs,mts,cts}', 'rollup.*.config.{js,ts,mjs,cjs,mts,cts}'],
  read(settings, found) {
    for (const one of itemsOf(valuesAt(settings))) {
      const input = valuesAt(one, 'input');
      found.entry(
        [...stringsOf(input), ...entriesOf(input).flatMap(([, target]) => stringsOf(alternatives(target)))],
        'public',
        'rollup input',
      );
    }
  },
};
