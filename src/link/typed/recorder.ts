/** What a computation looked at: names in containers (found or not) and files whose context it used. */
export class Recorder {
  readonly lookups = new Set<number>();
  readonly visited = new Set<number>();
  readonly #merged = new Set<Trace>();

  merge(trace: Trace): void {
    if (this.#merged.has(trace)) return;
    this.#merged.add(trace);
    for (const key of trace.lookups) this.lookups.add(key);
    for (const file of trace.visited) this.visited.add(file);
  }

  finish(): Trace {
    return { lookups: Int32Array.from(this.lookups), visited: Int32Array.from(this.visited) };
  }
}

export interface Trace {
  readonly lookups: Int32Array;
  readonly visited: Int32Array;
}

interface Entry<T> {
  readonly value: T;
  readonly trace: Trace;
}

/**
 * Results that several files share, each with its trace. A result that met itself on the way (a cycle) is not kept for those
 * inside the cycle: it would depend on where the cycle was entered.
 */
export class TracedCache<K, T> {
  readonly #entries = new Map<K, Entry<T> | number>();
  readonly #stack: ComputationStack;

  constructor(stack: ComputationStack) {
    this.#stack = stack;
  }

  get(key: K, compute: () => T): T | undefined {
    const known = this.#entries.get(key);
    const stack = this.#stack;
    if (typeof known === 'number') {
      // In progress further out: everything above that level depends on where it began.
      stack.floor = Math.min(stack.floor, known);
      return undefined;
    }
    if (known) {
      stack.recorder.merge(known.trace);
      return known.value;
    }
    if (stack.depth >= MOST_DEPTH) {
      stack.floor = Math.min(stack.floor, 0);
      return undefined;
    }
    const outer = stack.recorder;
    const outerFloor = stack.floor;
    const depth = ++stack.depth;
    stack.floor = depth;
    stack.recorder = new Recorder();
    this.#entries.set(key, depth);
    const value = compute();
    const trace = stack.recorder.finish();
    stack.recorder = outer;
    outer.merge(trace);
    if (stack.floor >= depth) this.#entries.set(key, { value, trace });
    else this.#entries.delete(key);
    stack.floor = Math.min(outerFloor, stack.floor >= depth ? outerFloor : stack.floor);
    stack.depth--;
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}

const MOST_DEPTH = 200;

/** Shared by the caches of one world: who records, and how deep the computation stands. */
export class ComputationStack {
  recorder = new Recorder();
  depth = 0;
  /** Lowest level that a running computation depends on while still in progress. */
  floor = Number.MAX_SAFE_INTEGER;
}
