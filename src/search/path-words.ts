/** Words of paths: what a question says of where a thing lies. */
import type { FileRecord } from '#model/snapshot.ts';
import { wordsOf } from '#text/words.ts';
import type { WeighedWord } from './score-words.ts';

interface WordsOfPath {
  readonly all: ReadonlySet<string>;
  /** Those of the file's own name. */
  readonly base: ReadonlySet<string>;
}

export interface PathCover {
  readonly cover: number;
  readonly named: number;
}

/** Stands in for the query's word `at`. */
export interface NeighbourWord {
  readonly word: string;
  readonly at: number;
  readonly credit: number;
}

export class PathWords {
  readonly #files = new Map<string, Set<number>>();
  readonly #byPath = new Map<string, WordsOfPath>();
  readonly #base: readonly ReadonlySet<string>[];
  /** Of each file, the parts of its own name. */
  readonly #parts: readonly number[];
  readonly #count: number;

  /** `before`: of another revision of the tree; the words of its paths are not looked for again. */
  constructor(files: readonly FileRecord[], before?: PathWords) {
    this.#count = files.length;
    const known = before ? before.#byPath : undefined;
    this.#base = files.map(({ path, id }) => {
      const words = known?.get(path) ?? wordsOfPath(path);
      this.#byPath.set(path, words);
      for (const word of words.all) {
        const holding = this.#files.get(word);
        if (holding) holding.add(id);
        else this.#files.set(word, new Set([id]));
      }
      return words.base;
    });
    this.#parts = this.#base.map(({ size }) => (size > 1 ? size - 1 : size));
  }

  /**
   * Share of the query, by rarity among paths, that each path holds, and share of the file's own name that the query holds: 0 to
   * 1 each. The file's own name counts in full, folders half; a neighbour of a word counts its credit.
   */
  cover(words: readonly WeighedWord[], neighbours: readonly NeighbourWord[]): ReadonlyMap<number, PathCover> {
    const covers = new Map<number, { cover: number; named: number }>();
    let sum = 0;
    words.forEach(({ word, weight }, at) => {
      const files = this.#files.get(word);
      const idf = weight * Math.log(1 + this.#count / (1 + (files?.size ?? 0)));
      sum += idf;
      const best = new Map<number, number>();
      const take = (from: string, credit: number): void => {
        for (const file of this.#files.get(from) ?? []) {
          const share = this.#base[file]!.has(from) ? credit : credit / 2;
          if (share > (best.get(file) ?? 0)) best.set(file, share);
        }
      };
      take(word, 1);
      for (const neighbour of neighbours) if (neighbour.at === at) take(neighbour.word, neighbour.credit);
      for (const [file, share] of best) {
        const entry = covers.get(file) ?? { cover: 0, named: 0 };
        covers.set(file, entry);
        entry.cover += idf * share;
        if (share > 0.5) entry.named += share;
      }
    });
    for (const [file, entry] of covers) {
      if (sum > 0) entry.cover /= sum;
      entry.named = Math.min(1, entry.named / Math.max(1, this.#parts[file]!));
    }
    return covers;
  }
}

function wordsOfPath(path: string): WordsOfPath {
  return {
    all: new Set(wordsOf(path.replaceAll('/', ' / '))),
    base: new Set(wordsOf(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''))),
  };
}
