import type { NpmTool } from '../tool.ts';

export const qwik: NpmTool = {
  id: 'qwik',
  packages: [/^@builder\.io\/qwik/, /^@qwik\.dev\//],
  conventions: [{ globs: ['src/routes/**/*.{js,jsx,ts,tsx}', 'src/{entry.*,root}.{ts,tsx}'], use: 'tool' }],
};
