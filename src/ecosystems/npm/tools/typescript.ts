import type { NpmTool } from '../tool.ts';

/** Its settings are read with every package (compiler-settings.ts); ambient declarations need no import. */
export const typescript: NpmTool = {
  id: 'typescript',
  packages: ['typescript'],
  conventions: [{ globs: ['**/*.d.ts', '**/*.d.{mts,cts}'], use: 'tool' }],
};
