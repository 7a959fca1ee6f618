import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const drizzle: NpmTool = {
  id: 'drizzle',
  packages: ['drizzle-kit', 'drizzle-orm'],
  configuration: ['drizzle.config.{ts,js,mjs,json}'],
  read(settings, found) {
    found.entry(stringsAt(settings, 'schema'), 'tool');
  },
};
