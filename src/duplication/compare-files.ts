/** Copies between two files: seeds grown on both sides, joined over gaps, cut to whole blocks. A function of the two alone. */
import type { DuplicationSettings } from './duplication.ts';
import type { Pair } from './pair.ts';
import { WINDOW } from './seed-index.ts';
import type { FileStatements } from './statements.ts';
import { wholeBlocks } from './whole-blocks.ts';

/** Rows of `a` and `b` at which the same window begins, as left, right, left, right, …; in a file with itself, left < right. */
export type Seeds = readonly number[];

export function compareFiles(
  a: FileStatements,
  b: FileStatements,
  seeds: Seeds,
  settings: DuplicationSettings,
): readonly Pair[] {
  return joinOverGaps(grownPairs(a, b, seeds), settings)
    .flatMap((pair) => wholeBlocks(pair, settings))
    .filter((pair) => isCopy(pair, settings));
}

function grownPairs(a: FileStatements, b: FileStatements, seeds: Seeds): Pair[] {
  const order = Array.from({ length: seeds.length / 2 }, (_, at) => at * 2).sort(
    (one, other) => seeds[one + 1]! - seeds[other + 1]! || seeds[one]! - seeds[other]!,
  );
  const isOne = a === b;
  const pairs: Pair[] = [];
  /** By the distance of the two sides: up to which row of `b` a pair on it has been grown. */
  const grown = new Map<number, number>();
  for (const at of order) {
    const [left, right] = [seeds[at]!, seeds[at + 1]!];
    const distance = right - left;
    if ((grown.get(distance) ?? -1) >= right) continue;
    let start = 0;
    while (
      left > start &&
      right > start &&
      (!isOne || right - start - 1 > left) &&
      a.shape[left - start - 1] === b.shape[right - start - 1]
    )
      start++;
    let end = 0;
    while (
      right + end < b.count &&
      left + end < a.count &&
      a.shape[left + end] === b.shape[right + end] &&
      !(isOne && left + end >= right - start)
    )
      end++;
    grown.set(distance, right + Math.max(WINDOW, end) - 1);
    // Two windows of one hash may differ, and a file's row is no copy of itself.
    if (end < WINDOW) continue;
    pairs.push({
      a,
      b,
      left: left - start,
      leftEnd: left + end,
      right: right - start,
      rightEnd: right + end,
      kind: 'renamed',
      similarity: 1,
    });
  }
  return pairs;
}

/** Two pairs with few statements between them on both sides are one, with a gap. */
function joinOverGaps(pairs: readonly Pair[], { gap, similarity }: DuplicationSettings): Pair[] {
  if (gap === 0) return [...pairs];
  const joined: Pair[] = [];
  const open: Pair[] = [];
  for (const pair of pairs.toSorted((one, other) => one.left - other.left || one.right - other.right)) {
    const at = open.findIndex(
      (each) =>
        near(each.leftEnd, pair.left, gap) &&
        near(each.rightEnd, pair.right, gap) &&
        (each.a !== each.b || pair.leftEnd <= each.right),
    );
    const before = at < 0 ? undefined : open[at]!;
    if (before) {
      const whole = { ...before, leftEnd: pair.leftEnd, rightEnd: pair.rightEnd };
      const same = alike(before) + alike(pair);
      const share = same / Math.max(whole.leftEnd - whole.left, whole.rightEnd - whole.right);
      if (share >= similarity) {
        open[at] = { ...whole, kind: 'gapped', similarity: share };
        continue;
      }
    }
    open.unshift(pair);
    if (open.length > 24) joined.push(open.pop()!);
  }
  return [...joined, ...open];
}

const near = (end: number, start: number, gap: number): boolean => start >= end && start - end <= gap;
const alike = (pair: Pair): number =>
  Math.round(Math.min(pair.leftEnd - pair.left, pair.rightEnd - pair.right) * pair.similarity);

/** Long enough, not a list of like rows, names changed in one way throughout. */
function isCopy(pair: Pair, { minimumTokens, minimumLines }: DuplicationSettings): boolean {
  const { a, b } = pair;
  let size = 0;
  let isExact = pair.kind !== 'gapped';
  const shapes = new Set<number>();
  for (let row = pair.left; row < pair.leftEnd; row++) {
    size += a.tokens[row]!;
    if (a.tokens[row]! > 1) shapes.add(a.shape[row]!);
    if (isExact && a.exact[row] !== b.exact[pair.right + row - pair.left]) isExact = false;
  }
  if (size < minimumTokens) return false;
  if (a.endLine[pair.leftEnd - 1]! - a.startLine[pair.left]! + 1 < minimumLines) return false;
  if (isExact) return shapes.size >= 3;
  // Tables, lists of cases and runs of setters look alike and are no copies.
  const statements = pair.leftEnd - pair.left;
  if (shapes.size < 5 || shapes.size < statements * 0.34) return false;
  return pair.kind === 'gapped' ? renames(pair) <= 0.2 : renames(pair) <= 0.15 && shared(pair) >= 0.25;
}

/** Share of names that do not keep to one change: 0 where every name is replaced by the same one each time. */
function renames(pair: Pair): number {
  const { a, b } = pair;
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  let all = 0;
  let broken = 0;
  for (const [mine, theirs] of alignedRows(pair)) {
    const count = Math.min(a.tokens[mine]!, b.tokens[theirs]!);
    for (let i = 0; i < count; i++) {
      const [left, right] = [a.names[a.firstToken[mine]! + i]!, b.names[b.firstToken[theirs]! + i]!];
      if (left === 0 || right === 0) continue;
      all++;
      if ((there.get(left) ?? right) !== right || (back.get(right) ?? left) !== left) broken++;
      else {
        there.set(left, right);
        back.set(right, left);
      }
    }
  }
  return all === 0 ? 1 : broken / all;
}

/** Share of names and literals that are the same on both sides. */
function shared(pair: Pair): number {
  const { a, b } = pair;
  let all = 0;
  let same = 0;
  for (const [mine, theirs] of alignedRows(pair))
    for (let i = 0; i < Math.min(a.tokens[mine]!, b.tokens[theirs]!); i++) {
      if (a.names[a.firstToken[mine]! + i] === 0) continue;
      all++;
      if (a.names[a.firstToken[mine]! + i] === b.names[b.firstToken[theirs]! + i]) same++;
    }
  return all === 0 ? 0 : same / all;
}

/** Rows of equal shape, in order; a gap is stepped over on either side. */
function* alignedRows(pair: Pair): Generator<readonly [number, number]> {
  const [left, right] = [pair.a.shape, pair.b.shape];
  let [a, b] = [pair.left, pair.right];
  while (a < pair.leftEnd && b < pair.rightEnd) {
    if (left[a] === right[b]) {
      yield [a++, b++];
      continue;
    }
    let step = 1;
    for (; step < 8; step++) {
      if (a + step < pair.leftEnd && left[a + step] === right[b]) break;
      if (b + step < pair.rightEnd && left[a] === right[b + step]) break;
      if (left[a + step] === right[b + step]) break;
    }
    if (a + step < pair.leftEnd && left[a + step] === right[b]) a += step;
    else if (b + step < pair.rightEnd && left[a] === right[b + step]) b += step;
    else {
      a += step;
      b += step;
    }
  }
}
