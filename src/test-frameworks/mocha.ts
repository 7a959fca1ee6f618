import { parseJsonWithComments } from './json-text.ts';
import type { TestFramework } from './test-framework.ts';

export const mocha: TestFramework = {
  id: 'mocha',
  language: 'ecmascript',
  compiles: false,
  needsFiles: true,
  signs: /(?:from|require\()\s*['"](?:mocha|chai)['"]/,
  command: ({ harness, plan }) => ({
    program: 'node',
    arguments: ['--experimental-vm-modules', '--no-warnings', `${harness}/run-suite.mjs`, plan],
    environment: {},
  }),
  settings(text) {
    const found = parseJsonWithComments(text);
    const inner = (found['mocha'] as Record<string, unknown> | undefined) ?? found;
    return { ui: inner['ui'], timeout: inner['timeout'] };
  },
};
