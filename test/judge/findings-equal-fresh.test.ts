/** After any edits, what a process that remembers a tree finds in it is what one that knows nothing finds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silent } from '../../src/base/progress.ts';
import { configOf } from '../../src/config/schema.ts';
import { collectFindings, type FindingsReport } from '../../src/findings/collect-findings.ts';
import { source as deadCode } from '../../src/findings/sources/dead-code.ts';
import { source as duplication } from '../../src/findings/sources/duplication.ts';
import { TreeMemory } from '../../src/findings/tree-memory.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { builtInRules } from '../../src/rules/registry.ts';
import { ResidentTree } from '../../src/workspace/resident-tree.ts';
import { testConfig, TreeFixture } from '../incremental/tree-fixture.ts';
import { judgedProject } from './judged-project.ts';

const config = configOf({
  scan: {},
  search: {},
  parse: { workers: 1 },
  history: {},
  check: {
    layers: [
      { name: 'top', paths: ['app/'] },
      { name: 'base', paths: ['lib/'] },
    ],
  },
});

function findings(snapshot: Snapshot, root: string, memory: TreeMemory): Promise<FindingsReport> {
  return collectFindings({
    snapshot,
    root,
    scope: '',
    config,
    rules: builtInRules,
    sources: [deadCode, duplication],
    memory,
    history: async () => undefined,
    emit: silent,
    signal: new AbortController().signal,
  });
}

type Round = readonly { readonly file: number; readonly version: number }[];

/** Rules that had something to say on the way. */
async function walk(rounds: readonly Round[]): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const fixture = new TreeFixture();
  for (const { path, versions } of judgedProject) fixture.write(path, versions[0]!);
  // A layer without a file is an error of the settings.
  for (const folder of ['app', 'lib']) fixture.write(`${folder}/kept.md`, '# Kept\n');
  const tree = new ResidentTree({
    settings: { root: fixture.root, config: testConfig, environment: {} },
    dataFolder: fixture.data,
  });
  try {
    const memory = new TreeMemory();
    for (const round of [[], ...rounds]) {
      for (const { file, version } of round) {
        const { path, versions } = judgedProject[file]!;
        if (version < 0) fixture.remove(path);
        else fixture.write(path, versions[version % versions.length]!);
      }
      tree.markAllDirty();
      await tree.refresh();
      const snapshot = tree.snapshot();
      try {
        const kept = await findings(snapshot, fixture.root, memory);
        const fresh = await findings(snapshot, fixture.root, new TreeMemory());
        expect(kept.findings).toEqual(fresh.findings);
        expect(kept.failures).toEqual([]);
        for (const { rule } of kept.findings) seen.add(rule);
      } finally {
        snapshot.close();
      }
    }
  } finally {
    await tree.close();
    fixture.dispose();
  }
  return seen;
}

const step = fc.record({ file: fc.nat(judgedProject.length - 1), version: fc.integer({ min: -1, max: 5 }) });

describe('findings of a tree that is remembered', () => {
  it('equal those of one that is judged anew, after any edits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
        async (rounds) => {
          await walk(rounds);
        },
      ),
      {
        numRuns: Number(process.env['TROWEL_PROPERTY_RUNS'] ?? 12),
        endOnFailure: false,
        interruptAfterTimeLimit: 90_000,
      },
    );
  }, 180_000);

  it('equal them for every version of every file, of all kinds of rules', async () => {
    const rounds = [1, 2, 3].flatMap((version) => judgedProject.map((_, file): Round => [{ file, version }]));
    const tools = judgedProject.findIndex(({ path }) => path === 'lib/tools.py');
    const seen = await walk([...rounds, [{ file: tools, version: 2 }]]);
    for (const rule of [
      'wrong-argument-count',
      'missing-await',
      'import-cycle',
      'data-clump',
      'layer-breach',
      'duplicated-code',
      'unused-function',
      'unused-import',
      'unused-parameter',
      'unused-export',
    ])
      expect(seen).toContain(rule);
  }, 120_000);
});
