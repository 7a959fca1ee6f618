/** Which row of `locals` a name means at the walker's place: a table by string number, with an undo log for leaving blocks. */
export class LocalScopes {
  readonly #lent: { readonly expression: number; readonly end: number }[] = [];
  #current = new Int32Array(256).fill(-1);
  readonly #undo: number[] = [];
  /** Where names that are being bound begin to mean it; 0 for at once. */
  #from = 0;
  /** Names that begin to mean it further on, the nearest last. */
  readonly #coming: { readonly from: number; readonly name: number; readonly row: number }[] = [];

  /** Row of `locals` bound to the name here, −1 for none. */
  find(name: number): number {
    return name < this.#current.length ? this.#current[name]! : -1;
  }

  /** `end`: first node behind the scope that is open. */
  bind(name: number, row: number, end: number): void {
    if (this.#from === 0) this.#bind(name, row);
    else if (this.#from < end) this.#coming.push({ from: this.#from, name, row });
  }

  /** What `bind` binds means it only when the walker comes to that node. */
  bindingFrom(node: number, bind: () => void): void {
    this.#from = node;
    bind();
    this.#from = 0;
  }

  #bind(name: number, row: number): void {
    if (name >= this.#current.length) {
      const grown = new Int32Array(Math.max(name + 1, this.#current.length * 2)).fill(-1);
      grown.set(this.#current);
      this.#current = grown;
    }
    this.#undo.push(name, this.#current[name]!);
    this.#current[name] = row;
  }

  /** The walker has come to the node. */
  reach(node: number): void {
    while (this.#coming.length > 0 && node >= this.#coming.at(-1)!.from) {
      const { name, row } = this.#coming.pop()!;
      this.#bind(name, row);
    }
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

  /** Inside a node that ends before `end`, bare names are looked for in this expression's value first (`x.apply { … }`). */
  lend(expression: number, end: number): void {
    this.#lent.push({ expression, end });
  }

  /** Row of the value that a bare name at the node may be a member of; −1 for none. */
  lentAt(node: number): number {
    while (this.#lent.length > 0 && this.#lent.at(-1)!.end <= node) this.#lent.pop();
    return this.#lent.at(-1)?.expression ?? -1;
  }
}
