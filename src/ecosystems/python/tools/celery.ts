import type { PythonTool } from '../tool.ts';

export const celery: PythonTool = {
  id: 'celery',
  packages: ['celery'],
  conventions: [
    { globs: ['**/{celery,celeryconfig,celery_app,celeryapp}.py', '**/tasks.py', '**/tasks/**/*.py'], use: 'tool' },
  ],
};
