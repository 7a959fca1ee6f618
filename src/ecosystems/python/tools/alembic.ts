import type { PythonTool } from '../tool.ts';

export const alembic: PythonTool = {
  id: 'alembic',
  packages: ['alembic', 'flask-migrate'],
  conventions: [
    {
      globs: ['**/{alembic,migrations}/env.py', '**/{alembic,migrations}/versions/*.py', '**/versions/*.py'],
      use: 'tool',
    },
  ],
};
