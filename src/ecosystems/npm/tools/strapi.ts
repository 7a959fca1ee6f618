import type { NpmTool } from '../tool.ts';

export const strapi: NpmTool = {
  id: 'content-systems',
  packages: [/^@strapi\//, 'payload', /^@keystone/, 'directus', 'sanity', 'tinacms', 'ghost', 'contentlayer'],
  configuration: [
    '{sanity,sanity.cli,payload,keystone,tina/config,contentlayer,velite}.{config,}.{ts,js}',
    '{sanity,sanity.cli,payload}.config.{ts,js,tsx}',
  ],
  conventions: [
    {
      globs: [
        'src/{api,extensions,plugins,admin,middlewares,policies}/**/*.{js,ts,tsx}',
        'config/**/*.{js,ts}',
        'src/index.{js,ts}',
        'database/**/*.{js,ts}',
      ],
      use: 'tool',
    },
  ],
};
