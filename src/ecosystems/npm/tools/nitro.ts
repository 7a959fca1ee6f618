import type { NpmTool } from '../tool.ts';

export const nitro: NpmTool = {
  id: 'nitro',
  packages: ['nitropack', 'nitro'],
  configuration: ['nitro.config.{js,ts,mjs}'],
  conventions: [
    { globs: ['{,server/,src/}{api,routes,middleware,plugins,tasks,utils}/**/*.{js,ts,mjs}'], use: 'tool' },
  ],
};
