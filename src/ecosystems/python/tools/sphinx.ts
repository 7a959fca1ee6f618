import type { PythonTool } from '../tool.ts';

export const sphinx: PythonTool = {
  id: 'sphinx',
  packages: ['sphinx', 'sphinx-rtd-theme', 'furo'],
  conventions: [
    { globs: ['**/{docs,doc}/**/conf.py', 'conf.py'], use: 'tool' },
    { globs: ['{docs,doc}/{_ext,ext,_extensions,extensions,exts,sphinxext}/**/*.py'], use: 'tool' },
  ],
};
