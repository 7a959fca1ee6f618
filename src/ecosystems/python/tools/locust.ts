import type { PythonTool } from '../tool.ts';

export const locust: PythonTool = {
  id: 'locust',
  packages: ['locust'],
  conventions: [{ globs: ['**/locustfile.py', '**/locustfiles/*.py'], use: 'tool' }],
};
