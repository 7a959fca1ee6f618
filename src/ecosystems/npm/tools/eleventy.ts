import type { NpmTool } from '../tool.ts';

export const eleventy: NpmTool = {
  id: 'eleventy',
  packages: ['@11ty/eleventy'],
  configuration: ['{.eleventy,eleventy.config}.{js,cjs,mjs}'],
  conventions: [
    { globs: ['**/_data/**/*.{js,cjs,mjs}', '**/*.11ty.{js,cjs,mjs}', '**/*.11tydata.{js,cjs,mjs}'], use: 'tool' },
  ],
};
