/** What a value found on a Python class means when it is read through an instance or the class: methods, properties, descriptors. */
import { ConstantKind, FlowFunctionFlag } from '#model/flow.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { CallSite } from '../call-sites.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { hasPythonModel } from '../models/python.ts';
import { ObjectKind, WrapperKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';
import { callMethod } from './implicit-call.ts';

/** Methods that take the class where others take the instance, without being decorated. */
const classMethods: ReadonlySet<string> = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

/** A read that calls `__get__`: slots of what it is read on, of the classes, and of what it gives. */
interface DescribedRead {
  readonly site: CallSite;
  readonly instances: number;
  readonly owners: number;
  readonly result: number;
}

export class PythonBinding {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  /** By row of the own program. */
  readonly #reads = new Map<number, DescribedRead>();

  constructor(system: FlowSystem, hierarchy: Hierarchy) {
    this.#system = system;
    this.#hierarchy = hierarchy;
  }

  bind(object: number, receiver: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver } = system;
    const isInstance = objects.kind[receiver] === ObjectKind.instance;
    switch (objects.kind[object]) {
      case ObjectKind.function: {
        const { flags, symbol } = system.functionOf(object);
        // A setter stands beside its getter under the same name and is no value of its own.
        if (flags & FlowFunctionFlag.setter) return;
        if (flags & FlowFunctionFlag.property && isInstance && row >= 0)
          return this.get(object, receiver, destination, program, row);
        if (flags & FlowFunctionFlag.static) return solver.add(destination, object);
        if (flags & FlowFunctionFlag.classmethod || classMethods.has(symbolName(system, object, symbol))) {
          return solver.add(destination, system.bound(object, this.classOf(receiver)));
        }
        return solver.add(destination, isInstance ? system.bound(object, receiver) : object);
      }
      case ObjectKind.wrapper: {
        const inner = objects.a[object]!;
        if (objects.b[object] === WrapperKind.static) return solver.add(destination, inner);
        if (objects.b[object] === WrapperKind.class)
          return solver.add(destination, system.bound(inner, this.classOf(receiver)));
        if (isInstance) return this.get(inner, receiver, destination, program, row);
        return solver.add(destination, object);
      }
      case ObjectKind.instance:
        if (row >= 0 && this.#hierarchy.finds(objects.a[object]!, system.names.id('__get__')))
          return this.#getDescribed(object, receiver, destination, program, row);
        return solver.add(destination, object);
      case ObjectKind.site:
        // A partial method, or a function that dispatches: an instance becomes its first argument.
        if (isInstance && solver.size(system.field(object, system.names.id('#method'))) > 0)
          return solver.add(destination, system.bound(object, receiver));
        return solver.add(destination, object);
      case ObjectKind.external:
        // Models want to know on what a method of an outside base class is called.
        return solver.add(
          destination,
          isInstance && hasPythonModel(system.names.text(objects.a[object]!)) ? system.bound(object, receiver) : object,
        );
      default:
        return solver.add(destination, object);
    }
  }

  /** `__get__`: one call for all descriptors that a read may meet, so that many of them say nothing. */
  #getDescribed(object: number, receiver: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver, names } = system;
    let read = program === system.own ? this.#reads.get(row) : undefined;
    if (!read) {
      const instances = system.newSlot();
      const owners = system.newSlot();
      const result = system.newSlot();
      const site = system.implicitCall(program, row, result, [0, instances, -1, 0, owners, -1]);
      read = { site, instances, owners, result };
      if (program === system.own) this.#reads.set(row, read);
    }
    const isInstance = objects.kind[receiver] === ObjectKind.instance;
    solver.add(read.instances, isInstance ? receiver : objects.intern(ObjectKind.constant, ConstantKind.none, -1));
    solver.add(read.owners, this.classOf(receiver));
    solver.copy(read.result, destination);
    callMethod(system, this.#hierarchy, objects.a[object]!, object, names.id('__get__'), read.site);
  }

  /** Reads a property: a call of its getter. */
  get(getter: number, receiver: number, destination: number, program: Program, row: number): void {
    if (row >= 0) this.callBound(getter, receiver, program, row, destination);
  }

  callBound(
    callee: number,
    receiver: number,
    program: Program,
    row: number,
    destination: number,
    args: readonly number[] = [],
  ): void {
    const system = this.#system;
    const site = system.implicitCall(program, row, destination, args);
    system.dialect.call(system, system.bound(callee, receiver), site);
  }

  classOf(receiver: number): number {
    const { objects } = this.#system;
    return objects.kind[receiver] === ObjectKind.instance ? objects.a[receiver]! : receiver;
  }
}

/** Whether a function takes the class for its first argument. */
export function takesClass(system: FlowSystem, functionObject: number): boolean {
  const { flags, symbol } = system.functionOf(functionObject);
  return (flags & FlowFunctionFlag.classmethod) !== 0 || classMethods.has(symbolName(system, functionObject, symbol));
}

export function symbolName(system: FlowSystem, functionObject: number, symbol: number): string {
  const { facts } = system.programOf(functionObject);
  return facts.strings[facts.symbols[symbol * SYMBOL_STRIDE + SymbolColumn.name]!] ?? '';
}
