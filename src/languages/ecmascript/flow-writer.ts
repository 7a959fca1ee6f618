/** Writes flow operations, function by function, and keeps each local variable's version along the control flow. */
import type { FactsBuilder } from '#model/facts-builder.ts';
import { ConstantKind, FlowFunctionColumn, FlowOp } from '#model/flow.ts';
import type { ResolvedWrites } from './declare-pass.ts';
import type { Binding } from './scope.ts';

export interface FunctionState {
  readonly row: number;
  /** Rows of six numbers. */
  readonly operations: number[];
  readonly cached: Map<string, number>;
}

/** Variables changed on one way through the code and their slots at its end. */
export type Way = ReadonlyMap<Binding, number>;

/** A construct with jumps: variables assigned in it and the slots in which their versions meet. */
export interface Meeting {
  readonly bindings: readonly Binding[];
  readonly outer: readonly number[];
  readonly mark: number;
}

export class FlowWriter {
  readonly facts: FactsBuilder;
  readonly #writes: ResolvedWrites;
  readonly #states: FunctionState[] = [];
  readonly #trail: Binding[] = [];
  readonly #trailSlots: number[] = [];
  /** By slot of an array: its elements by now, and the straight stretch of code in which that is known. */
  readonly #lengths = new Map<number, { readonly length: number; readonly stretch: number }>();
  #stretch = 0;
  /** What a narrowed slot was made from. */
  readonly #wider = new Map<number, number>();
  state: FunctionState;
  /** The code being walked cannot be reached in order (after return, throw, break, continue). */
  dead = false;

  constructor(facts: FactsBuilder, writes: ResolvedWrites) {
    this.facts = facts;
    this.#writes = writes;
    this.state = this.openFunction();
  }

  openFunction(): FunctionState {
    const row = this.facts.flowFunctions.add(0, -1, -1, 0, -1, -1, -1, -1, 0, 0, -1);
    const state: FunctionState = { row, operations: [], cached: new Map() };
    this.#states.push(state);
    return state;
  }

  /** Appends all operations, grouped by function. */
  finish(): void {
    for (const { row, operations } of this.#states) {
      this.facts.flowFunctions.set(row, FlowFunctionColumn.firstOperation, this.facts.flow.rows);
      this.facts.flowFunctions.set(row, FlowFunctionColumn.operationCount, operations.length / 6);
      for (let at = 0; at < operations.length; at += 6) {
        this.facts.flow.add(
          operations[at]!,
          operations[at + 1]!,
          operations[at + 2]!,
          operations[at + 3]!,
          operations[at + 4]!,
          operations[at + 5]!,
        );
      }
    }
  }

  slot(): number {
    return this.facts.flowSlots++;
  }

  emit(op: number, a: number, b: number, c = 0, d = 0, e = 0): void {
    this.state.operations.push(op, a, b, c, d, e);
  }

  copy(destination: number, source: number): void {
    if (destination >= 0 && source >= 0 && destination !== source) this.emit(FlowOp.copy, destination, source);
  }

  /** A slot that holds what either holds; −1 is nothing. */
  union(left: number, right: number): number {
    if (left < 0 || left === right) return right;
    if (right < 0) return left;
    const slot = this.slot();
    this.copy(slot, left);
    this.copy(slot, right);
    return slot;
  }

  object(kind: number): number {
    const slot = this.slot();
    this.emit(FlowOp.object, slot, kind);
    return slot;
  }

  constant(text: string): number {
    return this.#once(`"${text}`, (slot) =>
      this.emit(FlowOp.constant, slot, ConstantKind.string, this.facts.string(text)),
    );
  }

  /** The constant that a position in a list is. */
  position(index: number): number {
    return this.#once(`#${index}`, (slot) =>
      this.emit(FlowOp.constant, slot, ConstantKind.number, this.facts.string(String(index))),
    );
  }

  global(name: string): number {
    return this.#once(name, (slot) => this.emit(FlowOp.global, slot, this.facts.string(name)));
  }

  #once(key: string, make: (slot: number) => void): number {
    let slot = this.state.cached.get(key);
    if (slot === undefined) {
      slot = this.slot();
      this.state.cached.set(key, slot);
      make(slot);
    }
    return slot;
  }

  load(base: number, name: string, reference = -1): number {
    if (base < 0) return -1;
    const slot = this.slot();
    this.emit(FlowOp.load, slot, base, this.facts.string(name), reference);
    return slot;
  }

  store(base: number, name: string, source: number, reference = -1): void {
    if (base >= 0 && (source >= 0 || reference >= 0))
      this.emit(FlowOp.store, base, this.facts.string(name), source >= 0 ? source : this.slot(), reference);
  }

  /** Calls a builtin that says in one what the syntax does: `Object.assign` for a spread. */
  builtin(object: string, method: string, args: readonly number[]): number {
    const base = this.global(object);
    const slot = this.slot();
    this.emit(FlowOp.call, slot, this.load(base, method), base, this.arguments(args), -1);
    return slot;
  }

  arguments(slots: readonly number[]): number {
    const list = [slots.length];
    for (const slot of slots) list.push(0, slot, -1);
    return this.facts.flowLists.list(list);
  }

  // Variables

  read(binding: Binding): number {
    return binding.slot >= 0 ? binding.slot : (binding.slot = this.slot());
  }

  assign(binding: Binding, source: number): void {
    if (binding.captured || binding.writes <= 1) {
      if (source < 0) return;
      if (binding.slot < 0 && binding.writes <= 1) binding.slot = source;
      else this.copy(this.read(binding), source);
      return;
    }
    const version = source >= 0 ? source : this.slot();
    if (binding.meeting >= 0) this.copy(binding.meeting, version);
    this.#set(binding, version);
  }

  /** An array is written out, or has just been added to: `length` elements stand at known places. */
  setLength(slot: number, length: number): void {
    this.#lengths.set(slot, { length, stretch: this.#stretch });
  }

  /** How many elements an array has by now, −1 where that is not known: it was not made in this stretch of code. */
  lengthOf(slot: number): number {
    const known = this.#lengths.get(slot);
    return known && known.stretch === this.#stretch && !this.dead ? known.length : -1;
  }

  mark(): number {
    this.#stretch++;
    return this.#trail.length;
  }

  /** Ends a way that began at `mark`: what it changed is taken back and returned; undefined if its end is not reached. */
  collect(mark: number): Way | undefined {
    this.#stretch++;
    const way = new Map<Binding, number>();
    for (let at = mark; at < this.#trail.length; at++) way.set(this.#trail[at]!, this.#trail[at]!.slot);
    for (let at = this.#trail.length - 1; at >= mark; at--) this.#trail[at]!.slot = this.#trailSlots[at]!;
    this.#trail.length = mark;
    this.#trailSlots.length = mark;
    const isDead = this.dead;
    this.dead = false;
    return isDead ? undefined : way;
  }

  /** Goes on where two ways meet. */
  join(left: Way | undefined, right: Way | undefined): void {
    if (!left || !right) {
      const only = left ?? right;
      if (only) for (const [binding, slot] of only) this.#set(binding, slot);
      else this.dead = true;
      return;
    }
    for (const binding of new Set([...left.keys(), ...right.keys()])) {
      const first = left.get(binding) ?? binding.slot;
      const second = right.get(binding) ?? binding.slot;
      // Both ways together hold what the variable held before it was told apart.
      if (this.#isPartOf(first, binding.slot) && this.#isPartOf(second, binding.slot)) continue;
      this.#set(binding, this.union(first, second));
    }
  }

  /** From here on the variable is known to hold what `narrowed` does, which is no more than it held before. */
  narrow(binding: Binding, narrowed: number): void {
    this.#wider.set(narrowed, binding.slot);
    this.#set(binding, narrowed);
  }

  #isPartOf(slot: number, whole: number): boolean {
    for (let at: number | undefined = slot; at !== undefined; at = this.#wider.get(at)) if (at === whole) return true;
    return false;
  }

  /** Takes back what was only told apart since the construct began. */
  #widen({ bindings, mark }: Meeting): void {
    const before = new Map<Binding, number>();
    for (let at = mark; at < this.#trail.length; at++)
      if (!before.has(this.#trail[at]!)) before.set(this.#trail[at]!, this.#trailSlots[at]!);
    for (const binding of bindings) before.delete(binding);
    for (const [binding, slot] of before) if (binding.slot !== slot) this.#set(binding, slot);
  }

  /** Opens a loop, try or switch over [from, to): variables assigned there get a slot in which all versions meet. */
  meet(from: number, to: number): Meeting {
    this.#stretch++;
    const { offsets, bindings } = this.#writes;
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! < from) low = middle + 1;
      else high = middle;
    }
    const found = new Set<Binding>();
    for (; low < offsets.length && offsets[low]! < to; low++)
      if (bindings[low]!.scope.unit.node !== undefined) found.add(bindings[low]!);
    const list = [...found];
    const outer = list.map((binding) => {
      const before = binding.meeting;
      binding.meeting = this.slot();
      this.copy(binding.meeting, binding.slot);
      this.#set(binding, binding.meeting);
      return before;
    });
    return { bindings: list, outer, mark: this.mark() };
  }

  /** Another way into the construct or out of it: any version may be the present one. */
  restart(meeting: Meeting): void {
    this.#widen(meeting);
    for (const binding of meeting.bindings) this.#set(binding, binding.meeting);
    this.dead = false;
  }

  part(meeting: Meeting): void {
    this.#stretch++;
    this.#widen(meeting);
    meeting.bindings.forEach((binding, index) => {
      const slot = binding.meeting;
      binding.meeting = meeting.outer[index]!;
      if (binding.meeting >= 0) this.copy(binding.meeting, slot);
      this.#set(binding, slot);
    });
    this.dead = false;
  }

  #set(binding: Binding, slot: number): void {
    this.#trail.push(binding);
    this.#trailSlots.push(binding.slot);
    binding.slot = slot;
  }
}
