import type { PythonTool } from '../tool.ts';

export const invoke: PythonTool = {
  id: 'invoke',
  packages: ['invoke', 'fabric'],
  conventions: [{ globs: ['tasks.py', 'tasks/__init__.py', 'fabfile.py', 'fabfile/__init__.py'], use: 'tool' }],
};
