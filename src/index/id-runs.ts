/** The numbers of a file's symbols by row, as runs (first number, count): a fresh file is one run. */
export type IdRuns = Int32Array;

export function runsLength(runs: IdRuns): number {
  let sum = 0;
  for (let at = 1; at < runs.length; at += 2) sum += runs[at]!;
  return sum;
}

export function idsOf(runs: IdRuns): Int32Array {
  const ids = new Int32Array(runsLength(runs));
  let row = 0;
  for (let at = 0; at < runs.length; at += 2) {
    for (let i = 0; i < runs[at + 1]!; i++) ids[row++] = runs[at]! + i;
  }
  return ids;
}

export function runsOf(ids: Int32Array | readonly number[]): IdRuns {
  const runs: number[] = [];
  for (let row = 0; row < ids.length; row++) {
    const last = runs.length - 2;
    if (last >= 0 && ids[row] === runs[last]! + runs[last + 1]!) runs[last + 1]!++;
    else runs.push(ids[row]!, 1);
  }
  return Int32Array.from(runs);
}

export function encodeRuns(runs: IdRuns): Uint8Array {
  return new Uint8Array(runs.buffer, runs.byteOffset, runs.byteLength);
}

export function decodeRuns(bytes: Uint8Array): IdRuns {
  const copy = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(copy.buffer, copy.byteOffset, copy.byteLength >> 2);
}
