import type { TestFramework } from './test-framework.ts';

/** Every framework by the name that declarations use, loaded when it is asked for. A test compares this with the folder. */
const frameworks: Readonly<Record<string, () => Promise<TestFramework>>> = {
  vitest: async () => (await import('./vitest.ts')).vitest,
  jest: async () => (await import('./jest.ts')).jest,
  mocha: async () => (await import('./mocha.ts')).mocha,
  'node:test': async () => (await import('./node-test.ts')).nodeTest,
  pytest: async () => (await import('./pytest.ts')).pytest,
  unittest: async () => (await import('./unittest.ts')).unittest,
};

export const frameworkIds: readonly string[] = Object.keys(frameworks);

export async function loadFramework(id: string): Promise<TestFramework | undefined> {
  return Object.hasOwn(frameworks, id) ? frameworks[id]!() : undefined;
}
