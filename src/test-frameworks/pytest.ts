import type { TestFramework } from './test-framework.ts';

export const pytest: TestFramework = {
  id: 'pytest',
  language: 'python',
  compiles: false,
  needsFiles: false,
  signs: /^\s*(?:import|from)\s+pytest\b|^def test_/m,
  command: ({ harness, plan }) => ({
    program: 'python',
    arguments: [`${harness}/run_suite.py`, plan],
    environment: { PYTHONHASHSEED: '0' },
  }),
};
