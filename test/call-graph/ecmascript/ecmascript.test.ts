import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCalls, parseCases } from '../run-case.ts';

const folder = import.meta.dirname;
const moduleName = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '').replaceAll('/', '.');

for (const file of readdirSync(folder).filter((name) => name.endsWith('.cases'))) {
  const language = file.startsWith('typescript') ? 'typescript' : file.startsWith('jsx') ? 'jsx' : 'javascript';
  describe(`calls in ECMAScript: ${file.replace('.cases', '')}`, () => {
    it.each(parseCases(readFileSync(path.join(folder, file), 'utf8')))('$name', async ({ files, expected }) => {
      expect(await findCalls(files, language, moduleName)).toEqual([...expected].sort());
    });
  });
}
