import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCalls, parseCases, pythonModuleName } from '../run-case.ts';

const folder = import.meta.dirname;

for (const file of readdirSync(folder).filter((name) => name.endsWith('.cases'))) {
  describe(`calls in Python: ${file.replace('.cases', '')}`, () => {
    it.each(parseCases(readFileSync(path.join(folder, file), 'utf8')))('$name', async ({ files, expected }) => {
      expect(await findCalls(files, 'python', pythonModuleName)).toEqual([...expected].sort());
    });
  });
}
