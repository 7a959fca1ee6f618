import type { NpmTool } from '../tool.ts';

/** Node's own runner and others without configuration: what is named like a test is one, whoever runs it. */
export const nodeTest: NpmTool = {
  id: 'tests-by-name',
  packages: [/./],
  conventions: [
    {
      globs: [
        '**/*.{test,spec}.?(c|m)[jt]s?(x)',
        '**/*{-,_}test.?(c|m)[jt]s',
        '**/test-*.?(c|m)[jt]s',
        'test.?(c|m)[jt]s',
        '{test,tests,__tests__,spec,specs,e2e}/**/*.?(c|m)[jt]s?(x)',
        '**/__tests__/**/*.?(c|m)[jt]s?(x)',
        '**/*.test-d.ts',
        '{bench,benchmark,benchmarks}/**/*.?(c|m)[jt]s',
      ],
      use: 'test',
    },
  ],
};
