import type { PythonTool } from '../tool.ts';

export const scons: PythonTool = {
  id: 'scons',
  packages: [],
  conventions: [{ globs: ['**/{SConstruct,SConscript,site_scons/**/*.py}'], use: 'tool' }],
};
