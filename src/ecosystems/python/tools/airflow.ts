import type { PythonTool } from '../tool.ts';

export const airflow: PythonTool = {
  id: 'airflow',
  packages: ['apache-airflow'],
  conventions: [{ globs: ['**/dags/**/*.py', '**/plugins/**/*.py'], use: 'tool' }],
};
