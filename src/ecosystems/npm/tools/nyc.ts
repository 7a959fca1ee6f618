import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const nyc: NpmTool = {
  id: 'nyc',
  packages: ['nyc', 'c8'],
  configuration: ['.nycrc', '.nycrc.json', 'nyc.config.{js,cjs}', '.c8rc.json'],
  manifestKey: 'nyc',
  read(settings, found) {
    found.uses([...stringsAt(settings, 'extends'), ...stringsAt(settings, 'require')], 'nyc setting');
  },
};
