import type { TestFramework } from './test-framework.ts';

export const unittest: TestFramework = {
  id: 'unittest',
  language: 'python',
  compiles: false,
  needsFiles: true,
  signs: /^\s*(?:import|from)\s+unittest\b/m,
  command: ({ harness, plan }) => ({
    program: 'python',
    arguments: [`${harness}/run_suite.py`, plan],
    environment: { PYTHONHASHSEED: '0' },
  }),
};
