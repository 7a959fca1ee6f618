/**
 * pytest: what a test's parameters hold. A fixture gives its result to every parameter of its name, in its own file or, from a
 * `conftest.py`, in all files below its folder; `parametrize` gives its values. pytest calls both: no edge is drawn.
 */
import { ContainerKind } from '#model/flow.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { callFunction, parameterObject } from '../calls.ts';
import { keyOf } from '../operations.ts';
import { ObjectKind } from '../objects.ts';
import type { FlowFunction, Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';
import type { FixtureTable } from './dialect.ts';

interface Fixture {
  readonly name: number;
  /** Where it is defined. */
  readonly path: string;
  readonly value: number;
}

export class PythonFixtures implements FixtureTable {
  readonly #system: FlowSystem;
  readonly #fixtures = new Map<number, Fixture>();

  constructor(system: FlowSystem) {
    this.#system = system;
  }

  provide(functionObject: number, name: number): void {
    const system = this.#system;
    if (this.#fixtures.has(functionObject)) return;
    const program = system.programOf(functionObject);
    const fn = system.functionOf(functionObject);
    const fixture: Fixture = {
      name: name >= 0 ? name : system.names.id(functionName(program, fn)),
      path: program.entry.path,
      value: this.#valueOf(functionObject, program, fn),
    };
    for (const other of this.#fixtures.values()) this.#give(other, program, fn);
    this.#fixtures.set(functionObject, fixture);
    this.#give(fixture, program, fn);
    for (const target of this.#programs(fixture.path)) {
      for (const user of target.functions) {
        const isTest = functionName(target, user).startsWith('test');
        if (isTest || this.#fixtures.has(system.functionObject(target, user.row))) this.#give(fixture, target, user);
      }
    }
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
    const site = system.callSite({ program, row: 0, caller: fn.row, destination: result, line: -1, derived: true });
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

  *#programs(path: string): Generator<Program> {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const isShared = path.slice(folder.length) === 'conftest.py';
    for (const program of this.#system.loaded)
      if (program.entry.path === path || (isShared && program.entry.path.startsWith(folder))) yield program;
  }

  /** The fixture fills the function's parameter of its name, if the function sees it. */
  #give(fixture: Fixture, program: Program, fn: FlowFunction): void {
    const system = this.#system;
    if (![...this.#programs(fixture.path)].includes(program)) return;
    const index = fn.parameters.findIndex((each) => each.name === fixture.name);
    const object = system.functionObject(program, fn.row);
    if (index < 0 || this.#fixtures.get(object)?.name === fixture.name) return;
    system.expand(fixture.value, system.passed(parameterObject(system, object, index)));
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
