import { parseJsonWithComments } from './json-text.ts';
import { mochaCommandLine } from './mocha-command-line.ts';
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
    // Of settings as YAML or a script, the two that matter most.
    const ui = inner['ui'] ?? /^\s*["']?ui["']?\s*:\s*["']?([\w-]+)/m.exec(text)?.[1];
    const timeout = inner['timeout'] ?? /^\s*["']?timeout["']?\s*:\s*["']?(\d+)/m.exec(text)?.[1];
    return {
      ...(ui === undefined ? {} : { ui }),
      ...(timeout === undefined ? {} : { timeout: Number(timeout) || timeout }),
      ...(inner['recursive'] === true || /^\s*["']?recursive["']?\s*:\s*true/m.test(text) ? { recursive: true } : {}),
    };
  },
  commandLine: mochaCommandLine,
};
