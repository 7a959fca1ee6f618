/** Cuts a pair so that it begins and ends with whole statements of one level: no half of a block. */
import type { DuplicationSettings } from './duplication.ts';
import type { Pair } from './pair.ts';

export function wholeBlocks(pair: Pair, settings: DuplicationSettings): Pair[] {
  const { indent, depth, tokens } = pair.a;
  const isIndented = indent[pair.left]! >= 0;
  const parts: Pair[] = [];
  const take = (from: number, to: number): void => {
    if (to - from < 2) return;
    let size = 0;
    for (let row = from; row < to; row++) size += tokens[row]!;
    if (size < settings.minimumTokens) return;
    parts.push(cut(pair, from, to));
  };
  if (isIndented) {
    let start = pair.left;
    for (let row = pair.left + 1; row <= pair.leftEnd; row++) {
      if (row < pair.leftEnd && indent[row]! >= indent[start]!) continue;
      take(start, row);
      start = row;
    }
    return parts;
  }
  // Openers whose block the pair does not close, and closers of blocks from before, are where it is cut.
  const open: number[] = [];
  const breaks: number[] = [];
  for (let row = pair.left; row < pair.leftEnd; row++) {
    if (depth[row] === 1) open.push(row);
    else if (depth[row] === -1 && open.pop() === undefined) breaks.push(row);
  }
  breaks.push(...open);
  breaks.sort((a, b) => a - b);
  let start = pair.left;
  for (const row of [...breaks, pair.leftEnd]) {
    take(start, row);
    start = row + 1;
  }
  return parts;
}

/** The part of a pair from one row of its left side to another; gaps make the right side longer or shorter. */
function cut(pair: Pair, from: number, to: number): Pair {
  if (pair.kind !== 'gapped') {
    const shift = pair.right - pair.left;
    return { ...pair, left: from, leftEnd: to, right: from + shift, rightEnd: to + shift };
  }
  const { a, b } = pair;
  const fromLeft = from - pair.left;
  const fromEnd = pair.leftEnd - to;
  let right = Math.min(pair.right + fromLeft, pair.rightEnd - 1);
  let rightEnd = Math.max(right + 1, pair.rightEnd - fromEnd);
  // The nearest row of the same shape.
  for (let step = 0; step < 6; step++) {
    const found = [right + step, right - step].find(
      (row) => row >= pair.right && row < pair.rightEnd && b.shape[row] === a.shape[from],
    );
    if (found === undefined) continue;
    right = found;
    break;
  }
  for (let step = 0; step < 6; step++) {
    const found = [rightEnd + step, rightEnd - step].find(
      (row) => row > right && row <= pair.rightEnd && b.shape[row - 1] === a.shape[to - 1],
    );
    if (found === undefined) continue;
    rightEnd = found;
    break;
  }
  return { ...pair, left: from, leftEnd: to, right, rightEnd };
}
