import type { NpmTool } from '../tool.ts';

export const adonis: NpmTool = {
  id: 'adonis',
  packages: [
    /^@adonisjs\//,
    '@hapi/hapi',
    'sails',
    'moleculer',
    '@feathersjs/feathers',
    '@redwoodjs/core',
    '@fastify/autoload',
    'meteor',
    'egg',
    'midway',
  ],
  configuration: ['adonisrc.ts', 'ace.{js,ts}', 'redwood.toml', 'moleculer.config.{js,ts}'],
  conventions: [
    {
      globs: [
        '{start,config,app,bin,commands,providers,database,api,services,plugins,routes,controllers}/**/*.{js,ts,mjs}',
      ],
      use: 'tool',
    },
  ],
};
