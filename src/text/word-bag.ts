/** Counts the words of a stream. One counter serves many texts of the same `WordTable`. */
import type { WordStream } from './word-stream.ts';

export interface WordBag {
  /** Distinct word numbers, in order of first appearance. */
  readonly words: Int32Array;
  /** How often each occurs: at least 1. */
  readonly counts: Int32Array;
}

export class WordCounter {
  #seen = new Int32Array(1024);

  /** The words of `stream[start, end)`. */
  count(stream: WordStream, start = 0, end = stream.length): WordBag {
    const { numbers } = stream;
    const words = new Int32Array(end - start);
    let distinct = 0;
    for (let i = start; i < end; i++) {
      const word = numbers[i]!;
      if (word >= this.#seen.length) this.#grow(word);
      if (this.#seen[word] === 0) words[distinct++] = word;
      this.#seen[word]! += 1;
    }
    const counts = new Int32Array(distinct);
    for (let i = 0; i < distinct; i++) {
      counts[i] = this.#seen[words[i]!]!;
      this.#seen[words[i]!] = 0;
    }
    return { words: words.subarray(0, distinct), counts };
  }

  #grow(word: number): void {
    const grown = new Int32Array(Math.max(word + 1, this.#seen.length * 2));
    grown.set(this.#seen);
    this.#seen = grown;
  }
}
