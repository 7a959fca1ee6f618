import type { NpmTool } from '../tool.ts';

export const netlify: NpmTool = {
  id: 'netlify',
  packages: [/^@netlify\//, 'netlify-cli'],
  conventions: [{ globs: ['netlify/{functions,edge-functions}/**/*.{js,ts,mjs,cjs}'], use: 'program' }],
};
