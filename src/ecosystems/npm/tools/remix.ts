import type { NpmTool } from '../tool.ts';

export const remix: NpmTool = {
  id: 'remix',
  packages: [/^@remix-run\//, /^@react-router\/(?:dev|node|serve)$/],
  configuration: ['remix.config.{js,mjs,ts}', 'react-router.config.{js,ts}'],
  conventions: [
    {
      globs: ['app/root.{js,jsx,ts,tsx}', 'app/routes/**/*.{js,jsx,ts,tsx,mdx}'],
      use: 'tool',
      exports: [
        'default',
        'loader',
        'clientLoader',
        'action',
        'clientAction',
        'ErrorBoundary',
        'HydrateFallback',
        'Layout',
        'headers',
        'handle',
        'links',
        'meta',
        'shouldRevalidate',
        'middleware',
        'clientMiddleware',
        'unstable_middleware',
      ],
    },
    {
      globs: [
        'app/entry.{client,server,worker}.{js,jsx,ts,tsx}',
        'app/routes.{js,ts}',
        'server.{js,ts}',
        'server/**/*.{js,ts}',
      ],
      use: 'tool',
    },
  ],
};
