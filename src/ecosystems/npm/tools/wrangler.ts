import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const wrangler: NpmTool = {
  id: 'wrangler',
  packages: ['wrangler', '@cloudflare/vite-plugin'],
  configuration: ['wrangler.{json,jsonc,toml}'],
  conventions: [{ globs: ['functions/**/*.{js,ts}'], use: 'program' }],
  read(settings, found) {
    found.entry([...stringsAt(settings, 'main')], 'program');
  },
};
