import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const commitizen: NpmTool = {
  id: 'commitizen',
  packages: ['commitizen'],
  configuration: ['.czrc', '.cz.json'],
  read(settings, found) {
    found.uses(stringsAt(settings, 'path'), 'commitizen adapter');
  },
};
