import type { PythonTool } from '../tool.ts';

export const gunicorn: PythonTool = {
  id: 'gunicorn',
  packages: ['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'waitress', 'uwsgi'],
  conventions: [{ globs: ['**/gunicorn*.py', '**/gunicorn*.conf.py', '**/{wsgi,asgi}.py'], use: 'tool' }],
};
