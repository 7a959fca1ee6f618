import type { NpmTool } from '../tool.ts';

export const firebase: NpmTool = {
  id: 'firebase',
  packages: ['firebase-functions', 'firebase-tools'],
  conventions: [{ globs: ['functions/{src/,}index.{js,ts}'], use: 'program' }],
};
