import type { PythonTool } from '../tool.ts';

export const pyinstaller: PythonTool = {
  id: 'pyinstaller',
  packages: ['pyinstaller'],
  conventions: [{ globs: ['**/hook-*.py', '**/*.spec'], use: 'tool' }],
};
