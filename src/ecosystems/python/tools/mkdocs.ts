import type { PythonTool } from '../tool.ts';

export const mkdocs: PythonTool = {
  id: 'mkdocs',
  packages: ['mkdocs', 'mkdocs-material'],
  conventions: [{ globs: ['{docs,scripts}/**/{gen_*,hooks,*_hook}.py', 'mkdocs_hooks.py'], use: 'tool' }],
};
