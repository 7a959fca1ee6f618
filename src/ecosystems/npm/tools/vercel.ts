import type { NpmTool } from '../tool.ts';

export const vercel: NpmTool = {
  id: 'vercel',
  packages: ['vercel', '@vercel/node', '@vercel/edge'],
  configuration: ['vercel.{json,ts}'],
  conventions: [{ globs: ['api/**/*.{js,ts,mjs}'], use: 'program' }],
};
