import type { NpmTool } from '../tool.ts';

export const msw: NpmTool = {
  id: 'msw',
  packages: ['msw'],
  manifestKey: 'msw',
  conventions: [
    { globs: ['**/mockServiceWorker.js', '{,src/}mocks/{browser,server,node,handlers}.{js,ts}'], use: 'tool' },
  ],
};
