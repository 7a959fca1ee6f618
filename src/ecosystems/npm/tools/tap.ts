import type { NpmTool } from '../tool.ts';

export const tap: NpmTool = {
  id: 'tap',
  packages: ['tap', 'tape', 'uvu', 'node-tap', 'brittle', 'zora', 'qunit', 'borp', 'lab', '@hapi/lab'],
  configuration: ['.taprc'],
  framework: 'tap',
  conventions: [
    {
      globs: [
        '{test,tests,tap-snapshots}/**/*.{js,jsx,ts,tsx,mjs,cjs,mts,cts}',
        '**/*.{test,spec,tap}.{js,jsx,ts,tsx,mjs,cjs,mts,cts}',
        'test.{js,ts,mjs}',
      ],
      use: 'test',
    },
  ],
};
