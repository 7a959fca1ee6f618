import type { PythonTool } from '../tool.ts';

export const streamlit: PythonTool = {
  id: 'streamlit',
  packages: ['streamlit'],
  conventions: [{ globs: ['{streamlit_app,app,main,Home,Hello}.py', '**/pages/*.py'], use: 'program' }],
};
