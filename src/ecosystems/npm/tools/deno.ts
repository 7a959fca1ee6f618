import { alternatives, entriesOf, stringsOf, stringsWithin, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const deno: NpmTool = {
  id: 'deno',
  packages: [],
  configuration: ['deno.{json,jsonc}'],
  read(settings, found) {
    found.entry([...stringsWithin(valuesAt(settings, 'exports'))], 'public', 'deno exports');
    for (const [name, target] of entriesOf(valuesAt(settings, 'imports')))
      for (const path of stringsOf(alternatives(target)))
        if (/^\.\.?\//.test(path))
          found.alias(name.endsWith('/') ? `${name}*` : name, [path.endsWith('/') ? `${path}*` : path]);
  },
};
