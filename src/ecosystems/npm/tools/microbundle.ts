import type { NpmTool } from '../tool.ts';

export const microbundle: NpmTool = {
  id: 'bundlers',
  packages: [
    'microbundle',
    'bunchee',
    'pkgroll',
    'tsdx',
    '@preconstruct/cli',
    'parcel',
    'ncc',
    '@vercel/ncc',
    'zshy',
    'father',
  ],
  conventions: [{ globs: ['src/index.{ts,tsx,js,jsx}'], use: 'public' }],
};
