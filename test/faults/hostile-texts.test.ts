import { afterEach, beforeEach, expect, it } from 'vitest';
import { languages } from '../../src/languages/catalogue.ts';
import { loadExtractor } from '../../src/languages/registry.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

/** Nested, unclosed, never lexed, endless: what sends error recovery and scanners the longest ways. */
const pieces = [
  '(',
  '}',
  '([{',
  "'",
  '`',
  '/*',
  '"${',
  'R"(',
  "f'{",
  'a<b, ',
  'x: ',
  '1 ',
  '<<A\n',
  '@a ',
  '😀',
  'if (a) ',
  '  a\n b\n',
];
/** UTF-16 units of one file. */
const SIZE = 24 * 1024;

/** What the parser's bounds say, and what stands for a worker that ended. */
const bounds = /parser (?:took too long|died)|the worker ended|longer than|exceeded|call stack/;

let tree: TreeFixture;
beforeEach(() => void (tree = new TreeFixture()));
afterEach(() => tree.dispose());

it('hostile text in every language: each file is indexed, by the parser or by its bounds', async () => {
  const written: string[] = [];
  for (const { id, extensions } of languages) {
    const extension = extensions[0];
    if (extension === undefined || !(await loadExtractor(id))) continue;
    for (const [number, piece] of pieces.entries()) {
      const file = `${id}/case${number}${extension}`;
      tree.write(file, `${piece.repeat(Math.ceil(SIZE / piece.length))}\n`);
      written.push(file);
    }
  }
  const warnings: string[] = [];
  const { snapshot } = await tree.open({
    emit: (event) => void (event.type === 'warning' && warnings.push(`${event.path}: ${event.message}`)),
  });
  try {
    const indexed = new Set(snapshot.files().map(({ path }) => path));
    expect(written.filter((file) => !indexed.has(file))).toEqual([]);
    expect(written.length).toBeGreaterThan(35 * pieces.length);
  } finally {
    snapshot.close();
  }
  expect(warnings.filter((warning) => !bounds.test(warning))).toEqual([]);
  // Most of it is read in part, not given up.
  expect(warnings.length).toBeLessThan(written.length / 10);
}, 300_000);
