import type { NpmTool } from '../tool.ts';

export const plop: NpmTool = {
  id: 'plop',
  packages: ['plop', 'hygen', 'turbo'],
  configuration: ['plopfile.{js,ts,mjs,cjs}', '_templates/**/*.{js,ts}', 'turbo/generators/config.{ts,js}'],
};
