import { itemsOf, stringsWithin, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const tsup: NpmTool = {
  id: 'tsup',
  packages: ['tsup'],
  configuration: ['tsup.config.{js,ts,cjs,mjs,json}'],
  manifestKey: 'tsup',
  read(settings, found) {
    for (const one of itemsOf(valuesAt(settings))) {
      const globs = stringsWithin([...valuesAt(one, 'entry'), ...valuesAt(one, 'entryPoints')]);
      found.entry(
        globs.filter((glob) => !glob.startsWith('!')),
        'public',
        'tsup entry',
      );
    }
  },
};
