import type { CodePlace } from '#model/instrumented.ts';

/** Offsets as lines and columns. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  place(start: number, end: number): CodePlace {
    const first = this.#lineOf(start);
    const last = this.#lineOf(end);
    return {
      startLine: first + 1,
      startColumn: start - this.#starts[first]!,
      endLine: last + 1,
      endColumn: end - this.#starts[last]!,
    };
  }
}
