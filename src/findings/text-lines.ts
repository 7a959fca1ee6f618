/** Lines of a tree's files, as they are asked for. */
import type { Snapshot } from '#model/snapshot.ts';

export class TextLines {
  readonly #snapshot: Snapshot;
  readonly #texts = new Map<string, readonly string[]>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Without their ends; none of a file that cannot be read. */
  of(path: string): readonly string[] {
    let lines = this.#texts.get(path);
    if (!lines) {
      const file = this.#snapshot.fileByPath(path);
      const text = file && this.#snapshot.text(file.id);
      // A regular expression takes many times as long.
      lines = text === undefined ? [] : text.split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
      this.#texts.set(path, lines);
    }
    return lines;
  }
}
