import type { PythonTool } from '../tool.ts';

export const flask: PythonTool = {
  id: 'flask',
  packages: ['flask', 'quart'],
  conventions: [{ globs: ['{app,wsgi,autoapp,application}.py', '*/{app,wsgi}.py', 'app/__init__.py'], use: 'program' }],
};
