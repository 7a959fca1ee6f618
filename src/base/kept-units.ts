/**
 * Units of work whose results are kept until something that they read is not as it was. A unit says what it reads by keys while
 * it runs; whoever knows what changed names the keys, and the units that read one of them run again when they are asked next.
 */
export class KeptUnits<Result> {
  readonly #units = new Map<string, { readonly result: Result; readonly reads: ReadonlySet<string> }>();
  readonly #readers = new Map<string, Set<string>>();
  #reading: Set<string> | undefined;

  /** Of the unit that runs now; without one, nothing is noted. */
  read(key: string): void {
    this.#reading?.add(key);
  }

  /** What is kept, or what `work` yields now. Units do not run inside one another. */
  run(unit: string, work: () => Result): Result {
    const known = this.#units.get(unit);
    if (known) return known.result;
    const reads = new Set<string>();
    this.#reading = reads;
    let result: Result;
    try {
      result = work();
    } finally {
      this.#reading = undefined;
    }
    this.#units.set(unit, { result, reads });
    for (const key of reads) {
      const readers = this.#readers.get(key);
      if (readers) readers.add(unit);
      else this.#readers.set(key, new Set([unit]));
    }
    return result;
  }

  /** Units that read any of these are forgotten. Returns how many. */
  invalidate(keys: Iterable<string>): number {
    let count = 0;
    for (const key of keys) for (const unit of this.#readers.get(key) ?? []) count += this.forget(unit) ? 1 : 0;
    return count;
  }

  forget(unit: string): boolean {
    const known = this.#units.get(unit);
    if (!known) return false;
    this.#units.delete(unit);
    for (const key of known.reads) {
      const readers = this.#readers.get(key);
      readers?.delete(unit);
      if (readers?.size === 0) this.#readers.delete(key);
    }
    return true;
  }

  clear(): void {
    this.#units.clear();
    this.#readers.clear();
  }

  units(): IterableIterator<string> {
    return this.#units.keys();
  }

  readers(key: string): ReadonlySet<string> {
    return this.#readers.get(key) ?? none;
  }
}

const none: ReadonlySet<string> = new Set();
