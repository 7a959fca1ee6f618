/**
 * Inclusion constraints over slots, solved by difference propagation: each object of a slot meets each of the slot's copies
 * and constraints once. What a constraint does with an object is the owner's matter (`fire`).
 */

/** [kind, four parameters, next constraint of the slot + 1] */
const CONSTRAINT_STRIDE = 6;
/** Of things outside the tree a set keeps the first few: they only name what is called. */
const MOST_OUTSIDE = 4;

/** The slot of values that flow does not follow: always empty. */
export const NOWHERE = 0;

export type Fire = (kind: number, object: number, a: number, b: number, c: number, d: number) => void;

export class Solver {
  fire: Fire = () => {};
  /** A set beyond this holds no knowledge; what comes later is left out. Order is fixed, so the outcome is too. */
  largestSet = 200;
  isOutside: (object: number) => boolean = () => false;
  slots = 1;
  /** Steps that are left; at zero the solver stops, and what it knows by then is the answer. */
  budget = Infinity;
  #setOf = new Int32Array(256); // index into #sets + 1
  #done = new Int32Array(256); // how many of the set's objects were propagated
  #copies = new Int32Array(256); // first copy + 1
  #constraints = new Int32Array(256); // first constraint + 1
  #queued = new Uint8Array(256);
  /** How many outside objects the slot's set holds. */
  #outside = new Uint8Array(256);
  readonly #sets: number[][] = [];
  #setCount = 0;
  #copyTable = new Int32Array(512); // [target, next + 1]
  #copyCount = 0;
  #constraintTable = new Int32Array(CONSTRAINT_STRIDE * 128);
  #constraintCount = 0;
  #queue = new Int32Array(256);
  #queueHead = 0;
  #queueTail = 0;

  /** Opens a run of slots and returns the first. */
  reserve(count: number): number {
    const first = this.slots;
    this.slots += count;
    if (this.slots > this.#setOf.length) {
      const capacity = Math.max(this.#setOf.length * 2, this.slots);
      const grow = (old: Int32Array): Int32Array<ArrayBuffer> => {
        const made = new Int32Array(capacity);
        made.set(old);
        return made;
      };
      this.#setOf = grow(this.#setOf);
      this.#done = grow(this.#done);
      this.#copies = grow(this.#copies);
      this.#constraints = grow(this.#constraints);
      const queued = new Uint8Array(capacity);
      queued.set(this.#queued);
      this.#queued = queued;
      const outside = new Uint8Array(capacity);
      outside.set(this.#outside);
      this.#outside = outside;
    }
    return first;
  }

  /** The slot's objects in the order of their arrival. Not a copy. */
  points(slot: number): readonly number[] {
    if (slot < 0) return NOTHING;
    const set = this.#setOf[slot]!;
    return set === 0 ? NOTHING : this.#sets[set - 1]!;
  }

  add(slot: number, object: number): void {
    if (slot === NOWHERE) return;
    const index = this.#setOf[slot]!;
    if (index === 0) {
      // Most sets keep to one object: a literal has room for just that.
      this.#sets[this.#setCount] = [object];
      this.#setOf[slot] = ++this.#setCount;
      if (this.isOutside(object)) this.#outside[slot] = 1;
      if (this.#queued[slot] === 0) this.#enqueue(slot);
      return;
    }
    const set = this.#sets[index - 1]!;
    const size = set.length;
    if (size >= this.largestSet) return;
    // Sets are small: looking through one beats a hash.
    for (let i = 0; i < size; i++) if (set[i] === object) return;
    if (this.isOutside(object)) {
      if (this.#outside[slot]! >= MOST_OUTSIDE) return;
      this.#outside[slot]!++;
    }
    set.push(object);
    if (this.#queued[slot] === 0) this.#enqueue(slot);
  }

  copy(from: number, to: number): void {
    if (from === to || from === NOWHERE || --this.budget < 0) return;
    for (let at = this.#copies[from]!, steps = 0; at !== 0 && steps < 16; at = this.#copyTable[at * 2 - 1]!, steps++) {
      if (this.#copyTable[at * 2 - 2] === to) return;
    }
    if (this.#copyCount * 2 + 2 > this.#copyTable.length) {
      const grown = new Int32Array(this.#copyTable.length * 2);
      grown.set(this.#copyTable);
      this.#copyTable = grown;
    }
    const at = this.#copyCount++ * 2;
    this.#copyTable[at] = to;
    this.#copyTable[at + 1] = this.#copies[from]!;
    this.#copies[from] = this.#copyCount;
    const set = this.points(from);
    for (let i = 0, count = this.#done[from]!; i < count; i++) this.add(to, set[i]!);
  }

  attach(slot: number, kind: number, a = 0, b = 0, c = 0, d = 0): void {
    if (slot === NOWHERE || --this.budget < 0) return;
    if ((this.#constraintCount + 1) * CONSTRAINT_STRIDE > this.#constraintTable.length) {
      const grown = new Int32Array(this.#constraintTable.length * 2);
      grown.set(this.#constraintTable);
      this.#constraintTable = grown;
    }
    const at = this.#constraintCount++ * CONSTRAINT_STRIDE;
    const table = this.#constraintTable;
    table[at] = kind;
    table[at + 1] = a;
    table[at + 2] = b;
    table[at + 3] = c;
    table[at + 4] = d;
    table[at + 5] = this.#constraints[slot]!;
    this.#constraints[slot] = this.#constraintCount;
    const count = this.#done[slot]!;
    for (let i = 0; i < count; i++) this.fire(kind, this.points(slot)[i]!, a, b, c, d);
  }

  /** Propagates until nothing moves. */
  run(): void {
    while (this.#queueHead !== this.#queueTail && this.budget > 0) {
      const slot = this.#queue[this.#queueHead]!;
      this.#queueHead = (this.#queueHead + 1) & (this.#queue.length - 1);
      this.#queued[slot] = 0;
      const set = this.#sets[this.#setOf[slot]! - 1]!;
      const from = this.#done[slot]!;
      const to = set.length;
      this.#done[slot] = to;
      this.budget -= to - from;
      for (let at = this.#copies[slot]!; at !== 0; at = this.#copyTable[at * 2 - 1]!) {
        const target = this.#copyTable[at * 2 - 2]!;
        for (let i = from; i < to; i++) this.add(target, set[i]!);
      }
      for (let at = this.#constraints[slot]!; at !== 0;) {
        const row = (at - 1) * CONSTRAINT_STRIDE;
        const table = this.#constraintTable;
        const kind = table[row]!;
        const a = table[row + 1]!;
        const b = table[row + 2]!;
        const c = table[row + 3]!;
        const d = table[row + 4]!;
        at = table[row + 5]!;
        for (let i = from; i < to; i++) this.fire(kind, set[i]!, a, b, c, d);
      }
    }
  }

  #enqueue(slot: number): void {
    this.#queued[slot] = 1;
    this.#queue[this.#queueTail] = slot;
    this.#queueTail = (this.#queueTail + 1) & (this.#queue.length - 1);
    if (this.#queueTail !== this.#queueHead) return;
    const grown = new Int32Array(this.#queue.length * 2);
    const head = this.#queueHead;
    grown.set(this.#queue.subarray(head));
    grown.set(this.#queue.subarray(0, head), this.#queue.length - head);
    this.#queueHead = 0;
    this.#queueTail = this.#queue.length;
    this.#queue = grown;
  }
}

const NOTHING: readonly number[] = [];
