import { itemsOf, stringsAt, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const unbuild: NpmTool = {
  id: 'unbuild',
  packages: ['unbuild'],
  configuration: ['build.config.{js,ts,mjs,cjs,mts,cts}'],
  read(settings, found) {
    for (const one of itemsOf(valuesAt(settings)))
      for (const entry of itemsOf(valuesAt(one, 'entries')))
        found.entry([...stringsOf([entry]), ...stringsAt(entry, 'input')], 'public', 'unbuild entry');
  },
};
