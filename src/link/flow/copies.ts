/**
 * Copies of factories (Factories): each place that calls one gets functions, classes, slots and rows of its own. The places are
 * sorted into a fixed number of copies by what they are called, so that no place depends on which others there are.
 */
import { FLOW_STRIDE, flowOperands } from '#model/flow.ts';
import type { CallSite } from './call-sites.ts';
import { ObjectKind, type ObjectTable } from './objects.ts';
import { addRows, openClass, openFunction } from './operations.ts';
import type { Program } from './program.ts';
import type { FlowClass, FlowFunction } from './program-rows.ts';
import type { FlowSystem } from './system.ts';

/** Relation of a factory with the copies that anyone calls. */
const CALLED = '#copies';

export class Copies {
  readonly #system: FlowSystem;
  readonly #relation: number;
  /** By copied object: its row among the copies. */
  readonly #functions = new Map<number, FlowFunction>();
  readonly #classes = new Map<number, FlowClass>();
  readonly #opened = new Set<number>();
  /** Rows of factories that there are copies of, and of all in them. */
  readonly #copied = new Set<number>();
  /** Rows of functions of which a copy is called. */
  readonly #called = new Set<number>();

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#relation = system.names.id(CALLED);
  }

  /** Learns which copies of the file's factories others call. */
  follow(): void {
    const system = this.#system;
    const { factories, declaredFunctions, functionObjects } = system.own;
    for (const { row } of declaredFunctions) {
      if (!factories.hasCopies(row)) continue;
      const factory = functionObjects[row]!;
      system.follow(factory, this.#relation, 'names', (mark) => this.#open(factory, mark));
    }
  }

  /** What a place calls when it calls the function: its copy of a factory, else the function itself. */
  calledAt(object: number, site: CallSite, self: number): number {
    const { objects, input } = this.#system;
    if (objects.origin[object] !== object || input.mostCopies === 0) return object;
    const { factories } = this.#system.programOf(object);
    const row = objects.detail[object]!;
    const most = Math.min(input.mostCopies, factories.copies(row));
    if (most > 0) return this.#call(object, `@${placeHash(objects, site) % most}`);
    if (self < 0) return object;
    const names = Math.min(input.mostCopies, factories.nameCopies(row));
    if (names > 0) return this.#askedFor(object, site, names);
    if (objects.kind[self] !== ObjectKind.instance) return object;
    const heirs = Math.min(input.mostCopies, factories.heirCopies(row));
    const type = objects.a[self]!;
    if (heirs === 0 || objects.kind[type] !== ObjectKind.class) return object;
    const { class: owner } = this.#system.functionOf(object);
    if (objects.origin[type] === this.#system.programOf(object).classObjects[owner]) return object;
    return this.#call(object, `^${(objects.hash[type]! >>> 4) % heirs}`);
  }

  /** The copy for the attribute that is asked for, where that is known. */
  #askedFor(object: number, { arguments: args }: CallSite, most: number): number {
    const { objects, solver } = this.#system;
    const slot = args[1] ?? -1;
    if (slot < 0 || solver.size(slot) !== 1) return object;
    const name = solver.at(slot, 0);
    if (objects.kind[name] !== ObjectKind.constant) return object;
    return this.#call(object, `.${(objects.hash[name]! >>> 4) % most}`);
  }

  #call(object: number, copy: string): number {
    const system = this.#system;
    const { objects, names } = system;
    const mark = names.id(`${copy} ${names.text(objects.b[object]!)}`);
    system.find(object, this.#relation, 'names', mark);
    if (objects.a[object] === system.own.number) this.#open(object, mark);
    return objects.copy(object, object, mark);
  }

  /** The function that an object of the own file is. */
  functionOf(object: number): FlowFunction | undefined {
    this.#openAround(object);
    return this.#functions.get(object);
  }

  classOf(object: number): FlowClass | undefined {
    this.#openAround(object);
    return this.#classes.get(object);
  }

  /** Whether calls of the function, or of one around it, go to copies. */
  isCopied(functionRow: number): boolean {
    return this.#copied.has(functionRow);
  }

  /** Whether any copy of the function is called. */
  isCalled(functionRow: number): boolean {
    return this.#called.has(functionRow);
  }

  #openAround(object: number): void {
    const { objects } = this.#system;
    const factory = objects.factoryOf(object);
    if (factory >= 0) this.#open(factory, objects.markOf(object));
  }

  #open(factory: number, mark: number): void {
    const system = this.#system;
    const { objects, own } = system;
    const copy = objects.copy(factory, factory, mark);
    if (this.#opened.has(copy)) return;
    this.#opened.add(copy);
    const row = objects.detail[factory]!;
    if (row < 0 || !own.factories.hasCopies(row)) return;
    this.#called.add(row);
    const rows = own.factories.functionsIn(row);
    if (own.factories.copies(row) > 0) for (const each of rows) this.#copied.add(each);
    const { functions, classes } = copyFunctions(system, own, rows, (object) => objects.copy(object, factory, mark));
    for (const fn of functions) this.#functions.set(own.functionObjects[fn.row]!, fn);
    for (const value of classes) this.#classes.set(own.classObjects[value.row]!, value);
    for (const value of classes) openClass(system, own, value);
    for (const fn of functions) openFunction(system, own, fn);
    for (const fn of functions) addRows(system, own, fn, undefined);
  }
}

function placeHash(objects: ObjectTable, { program, row, caller }: CallSite): number {
  return Math.imul(objects.hash[program.functionObjects[caller]!]! ^ program.place(row), 0x9e3779b1) >>> 8;
}

/** Appends copies of functions to a program, with the classes in them. */
function copyFunctions(
  system: FlowSystem,
  program: Program,
  rows: readonly number[],
  copyOf: (object: number) => number,
): { readonly functions: readonly FlowFunction[]; readonly classes: readonly FlowClass[] } {
  const { factories } = program;
  const classRows = factories.classesIn(rows);
  const functionAt = renumbered(rows, program.functions.length);
  const classAt = renumbered(classRows, program.classObjects.length);
  const slots = factories.slotsOf(rows);
  const slotAt = renumbered(slots, system.solver.reserve(slots.length) - program.base);
  const slot = (value: number): number => slotAt.get(value) ?? value;
  const { flow, flowLists } = program.facts;
  const added: number[] = [];
  const lists: number[] = [];
  const firstRow = flow.length / FLOW_STRIDE;
  const functions = rows.map((row): FlowFunction => {
    const fn = program.functions[row]!;
    const firstOperation = firstRow + added.length / FLOW_STRIDE;
    for (
      let at = fn.firstOperation * FLOW_STRIDE, end = at + fn.operationCount * FLOW_STRIDE;
      at < end;
      at += FLOW_STRIDE
    ) {
      const operands = flowOperands[flow[at]! & 0xff]!;
      added.push(flow[at]!);
      for (let i = 0; i < FLOW_STRIDE - 1; i++) {
        const value = flow[at + 1 + i]!;
        if (value < 0) added.push(value);
        else if (operands[i] === 'S') added.push(slot(value));
        else if (operands[i] === 'F') added.push(functionAt.get(value) ?? value);
        else if (operands[i] === 'C') added.push(classAt.get(value) ?? value);
        else if (operands[i] === 'A') added.push(flowLists.length + copyList(flowLists, value, slot, lists));
        else added.push(value);
      }
    }
    return {
      ...fn,
      row: functionAt.get(row)!,
      owner: functionAt.get(fn.owner) ?? fn.owner,
      class: classAt.get(fn.class) ?? fn.class,
      receiver: slot(fn.receiver),
      returns: slot(fn.returns),
      yields: slot(fn.yields),
      arguments: slot(fn.arguments),
      parameters: fn.parameters.map((each) => ({ ...each, slot: slot(each.slot), default: slot(each.default) })),
      firstOperation,
    };
  });
  const classes = classRows.map((row): FlowClass => {
    const value = program.classes[row]!;
    return {
      ...value,
      row: classAt.get(row)!,
      slot: slot(value.slot),
      bases: value.bases.map(slot),
      metaclass: slot(value.metaclass),
      owner: functionAt.get(value.owner) ?? value.owner,
    };
  });
  program.append({
    functions,
    functionObjects: rows.map((row) => copyOf(program.functionObjects[row]!)),
    classes,
    classObjects: classRows.map((row) => copyOf(program.classObjects[row]!)),
    flow: added,
    lists,
    originals: rows,
  });
  return { functions, classes };
}

function renumbered(rows: readonly number[], first: number): ReadonlyMap<number, number> {
  return new Map(rows.map((row, index) => [row, first + index]));
}

/** Returns where in `lists` the copy begins. */
function copyList(flowLists: Int32Array, list: number, slot: (value: number) => number, lists: number[]): number {
  const place = lists.length;
  const count = flowLists[list]!;
  lists.push(count);
  for (let at = list + 1; at < list + 1 + count * 3; at += 3)
    lists.push(
      flowLists[at]!,
      flowLists[at + 1]! < 0 ? flowLists[at + 1]! : slot(flowLists[at + 1]!),
      flowLists[at + 2]!,
    );
  return place;
}
