import { stringsWithin, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const esbuild: NpmTool = {
  id: 'esbuild',
  packages: ['esbuild'],
  configuration: [
    'esbuild.{config,build}.{js,ts,mjs,cjs,mts,cts}',
    'esbuild.{js,ts,mjs,cjs,mts,cts}',
    '{build,scripts}/esbuild*.{js,ts,mjs,cjs,mts,cts}',
  ],
  read(settings, found) {
    found.entry(stringsWithin(valuesAt(settings, 'entryPoints')), 'public', 'esbuild entry');
  },
};
