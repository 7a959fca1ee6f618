import type { PythonTool } from '../tool.ts';

export const asv: PythonTool = {
  id: 'asv',
  packages: [],
  conventions: [{ globs: ['{benchmarks,asv_bench/benchmarks}/**/*.py'], use: 'tool' }],
};
