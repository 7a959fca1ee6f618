/** Texts of all files of a tree, counted, so that those of one file can be taken out again. */
export class TextCounts implements Iterable<string> {
  readonly #counts = new Map<string, number>();
  #turned = new Set<string>();

  has(text: string): boolean {
    return this.#counts.has(text);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#counts.keys();
  }

  add(texts: Iterable<string>): void {
    for (const text of texts) {
      const count = this.#counts.get(text) ?? 0;
      if (count === 0) this.#turn(text);
      this.#counts.set(text, count + 1);
    }
  }

  remove(texts: Iterable<string>): void {
    for (const text of texts) {
      const count = this.#counts.get(text) ?? 0;
      if (count > 1) this.#counts.set(text, count - 1);
      else if (this.#counts.delete(text)) this.#turn(text);
    }
  }

  clear(): void {
    this.#counts.clear();
    this.#turned.clear();
  }

  /** Those that are there now and were not when this was asked last, or the other way round. */
  takeTurned(): ReadonlySet<string> {
    const turned = this.#turned;
    this.#turned = new Set();
    return turned;
  }

  #turn(text: string): void {
    if (!this.#turned.delete(text)) this.#turned.add(text);
  }
}
