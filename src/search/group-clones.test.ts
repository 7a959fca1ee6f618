import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CloneKind, ClonePair, CloneSide } from '#model/search.ts';
import { groupClones } from './group-clones.ts';

const side = (key: string, tokens = 100): CloneSide => ({
  key,
  name: key,
  path: `${key}.ts`,
  language: 'typescript',
  line: 1,
  endLine: 9,
  tokens,
  isTest: key.startsWith('test'),
});
const pair = (left: string, right: string, kind: CloneKind, similarity: number): ClonePair => ({
  kind,
  similarity,
  left: side(left),
  right: side(right),
});

test('pairs are joined through others; the strictest links hold a group, the loosest needed one names it', () => {
  const groups = groupClones([
    pair('a', 'b', 'exact', 1),
    pair('b', 'c', 'near-miss', 0.8),
    pair('a', 'c', 'semantic', 0.95),
    pair('x', 'y', 'renamed', 0.4),
  ]);
  expect(
    groups.map(({ kind, type, similarity, members }) => [kind, type, similarity, members.map(({ key }) => key)]),
  ).toEqual([
    ['renamed', 2, 0.4, ['x', 'y']],
    ['near-miss', 3, 0.8, ['a', 'b', 'c']],
  ]);
});

test('copies among tests come last, however alike', () => {
  const groups = groupClones([pair('test-a', 'test-b', 'exact', 1), pair('c', 'test-d', 'near-miss', 0.8)]);
  expect(groups.map(({ members }) => members.map(({ key }) => key))).toEqual([
    ['c', 'test-d'],
    ['test-a', 'test-b'],
  ]);
});

test('the representative is most like all others; who has no pair with it has the weakest link on the way', () => {
  const [group] = groupClones([
    pair('a', 'hub', 'near-miss', 0.9),
    pair('hub', 'b', 'near-miss', 0.8),
    pair('b', 'far', 'near-miss', 0.85),
  ]);
  expect(group!.members.map(({ key, similarity }) => [key, similarity])).toEqual([
    ['hub', 1],
    ['a', 0.9],
    ['b', 0.8],
    ['far', 0.8],
  ]);
});

test('groups are the connected parts of the pairs, whatever their order', () => {
  const name = fc.constantFrom(...'abcdefgh');
  const kind = fc.constantFrom<CloneKind>('exact', 'renamed', 'near-miss', 'semantic');
  const some = fc
    .uniqueArray(fc.tuple(name, name, kind, fc.integer({ min: 1, max: 10 })), {
      selector: ([a, b]) => [a, b].sort().join(),
      maxLength: 14,
    })
    .map((tuples) => tuples.filter(([a, b]) => a !== b).map(([a, b, of, tenths]) => pair(a, b, of, tenths / 10)));
  fc.assert(
    fc.property(some, (pairs) => {
      const groups = groupClones(pairs);
      expect(groupClones(pairs.toReversed())).toEqual(groups);
      const at = new Map(groups.flatMap(({ members }, number) => members.map(({ key }) => [key, number] as const)));
      expect(at.size).toBe(groups.reduce((sum, { members }) => sum + members.length, 0));
      for (const { left, right } of pairs) expect(at.get(left.key)).toBe(at.get(right.key));
      for (const { members } of groups) {
        const reached = new Set([members[0]!.key]);
        for (const _ of members)
          for (const { left, right } of pairs)
            if (reached.has(left.key) || reached.has(right.key)) reached.add(left.key).add(right.key);
        expect(reached.size).toBe(members.length);
      }
    }),
  );
});
