import type { PythonTool } from '../tool.ts';

export const jupyter: PythonTool = {
  id: 'jupyter',
  packages: ['jupyter', 'notebook', 'jupyterlab', 'ipykernel'],
  conventions: [{ globs: ['**/{jupyter_config,jupyter_notebook_config,ipython_config}.py'], use: 'tool' }],
};
