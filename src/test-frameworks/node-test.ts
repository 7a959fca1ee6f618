import type { TestFramework } from './test-framework.ts';

export const nodeTest: TestFramework = {
  id: 'node:test',
  language: 'ecmascript',
  compiles: false,
  needsFiles: true,
  signs: /(?:from|require\()\s*['"](?:node:)?test['"]/,
  command: ({ harness, plan }) => ({
    program: 'node',
    arguments: ['--experimental-vm-modules', '--no-warnings', `${harness}/run-suite.mjs`, plan],
    environment: {},
  }),
};
