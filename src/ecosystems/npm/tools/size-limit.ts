import { itemsOf, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const sizeLimit: NpmTool = {
  id: 'size-limit',
  packages: ['size-limit', /^@size-limit\//],
  configuration: ['.size-limit.{json,js,cjs,ts}'],
  read(settings, found) {
    found.entry(
      itemsOf(valuesAt(settings)).flatMap((one) => stringsAt(one, 'path')),
      'tool',
    );
  },
};
