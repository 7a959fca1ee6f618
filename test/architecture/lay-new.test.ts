import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layNew } from '../../scripts/checks/lay-new.ts';
import { languages } from '../../src/languages/catalogue.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');
let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'trowel-new-'));
  for (const room of ['operations', 'languages']) {
    mkdirSync(path.join(root, 'src', room), { recursive: true });
    cpSync(path.join(projectRoot, 'src', room, 'registry.ts'), path.join(root, 'src', room, 'registry.ts'));
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function expectPrograms(files: readonly string[]): void {
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    expect(parseSync(file, readFileSync(path.join(root, file), 'utf8')).errors, file).toEqual([]);
  }
}

describe('npm run new', () => {
  it('lays an operation, its test and its line in the registry', () => {
    const { files, error } = layNew(root, 'operation', 'count-files');
    expect(error).toBeUndefined();
    expect(files).toEqual([
      'src/operations/count-files.ts',
      'test/e2e/count-files.test.ts',
      'src/operations/registry.ts',
    ]);
    expectPrograms(files);
    expect(readFileSync(path.join(root, 'src/operations/registry.ts'), 'utf8')).toContain(
      "'count-files': () => import('./count-files.ts'),",
    );
  });

  it('lays a language with a fixture', () => {
    const language = languages.find(({ grammar, id }) => grammar !== undefined && /^[a-z]+$/.test(id))!;
    const { files, error } = layNew(root, 'language', language.id);
    expect(error).toBeUndefined();
    expectPrograms(files);
    expect(
      files.filter((file) => file.startsWith('test/fixtures/')).map((file) => existsSync(path.join(root, file))),
    ).toEqual([true]);
    expect(readFileSync(path.join(root, 'src/languages/registry.ts'), 'utf8')).toContain(
      `./${language.id}/${language.id}.ts`,
    );
  });

  it('refuses what it cannot lay, and changes nothing', () => {
    expect(layNew(root, 'castle', 'x').error).toContain('usage');
    expect(layNew(root, 'operation', 'NotKebab').error).toContain('kebab-case');
    expect(layNew(root, 'language', 'klingon').error).toContain('language-list.ts');
    expect(layNew(root, 'operation', 'twice').error).toBeUndefined();
    const before = readFileSync(path.join(root, 'src/operations/registry.ts'), 'utf8');
    expect(layNew(root, 'operation', 'twice').error).toContain('is there already');
    expect(readFileSync(path.join(root, 'src/operations/registry.ts'), 'utf8')).toBe(before);
  });
});
