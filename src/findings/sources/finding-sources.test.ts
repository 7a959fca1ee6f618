import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingSources } from './registry.ts';

it('has a line for every source, and no rule twice', async () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !/registry|\.test\./.test(name));
  expect(Object.keys(findingSources).sort()).toEqual(files.map((name) => name.replace('.ts', '')).sort());
  const sources = await Promise.all(Object.values(findingSources).map(async (load) => (await load()).source));
  const ids = sources.flatMap(({ rules }) => rules.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { reason } of sources.flatMap(({ rules }) => rules)) expect(reason.length).toBeGreaterThan(30);
});
