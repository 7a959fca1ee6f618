import type { PythonTool } from '../tool.ts';

export const nox: PythonTool = {
  id: 'nox',
  packages: [],
  conventions: [{ globs: ['noxfile.py'], use: 'tool' }],
};
