/**
 * Functions that hand out functions or classes which they made: each result holds on to what its own call was given. Calls of
 * such a function are told apart (Copies).
 */
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { ArgumentKind, FLOW_STRIDE, FlowFunctionFlag, FlowOp, flowOperands } from '#model/flow.ts';
import type { Program } from './program.ts';
import type { FlowFunction } from './program-rows.ts';

/** Copies of one function at most, and rows that its copies have together. */
const MOST_COPIES = 64;
const MOST_ROWS = 2000;
/** A function of which fewer copies than this fit is not copied. */
const LEAST_COPIES = 6;

/** Copies of a method for receivers of other classes than its own, and the rows that it may have. */
const HEIR_COPIES = 16;
const LONGEST_METHOD = 8;
const passesOn: ReadonlySet<number> = new Set([FlowOp.copy, FlowOp.narrow, FlowOp.call, FlowOp.loadElement]);

const NO_SLOTS: readonly number[] = [];

export class Factories {
  readonly #program: Program;
  /** By function row: the copies that it may have. */
  readonly #copies: Int32Array;
  #heirCopies: Int32Array | undefined;
  /** By slot: the innermost function around all that use it, −1 for an unused one. */
  #owners: Int32Array | undefined;

  constructor(program: Program) {
    this.#program = program;
    const { declaredFunctions: functions, classes } = program;
    this.#copies = new Int32Array(functions.length);
    const makers = new Set<number>();
    for (const { owner } of functions) if (owner > 0) makers.add(owner);
    for (const { owner } of classes) if (owner > 0) makers.add(owner);
    for (const row of makers) this.#copies[row] = this.#copiesOf(row);
  }

  /** How many copies a function may have; 0 for one that is no factory. */
  copies(functionRow: number): number {
    return this.#copies[functionRow] ?? 0;
  }

  #copiesOf(row: number): number {
    const { declaredFunctions: functions } = this.#program;
    const fn = functions[row]!;
    if (fn.returns < 0 || fn.flags & (FlowFunctionFlag.generator | FlowFunctionFlag.async)) return 0;
    const inside = this.functionsIn(row);
    const rows = inside.reduce((sum, each) => sum + functions[each]!.operationCount, 0);
    const most = Math.min(MOST_COPIES, Math.floor(MOST_ROWS / Math.max(1, rows)));
    return most >= LEAST_COPIES && this.#captures(row, inside) && this.#handsOut(row) ? most : 0;
  }

  /** How many copies a method may have for the subclasses on whose instances it is called; 0 where they would tell nothing. */
  heirCopies(functionRow: number): number {
    return (this.#heirCopies ??= this.#findHeirCopies())[functionRow] ?? 0;
  }

  #findHeirCopies(): Int32Array {
    const { declaredFunctions: functions } = this.#program;
    const owners = new Set(functions.map(({ owner }) => owner));
    return Int32Array.from(functions, (fn) => {
      const isPlain =
        (fn.flags & (FlowFunctionFlag.generator | FlowFunctionFlag.async | FlowFunctionFlag.static)) === 0;
      if (fn.class < 0 || fn.returns < 0 || !isPlain || owners.has(fn.row)) return 0;
      return fn.operationCount <= LONGEST_METHOD && this.#givesOfSelf(fn) ? HEIR_COPIES : 0;
    });
  }

  /** How many copies a method may have for the names that it is asked for: `__getattr__`. */
  nameCopies(functionRow: number): number {
    const fn = this.#program.declaredFunctions[functionRow]!;
    if (fn.class < 0 || this.copies(functionRow) > 0) return 0;
    const { symbols, strings } = this.#program.facts;
    if (strings[symbols[fn.symbol * SYMBOL_STRIDE + SymbolColumn.name]!] !== '__getattr__') return 0;
    const most = Math.min(MOST_COPIES, Math.floor(MOST_ROWS / Math.max(1, fn.operationCount)));
    return most < LEAST_COPIES || this.functionsIn(functionRow).length > 1 ? 0 : most;
  }

  /** Whether calls of the function may go to copies. */
  hasCopies(row: number): boolean {
    return this.copies(row) > 0 || this.heirCopies(row) > 0 || this.nameCopies(row) > 0;
  }

  /** What others must know: how many copies of which sort there are. */
  shape(row: number): string {
    return [this.copies(row), this.heirCopies(row), this.nameCopies(row)].join();
  }

  /** Whether what the method returns is made of what it finds on its receiver. */
  #givesOfSelf(fn: FlowFunction): boolean {
    const { flow } = this.#program.facts;
    const self = fn.receiver >= 0 ? fn.receiver : fn.parameters[0]?.slot;
    if (self === undefined || self < 0) return false;
    const found = new Set<number>();
    for (let before = -1; found.size > before && !found.has(fn.returns);) {
      before = found.size;
      for (let row = fn.firstOperation; row < fn.firstOperation + fn.operationCount; row++) {
        const at = row * FLOW_STRIDE;
        const [a, b] = [flow[at + 1]!, flow[at + 2]!];
        const op = flow[at]! & 0xff;
        if (op === FlowOp.load ? b === self || found.has(b) : passesOn.has(op) && found.has(b)) found.add(a);
      }
    }
    return found.has(fn.returns);
  }

  /** The function and all that lie in it. */
  functionsIn(row: number): readonly number[] {
    const { declaredFunctions: functions } = this.#program;
    const inside = [row];
    const known = new Set(inside);
    // Owners stand before what they own.
    for (let each = row + 1; each < functions.length; each++) {
      if (!known.has(functions[each]!.owner)) continue;
      known.add(each);
      inside.push(each);
    }
    return inside;
  }

  /** Classes that lie in any of the functions. */
  classesIn(functions: readonly number[]): readonly number[] {
    return this.#program.classes.filter(({ owner }) => functions.includes(owner)).map(({ row }) => row);
  }

  /** Slots that nothing outside of the functions uses. */
  slotsOf(functions: readonly number[]): readonly number[] {
    const owners = this.#slotOwners();
    const inside = new Set(functions);
    const slots: number[] = [];
    for (let slot = 0; slot < owners.length; slot++) if (inside.has(owners[slot]!)) slots.push(slot);
    return slots.length === 0 ? NO_SLOTS : slots;
  }

  /** Whether something inside uses a slot of the function. */
  #captures(row: number, inside: readonly number[]): boolean {
    const owners = this.#slotOwners();
    const { declaredFunctions: functions } = this.#program;
    return inside.some((each) => each !== row && this.#someSlot(functions[each]!.row, (slot) => owners[slot] === row));
  }

  #someSlot(functionRow: number, test: (slot: number) => boolean): boolean {
    const { firstOperation, operationCount } = this.#program.declaredFunctions[functionRow]!;
    for (let row = firstOperation; row < firstOperation + operationCount; row++)
      if (slotsOfRow(this.#program, row).some(test)) return true;
    return false;
  }

  /** Whether a function or class that is made here, or what holds or wraps one, is returned. */
  #handsOut(functionRow: number): boolean {
    const { facts, declaredFunctions } = this.#program;
    const { flow, flowLists } = facts;
    const {
      firstOperation,
      operationCount,
      returns,
      receiver,
      class: holder,
      parameters,
    } = declaredFunctions[functionRow]!;
    const self = receiver >= 0 ? receiver : holder >= 0 ? (parameters[0]?.slot ?? -1) : -1;
    const ownMethods = new Set<number>();
    const made = new Set<number>();
    for (let before = -1; made.size > before && !made.has(returns);) {
      before = made.size;
      for (let row = firstOperation; row < firstOperation + operationCount; row++) {
        const at = row * FLOW_STRIDE;
        const [a, b, c] = [flow[at + 1]!, flow[at + 2]!, flow[at + 3]!];
        switch (flow[at]! & 0xff) {
          case FlowOp.function:
          case FlowOp.class:
            made.add(a);
            break;
          case FlowOp.copy:
          case FlowOp.narrow:
            if (made.has(b)) made.add(a);
            break;
          case FlowOp.load:
            if (b === self) ownMethods.add(a);
            break;
          case FlowOp.store:
          case FlowOp.storeElement:
            if (made.has(c)) made.add(a);
            break;
          case FlowOp.call: {
            const list = flow[at + 4]!;
            const takes = Array.from(
              { length: list < 0 ? 0 : flowLists[list]! },
              (_, i) => flowLists[list + 2 + i * 3]!,
            );
            // What a method of the same object is given to call back is not handed out.
            if (a >= 0 && !ownMethods.has(b) && (made.has(b) || takes.some((slot) => made.has(slot)))) made.add(a);
            break;
          }
        }
      }
    }
    return made.has(returns);
  }

  #slotOwners(): Int32Array {
    return (this.#owners ??= this.#findSlotOwners());
  }

  #findSlotOwners(): Int32Array {
    const { facts, declaredFunctions: functions, classes } = this.#program;
    const owners = new Int32Array(facts.flowSlots).fill(-1);
    const use = (slot: number, user: number): void => {
      if (slot < 0) return;
      let [a, b] = [owners[slot]!, user];
      if (a < 0) a = b;
      while (a !== b) {
        if (a > b) a = functions[a]!.owner;
        else b = functions[b]!.owner;
      }
      owners[slot] = a;
    };
    for (const fn of functions) {
      for (const slot of [fn.receiver, fn.returns, fn.yields, fn.arguments]) use(slot, fn.row);
      for (const parameter of fn.parameters) {
        use(parameter.slot, fn.row);
        use(parameter.default, Math.max(0, fn.owner));
      }
      for (let row = fn.firstOperation; row < fn.firstOperation + fn.operationCount; row++)
        for (const slot of slotsOfRow(this.#program, row)) use(slot, fn.row);
    }
    for (const value of classes) {
      use(value.slot, value.owner);
      use(value.metaclass, value.owner);
      for (const base of value.bases) use(base, value.owner);
    }
    return owners;
  }
}

/** The slots that an operation names, those of its arguments too. */
function slotsOfRow({ facts }: Program, row: number): readonly number[] {
  const { flow, flowLists } = facts;
  const at = row * FLOW_STRIDE;
  const operands = flowOperands[flow[at]! & 0xff]!;
  const slots: number[] = [];
  for (let i = 0; i < operands.length; i++) {
    const value = flow[at + 1 + i]!;
    if (value < 0) continue;
    if (operands[i] === 'S') slots.push(value);
    else if (operands[i] === 'A')
      for (let place = value + 1, end = place + flowLists[value]! * 3; place < end; place += 3)
        if (flowLists[place]! <= ArgumentKind.keywordSpread && flowLists[place + 1]! >= 0)
          slots.push(flowLists[place + 1]!);
  }
  return slots;
}
