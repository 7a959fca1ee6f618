import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const typedoc: NpmTool = {
  id: 'typedoc',
  packages: ['typedoc'],
  configuration: ['typedoc.{json,jsonc,js,cjs,mjs,config.js,config.cjs,config.mjs}'],
  manifestKey: 'typedocOptions',
  read(settings, found) {
    found.uses(stringsAt(settings, 'plugin'), 'typedoc plug-in');
    found.entry(stringsAt(settings, 'entryPoints'), 'tool');
  },
};
