import type { PythonTool } from '../tool.ts';

export const scrapy: PythonTool = {
  id: 'scrapy',
  packages: ['scrapy'],
  conventions: [{ globs: ['**/spiders/**/*.py', '**/{pipelines,middlewares,items,settings}.py'], use: 'tool' }],
};
