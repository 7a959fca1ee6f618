import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileFacts } from '#model/facts.ts';
import { extractCase, type LinkCase, projectOf, readCases } from '../../../test/call-graph/link-case.ts';
import type { DeepEdges } from '../file-edges.ts';
import { TypedWorld } from './typed-world.ts';

const folder = path.join(import.meta.dirname, '../../../test/call-graph');
const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.edges'))
  .sort()
  .flatMap((name) => readCases(readFileSync(path.join(folder, name), 'utf8')))
  .filter((each) => each.files.size > 1);

interface Versions {
  readonly path: string;
  /** The file as it stands, with other names, without its second half (where that is broken code, so much the better). */
  readonly facts: readonly FileFacts[];
}

async function versionsOf({ files }: LinkCase): Promise<readonly Versions[]> {
  const variants = [
    (text: string) => text,
    (text: string) => text.replace(/\b(f|run|Do|go|helper)\b/g, '$12'),
    (text: string) => text.slice(0, Math.floor(text.length / 2)),
    (text: string) => `${text}\n\n`,
  ];
  const extracted = await Promise.all(
    variants.map((vary) => extractCase(new Map([...files].map(([name, text]) => [name, vary(text)])))),
  );
  return extracted[0]!.map(({ path: name }, at) => ({ path: name, facts: extracted.map((each) => each[at]!.facts) }));
}

/** Edges with their externals by name, in a fixed order. */
function canonical({ edges, externals, answered }: DeepEdges): unknown {
  const rows: string[] = [];
  for (let at = 0; at < edges.length; at += 9) {
    const row = [...edges.subarray(at, at + 9)];
    rows.push(`${row.join()} ${row[2] === -1 ? externals[row[3]!] : ''}`.replace(/^(\d+,\d+,-1),\d+/, '$1'));
  }
  return { rows: rows.sort(), answered: answered.join('') };
}

describe('TypedWorld', () => {
  const prepared: { each: LinkCase; versions: readonly Versions[] }[] = [];
  beforeAll(async () => {
    for (const each of cases) prepared.push({ each, versions: await versionsOf(each) });
  });

  it('yields after any edits what a new world yields', () => {
    expect(cases.length).toBeGreaterThan(20);
    const edit = fc.record({ file: fc.nat(20), version: fc.integer({ min: -1, max: 3 }), settle: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(edit, { minLength: 1, maxLength: 8 }), (pick, edits) => {
        const { each, versions } = prepared[pick % prepared.length]!;
        const project = projectOf(each.files);
        const world = new TypedWorld(project);
        const now = new Map<number, FileFacts>();
        const linked = new Map<number, DeepEdges>();
        const settle = (): void => {
          for (const number of world.takeDirty()) linked.set(number, world.link(number));
        };
        const put = (number: number, facts: FileFacts): void => {
          now.set(number, facts);
          world.set({ number, path: versions[number]!.path, roles: ['source'], facts });
        };
        versions.forEach((file, number) => put(number, file.facts[0]!));
        settle();
        for (const { file, version, settle: link } of edits) {
          const number = file % versions.length;
          if (version < 0) {
            world.remove(number);
            now.delete(number);
            linked.delete(number);
          } else put(number, versions[number]!.facts[version]!);
          if (link) settle();
        }
        settle();
        const fresh = new TypedWorld(project);
        for (const [number, facts] of [...now].sort((a, b) => b[0] - a[0]))
          fresh.set({ number, path: versions[number]!.path, roles: ['source'], facts });
        fresh.takeDirty();
        for (const number of now.keys()) expect(canonical(linked.get(number)!)).toEqual(canonical(fresh.link(number)));
      }),
      { numRuns: 600 },
    );
  });

  it('links only the file itself when a body changed', () => {
    const { each, versions } = prepared.find(({ versions: files }) => files.length > 1)!;
    const world = new TypedWorld(projectOf(each.files));
    versions.forEach((file, number) =>
      world.set({ number, path: file.path, roles: ['source'], facts: file.facts[0]! }),
    );
    for (const number of world.takeDirty()) world.link(number);
    world.set({ number: 0, path: versions[0]!.path, roles: ['source'], facts: versions[0]!.facts[3]! });
    expect(world.takeDirty()).toEqual([0]);
  });
});
