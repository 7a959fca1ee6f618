/**
 * pytest: what a test's parameters hold. A fixture gives its result to every parameter of its name, in its own file or, from a
 * `conftest.py`, in all files below its folder; `parametrize` gives its values. pytest calls both: no edge is drawn.
 */
import { ContainerKind } from '#model/flow.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { callFunction, parameterObject } from '../calls.ts';
import { keyOf } from '../operations.ts';
import { ObjectKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowFunction } from '../program-rows.ts';
import type { FlowSystem } from '../system.ts';
import type { FixtureTable } from './dialect.ts';

/** Relation of a folder: names of the fixtures that its `conftest.py` gives to all files below. */
const FIXTURES = '#fixtures';

export class PythonFixtures implements FixtureTable {
  readonly #system: FlowSystem;
  /** The file's own, by function object: its name. */
  readonly #own = new Map<number, number>();
  /** What gives a value to parameters of a name. */
  readonly #given: { readonly name: number; readonly slot: number }[] = [];

  constructor(system: FlowSystem) {
    this.#system = system;
  }

  /** What the folders above give to the file's tests. */
  openTests(): void {
    const system = this.#system;
    const { own, names, objects } = system;
    if (!own.functions.some((fn) => functionName(own, fn).startsWith('test'))) return;
    const { path } = own.entry;
    for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
      const folder = objects.intern(ObjectKind.folder, names.id(path.slice(0, end + 1)));
      system.follow(folder, names.id(FIXTURES), 'names', (name) =>
        this.#offer(name, system.field(folder, names.id(`${FIXTURES} ${names.text(name)}`))),
      );
      if (end < 0) return;
    }
  }

  provide(functionObject: number, name: number): void {
    const system = this.#system;
    const { names, objects } = system;
    const program = system.programOf(functionObject);
    if (this.#own.has(functionObject) || system.isForeign(program)) return;
    const fn = system.functionOf(functionObject);
    const known = name >= 0 ? name : names.id(functionName(program, fn));
    for (const other of this.#given) this.#give(other.name, other.slot, fn);
    this.#own.set(functionObject, known);
    const value = this.#valueOf(functionObject, program, fn);
    this.#give(known, value, fn);
    this.#offer(known, value);
    const { path } = program.entry;
    const end = path.lastIndexOf('/') + 1;
    if (path.slice(end) !== 'conftest.py') return;
    const folder = objects.intern(ObjectKind.folder, names.id(path.slice(0, end)));
    system.expand(value, system.field(folder, names.id(`${FIXTURES} ${names.text(known)}`)));
    system.find(folder, names.id(FIXTURES), 'names', known);
  }

  parametrize(functionObject: number, given: number, values: number): void {
    const system = this.#system;
    const names = parameterNames(system, given);
    const fn = system.functionOf(functionObject);
    names.forEach((name, position) => {
      const index = fn.parameters.findIndex((each) => each.name >= 0 && system.names.text(each.name) === name);
      if (index < 0) return;
      const passed = system.passed(parameterObject(system, functionObject, index));
      system.each(values, (list) => {
        if (system.objects.kind[list] !== ObjectKind.site) return;
        if (names.length === 1) return system.expand(system.elements(list), passed);
        system.each(system.elements(list), (row) => {
          if (system.objects.kind[row] === ObjectKind.site) {
            const value = system.newSlot();
            system.loadKey(row, system.keyName(String(position)), value);
            system.expand(value, passed);
          }
        });
      });
    });
  }

  /** What pytest gets from the fixture: what it returns, or yields. */
  #valueOf(functionObject: number, program: Program, fn: FlowFunction): number {
    const system = this.#system;
    const result = system.newSlot();
    const site = system.callSite({ row: 0, caller: fn.row, destination: result, line: -1, derived: true });
    callFunction(system, functionObject, site, -1);
    const value = system.newSlot();
    system.each(result, (object) => {
      const isSite = system.objects.kind[object] === ObjectKind.site;
      if (isSite && system.objects.detail[object] === ContainerKind.generator)
        system.solver.copy(system.elements(object), value);
      else system.dialect.await(system, object, value, program, 0);
    });
    return value;
  }

  /** To all tests of the file, and to its other fixtures. */
  #offer(name: number, slot: number): void {
    const { own } = this.#system;
    this.#given.push({ name, slot });
    for (const fn of own.declaredFunctions)
      if (functionName(own, fn).startsWith('test') || this.#own.has(own.functionObjects[fn.row]!))
        this.#give(name, slot, fn);
  }

  /** The fixture fills the function's parameter of its name. */
  #give(name: number, slot: number, fn: FlowFunction): void {
    const system = this.#system;
    const index = fn.parameters.findIndex((each) => each.name === name);
    const object = system.own.functionObjects[fn.row]!;
    if (index < 0 || this.#own.get(object) === name) return;
    system.expand(slot, system.passed(parameterObject(system, object, index)));
  }
}

function functionName(program: Program, fn: FlowFunction): string {
  const { symbols, strings } = program.facts;
  return strings[symbols[fn.symbol * SYMBOL_STRIDE + SymbolColumn.name]!] ?? '';
}

/** Names in `parametrize("a, b", …)` or `parametrize(["a", "b"], …)`. */
function parameterNames(system: FlowSystem, slot: number): string[] {
  const names: string[] = [];
  for (const object of system.solver.points(slot)) {
    const key = keyOf(system, object);
    if (key >= 0) names.push(...system.keyText(key).split(/\s*,\s*/));
    else if (system.objects.kind[object] === ObjectKind.site) {
      const list = system.elementList(object);
      for (let i = 0; i < list.length; i += 2)
        for (const element of system.solver.points(list[i + 1]!)) {
          const text = keyOf(system, element);
          if (text >= 0) names.push(system.keyText(text));
        }
    }
  }
  return names.map((name) => name.trim()).filter((name) => name !== '');
}
