import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configOf } from '../../src/config/schema.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let fixture: TreeFixture;
beforeEach(() => {
  fixture = new TreeFixture();
  fixture.write('good.py', 'def good():\n    return 1\n');
});
afterEach(() => fixture.dispose());

async function look(limit?: number): Promise<{ files: string[]; skipped: Record<string, string>; names: string[] }> {
  const config = configOf({
    check: {},
    scan: limit === undefined ? {} : { maxFileBytes: limit },
    search: {},
    parse: { workers: 1 },
    history: {},
  });
  const { snapshot } = await fixture.open({ configFor: () => config });
  const files = snapshot.files();
  const result = {
    files: files.map((file) => file.path),
    skipped: Object.fromEntries(snapshot.skipped().map((file) => [file.path, file.reason])),
    names: files.length > 1000 ? [] : files.flatMap((file) => snapshot.symbolsOf(file.id).map((symbol) => symbol.name)),
  };
  snapshot.close();
  return result;
}

describe('hostile trees', () => {
  it('a file of 100 MB is left out and named', async () => {
    const descriptor = openSync(path.join(fixture.root, 'huge.py'), 'w');
    ftruncateSync(descriptor, 100 * 1024 * 1024);
    closeSync(descriptor);
    const { files, skipped } = await look();
    expect(files).toEqual(['good.py']);
    expect(skipped['huge.py']).toBe('oversize');
  });

  it('one line of 10 MB ends, whatever becomes of it', async () => {
    fixture.write('line.py', `x = [${'1, '.repeat(3_500_000)}]\n`);
    fixture.write('line.js', `var x = "${'y'.repeat(10_000_000)}";\nfunction after() {}\n`);
    const { files, names } = await look(64 << 20);
    expect(files).toContain('good.py');
    expect(names).toContain('good');
  }, 180_000);

  for (const [file, text] of Object.entries({
    'deep.py': `def before(): pass\nx = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`,
    'deep.js': `function before() {}\nvar x = ${'[\n'.repeat(100_000)}${']\n'.repeat(100_000)};\n`,
    'deep.ts': `function before() {}\n${'{\n'.repeat(100_000)}${'}\n'.repeat(100_000)}\n`,
    'deep.go': `package p\n\nfunc before() {}\n\nvar x = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`,
    'Deep.java': `class Deep { void before() {} int x = ${'('.repeat(100_000)}1${')'.repeat(100_000)}; }\n`,
    'deep.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
    'deep.html': `${'<div>'.repeat(100_000)}\n`,
    'deep.md': `${'> '.repeat(100_000)}x\n`,
  })) {
    it(`100,000-deep nesting in ${file}`, async () => {
      fixture.write(file, text);
      const { files, names } = await look();
      expect(files).toContain(file);
      expect(names).toContain('good');
    }, 120_000);
  }

  it('50,000 files in one folder', async () => {
    const folder = path.join(fixture.root, 'many');
    mkdirSync(folder);
    for (let i = 0; i < 50_000; i++)
      writeFileSync(path.join(folder, `n${i}.${i % 50 === 0 ? 'py' : 'txt'}`), `x = ${i}\n`);
    const { files } = await look();
    expect(files).toHaveLength(50_001);
  }, 300_000);

  it('names that are no UTF-8', async () => {
    writeFileSync(
      Buffer.concat([Buffer.from(`${fixture.root}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]),
      'def latin():\n    pass\n',
    );
    writeFileSync(
      Buffer.concat([Buffer.from(`${fixture.root}/caf`), Buffer.from([0xe8]), Buffer.from('.py')]),
      'def grave():\n    pass\n',
    );
    const { names, files } = await look();
    expect(new Set(files).size).toBe(3);
    expect(names).toEqual(expect.arrayContaining(['latin', 'grave', 'good']));
    expect(await fixture.dump()).toBe(await fixture.freshDump());
  });

  it('a file that changes while it is read ends in the index as it last was', async () => {
    const files = Array.from({ length: 6 }, (_, i) => `busy${i}.py`);
    for (const file of files) fixture.write(file, 'def start():\n    pass\n'.repeat(20));
    let round = 0;
    const writer = setInterval(() => {
      for (const file of files) appendFileSync(path.join(fixture.root, file), `def round_${round++}():\n    pass\n`);
    }, 4);
    try {
      await fixture.dump();
    } finally {
      clearInterval(writer);
    }
    expect(await fixture.dump()).toBe(await fixture.freshDump());
    expect(readdirSync(fixture.root)).toContain('busy0.py');
  }, 120_000);
});
