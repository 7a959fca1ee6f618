/** Offset of each line's first unit. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

interface Lined {
  readonly text: string;
  /** Made once for a content. */
  readonly words: object;
}

const known = new WeakMap<object, readonly number[]>();

/** The same of a file, made once. */
export function startsOf(file: Lined): readonly number[] {
  let starts = known.get(file.words);
  if (!starts) known.set(file.words, (starts = lineStarts(file.text)));
  return starts;
}

/** 1-based. */
export function lineOf(file: Lined, offset: number): number {
  const starts = startsOf(file);
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
