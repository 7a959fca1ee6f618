import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDump } from '../../src/index/canonical-dump.ts';
import { ResidentTree } from '../../src/workspace/resident-tree.ts';
import { projectFiles, version } from './projects.ts';
import { testConfig, TreeFixture } from './tree-fixture.ts';

type Step =
  | { readonly kind: 'edit'; readonly file: number; readonly version: number }
  | { readonly kind: 'delete'; readonly file: number }
  | { readonly kind: 'rename'; readonly file: number; readonly to: number }
  /** All files at once, as a branch switch does. */
  | { readonly kind: 'switch'; readonly versions: readonly number[] };

const file = fc.nat(projectFiles.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), file, version: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), file }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename' as const), file, to: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('switch' as const),
      versions: fc.array(fc.integer({ min: -1, max: 2 }), {
        minLength: projectFiles.length,
        maxLength: projectFiles.length,
      }),
    }),
  },
);

/** The tree as a map, and what a step makes of it. */
function apply(tree: Map<string, string>, { ...step }: Step): void {
  if (step.kind === 'switch') {
    tree.clear();
    step.versions.forEach((index, at) => {
      if (index >= 0) tree.set(projectFiles[at]!.path, version(at, index));
    });
    return;
  }
  const { path } = projectFiles[step.file]!;
  if (step.kind === 'edit') tree.set(path, version(step.file, step.version));
  else if (step.kind === 'delete') tree.delete(path);
  else {
    const text = tree.get(path);
    if (text === undefined) return;
    tree.delete(path);
    const slash = path.lastIndexOf('/');
    tree.set(`${path.slice(0, slash + 1)}${['', 'moved/', 'test/'][step.to]!}renamed_${path.slice(slash + 1)}`, text);
  }
}

function firstDifference(left: string, right: string): string {
  const [a, b] = [left.split('\n'), right.split('\n')];
  const only = (from: readonly string[], other: readonly string[]): string[] => {
    const known = new Set(other);
    return from.filter((line) => !known.has(line)).slice(0, 8);
  };
  return `only incremental:\n${only(a, b).join('\n')}\nonly fresh:\n${only(b, a).join('\n')}`;
}

describe('incremental equals fresh', () => {
  it('after every step, for one-shot refreshes and for a resident tree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const fixture = new TreeFixture();
        const tree = new Map(projectFiles.map(({ path, versions }) => [path, versions[0]!]));
        fixture.become(tree);
        const resident = new ResidentTree({
          settings: { root: fixture.root, config: testConfig, environment: {} },
          dataFolder: `${fixture.folder}/resident`,
        });
        try {
          await resident.refresh();
          await fixture.dump();
          for (const next of steps) {
            const before = new Map(tree);
            apply(tree, next);
            for (const path of before.keys()) if (!tree.has(path)) fixture.remove(path);
            for (const [path, text] of tree) if (before.get(path) !== text) fixture.write(path, text);
            resident.markDirty(
              [...before.keys(), ...tree.keys()].filter((path) => before.get(path) !== tree.get(path)),
            );
            await resident.refresh();
            const fresh = await fixture.freshDump();
            const incremental = await fixture.dump();
            if (incremental !== fresh) expect.fail(firstDifference(incremental, fresh));
            const snapshot = resident.snapshot();
            const kept = [...canonicalDump(snapshot)].join('\n');
            snapshot.close();
            if (kept !== fresh) expect.fail(firstDifference(kept, fresh));
          }
        } finally {
          await resident.close();
          fixture.dispose();
        }
      }),
      {
        numRuns: Number(process.env['TROWEL_PROPERTY_RUNS'] ?? 15),
        endOnFailure: false,
        interruptAfterTimeLimit: 150_000,
      },
    );
  }, 180_000);
});
