import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CopySource, CopyTree } from './copy-tree.ts';
import { findCopies } from './find-copies.ts';
import type { CopyClass } from './duplication.ts';

const block = (names: readonly string[], extra = ''): string => {
  const [f, a, b, c] = names;
  return `export function ${f}(${a}: number[], ${b}: string): string {
  const ${c} = new Map<string, number>();
  for (const each of ${a}) {
    const key = ${b} + each;
    if (${c}.has(key)) ${c}.set(key, ${c}.get(key)! + 1);
    else ${c}.set(key, each);
${extra}  }
  let text = '';
  for (const [key, value] of ${c}) {
    if (value > 3) text += key + value;
  }
  return text.trim();
}
`;
};
const filler = (n: number): string => `call${n}(${'x, '.repeat(n)}1);\nsay([${'y, '.repeat(n)}2], ${n});\n`;
const find = (files: Readonly<Record<string, string>>, language = 'typescript', settings = {}): readonly CopyClass[] =>
  findCopies(
    Object.entries(files).map(([path, text]) => ({ path, language, text })),
    settings,
  ).classes;
const places = (classes: readonly CopyClass[]): string[] =>
  classes.flatMap(({ kind, places: its }) => [
    `${kind} ${its.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`).join(' ')}`,
  ]);
const names = ['sum', 'list', 'prefix', 'seen'];
const others = ['total', 'values', 'head', 'table'];

describe('copies', () => {
  it('finds what is the same, wherever it stands, with the lines of whole statements', () => {
    expect(places(find({ 'a.ts': filler(1) + block(names), 'b.ts': filler(2) + filler(3) + block(names) }))).toEqual([
      'exact a.ts:3-15 b.ts:5-17',
    ]);
  });
  it('finds what is renamed throughout', () => {
    const [found] = find({ 'a.ts': block(names), 'b.ts': block(others) });
    expect(found).toMatchObject({ kind: 'renamed', similarity: 1 });
  });
  it('finds what has a statement more', () => {
    const [found] = find({ 'a.ts': block(names), 'b.ts': block(names, '    log(key);\n') });
    expect(found!.kind).toBe('gapped');
    expect(found!.similarity).toBeGreaterThan(0.75);
    expect(
      find({ 'a.ts': block(names), 'b.ts': block(names, '    log(key);\n') }, 'typescript', { gap: 0 }).map(
        ({ kind }) => kind,
      ),
    ).not.toContain('gapped');
  });
  it('gathers three places in one class', () => {
    const [found, ...rest] = find({ 'a.ts': block(names), 'b.ts': block(others), 'c.ts': filler(1) + block(names) });
    expect(found!.places.map(({ path }) => path)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(rest).toEqual([]);
  });
  it('does not see layout and comments', () => {
    const spread = block(names).replace(/^ {2}/gm, '      ').replace('let text', '// a word\n\n  /* more */ let text');
    expect(find({ 'a.ts': block(names), 'b.ts': spread })[0]!.kind).toBe('exact');
  });
  it('finds copies within one file, and none of a place with itself', () => {
    expect(places(find({ 'a.ts': block(names) + filler(1) + block(others) }))).toEqual([
      'renamed a.ts:1-13 a.ts:16-28',
    ]);
  });
  it('follows indentation where blocks are made by it', () => {
    const body = (f: string, x: string): string =>
      `def ${f}(${x}, limit):\n    found = {}\n    for each in ${x}:\n        key = each.name + each.kind\n        if key in found:\n            found[key] += each.size\n        else:\n            found[key] = each.size\n    text = []\n    for key, size in found.items():\n        if size > limit:\n            text.append(key + str(size))\n    return ", ".join(text)\n\n`;
    expect(
      places(
        find({ 'a.py': `import os\n\n${body('one', 'rows')}`, 'b.py': `${body('two', 'items')}x = 1\n` }, 'python'),
      ),
    ).toEqual(['renamed a.py:3-15 b.py:1-13']);
  });
});

describe('no copies', () => {
  const none = (files: Readonly<Record<string, string>>, language = 'typescript'): void =>
    expect(places(find(files, language))).toEqual([]);
  const many = (line: (n: number) => string, count = 30): string =>
    Array.from({ length: count }, (_, n) => line(n)).join('\n');
  it('imports and licences', () => {
    const head = `/*\n${many(() => ' * Licence text that is the same everywhere.')}\n */\n${many((n) => `import { a${n}, b${n} } from './x${n}';`)}\n`;
    none({ 'a.ts': `${head}console.log(1);\n`, 'b.ts': `${head}console.log(2);\n` });
  });
  it('tables of data', () => {
    none({
      'a.ts': `export const a = {\n${many((n) => `  key${n}: { name: 'x${n}', size: ${n} },`)}\n};\n`,
      'b.ts': `export const b = {\n${many((n) => `  other${n}: { name: 'y${n}', size: ${n + 7} },`)}\n};\n`,
    });
  });
  it('lists of cases and of setters', () => {
    none({
      'a.ts': `switch (x) {\n${many((n) => `  case 'a${n}':\n    return make${n}();`)}\n}\n`,
      'b.ts': `switch (y) {\n${many((n) => `  case 'b${n}':\n    return build${n}();`)}\n}\n`,
    });
    none({
      'a.ts': many((n) => `self.field${n} = given.field${n};`),
      'b.ts': many((n) => `target.part${n} = source.part${n};`),
    });
  });
  it('functions of one outline with other names and calls throughout', () => {
    const one = (k: number): string =>
      `export function f${k}(a${k}: A${k}) {\n  const b${k} = first${k}(a${k}.c${k});\n  if (!b${k}) return missing${k};\n  const d${k} = second${k}(b${k}, limit${k});\n  third${k}(d${k}.e${k});\n  return fourth${k}(b${k}, d${k}, 'text ${k}');\n}\n`;
    none({ 'a.ts': one(1), 'b.ts': one(2) });
  });
  it('what is too short', () =>
    none({ 'a.ts': 'const a = f(1);\nif (a) g(a);\n', 'b.ts': 'const a = f(1);\nif (a) g(a);\n' }));
  it('broken text', () => none({ 'a.ts': '}}}}{{{{((((', 'b.ts': '}}}}{{{{((((', 'c.ts': '' }));
});

describe('laws', () => {
  it('a renamed copy is found under any names that are not keywords', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}_x$/), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 6 }),
        (fresh, before) => {
          const found = find({
            'a.ts': block(names),
            'b.ts': Array.from({ length: before }, (_, n) => filler(n)).join('') + block(fresh),
          });
          expect(found).toHaveLength(1);
          expect(found[0]!.places[1]!.startLine).toBe(before * 2 + 1);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('after any edits, a tree that is kept says what one made anew says', () => {
    const bodies = [block(names), block(others), filler(2), `${block(names)}${filler(3)}`, filler(1).repeat(30), ''];
    // So common that no two of its places are compared with each other.
    const common = `function again(a: number): number {\n  const one = call(a, 1);\n  const two = call(one, 2);\n  return two;\n}\n`;
    const text = fc
      .array(fc.constantFrom(...bodies, common, common.repeat(12), common.repeat(40)), { maxLength: 4 })
      .map((parts) => parts.join(''));
    const edit = fc.record({ path: fc.constantFrom('a.ts', 'b.ts', 'c.ts', 'd/e.ts', 'f.ts'), text: fc.option(text) });
    const sourcesOf = (files: ReadonlyMap<string, string>): CopySource[] =>
      Array.from(files, ([path, its]) => ({
        path,
        key: its,
        read: () => ({ path, language: 'typescript', text: its }),
      }));
    let found = 0;
    fc.assert(
      fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (rounds) => {
        const tree = new CopyTree({ minimumTokens: 20, minimumLines: 3 });
        const files = new Map<string, string>();
        for (const round of rounds) {
          for (const { path, text: now } of round)
            if (now === null) files.delete(path);
            else files.set(path, now);
          tree.update(sourcesOf(files));
          const fresh = new CopyTree({ minimumTokens: 20, minimumLines: 3 });
          fresh.update(sourcesOf(files).toReversed());
          expect(tree.report()).toEqual(fresh.report());
          found += tree.report().classes.length;
        }
      }),
      { numRuns: 150 },
    );
    expect(found).toBeGreaterThan(100);
  });
  it('a place that stands very often is one class', () => {
    const files = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`${at}.ts`, block(names)]));
    const found = find(files);
    expect(found).toHaveLength(1);
    expect(found[0]!.places).toHaveLength(90);
  });
  it('the shape of a class does not change when its file moves or its layout does', () => {
    const [a] = find({ 'a.ts': block(names), 'b.ts': block(others) });
    const [b] = find({ 'deep/c.ts': filler(1) + block(names), 'd.ts': block(others).replace(/\n/g, '\n\n') });
    expect(b!.shape).toBe(a!.shape);
  });
});
