import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readShippedModel } from '../../src/embedders/model-folder.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { queryEncoder } from '../../src/search/encode-query.ts';
import { find } from '../../src/search/find.ts';
import { ResidentTree } from '../../src/workspace/resident-tree.ts';
import { projectFiles, version } from './projects.ts';
import { testConfig, TreeFixture } from './tree-fixture.ts';

const encoder = queryEncoder(readShippedModel());

const queries = [
  'how is the total computed',
  'Model.save',
  'render',
  'request flow architecture',
  'load the configuration from a file',
  'pth',
  'app/models.py',
];

/** Everything that a search answers, but for row numbers. */
function answers(snapshot: Snapshot): string {
  const filters = { scope: '', accepts: () => true, kinds: new Set<string>() };
  return queries
    .map((query) => JSON.stringify(find({ query, snapshot, filters, offset: 0, limit: 50, snippetLines: 2, encoder })))
    .join('\n');
}

const edit = fc.record({ file: fc.nat(projectFiles.length - 1), version: fc.integer({ min: -1, max: 2 }) });

it('a search after any edits equals a search on an index made from nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
      async (rounds) => {
        const fixture = new TreeFixture();
        const tree = new Map(projectFiles.map(({ path, versions }) => [path, versions[0]!]));
        fixture.become(tree);
        const resident = new ResidentTree({
          settings: { root: fixture.root, config: testConfig, environment: {} },
          dataFolder: `${fixture.folder}/resident`,
        });
        const answersOf = async (data: string): Promise<string> => {
          const { snapshot } = await fixture.open({ dataFolder: data });
          try {
            return answers(snapshot);
          } finally {
            snapshot.close();
          }
        };
        try {
          await resident.refresh();
          for (const [round, edits] of rounds.entries()) {
            for (const { file, version: next } of edits) {
              const { path } = projectFiles[file]!;
              resident.markDirty([path]);
              if (next < 0) fixture.remove(path);
              else fixture.write(path, version(file, next));
            }
            await resident.refresh();
            const fresh = await answersOf(`${fixture.folder}/fresh${round}`);
            expect(await answersOf(fixture.data)).toBe(fresh);
            const snapshot = resident.snapshot();
            const kept = answers(snapshot);
            snapshot.close();
            expect(kept).toBe(fresh);
          }
        } finally {
          await resident.close();
          fixture.dispose();
        }
      },
    ),
    {
      numRuns: Number(process.env['TROWEL_PROPERTY_RUNS'] ?? 12),
      endOnFailure: false,
      interruptAfterTimeLimit: 90_000,
    },
  );
}, 150_000);
