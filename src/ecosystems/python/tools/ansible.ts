import type { PythonTool } from '../tool.ts';

export const ansible: PythonTool = {
  id: 'ansible',
  packages: ['ansible', 'ansible-core'],
  conventions: [{ globs: ['{plugins,library,filter_plugins,lookup_plugins,module_utils}/**/*.py'], use: 'tool' }],
};
