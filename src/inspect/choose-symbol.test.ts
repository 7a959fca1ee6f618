import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Snapshot } from '#model/snapshot.ts';
import { TreeFixture } from '../../test/incremental/tree-fixture.ts';
import { chooseSymbol } from './choose-symbol.ts';
import { impactOf } from './impact.ts';

let fixture: TreeFixture;
let snapshot: Snapshot;
beforeEach(async () => {
  fixture = new TreeFixture();
  fixture.become(
    new Map([
      ['go.mod', 'module example.com/x\n'],
      ['raft.go', 'package x\n\ntype Raft struct{}\n\nfunc (r *Raft) Step() int { return 1 }\n'],
      [
        'seen.go',
        'package x\n\ntype Seen struct {\n\tRaft *Raft\n\tStep int\n}\n\nfunc (s *Seen) Do() int { return s.Raft.Step() }\n',
      ],
      [
        'raft_test.go',
        'package x\n\nimport "testing"\n\nfunc makeRaft() *Raft { return &Raft{} }\n\nfunc TestStep(t *testing.T) {\n\tif makeRaft().Step() != 1 {\n\t\tt.Fatal()\n\t}\n}\n',
      ],
    ]),
  );
  ({ snapshot } = await fixture.open());
});
afterEach(() => {
  snapshot.close();
  fixture.dispose();
});

test('a type is meant by its name, not the fields of that name', () => {
  expect(chooseSymbol(snapshot, 'Raft')).toMatchObject({ status: 'one', symbol: { kind: 'struct' } });
  // Neither is called just so: a person has to say which.
  expect(chooseSymbol(snapshot, 'Step')).toMatchObject({ status: 'ambiguous' });
});

test('the tests to run are tests, not what helps them', () => {
  const chosen = chooseSymbol(snapshot, 'Raft');
  if (chosen.status !== 'one') throw new Error('ambiguous');
  expect(impactOf(snapshot, [chosen.symbol]).tests).toEqual([
    { path: 'raft_test.go', distance: 1, symbols: ['TestStep'] },
  ]);
});
