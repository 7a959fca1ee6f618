import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractCase, linkAll, projectOf, readCases } from './link-case.ts';

const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((folder) => readdirSync(path.join(here, folder)).some((name) => name.endsWith('.edges')));

describe.each(folders)('%s', (folder) => {
  const cases = readdirSync(path.join(here, folder))
    .filter((name) => name.endsWith('.edges'))
    .flatMap((name) => readCases(readFileSync(path.join(here, folder, name), 'utf8')));
  it.each(cases.map((each) => [each.name, each] as const))('%s', async (_name, each) => {
    const edges = linkAll(await extractCase(each.files), projectOf(each.files));
    expect(each.expected.size).toBeGreaterThan(0);
    for (const [kind, expected] of each.expected)
      expect({ [kind]: edges.get(kind) ?? [] }).toEqual({ [kind]: expected });
  });
});
