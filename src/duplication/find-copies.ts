/** Copies among statements: seeds by hashed windows, grown on both sides, cut to whole blocks, joined over gaps, gathered in classes. */
import { throwIfAborted } from '#base/abort.ts';
import {
  type CopyClass,
  type CopyPlace,
  defaultDuplication,
  type DuplicationReport,
  type DuplicationSettings,
  type DuplicationSource,
} from './duplication.ts';
import { gatherClasses } from './gather-classes.ts';
import type { Pair } from './pair.ts';
import { readStatements, type StatementTable } from './statements.ts';
import { wholeBlocks } from './whole-blocks.ts';

/** Statements in a seed. Windows of fewer tokens, and those that so many places share, say little. */
const WINDOW = 3;
const WINDOW_TOKENS = 10;
const COMMON = 64;

/** `only`: pairs that have a side in this file. */
export function findCopies(
  sources: readonly DuplicationSource[],
  given: Partial<DuplicationSettings> = {},
  options: { readonly only?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): DuplicationReport {
  const settings = { ...defaultDuplication, ...given };
  const table = readStatements(sources);
  throwIfAborted(options.signal);
  const only = options.only === undefined ? -1 : sources.findIndex(({ path }) => path === options.only);
  const pairs = joinOverGaps(table, seedPairs(table, only, options.signal), settings)
    .flatMap((pair) => wholeBlocks(table, pair, settings))
    .filter((pair) => isCopy(table, pair, settings));
  const classes = gatherClasses(table, pairs).sort(
    (a, b) =>
      b.tokens * (b.places.length - 1) - a.tokens * (a.places.length - 1) ||
      (a.places[0]!.path < b.places[0]!.path ? -1 : 1),
  );
  return { classes, files: sources.length, lines: table.lines, duplicatedLines: countLines(classes) };
}

function seedPairs(table: StatementTable, only: number, signal: AbortSignal | undefined): Pair[] {
  const { count, file, shape, tokens } = table;
  const size = 1 << Math.ceil(Math.log2(Math.max(16, count * 2)));
  const heads = new Int32Array(size).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const length = new Int32Array(count);
  const hashes = new Int32Array(count);
  const pairs: Pair[] = [];
  /** By the distance of the two sides: up to which row a pair on it has been grown. */
  const grown = new Map<number, number>();
  for (let row = 0; row + WINDOW <= count; row++) {
    if ((row & 0x3ffff) === 0) throwIfAborted(signal);
    if (file[row] !== file[row + WINDOW - 1]) continue;
    let hash = 0;
    let size3 = 0;
    for (let i = 0; i < WINDOW; i++) {
      hash = Math.imul(hash ^ shape[row + i]!, 0x9e3779b1) ^ (hash >>> 15);
      size3 += tokens[row + i]!;
    }
    if (size3 < WINDOW_TOKENS) continue;
    hashes[row] = hash;
    const slot = (hash ^ (hash >>> 13)) & (size - 1);
    let other = heads[slot]!;
    let seen = 0;
    for (; other >= 0 && seen < COMMON; other = next[other]!) {
      if (hashes[other] !== hash) continue;
      seen++;
      if (length[other]! > COMMON) break;
      if (only >= 0 && file[row] !== only && file[other] !== only) continue;
      grow(other, row);
    }
    next[row] = heads[slot]!;
    length[row] = seen;
    heads[slot] = row;
  }
  return pairs;

  function grow(left: number, right: number): void {
    const distance = right - left;
    if ((grown.get(distance) ?? -1) >= right) return;
    let start = 0;
    while (
      left - start > 0 &&
      right - start - 1 > left &&
      file[left - start - 1] === file[left] &&
      file[right - start - 1] === file[right] &&
      shape[left - start - 1] === shape[right - start - 1]
    )
      start++;
    let end = WINDOW;
    while (
      right + end < count &&
      file[left + end] === file[left] &&
      file[right + end] === file[right] &&
      shape[left + end] === shape[right + end] &&
      !(file[left] === file[right] && left + end >= right - start)
    )
      end++;
    grown.set(distance, right + end - 1);
    if (file[left] === file[right] && left + WINDOW > right) return;
    pairs.push({
      left: left - start,
      leftEnd: left + end,
      right: right - start,
      rightEnd: right + end,
      kind: 'renamed',
      similarity: 1,
    });
  }
}

/** Two pairs of the same files with few statements between them on both sides are one, with a gap. */
function joinOverGaps(table: StatementTable, pairs: readonly Pair[], { gap, similarity }: DuplicationSettings): Pair[] {
  if (gap === 0) return [...pairs];
  const { file } = table;
  const byFiles = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const key = file[pair.left]! * table.sources.length + file[pair.right]!;
    const list = byFiles.get(key);
    if (list) list.push(pair);
    else byFiles.set(key, [pair]);
  }
  const joined: Pair[] = [];
  for (const list of byFiles.values()) {
    list.sort((a, b) => a.left - b.left || a.right - b.right);
    const open: Pair[] = [];
    for (const pair of list) {
      const at = open.findIndex(
        (each) =>
          near(each.leftEnd, pair.left, gap) &&
          near(each.rightEnd, pair.right, gap) &&
          (file[each.left] !== file[each.right] || pair.leftEnd <= each.right),
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
    joined.push(...open);
  }
  return joined;
}

const near = (end: number, start: number, gap: number): boolean => start >= end && start - end <= gap;
const alike = (pair: Pair): number =>
  Math.round(Math.min(pair.leftEnd - pair.left, pair.rightEnd - pair.right) * pair.similarity);

/** Long enough, not a list of like rows, names changed in one way throughout. */
function isCopy(table: StatementTable, pair: Pair, { minimumTokens, minimumLines }: DuplicationSettings): boolean {
  const { shape, exact, tokens, start, end, sources, file } = table;
  let size = 0;
  let isExact = pair.kind !== 'gapped';
  const shapes = new Set<number>();
  for (let row = pair.left; row < pair.leftEnd; row++) {
    size += tokens[row]!;
    if (tokens[row]! > 1) shapes.add(shape[row]!);
    if (isExact && exact[row] !== exact[pair.right + row - pair.left]) isExact = false;
  }
  if (size < minimumTokens) return false;
  const text = sources[file[pair.left]!]!.text;
  if (linesBetween(text, start[pair.left]!, end[pair.leftEnd - 1]!) < minimumLines) return false;
  if (isExact) return shapes.size >= 3;
  // Tables, lists of cases and runs of setters look alike and are no copies.
  const statements = pair.leftEnd - pair.left;
  if (shapes.size < 5 || shapes.size < statements * 0.34) return false;
  return pair.kind === 'gapped'
    ? renames(table, pair) <= 0.2
    : renames(table, pair) <= 0.15 && shared(table, pair) >= 0.25;
}

function linesBetween(text: string, start: number, end: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** Share of names that do not keep to one change: 0 where every name is replaced by the same one each time. */
function renames(table: StatementTable, pair: Pair): number {
  const { names, firstToken, tokens } = table;
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  let all = 0;
  let broken = 0;
  for (const [a, b] of alignedRows(table, pair)) {
    const count = Math.min(tokens[a]!, tokens[b]!);
    for (let i = 0; i < count; i++) {
      const [left, right] = [names[firstToken[a]! + i]!, names[firstToken[b]! + i]!];
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
function shared(table: StatementTable, pair: Pair): number {
  const { names, firstToken, tokens } = table;
  let all = 0;
  let same = 0;
  for (const [a, b] of alignedRows(table, pair))
    for (let i = 0; i < Math.min(tokens[a]!, tokens[b]!); i++) {
      if (names[firstToken[a]! + i] === 0) continue;
      all++;
      if (names[firstToken[a]! + i] === names[firstToken[b]! + i]) same++;
    }
  return all === 0 ? 0 : same / all;
}

/** Rows of equal shape, in order; a gap is stepped over on either side. */
function* alignedRows({ shape }: StatementTable, pair: Pair): Generator<readonly [number, number]> {
  let [a, b] = [pair.left, pair.right];
  while (a < pair.leftEnd && b < pair.rightEnd) {
    if (shape[a] === shape[b]) {
      yield [a++, b++];
      continue;
    }
    let step = 1;
    for (; step < 8; step++) {
      if (a + step < pair.leftEnd && shape[a + step] === shape[b]) break;
      if (b + step < pair.rightEnd && shape[a] === shape[b + step]) break;
      if (shape[a + step] === shape[b + step]) break;
    }
    if (a + step < pair.leftEnd && shape[a + step] === shape[b]) a += step;
    else if (b + step < pair.rightEnd && shape[a] === shape[b + step]) b += step;
    else {
      a += step;
      b += step;
    }
  }
}

function countLines(classes: readonly CopyClass[]): number {
  const lines = new Map<string, Set<number>>();
  const add = ({ path, startLine, endLine }: CopyPlace): void => {
    const set = lines.get(path) ?? new Set<number>();
    lines.set(path, set);
    for (let line = startLine; line <= endLine; line++) set.add(line);
  };
  for (const { places } of classes) places.forEach(add);
  return [...lines.values()].reduce((sum, { size }) => sum + size, 0);
}
