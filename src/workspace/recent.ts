/** What was asked for lately, by what it is made of: the least recently used goes first. */
export class Recent<Value> {
  readonly #kept = new Map<string, { readonly value: Value; readonly weight: number }>();
  readonly #most: number;
  #weight = 0;

  /** `most`: the sum of weights that is kept. */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    const entry = this.#kept.get(key);
    if (!entry) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    return entry.value;
  }

  put(key: string, value: Value, weight: number): void {
    const before = this.#kept.get(key);
    if (before) this.#weight -= before.weight;
    this.#kept.delete(key);
    this.#kept.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest, entry] of this.#kept) {
      if (this.#weight <= this.#most) return;
      this.#kept.delete(oldest);
      this.#weight -= entry.weight;
    }
  }
}
