/** Words of paths: what a question says of where a thing lies. */
import type { FileRecord } from '#model/snapshot.ts';
import { wordsOf } from '#text/words.ts';
import type { WeighedWord } from './score-words.ts';

interface WordsOfPath {
  readonly all: ReadonlySet<string>;
  /** Those of the file's own name. */
  readonly base: ReadonlySet<string>;
}

export class PathWords {
  readonly #files = new Map<string, Set<number>>();
  readonly #byPath = new Map<string, WordsOfPath>();
  readonly #base: readonly ReadonlySet<string>[];
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
  }

  /** Share of the query, by rarity among paths, that each path holds: 0 to 1. The file's own name counts in full, folders half. */
  cover(words: readonly WeighedWord[]): ReadonlyMap<number, number> {
    const cover = new Map<number, number>();
    let sum = 0;
    for (const { word, weight } of words) {
      const files = this.#files.get(word);
      const idf = weight * Math.log(1 + this.#count / (1 + (files?.size ?? 0)));
      sum += idf;
      for (const file of files ?? [])
        cover.set(file, (cover.get(file) ?? 0) + idf * (this.#base[file]!.has(word) ? 1 : 0.5));
    }
    if (sum > 0) for (const [file, value] of cover) cover.set(file, value / sum);
    return cover;
  }
}

function wordsOfPath(path: string): WordsOfPath {
  return {
    all: new Set(wordsOf(path.replaceAll('/', ' / '))),
    base: new Set(wordsOf(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''))),
  };
}
