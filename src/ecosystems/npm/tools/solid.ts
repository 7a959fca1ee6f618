import type { NpmTool } from '../tool.ts';

export const solid: NpmTool = {
  id: 'solid-start',
  packages: [
    '@solidjs/start',
    'solid-start',
    'vinxi',
    '@tanstack/react-start',
    '@tanstack/start',
    '@tanstack/solid-start',
  ],
  configuration: ['app.config.{js,ts}'],
  conventions: [
    {
      globs: [
        '{src,app}/routes/**/*.{js,jsx,ts,tsx}',
        '{src,app}/{entry-client,entry-server,app,root,router,client,ssr,server,start}.{js,jsx,ts,tsx}',
        '{src,app}/routeTree.gen.ts',
      ],
      use: 'tool',
    },
  ],
};
