import type { NpmTool } from '../tool.ts';

export const knex: NpmTool = {
  id: 'knex',
  packages: ['knex', 'objection', 'typeorm', 'sequelize', 'kysely', '@mikro-orm/core', 'umzug'],
  configuration: ['{knexfile,ormconfig,mikro-orm.config,kysely.config}.{js,ts,json}'],
  conventions: [{ globs: ['**/{migrations,seeds,seeders}/**/*.{js,ts,mjs,cjs}'], use: 'tool' }],
};
