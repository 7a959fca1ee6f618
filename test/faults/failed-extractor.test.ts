import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as registryModule from '../../src/languages/registry.ts';
import type { Extractor } from '../../src/languages/extractor.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

const broken = vi.hoisted(() => ({ language: '' }));
vi.mock('../../src/languages/registry.ts', async (original) => {
  const registry = await original<typeof registryModule>();
  return {
    ...registry,
    loadExtractor(language: string): Promise<Extractor | undefined> {
      if (language !== broken.language) return registry.loadExtractor(language);
      return Promise.resolve({
        prepare: () => Promise.resolve(),
        extract: () => {
          throw new Error('out of luck');
        },
      });
    },
  };
});

let first: TreeFixture;
let second: TreeFixture;
const files = new Map([
  ['a.py', 'def f():\n    return 1\n'],
  ['b.js', 'export function g() {}\n'],
]);
const now = Date.now;
beforeEach(() => {
  // Files count as written long ago: what changed just now is read again in any case.
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
  first = new TreeFixture();
  second = new TreeFixture();
  for (const tree of [first, second]) tree.become(files);
});
afterEach(() => {
  vi.restoreAllMocks();
  broken.language = '';
  first.dispose();
  second.dispose();
});

it('what a failed extractor leaves is no other tree’s, and the next dig tries again', async () => {
  const whole = await first.freshDump();
  broken.language = 'python';
  const warnings: string[] = [];
  const poor = await first.dump({ emit: (event) => void (event.type === 'warning' && warnings.push(event.message)) });
  expect(warnings).toEqual(['The python extractor failed: out of luck']);
  expect(poor).not.toBe(whole);
  expect(poor).toContain('b.js');

  broken.language = '';
  // The same content in another tree, with the same facts.db: read by itself, and the first tree stays as it was read.
  expect(await second.dump({ dataFolder: first.data })).toBe(whole);
  expect(await first.dump()).toBe(poor);
  expect(await first.dump({ retryFailed: true })).toBe(whole);
  expect(await first.dump()).toBe(whole);
});

it('an edit elsewhere links against what the failed file was read as', async () => {
  broken.language = 'python';
  await first.dump();
  broken.language = '';
  first.write('b.js', 'export function h() {}\n');
  const after = await first.dump();
  expect(after).toContain('b.js');
  expect(after).not.toContain('a.py#f');
  expect(await first.dump({ retryFailed: true })).toBe(await first.freshDump());
});
