import type { TestFramework } from './test-framework.ts';

export const vitest: TestFramework = {
  id: 'vitest',
  language: 'ecmascript',
  compiles: true,
  needsFiles: false,
  signs: /(?:from|require\()\s*['"]vitest['"]/,
  command: ({ harness, plan }) => ({
    program: 'node',
    arguments: [`${harness}/run-vitest.mjs`, plan],
    environment: { CI: '1' },
  }),
};
