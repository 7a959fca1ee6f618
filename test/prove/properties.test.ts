import { describe, expect, test } from 'vitest';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';

const codec = `
/** Run lengths: \`aab\` is \`2a1b\`. */
export function encodeRuns(text) {
  let result = '';
  for (let i = 0; i < text.length; ) {
    let end = i + 1;
    while (end < text.length && text[end] === text[i]) end++;
    result += String(end - i) + text[i] + ';';
    i = end;
  }
  return result;
}
export function decodeRuns(code) {
  return code.replace(/([0-9]+)([^]);/g, (_, count, letter) => letter.repeat(Number(count)));
}
export function slug(title) {
  return String(title).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}
`;

const pairs = `
def encode_pairs(pairs: dict[str, str]) -> str:
    def escape(text):
        return text.replace("%", "%25").replace("=", "%3D").replace("&", "%26")
    return "&".join(f"{escape(key)}={escape(value)}" for key, value in pairs.items())


def decode_pairs(text: str) -> dict[str, str]:
    def plain(part):
        return part.replace("%26", "&").replace("%3D", "=").replace("%25", "%")
    if not text:
        return {}
    return {plain(key): plain(value) for key, value in (part.split("=", 1) for part in text.split("&"))}
`;

describe.skipIf(!sandboxes)('properties are found, proven by mutants and written as tests', () => {
  test('with fast-check, where the project has it', { timeout: 300_000 }, async () => {
    const root = makeProject(
      'codec',
      {
        'package.json':
          '{ "name": "codec", "type": "module", "exports": "./codec.js", "devDependencies": { "fast-check": "*" } }',
        'codec.js': codec,
      },
      ['fast-check', 'pure-rand'],
    );
    const report = await proveProject(root);
    const [file] = report.files;
    expect(file!.text).toContain("import fc from 'fast-check';");
    expect(file!.text).toMatch(/it\('is undone by decodeRuns for any text'/);
    expect(file!.text).toMatch(/assert\.match\(slug\(title\), \/\^\[a-z0-9-\]\*\$\/\)/);
    const properties = file!.tests.filter(({ origin }) => origin === 'properties');
    expect(properties.length).toBeGreaterThanOrEqual(2);
    expect(properties.every(({ kills }) => kills > 0)).toBe(true);
    expect(report.steadyRuns).toBe(3);
  });

  test('as a loop over inputs, where it has none', { timeout: 300_000 }, async () => {
    const root = makeProject('plain', {
      'package.json': '{ "name": "plain", "main": "codec.cjs" }',
      'codec.cjs': `${codec.replaceAll('export ', '')}\nmodule.exports = { encodeRuns, decodeRuns, slug };\n`,
    });
    const report = await proveProject(root);
    const text = report.files.map((file) => file.text).join('\n');
    expect(text).not.toContain('fast-check');
    expect(text).toMatch(/for \(const text of \[/);
    expect(text).toContain('assert.equal(decodeRuns(encodeRuns(text)), text);');
  });

  test('Python, without Hypothesis', { timeout: 300_000 }, async () => {
    const root = makeProject('pairs', {
      'pyproject.toml': '[project]\nname = "pairs"\nversion = "1"\n',
      'pairs.py': pairs,
    });
    const report = await proveProject(root);
    const text = report.files.map((file) => file.text).join('\n');
    expect(text).toContain('self.assertEqual(decode_pairs(encode_pairs(pairs)), pairs)');
    expect(text).toMatch(/with self\.subTest\(pairs=pairs\):/);
  });

  const store = `
export class Store {
  #rows = new Map();
  constructor(prefix = 'row:') { this.prefix = prefix; }
  set(key, value) { this.#rows.set(this.prefix + key, value); return this; }
  get(key) { return this.#rows.get(this.prefix + key); }
  has(key) { return this.#rows.has(this.prefix + key); }
  async seal(text) { return text.split('').reverse().join('') + '.'; }
  async unseal(code) { if (!code.endsWith('.')) throw new Error('not sealed'); return code.slice(0, -1).split('').reverse().join(''); }
}
export async function tidy(name) {
  await null;
  return String(name).trim().toLowerCase().replace(/ +/g, ' ');
}
`;

  test('of methods and of async functions, as a loop', { timeout: 300_000 }, async () => {
    const root = makeProject('store', {
      'package.json': '{ "name": "store", "type": "module", "exports": "./store.js" }',
      'store.js': store,
    });
    const report = await proveProject(root);
    expect(report.dropped).toEqual([]);
    expect(report.steadyRuns).toBe(3);
    const { text } = report.files[0]!;
    expect(text).toMatch(/it\('set keeps what get gives back for /);
    expect(text).toMatch(
      / {6}const store = new Store\(\);\n\n? {6}store\.set\(key, value\);\n\n {6}assert\.(?:equal|deepEqual)\(store\.get\(key\), value\);/,
    );
    expect(text).toMatch(/it\('seal is undone by unseal for any text', async \(\) => \{/);
    expect(text).toContain('assert.equal(await store.unseal(await store.seal(text)), text);');
    expect(text).toMatch(/it\('gives no capital letters for any text', async \(\) => \{\n {4}for \(const name of /);
  });

  test('of methods and of async functions, with fast-check', { timeout: 300_000 }, async () => {
    const root = makeProject(
      'store-checked',
      {
        'package.json':
          '{ "name": "store", "type": "module", "exports": "./store.js", "devDependencies": { "fast-check": "*" } }',
        'store.js': store,
      },
      ['fast-check', 'pure-rand'],
    );
    const report = await proveProject(root);
    expect(report.dropped).toEqual([]);
    expect(report.steadyRuns).toBe(3);
    expect(report.files[0]!.text).toMatch(
      /await fc\.assert\(\n {6}fc\.asyncProperty\(fc\.string\(\{ unit: 'grapheme' \}\), async \(name\) => \{/,
    );
  });

  test('of methods and of coroutines, in Python', { timeout: 300_000 }, async () => {
    const root = makeProject('shelf', {
      'pyproject.toml': '[project]\nname = "shelf"\n',
      'shelf.py': `class Shelf:
    def __init__(self, prefix: str = "row:"):
        self.prefix = prefix
        self._rows = {}

    def put(self, key: str, value: int) -> None:
        self._rows[self.prefix + key] = value

    def get(self, key: str) -> int:
        return self._rows[self.prefix + key]

    async def seal(self, text: str) -> str:
        return text[::-1] + "."

    async def unseal(self, code: str) -> str:
        if not code.endswith("."):
            raise ValueError("not sealed")
        return code[:-1][::-1]
`,
    });
    const report = await proveProject(root);
    expect(report.dropped).toEqual([]);
    expect(report.steadyRuns).toBe(3);
    const { text } = report.files[0]!;
    expect(text).toMatch(/def test_shelf_put_keeps_what_get_gives_back/);
    expect(text).toMatch(
      / {16}shelf = Shelf\(\)\n\n? {16}shelf\.put\(key, value\)\n\n {16}self\.assertEqual\(shelf\.get\(key\), value\)/,
    );
    expect(text).toContain('asyncio.run(shelf.unseal(asyncio.run(shelf.seal(text))))');
  });
});
