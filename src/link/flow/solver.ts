/**
 * Inclusion constraints over slots, solved by difference propagation: each object of a slot meets each of the slot's copies
 * and constraints once. What a constraint does with an object is the owner's matter (`fire`).
 */

/** A slot's record: columns of the slot table. */
const Column = {
  /** Objects in its set. */
  size: 0,
  /** The object where there is one, else where the set begins in the pool: its room is the next power of two, at least LEAST_ROOM. */
  set: 1,
  /** How many of its objects were propagated. */
  done: 2,
  /** First copy + 1. */
  copies: 3,
  /** First constraint + 1. */
  constraints: 4,
  /** Bit 0: queued; bit 1: watched and grown since `takeGrown`; from bit 2 on: how many of its objects are outside. */
  state: 5,
  /** What its watcher knows it by + 1; 0 where nobody watches. */
  mark: 6,
} as const;
const SLOT_STRIDE = 7;
const QUEUED = 1;
const GROWN = 2;
const ONE_OUTSIDE = 4;
const LEAST_ROOM = 4;

/** [target, −1 − target where what stands for others is expanded; next + 1] */
const COPY_STRIDE = 2;
/** [kind, four parameters, next constraint of the slot + 1] */
const CONSTRAINT_STRIDE = 6;
/** Of things outside the tree a set keeps the first few: they only name what is called. */
const MOST_OUTSIDE = 4;
/** Copies of a slot that are looked through for one that is there already. */
const LOOKED_THROUGH = 16;

/** The slot of values that flow does not follow: always empty. */
export const NOWHERE = 0;

export type Fire = (kind: number, object: number, a: number, b: number, c: number, d: number) => void;

export class Solver {
  fire: Fire = () => {};
  /** A set beyond this holds no knowledge; what comes later is left out. Order is fixed, so the outcome is too. */
  largestSet = 200;
  isOutside: (object: number) => boolean = () => false;
  /** The slot of what an object stands for, −1 for one that stands for itself. */
  standsFor: (object: number) => number = () => -1;
  slots = 1;
  /** Steps that are left; at zero the solver stops, and what it knows by then is the answer. */
  budget = Infinity;
  #slotTable = new Int32Array(SLOT_STRIDE * 64);
  #pool = new Int32Array(64);
  #poolEnd = 0;
  #copyTable = new Int32Array(COPY_STRIDE * 64);
  #copyCount = 0;
  #constraintTable = new Int32Array(CONSTRAINT_STRIDE * 64);
  #constraintCount = 0;
  #queue = new Int32Array(64);
  #queueHead = 0;
  #queueTail = 0;
  #grown: number[] = [];

  /** Makes room for slots and constraints, to spare their growth. */
  expect(slots: number, constraints: number): void {
    this.#slotTable = enlarged(this.#slotTable, slots * SLOT_STRIDE);
    this.#constraintTable = enlarged(this.#constraintTable, constraints * CONSTRAINT_STRIDE);
  }

  /** Opens a run of slots and returns the first. */
  reserve(count: number): number {
    const first = this.slots;
    this.slots += count;
    if (this.slots * SLOT_STRIDE > this.#slotTable.length)
      this.#slotTable = enlarged(this.#slotTable, this.slots * SLOT_STRIDE);
    return first;
  }

  /** How many objects the slot holds. */
  size(slot: number): number {
    return slot < 0 ? 0 : this.#slotTable[slot * SLOT_STRIDE + Column.size]!;
  }

  /** Of the slot's objects, in the order of their arrival. `index` is below `size`. */
  at(slot: number, index: number): number {
    const row = slot * SLOT_STRIDE;
    const set = this.#slotTable[row + Column.set]!;
    return this.#slotTable[row + Column.size] === 1 ? set : this.#pool[set + index]!;
  }

  /** A copy of the slot's objects in the order of their arrival. */
  points(slot: number): readonly number[] {
    const size = this.size(slot);
    if (size === 0) return NOTHING;
    if (size === 1) return [this.at(slot, 0)];
    const set = this.#slotTable[slot * SLOT_STRIDE + Column.set]!;
    return Array.from(this.#pool.subarray(set, set + size));
  }

  holds(slot: number, object: number): boolean {
    const size = this.size(slot);
    for (let i = 0; i < size; i++) if (this.at(slot, i) === object) return true;
    return false;
  }

  /** From now on `takeGrown` tells when the slot has grown. */
  watch(slot: number, mark: number): void {
    this.#slotTable[slot * SLOT_STRIDE + Column.mark] = mark + 1;
  }

  isWatched(slot: number): boolean {
    return this.#slotTable[slot * SLOT_STRIDE + Column.mark] !== 0;
  }

  /** The marks of watched slots that have grown since the last time. */
  takeGrown(): readonly number[] {
    const grown = this.#grown;
    if (grown.length === 0) return NOTHING;
    this.#grown = [];
    const table = this.#slotTable;
    for (let i = 0; i < grown.length; i++) {
      const row = grown[i]! * SLOT_STRIDE;
      table[row + Column.state]! &= ~GROWN;
      grown[i] = table[row + Column.mark]! - 1;
    }
    return grown;
  }

  add(slot: number, object: number): void {
    if (slot === NOWHERE) return;
    const table = this.#slotTable;
    const row = slot * SLOT_STRIDE;
    const size = table[row + Column.size]!;
    if (size === 0) table[row + Column.set] = object;
    else {
      if (size >= this.largestSet) return;
      const set = table[row + Column.set]!;
      if (size === 1) {
        if (set === object) return;
      } else {
        // Sets are small: looking through one beats a hash.
        const pool = this.#pool;
        for (let i = set, end = set + size; i < end; i++) if (pool[i] === object) return;
      }
    }
    if (this.isOutside(object)) {
      if (table[row + Column.state]! >= MOST_OUTSIDE * ONE_OUTSIDE) return;
      table[row + Column.state]! += ONE_OUTSIDE;
    }
    if (size > 0) this.#append(row, size, object);
    table[row + Column.size] = size + 1;
    const state = table[row + Column.state]!;
    if (table[row + Column.mark] !== 0 && (state & GROWN) === 0) {
      table[row + Column.state] = state | GROWN;
      this.#grown.push(slot);
    }
    if ((state & QUEUED) === 0) this.#enqueue(slot);
  }

  /** Puts a set's second or later object into the pool. Room is left behind where a set moves: at most as much as it takes. */
  #append(row: number, size: number, object: number): void {
    const table = this.#slotTable;
    const isFull = size === 1 || (size >= LEAST_ROOM && (size & (size - 1)) === 0);
    if (isFull) {
      const room = size === 1 ? LEAST_ROOM : size * 2;
      const from = table[row + Column.set]!;
      const to = this.#poolEnd;
      this.#poolEnd += room;
      if (this.#poolEnd > this.#pool.length) this.#pool = enlarged(this.#pool, this.#poolEnd);
      if (size === 1) this.#pool[to] = from;
      else this.#pool.copyWithin(to, from, from + size);
      table[row + Column.set] = to;
    }
    this.#pool[table[row + Column.set]! + size] = object;
  }

  /** Whatever `from` holds, `to` holds. */
  copy(from: number, to: number): void {
    if (from !== to) this.#link(from, to);
  }

  /** As `copy`, with what objects stand for in their places. */
  expand(from: number, to: number): void {
    this.#link(from, -1 - to);
  }

  #link(from: number, to: number): void {
    if (from === NOWHERE || --this.budget < 0) return;
    const row = from * SLOT_STRIDE;
    let copies = this.#copyTable;
    for (let at = this.#slotTable[row + Column.copies]!, steps = 0; at !== 0 && steps < LOOKED_THROUGH; steps++) {
      if (copies[at * COPY_STRIDE - 2] === to) return;
      at = copies[at * COPY_STRIDE - 1]!;
    }
    const at = this.#copyCount++ * COPY_STRIDE;
    if (at + COPY_STRIDE > copies.length) this.#copyTable = copies = enlarged(copies, at + COPY_STRIDE);
    copies[at] = to;
    copies[at + 1] = this.#slotTable[row + Column.copies]!;
    this.#slotTable[row + Column.copies] = this.#copyCount;
    this.#pass(from, to, 0, this.#slotTable[row + Column.done]!);
  }

  #pass(slot: number, to: number, first: number, end: number): void {
    if (to >= 0) {
      for (let i = first; i < end; i++) this.add(to, this.at(slot, i));
      return;
    }
    for (let i = first; i < end; i++) {
      const object = this.at(slot, i);
      const held = this.standsFor(object);
      if (held < 0) this.add(-1 - to, object);
      else this.copy(held, -1 - to);
    }
  }

  attach(slot: number, kind: number, a = 0, b = 0, c = 0, d = 0): void {
    if (slot === NOWHERE || --this.budget < 0) return;
    const row = slot * SLOT_STRIDE;
    const at = this.#constraintCount++ * CONSTRAINT_STRIDE;
    if (at + CONSTRAINT_STRIDE > this.#constraintTable.length)
      this.#constraintTable = enlarged(this.#constraintTable, at + CONSTRAINT_STRIDE);
    const table = this.#constraintTable;
    table[at] = kind;
    table[at + 1] = a;
    table[at + 2] = b;
    table[at + 3] = c;
    table[at + 4] = d;
    table[at + 5] = this.#slotTable[row + Column.constraints]!;
    this.#slotTable[row + Column.constraints] = this.#constraintCount;
    for (let i = 0, count = this.#slotTable[row + Column.done]!; i < count; i++)
      this.fire(kind, this.at(slot, i), a, b, c, d);
  }

  /** Propagates until nothing moves. */
  run(): void {
    while (this.#queueHead !== this.#queueTail && this.budget > 0) {
      const slot = this.#queue[this.#queueHead]!;
      this.#queueHead = (this.#queueHead + 1) & (this.#queue.length - 1);
      const row = slot * SLOT_STRIDE;
      const slots = this.#slotTable;
      slots[row + Column.state]! &= ~QUEUED;
      const from = slots[row + Column.done]!;
      const to = slots[row + Column.size]!;
      slots[row + Column.done] = to;
      this.budget -= to - from;
      for (let at = slots[row + Column.copies]!; at !== 0; at = this.#copyTable[at * COPY_STRIDE - 1]!) {
        this.#pass(slot, this.#copyTable[at * COPY_STRIDE - 2]!, from, to);
      }
      for (let at = slots[row + Column.constraints]!; at !== 0;) {
        const place = (at - 1) * CONSTRAINT_STRIDE;
        const table = this.#constraintTable;
        const kind = table[place]!;
        const a = table[place + 1]!;
        const b = table[place + 2]!;
        const c = table[place + 3]!;
        const d = table[place + 4]!;
        at = table[place + 5]!;
        for (let i = from; i < to; i++) this.fire(kind, this.at(slot, i), a, b, c, d);
      }
    }
  }

  #enqueue(slot: number): void {
    this.#slotTable[slot * SLOT_STRIDE + Column.state]! |= QUEUED;
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

function enlarged(table: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(Math.max(table.length * 2, least));
  made.set(table);
  return made;
}
