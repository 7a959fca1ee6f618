import { itemsOf, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const pm2: NpmTool = {
  id: 'pm2',
  packages: [],
  configuration: ['ecosystem.config.{js,cjs,json,mjs}', 'pm2.config.{js,cjs,json}', 'pm2.json'],
  read(settings, found) {
    found.entry(
      itemsOf(valuesAt(settings, 'apps')).flatMap((app) => stringsAt(app, 'script')),
      'program',
      'pm2 script',
    );
  },
};
