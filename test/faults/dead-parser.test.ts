import { afterEach, beforeEach, expect, it } from 'vitest';
import { find } from '../../src/search/find.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let tree: TreeFixture;
beforeEach(() => void (tree = new TreeFixture()));
afterEach(() => tree.dispose());

const warned = async (): Promise<readonly string[]> => {
  const warnings: string[] = [];
  await tree.dump({
    retryFailed: true,
    emit: (event) => void (event.type === 'warning' && warnings.push(`${event.path}: ${event.message}`)),
  });
  return warnings;
};

/** So few files that they are parsed on the main thread: 16,000 open brackets trap the parser there. */
it('a parser that dies takes along neither the other files nor what the process reads later', async () => {
  tree.write('Bad.java', '([{'.repeat(5500));
  tree.write('Good.java', 'class Good { int f() { return 1; } }\n');
  tree.write('a.go', 'package a\n\nfunc F() {}\n');
  expect(await warned()).toEqual(['Bad.java: Only its lines are known: The java parser died on this file.']);
  tree.write('Good.java', 'class Good { int f() { return 1; } int g() { return f(); } }\n');
  tree.write('b.go', 'package a\n\nfunc G() { F() }\n');
  const after = await tree.dump();
  for (const symbol of ['Good.java#Good.g', 'a.go#F', 'b.go#G']) expect(after).toContain(symbol);
  // The file is tried again by a dig, and once it is source again it is read like any other.
  tree.write('Bad.java', 'class Bad { Good good; }\n');
  expect(await warned()).toEqual([]);
  expect(await tree.dump()).toBe(await tree.freshDump());
});

/** A worker keeps the words of what it has parsed until all is parsed; the first batch is 64 files. */
it('a worker that dies takes along no words of the files that it had parsed', async () => {
  for (let i = 0; i < 70; i++) tree.write(`many/f${i}.go`, `package many\n\nfunc Wanted${i}() {}\n`);
  tree.write('Bad.java', '([{'.repeat(5500));
  expect(await warned()).toEqual(['Bad.java: Only its lines are known: The java parser died on this file.']);
  const { snapshot } = await tree.open();
  const filters = { scope: '', accepts: () => true, kinds: new Set<string>() };
  try {
    for (const i of [0, 33, 63, 64, 69]) {
      const { hits } = find({ query: `Wanted${i}`, snapshot, filters, offset: 0, limit: 1, snippetLines: 2 });
      expect(hits[0]?.path).toBe(`many/f${i}.go`);
    }
  } finally {
    snapshot.close();
  }
});
