/** In which files a word stands, and on which lines; lines of code that was found dead can be left out. */
import type { Family, FileView } from './file-view.ts';
import { lineStarts } from './line-starts.ts';
import { flagsOf, offsetOf } from './source-words.ts';

export interface WordPlace {
  readonly file: FileView;
  readonly offset: number;
  readonly line: number;
  readonly flags: number;
}

export class WordIndex {
  readonly #files: Readonly<Record<Family, Map<string, FileView[]>>> = { ecmascript: new Map(), python: new Map() };
  readonly #starts = new Map<string, readonly number[]>();
  readonly #dead = new Map<string, [number, number][]>();

  constructor(files: readonly FileView[]) {
    for (const file of files) {
      const index = this.#files[file.family];
      for (const name of file.words.places.keys()) {
        const list = index.get(name);
        if (list) list.push(file);
        else index.set(name, [file]);
      }
    }
  }

  filesWith(family: Family, name: string): readonly FileView[] {
    return this.#files[family].get(name) ?? [];
  }

  /** Places in one file, those in dead code left out. */
  inFile(file: FileView, name: string): WordPlace[] {
    const dead = this.#dead.get(file.path);
    return (file.words.places.get(name) ?? []).flatMap((place) => {
      const offset = offsetOf(place);
      const line = this.lineOf(file, offset);
      return dead?.some(([start, end]) => line >= start && line <= end)
        ? []
        : [{ file, offset, line, flags: flagsOf(place) }];
    });
  }

  everywhere(family: Family, name: string): WordPlace[] {
    return this.filesWith(family, name).flatMap((file) => this.inFile(file, name));
  }

  /** 1-based. */
  lineOf(file: FileView, offset: number): number {
    const starts = this.starts(file);
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  starts(file: FileView): readonly number[] {
    let starts = this.#starts.get(file.path);
    if (!starts) this.#starts.set(file.path, (starts = lineStarts(file.text)));
    return starts;
  }

  bury(file: FileView, startLine: number, endLine: number): void {
    const list = this.#dead.get(file.path);
    if (list) list.push([startLine, endLine]);
    else this.#dead.set(file.path, [[startLine, endLine]]);
  }

  isBuried(path: string, line: number): boolean {
    return this.#dead.get(path)?.some(([start, end]) => line >= start && line <= end) ?? false;
  }
}
