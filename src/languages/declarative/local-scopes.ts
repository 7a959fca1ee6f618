/** Which row of `locals` a name means at the walker's place: a table by string number, with an undo log for leaving blocks. */
export class LocalScopes {
  #current = new Int32Array(256).fill(-1);
  readonly #undo: number[] = [];

  /** Row of `locals` bound to the name here, −1 for none. */
  find(name: number): number {
    return name < this.#current.length ? this.#current[name]! : -1;
  }

  bind(name: number, row: number): void {
    if (name >= this.#current.length) {
      const grown = new Int32Array(Math.max(name + 1, this.#current.length * 2)).fill(-1);
      grown.set(this.#current);
      this.#current = grown;
    }
    this.#undo.push(name, this.#current[name]!);
    this.#current[name] = row;
  }

  mark(): number {
    return this.#undo.length;
  }

  leave(mark: number): void {
    while (this.#undo.length > mark) {
      const row = this.#undo.pop()!;
      const name = this.#undo.pop()!;
      this.#current[name] = row;
    }
  }
}
