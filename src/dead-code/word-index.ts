/** In which files a word stands, and on which lines; lines of code that was found dead can be left out. */
import type { Family, FileView } from './file-view.ts';
import { lineOf } from './line-starts.ts';
import type { ProjectView } from './project-view.ts';
import { flagsOf, offsetOf } from './source-words.ts';

export class WordPlace {
  readonly file: FileView;
  readonly offset: number;
  readonly flags: number;

  constructor(file: FileView, place: number) {
    this.file = file;
    this.offset = offsetOf(place);
    this.flags = flagsOf(place);
  }

  /** 1-based. */
  get line(): number {
    return lineOf(this.file, this.offset);
  }
}

export class WordIndex {
  readonly #project: ProjectView;
  readonly #counts: (file: FileView) => boolean;
  readonly #dead = new Map<string, [number, number][]>();

  /** `counts`: files whose words are uses. */
  constructor(project: ProjectView, counts: (file: FileView) => boolean) {
    this.#project = project;
    this.#counts = counts;
  }

  filesWith(family: Family, name: string): readonly FileView[] {
    const { reads, names, byPath } = this.#project;
    reads.read(`word ${family} ${name}`);
    return (names[family].get(name) ?? []).map((path) => byPath.get(path)!).filter(this.#counts);
  }

  has(file: FileView, name: string): boolean {
    this.#project.reads.read(`word ${file.family} ${name}`);
    return file.words.places.has(name);
  }

  /** Whether the code of some file with the name passes a test. */
  codeWith(family: Family, name: string, test: (code: string) => boolean): boolean {
    return this.filesWith(family, name).some(({ path, words }) => {
      this.#project.reads.read(`view ${path}`);
      return test(words.code);
    });
  }

  /** Places in one file, those in dead code left out. */
  *inFile(file: FileView, name: string): Generator<WordPlace> {
    const dead = this.#dead.get(file.path);
    for (const each of file.words.places.get(name) ?? []) {
      const place = new WordPlace(file, each);
      if (!dead?.some(([start, end]) => place.line >= start && place.line <= end)) yield place;
    }
  }

  *everywhere(family: Family, name: string): Generator<WordPlace> {
    for (const file of this.filesWith(family, name)) yield* this.inFile(file, name);
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
