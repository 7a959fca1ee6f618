/** What a computation looked at: names in containers (found or not) and files whose context it used, with those of its parts. */
export interface Trace {
  readonly lookups: readonly number[];
  readonly visited: readonly number[];
  readonly parts: readonly Trace[];
}

const nothing: readonly never[] = [];

export class Recorder {
  #lookups: number[] | undefined;
  #visited: number[] | undefined;
  #parts: Trace[] | undefined;
  #lastLookup = 0;
  #lastVisited = -1;

  lookup(key: number): void {
    if (key === this.#lastLookup && this.#lookups) return;
    this.#lastLookup = key;
    if (this.#lookups) this.#lookups.push(key);
    else this.#lookups = [key];
  }

  visit(file: number): void {
    if (file === this.#lastVisited) return;
    this.#lastVisited = file;
    if (this.#visited) this.#visited.push(file);
    else this.#visited = [file];
  }

  merge(trace: Trace): void {
    if (this.#parts) this.#parts.push(trace);
    else this.#parts = [trace];
  }

  finish(): Trace {
    return {
      lookups: this.#lookups ?? nothing,
      visited: this.#visited ?? nothing,
      parts: this.#parts ? unique(this.#parts) : nothing,
    };
  }
}

function unique(traces: readonly Trace[]): readonly Trace[] {
  return traces.length < 2 ? traces : [...new Set(traces)];
}

/** A trace and all its parts, as sorted lists without doubles. */
export function flatten(trace: Trace): FlatTrace {
  const seen = new Set<Trace>([trace]);
  const stack = [trace];
  const lookups: number[] = [];
  const visited = new Set<number>();
  for (let next = stack.pop(); next; next = stack.pop()) {
    for (const key of next.lookups) lookups.push(key);
    for (const file of next.visited) visited.add(file);
    for (const part of next.parts) {
      if (seen.has(part)) continue;
      seen.add(part);
      stack.push(part);
    }
  }
  const sorted = Int32Array.from(lookups).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
  return { lookups: sorted.slice(0, count), visited: Int32Array.from(visited) };
}

export interface FlatTrace {
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
