import type { NpmTool } from '../tool.ts';

export const tanstackRouter: NpmTool = {
  id: 'tanstack-router',
  packages: [/^@tanstack\/(?:router|react-router|solid-router)/],
  conventions: [
    { globs: ['src/routes/**/*.{js,jsx,ts,tsx}', 'src/routeTree.gen.ts'], use: 'tool', exports: ['Route'] },
  ],
};
