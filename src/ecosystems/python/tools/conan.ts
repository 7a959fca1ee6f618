import type { PythonTool } from '../tool.ts';

export const conan: PythonTool = {
  id: 'conan',
  packages: [],
  conventions: [{ globs: ['**/conanfile.py', '**/wscript', '**/waf'], use: 'tool' }],
};
