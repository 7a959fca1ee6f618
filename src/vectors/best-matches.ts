import type { VectorMatch } from '#model/vector-index.ts';

/** Keeps the best `limit` of many; ties go to the smaller id. */
export class BestMatches {
  readonly #limit: number;
  readonly #heap: VectorMatch[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(id: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#limit) {
      heap.push({ id, score });
      this.#up(heap.length - 1);
      return;
    }
    const worst = heap[0];
    if (worst && (worst.score < score || (worst.score === score && worst.id > id))) {
      heap[0] = { id, score };
      this.#down();
    }
  }

  /** Best first. */
  take(): readonly VectorMatch[] {
    return this.#heap.toSorted((a, b) => b.score - a.score || a.id - b.id);
  }

  #up(start: number): void {
    const heap = this.#heap;
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isWorse(heap[at]!, heap[parent]!)) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #down(): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && isWorse(heap[child]!, heap[least]!)) least = child;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

const isWorse = (a: VectorMatch, b: VectorMatch): boolean => a.score < b.score || (a.score === b.score && a.id > b.id);
