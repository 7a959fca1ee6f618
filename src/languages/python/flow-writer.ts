/** Writes flow operations and keeps the current version (slot) of each local variable along the control flow. */
import type { FactsBuilder } from '#model/facts-builder.ts';
import { ConstantKind, ContainerKind, FlowOp } from '#model/flow.ts';
import type { ScopeTable } from './scope-table.ts';

/** Variables changed on one way through the code and their slots at its end. */
export type Way = Map<number, number>;

interface Loop {
  readonly variables: readonly number[];
  readonly headers: readonly number[];
  readonly mark: number;
  /** Slots in which the states at `break` meet; made at the first one. */
  exits: number[] | undefined;
}

export class FlowWriter {
  readonly facts: FactsBuilder;
  readonly #scopes: ScopeTable;
  /** Slot by variable; −1 while unbound. Meaningful for variables of the function in progress. */
  readonly #current: Int32Array;
  /** Slot that also receives every version of a variable: what an exception handler may see. −1 for none. */
  readonly #watch: Int32Array;
  readonly #merged: Int32Array;
  readonly #trailVariables: number[] = [];
  readonly #trailSlots: number[] = [];
  readonly #boundNodes: readonly number[];
  readonly #boundVariables: readonly number[];
  #loops: Loop[] = [];
  #constants = new Map<string, number>();
  /** By slot of a list: its elements by now, and the straight stretch of code in which that is known. */
  readonly #lengths = new Map<number, { readonly length: number; readonly stretch: number }>();
  #stretch = 0;
  /** What a narrowed slot was made from. */
  readonly #wider = new Map<number, number>();
  /** The code being walked cannot be reached in order (after return, raise, break, continue). */
  dead = false;

  constructor(
    facts: FactsBuilder,
    scopes: ScopeTable,
    boundNodes: readonly number[],
    boundVariables: readonly number[],
  ) {
    this.facts = facts;
    this.#scopes = scopes;
    const count = scopes.variableName.length;
    this.#current = new Int32Array(count).fill(-1);
    this.#watch = new Int32Array(count).fill(-1);
    this.#merged = new Int32Array(count).fill(-1);
    this.#boundNodes = boundNodes;
    this.#boundVariables = boundVariables;
  }

  beginFunction(): void {
    this.#stretch++;
    this.#loops = [];
    this.#constants.clear();
    this.#trailVariables.length = 0;
    this.#trailSlots.length = 0;
    this.dead = false;
  }

  slot(): number {
    return this.facts.flowSlots++;
  }

  emit(op: number, a: number, b: number, c = 0, d = 0, e = 0): void {
    this.facts.flow.add(op, a, b, c, d, e);
  }

  /** A slot of its own that holds what `source` holds; −1 stays −1. */
  copied(source: number): number {
    if (source < 0) return -1;
    const slot = this.slot();
    this.emit(FlowOp.copy, slot, source);
    return slot;
  }

  copy(destination: number, source: number): void {
    if (destination >= 0 && source >= 0 && destination !== source) this.emit(FlowOp.copy, destination, source);
  }

  /** A slot that holds what any of `sources` holds. */
  union(sources: readonly number[]): number {
    const known = [...new Set(sources)].filter((slot) => slot >= 0);
    if (known.length < 2) return known[0] ?? -1;
    const slot = this.slot();
    for (const source of known) this.emit(FlowOp.copy, slot, source);
    return slot;
  }

  container(kind: number): number {
    const slot = this.slot();
    this.emit(FlowOp.object, slot, kind);
    return slot;
  }

  /** One slot per constant and function. */
  constant(kind: number, text: string): number {
    const key = `${kind}:${text}`;
    let slot = this.#constants.get(key);
    if (slot === undefined) {
      slot = this.slot();
      this.#constants.set(key, slot);
      this.emit(FlowOp.constant, slot, kind, this.facts.string(text));
    }
    return slot;
  }

  position(index: number): number {
    return this.constant(ConstantKind.number, String(index));
  }

  /** One slot per undeclared name and function. */
  global(name: string): number {
    let slot = this.#constants.get(name);
    if (slot === undefined) {
      slot = this.slot();
      this.#constants.set(name, slot);
      this.emit(FlowOp.global, slot, this.facts.string(name));
    }
    return slot;
  }

  tuple(elements: readonly number[]): number {
    const slot = this.container(ContainerKind.tuple);
    elements.forEach((element, index) => {
      if (element >= 0) this.emit(FlowOp.storeElement, slot, this.position(index), element);
    });
    return slot;
  }

  /** What other functions see of a variable: all of its versions. */
  merged(variable: number): number {
    const slot = this.#merged[variable]!;
    return slot >= 0 ? slot : (this.#merged[variable] = this.slot());
  }

  assign(variable: number, source: number): void {
    const scopes = this.#scopes;
    const isShared = scopes.readElsewhere[variable]! || scopes.writtenElsewhere[variable]!;
    if (isShared) this.copy(this.merged(variable), source);
    if (scopes.writtenElsewhere[variable]!) return;
    this.#set(variable, source < 0 ? this.slot() : source);
  }

  unbind(variable: number): void {
    if (!this.#scopes.writtenElsewhere[variable]!) this.#set(variable, -1);
  }

  /** Slot of a variable of the function in progress; −1 while it is unbound. */
  read(variable: number): number {
    return this.#scopes.writtenElsewhere[variable]! ? this.merged(variable) : this.#current[variable]!;
  }

  /** A list is written out, or has just been added to: `length` elements stand at known places. */
  setLength(slot: number, length: number): void {
    this.#lengths.set(slot, { length, stretch: this.#stretch });
  }

  /** How many elements a list has by now, −1 where that is not known: it was not made in this stretch of code. */
  lengthOf(slot: number): number {
    const known = this.#lengths.get(slot);
    return known && known.stretch === this.#stretch && !this.dead ? known.length : -1;
  }

  mark(): number {
    this.#stretch++;
    return this.#trailVariables.length;
  }

  /**
   * Ends a way that began at `mark`: what it changed is taken back and returned; undefined if its end is not reached.
   * `since`: what has changed from there on is part of the way, though it stays.
   */
  collect(mark: number, since = mark): Way | undefined {
    this.#stretch++;
    const way: Way = new Map();
    for (let at = since; at < this.#trailVariables.length; at++) {
      const variable = this.#trailVariables[at]!;
      way.set(variable, this.#current[variable]!);
    }
    for (let at = this.#trailVariables.length - 1; at >= mark; at--)
      this.#current[this.#trailVariables[at]!] = this.#trailSlots[at]!;
    this.#trailVariables.length = mark;
    this.#trailSlots.length = mark;
    const isDead = this.dead;
    this.dead = false;
    return isDead ? undefined : way;
  }

  /** Goes on where the ways meet. */
  join(ways: readonly (Way | undefined)[]): void {
    const reached = ways.filter((way) => way !== undefined);
    if (reached.length === 0) {
      this.dead = true;
      return;
    }
    const variables = new Set<number>();
    for (const way of reached) for (const variable of way.keys()) variables.add(variable);
    for (const variable of variables) {
      const sources = reached.map((way) => way.get(variable) ?? this.#current[variable]!);
      const slot = this.union(sources);
      if (slot !== this.#current[variable]) this.#set(variable, slot);
    }
  }

  /** Variables of the function in progress that nodes [from, to) bind and that have versions. */
  boundWithin(from: number, to: number, runsIn: number): number[] {
    const found = new Set<number>();
    let low = 0;
    let high = this.#boundNodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#boundNodes[middle]! < from) low = middle + 1;
      else high = middle;
    }
    const scopes = this.#scopes;
    for (; low < this.#boundNodes.length && this.#boundNodes[low]! < to; low++) {
      const variable = this.#boundVariables[low]!;
      if (!scopes.writtenElsewhere[variable]! && scopes.runsIn[scopes.variableScope[variable]!] === runsIn)
        found.add(variable);
    }
    return [...found];
  }

  /** From here on the variable is known to hold what `narrowed` does, which is no more than it held before. */
  narrow(variable: number, narrowed: number): void {
    this.#wider.set(narrowed, this.#current[variable]!);
    this.#set(variable, narrowed);
  }

  /** Goes on after an expression that a way through may leave out: what it assigned stays, what it only told apart does not. */
  rejoin(mark: number): void {
    const isDead = this.dead;
    this.dead = false;
    const way = this.collect(mark)!;
    this.dead = isDead;
    for (const [variable, slot] of way) if (this.#isPartOf(slot, this.#current[variable]!)) way.delete(variable);
    if (way.size > 0) this.join([way, new Map()]);
  }

  #isPartOf(slot: number, whole: number): boolean {
    for (let at: number | undefined = slot; at !== undefined; at = this.#wider.get(at)) if (at === whole) return true;
    return false;
  }

  /** Opens a loop over nodes [from, to): each variable bound there gets a header version in which the rounds meet. */
  beginLoop(from: number, to: number, runsIn: number): Loop {
    this.#stretch++;
    const variables = this.boundWithin(from, to, runsIn);
    const headers = variables.map((variable) => {
      const header = this.slot();
      this.copy(header, this.#current[variable]!);
      this.#set(variable, header);
      return header;
    });
    const loop: Loop = { variables, headers, mark: this.mark(), exits: undefined };
    this.#loops.push(loop);
    return loop;
  }

  /** Ends the loop's body; the state is that of its header, as the `else` clause and a loop of no rounds see it. */
  endLoopBody(loop: Loop): void {
    this.#stretch++;
    this.#toHeader(loop);
    this.#loops.pop();
    this.dead = false;
    const before = new Map<number, number>();
    for (let at = loop.mark; at < this.#trailVariables.length; at++) {
      const variable = this.#trailVariables[at]!;
      if (!before.has(variable)) before.set(variable, this.#trailSlots[at]!);
    }
    loop.variables.forEach((variable, i) => before.set(variable, loop.headers[i]!));
    // Variables that the loop does not bind were only told apart in it.
    for (const [variable, slot] of before) this.#set(variable, slot);
  }

  /** Goes on after the loop and its `else`. */
  endLoop(loop: Loop): void {
    if (!loop.exits) return;
    const isDead = this.dead;
    this.dead = false;
    loop.variables.forEach((variable, i) => {
      const exit = loop.exits![i]!;
      if (!isDead) this.copy(exit, this.#current[variable]!);
      this.#set(variable, exit);
    });
  }

  continueLoop(): void {
    const loop = this.#loops.at(-1);
    if (loop) this.#toHeader(loop);
    this.dead = true;
  }

  breakLoop(): void {
    const loop = this.#loops.at(-1);
    if (loop && !this.dead) {
      loop.exits ??= loop.variables.map(() => this.slot());
      loop.variables.forEach((variable, i) => this.copy(loop.exits![i]!, this.#current[variable]!));
    }
    this.dead = true;
  }

  /** From here on, every version of these variables is also what `stopWatching` returns. */
  watch(variables: readonly number[]): number[] {
    this.#stretch++;
    return variables.map((variable) => {
      const before = this.#watch[variable]!;
      const slot = this.slot();
      this.copy(slot, this.#current[variable]!);
      this.#watch[variable] = slot;
      return before;
    });
  }

  /** Returns the collecting slots; `before` is what `watch` returned. */
  stopWatching(variables: readonly number[], before: readonly number[]): Way {
    const way: Way = new Map();
    variables.forEach((variable, i) => {
      const slot = this.#watch[variable]!;
      way.set(variable, slot);
      this.#watch[variable] = before[i]!;
      this.copy(before[i]!, slot);
    });
    return way;
  }

  /** Takes up the state of a way, as a handler does. */
  take(way: Way): void {
    for (const [variable, slot] of way) this.#set(variable, slot);
  }

  #toHeader(loop: Loop): void {
    if (this.dead) return;
    loop.variables.forEach((variable, i) => this.copy(loop.headers[i]!, this.#current[variable]!));
  }

  #set(variable: number, slot: number): void {
    this.#trailVariables.push(variable);
    this.#trailSlots.push(this.#current[variable]!);
    this.#current[variable] = slot;
    this.copy(this.#watch[variable]!, slot);
  }
}
