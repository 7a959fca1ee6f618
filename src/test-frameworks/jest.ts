import type { TestFramework } from './test-framework.ts';

export const jest: TestFramework = {
  id: 'jest',
  language: 'ecmascript',
  compiles: true,
  needsFiles: false,
  signs: /(?:from|require\()\s*['"]@jest\/globals['"]|\bjest\.(?:fn|mock|spyOn)\(/,
  command: ({ harness, plan }) => ({
    program: 'node',
    arguments: ['--experimental-vm-modules', '--no-warnings', `${harness}/run-jest.mjs`, plan],
    environment: { CI: '1', TROWEL_PLAN: plan },
  }),
};
