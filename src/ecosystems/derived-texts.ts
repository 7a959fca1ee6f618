/** What readers of declarations draw from texts that say much else: as long as that is the same, so is what they declare. */

interface Derived {
  readonly value: unknown;
  /** Of the value. */
  readonly stamp: string;
  derive(text: string): unknown;
}

export class DerivedTexts {
  readonly #byPath = new Map<string, Map<string, Derived>>();

  /** `what`: names the derivation. Values are plain data. */
  of<Value>(path: string, what: string, read: () => string, derive: (text: string) => Value): Value {
    let own = this.#byPath.get(path);
    if (!own) this.#byPath.set(path, (own = new Map()));
    let known = own.get(what);
    if (!known) {
      const value = derive(read());
      own.set(what, (known = { value, stamp: JSON.stringify(value), derive }));
    }
    return known.value as Value;
  }

  /** Derives again what was drawn from a file. Returns whether it is all as it was. */
  update(path: string, read: () => string): boolean {
    const own = this.#byPath.get(path);
    if (!own) return true;
    const text = read();
    let isAsBefore = true;
    for (const [what, { stamp, derive }] of own) {
      const value = derive(text);
      const now = JSON.stringify(value);
      if (now === stamp) continue;
      isAsBefore = false;
      own.set(what, { value, stamp: now, derive });
    }
    return isAsBefore;
  }
}
