import { expect, test } from 'vitest';
import fc from 'fast-check';
import { CHUNK_STRIDE, ChunkColumn, type FileFacts, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { chunkKinds, symbolKinds } from '#model/vocabulary.ts';
import { languages } from '#languages/catalogue.ts';
import { extractFile } from './extract-file.ts';

const extract = async (language: string, text: string): Promise<FileFacts> =>
  (await extractFile({ text, language, declarations: false })).facts;

function symbol(
  facts: FileFacts,
  name: string,
): { kind: string; line: number; column: number; source: (text: string) => string } {
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    if (facts.strings[facts.symbols[at + SymbolColumn.name]!] !== name) continue;
    const [from, to] = [facts.symbols[at + SymbolColumn.startByte]!, facts.symbols[at + SymbolColumn.endByte]!];
    return {
      kind: symbolKinds[facts.symbols[at + SymbolColumn.kind]!]!,
      line: facts.symbols[at + SymbolColumn.nameLine]!,
      column: facts.symbols[at + SymbolColumn.nameColumn]!,
      source: (text) => Buffer.from(text).subarray(from, to).toString(),
    };
  }
  throw new Error(`no symbol ${name}`);
}

function chunks(
  facts: FileFacts,
  text: string,
): { kind: string; title: string; text: string; lines: readonly [number, number] }[] {
  const all = [];
  const bytes = Buffer.from(text);
  for (let at = 0; at < facts.chunks.length; at += CHUNK_STRIDE) {
    const get = (column: number): number => facts.chunks[at + column]!;
    all.push({
      kind: chunkKinds[get(ChunkColumn.kind)]!,
      title: facts.strings[get(ChunkColumn.title)] ?? '',
      text: bytes.subarray(get(ChunkColumn.startByte), get(ChunkColumn.endByte)).toString(),
      lines: [get(ChunkColumn.startLine), get(ChunkColumn.endLine)] as const,
    });
  }
  return all;
}

test('a language without extractor: the module, its lines, its chunks', async () => {
  const text = '! a program\nprogram é\n\nend\n';
  const facts = await extract('fortran-of-tomorrow', text);
  expect(facts).toMatchObject({ level: 'text', partial: false, lines: { total: 4, code: 3, comment: 0, blank: 1 } });
  expect(facts.symbols.length).toBe(SYMBOL_STRIDE);
  expect(facts.symbols[SymbolColumn.endByte]).toBe(Buffer.byteLength(text));
  expect(
    chunks(facts, text)
      .map((chunk) => chunk.text)
      .join(''),
  ).toBe(text);
});

test('code is cut along its symbols, comments above them included', async () => {
  const body = Array.from({ length: 50 }, (_, i) => `\tprintln(${i})`).join('\n');
  const text = `package a\n\nvar x = 1\n\n// One is first.\nfunc One() {\n${body}\n}\n\nfunc Two() int {\n${body}\n\treturn 1\n}\n`;
  const facts = await extract('go', text);
  expect(facts.lines.total).toBe(text.split('\n').length - 1);
  const made = chunks(facts, text);
  expect(made.map(({ title }) => title)).toEqual(['', 'One', 'Two']);
  expect(made[1]!.text.startsWith('// One is first.')).toBe(true);
});

test('Vue: the script is the module, places are those of the host, é above it moves no byte', async () => {
  const text =
    '<template>\n  <p title="é😀">{{ total }}</p>\n</template>\n\n<script lang="ts" generic="T extends Array<string>">\n// count\nexport function total(items: number[]): number {\n  return sum(items);\n}\n\nfunction sum(a: number[]) {\n  return a.length;\n}\n</script>\n\n<style>\n/* red */\np { color: red }\n</style>\n';
  const facts = await extract('vue', text);
  expect(facts.language).toBe('vue');
  expect(facts.lines).toMatchObject({ total: 19, comment: 2, blank: 3 });
  const total = symbol(facts, 'total');
  expect(total).toMatchObject({ kind: 'function', line: 7, column: 17 });
  expect(total.source(text)).toMatch(/^(?:export )?function total[^]*\}$/);
});

const notebookCells = [
  { cell_type: 'markdown', source: ['# Title\n', '\n', 'Some words.'] },
  {
    cell_type: 'code',
    source: [
      '%matplotlib inline\n',
      'import os\n',
      'x = !ls\n',
      '# note\n',
      'def area(r):\n',
      '    s = "\\"q\\té"\n',
      '    return r * r\n',
    ],
  },
  { cell_type: 'code', source: ['%%bash\n', 'def no(): pass'] },
  { cell_type: 'code', source: 'area(2)\nos?' },
];
test.each([1, 0])('a notebook, indented by %s: places are those in the .ipynb file', async (indent) => {
  const text = JSON.stringify(
    { cells: notebookCells, metadata: { language_info: { name: 'python' } }, nbformat: 4 },
    undefined,
    indent,
  );
  const facts = await extract('jupyter', text);
  expect(facts).toMatchObject({ language: 'jupyter', lines: { comment: 1 } });
  const prose = chunks(facts, text).find(({ kind }) => kind === 'prose');
  expect(prose).toMatchObject({ title: 'Title' });
  expect(prose!.text).toContain('Some words.');
  const area = symbol(facts, 'area');
  const lines = text.split('\n');
  expect(lines[area.line - 1]!.slice(area.column - 1)).toMatch(/^area\(r\)/);
  expect(area.source(text)).toMatch(/^def area[^]*return r \* r$/);
  expect(() => symbol(facts, 'no')).toThrow('no symbol');
});

test('a notebook that is no JSON is text, and says so', async () => {
  const { facts, warnings } = await extractFile({ text: 'not { json', language: 'jupyter', declarations: false });
  expect(facts.level).toBe('text');
  expect(warnings).toHaveLength(1);
});

test('prose by headings, configuration by keys, examples of code by themselves', async () => {
  const example = Array.from({ length: 8 }, (_, i) => `call(${i})`).join('\n');
  const markdown = `intro\n\n# One\n\ntext\n\n## Two\n\nmore\n\n\`\`\`python\n${example}\n\`\`\`\n\nafter\n`;
  const made = chunks(await extract('markdown', markdown), markdown);
  expect(made.map(({ kind, title }) => [kind, title])).toEqual([
    ['prose', ''],
    ['prose', 'One'],
    ['prose', 'One › Two'],
    ['code', 'One › Two'],
    ['prose', 'One › Two'],
  ]);
  const rst = 'Title\n=====\n\nwords\n\nPart\n----\n\nmore\n\nOther\n=====\nend\n';
  expect(chunks(await extract('restructuredtext', rst), rst).map(({ title }) => title)).toEqual([
    'Title',
    'Title › Part',
    'Other',
  ]);
  const items = (key: string): string =>
    `  "${key}": {\n${Array.from({ length: 20 }, (_, i) => `    "${key}${i}": "}"`).join(',\n')}\n  }`;
  const json = `{\n${['scripts', 'dependencies', 'files'].map(items).join(',\n')}\n}\n`;
  expect(chunks(await extract('json', json), json).map(({ title }) => title)).toEqual([
    'scripts',
    'dependencies',
    'files',
  ]);
});

test('a line without end becomes chunks of a fair size, and not its whole', async () => {
  const text = `x = "${'é'.repeat(300_000)}"`;
  const made = chunks(await extract('python-of-tomorrow', text), text);
  expect(made.length).toBeGreaterThan(1);
  expect(made.length).toBeLessThan(20);
  for (const chunk of made) expect(chunk.text).not.toContain('\ufffd');
});

test('any text in any language: facts, never an error; chunks in order, inside the file, on whole characters', async () => {
  const piece = fc.constantFrom(
    'def f(x):\n',
    '  return x\n',
    'class A {\n',
    '}\n',
    'function g() {',
    '<script>',
    '</script>',
    '<style>',
    '---\n',
    '# T\n',
    '"',
    '\n',
    '\r\n',
    'é',
    '😀',
    '{"cells": [',
    '{"cell_type":"code","source":["',
    '"]}',
    ']}',
    '\\n',
    ' ',
    '[a]\n',
    'k: v\n',
    '```\n',
    '==\n',
    '\0',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom(...languages.map(({ id }) => id)),
      async (pieces, language) => {
        const text = pieces.join('');
        const facts = await extract(language, text);
        const size = Buffer.byteLength(text);
        expect(facts.symbols.length).toBeGreaterThanOrEqual(SYMBOL_STRIDE);
        let last = 0;
        for (const chunk of chunks(facts, text)) {
          expect(chunk.lines[0]).toBeGreaterThanOrEqual(last);
          last = chunk.lines[0];
          expect(chunk.lines[1]).toBeGreaterThanOrEqual(chunk.lines[0]);
          expect(Buffer.byteLength(chunk.text)).toBeLessThanOrEqual(size);
          expect(chunk.text).not.toContain('\ufffd');
        }
      },
    ),
    { numRuns: 400 },
  );
});
