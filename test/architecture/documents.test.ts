import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { staleDocuments } from '../../scripts/checks/documents.ts';
import { errorCodes } from '../../src/base/errors.ts';
import { languages } from '../../src/languages/catalogue.ts';
import { languageLevels } from '../../src/operations/language-levels.ts';
import { operationCatalogue } from '../../src/operations/registry.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const headings = (text: string): string[] => [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title!);

describe('documents', () => {
  it('docs/errors.md has a page for every code, and for no other', () => {
    expect(headings(read('docs/errors.md')).toSorted()).toEqual([...errorCodes].toSorted());
  });

  it('docs/commands.md has every operation', () => {
    for (const name of operationCatalogue.names) expect(headings(read('docs/commands.md'))).toContain(name);
  });

  it('docs/languages.md tells each language’s level as its extractor does', async () => {
    const levels = await languageLevels();
    expect(levels).toHaveLength(languages.length);
    const rows = new Map(
      [...read('docs/languages.md').matchAll(/^\| .+? \| `([^`]+)`\s*\| (\w+)\s*\|/gm)].map(([, id, level]) => [
        id,
        level,
      ]),
    );
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(levels.map(({ id, level }) => [id, level])));
  });

  it('generated pages are current', async () => {
    expect(await staleDocuments(root)).toEqual([]);
  });

  it('every decision is listed', () => {
    const listed = read('docs/decisions/README.md');
    for (const name of readdirSync(path.join(root, 'docs/decisions')))
      if (name !== 'README.md') expect(listed).toContain(`(${name})`);
  });

  it('links and paths that are named exist', () => {
    const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((name) => name !== '' && !name.startsWith('test/fixtures/'));
    for (const page of pages) {
      for (const [, target] of read(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)) {
        expect(existsSync(path.join(root, path.dirname(page), target!)), `${page}: ${target!}`).toBe(true);
      }
    }
    for (const [, named] of read('AGENTS.md').matchAll(/`((?:src|scripts|test|docs|bin)\/[\w./-]+)`/g)) {
      expect(existsSync(path.join(root, named!)), `AGENTS.md: ${named!}`).toBe(true);
    }
  });
});
