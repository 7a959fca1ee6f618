import { CallFlag, ContainerKind, FlowFunctionFlag, MemberFlag } from '#model/flow.ts';
import { addCallee, addExternal } from '../call-site.ts';
import type { CallSite } from '../call-sites.ts';
import { callFunction, parameterObject } from '../calls.ts';
import { Constraint } from '../constraint.ts';
import { ecmascriptModel, hasModel } from '../models/ecmascript.ts';
import { awaitPromise, isPromise } from '../models/ecmascript-promises.ts';
import { callBack, constructOutside } from '../models/call-back.ts';
import { callUnknown } from '../models/unknown-receivers.ts';
import { isPattern } from '../templates.ts';
import { callPartial } from '../models/partial.ts';
import { ObjectKind, RECEIVER } from '../objects.ts';
import type { Program } from '../program.ts';
import { Prototypes } from '../prototypes.ts';
import type { FlowSystem } from '../system.ts';
import type { Dialect } from './dialect.ts';
import { builtinTypes, constantTypes, functionMethods, globalObjects, objectMethods } from './ecmascript-types.ts';
import { convert } from './ecmascript-conversions.ts';
import { isEcmascriptInstance, passesInEcmascript } from './ecmascript-instances.ts';
import { callSetters, initializeFields, loadMatching } from './ecmascript-members.ts';
import { EcmascriptModules, isModuleRecord } from './ecmascript-modules.ts';
import { callProxy, isProxy, loadProxy, storeProxy } from './ecmascript-proxies.ts';

const GLOBAL = 'js:globals#';

export class EcmascriptDialect implements Dialect {
  readonly prefix = 'js:';
  readonly keyPrefix = '';
  readonly #system: FlowSystem;
  readonly prototypes: Prototypes;
  readonly #modules: EcmascriptModules;
  /** What a function that nobody calls has for `this`: the objects that it was stored in. */
  readonly #seeds: { readonly fn: number; readonly receiver: number }[] = [];
  #deferred: (() => void)[] = [];
  readonly #globals: number;
  readonly #asked = new Set<number>();
  readonly #awaited = new Set<number>();

  constructor(system: FlowSystem) {
    this.#system = system;
    this.prototypes = new Prototypes(system);
    this.#modules = new EcmascriptModules(system);
    this.#globals = system.external(`${GLOBAL}globalThis`);
  }

  openProgram(): void {}
  openFunction(): void {}

  load(system: FlowSystem, object: number, name: number, destination: number, program: Program, row: number): void {
    const { objects, solver, names } = system;
    const text = names.text(name);
    const read = (): void =>
      solver.attach(this.prototypes.lookup(object, name), Constraint.bind, object, destination, program.number, row);
    switch (objects.kind[object]) {
      case ObjectKind.module:
        return this.#modules.load(object, name, destination);
      case ObjectKind.class:
      case ObjectKind.function:
        if (text === 'prototype') {
          solver.copy(this.prototypes.own(object, name), destination);
          return solver.add(destination, this.prototypes.prototype(object));
        }
        if (functionMethods.has(text))
          solver.add(destination, system.bound(system.external(`${GLOBAL}Function.prototype.${text}`), object));
        return read();
      case ObjectKind.bound: {
        if (isModuleRecord(system, object)) return this.#modules.loadExports(objects.b[object]!, text, destination);
        if (functionMethods.has(text))
          return solver.add(destination, system.bound(system.external(`${GLOBAL}Function.prototype.${text}`), object));
        return this.load(system, objects.a[object]!, name, destination, program, row);
      }
      case ObjectKind.instance:
        if (text === 'constructor') return solver.add(destination, objects.a[object]!);
        return read();
      case ObjectKind.prototype:
        if (text === 'constructor') solver.add(destination, objects.a[object]!);
        return read();
      case ObjectKind.site:
        if (isProxy(system, object)) return loadProxy(system, this.prototypes, object, name, destination, program, row);
        read();
        return this.#loadBuiltin(object, text, destination);
      case ObjectKind.constant: {
        const type = constantTypes[objects.a[object]!];
        if (type !== undefined)
          solver.add(destination, system.bound(system.external(`${GLOBAL}${type}.prototype.${text}`), object));
        return;
      }
      case ObjectKind.super: {
        const receiver = objects.b[object]!;
        const isStatic = objects.kind[receiver] === ObjectKind.class;
        this.prototypes.eachBase(objects.a[object]!, (base) => {
          if (objects.kind[base] === ObjectKind.external) solver.add(destination, system.outsideMember(base, name));
          else {
            const from = isStatic ? base : this.prototypes.prototype(base);
            solver.attach(
              this.prototypes.lookup(from, name),
              Constraint.bind,
              receiver,
              destination,
              program.number,
              row,
            );
          }
        });
        return;
      }
      case ObjectKind.external:
        return this.#loadExternal(object, name, destination);
    }
  }

  #loadBuiltin(object: number, text: string, destination: number): void {
    const system = this.#system;
    const type = builtinTypes[system.objects.detail[object]!];
    if (type !== undefined) {
      const name = `${GLOBAL}${type}.prototype.${text}`;
      if (hasModel(name)) return system.solver.add(destination, system.bound(system.external(name), object));
    }
    if (objectMethods.has(text))
      system.solver.add(destination, system.bound(system.external(`${GLOBAL}Object.prototype.${text}`), object));
    if (text === 'call' || text === 'apply') {
      const callable = system.field(object, system.names.id('#partial'));
      if (system.solver.size(callable) > 0) {
        system.solver.add(destination, system.bound(system.external(`${GLOBAL}Function.prototype.${text}`), object));
      }
    }
  }

  #loadExternal(object: number, name: number, destination: number): void {
    const system = this.#system;
    const { names, solver } = system;
    if (object === this.#globals) return this.#loadGlobal(name, destination);
    const text = names.text(name);
    solver.copy(this.prototypes.own(object, name), destination);
    const modelled = `${names.text(system.objects.a[object]!)}.${text}`;
    if (hasModel(modelled)) return solver.add(destination, system.external(modelled));
    if (functionMethods.has(text))
      return solver.add(destination, system.bound(system.external(`${GLOBAL}Function.prototype.${text}`), object));
    solver.add(destination, system.outsideMember(object, name));
  }

  #loadGlobal(name: number, destination: number): void {
    const system = this.#system;
    const text = system.names.text(name);
    if (globalObjects.has(text)) return system.solver.add(destination, this.#globals);
    system.solver.copy(this.prototypes.own(this.#globals, name), destination);
    if (text !== 'undefined') system.solver.add(destination, system.external(`${GLOBAL}${text}`));
  }

  importValue(_system: FlowSystem, program: Program, importRow: number, destination: number): void {
    this.#modules.importValue(program, importRow, destination);
  }

  global(system: FlowSystem, program: Program, name: number, destination: number): void {
    const text = system.names.text(name);
    const module = system.objects.intern(ObjectKind.module, program.number);
    if (text === 'exports') return this.#modules.loadExports(module, 'exports', destination);
    if (text === 'module') return system.solver.add(destination, system.bound(system.external('js:module'), module));
    this.#loadGlobal(name, destination);
  }

  storeGlobal(system: FlowSystem, _program: Program, name: number, source: number): void {
    system.expand(source, this.prototypes.own(this.#globals, name));
  }

  // Stores

  store(system: FlowSystem, object: number, name: number, source: number, program: Program, row: number): void {
    const { objects } = system;
    switch (objects.kind[object]) {
      case ObjectKind.module:
        return system.expand(source, system.field(object, name));
      case ObjectKind.constant:
        return;
      case ObjectKind.bound:
        if (isModuleRecord(system, object) && system.names.text(name) === 'exports') {
          return system.expand(source, system.field(objects.b[object]!, system.names.id('module.exports')));
        }
        return this.store(system, objects.a[object]!, name, source, program, row);
      case ObjectKind.super:
        return this.store(system, objects.b[object]!, name, source, program, row);
      default:
        if (isProxy(system, object)) return storeProxy(system, this.prototypes, object, name, source, program, row);
        return this.#storeOwn(object, name, source, program, row);
    }
  }

  #storeOwn(object: number, name: number, source: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects } = system;
    if (objects.kind[object] === ObjectKind.instance || objects.kind[object] === ObjectKind.site) {
      if (this.prototypes.finds(object, name)) callSetters(system, this.prototypes, object, name, source, program, row);
      if (this.prototypes.finds(object, system.names.id(`#set ${system.names.text(name)}`))) return;
    }
    this.prototypes.declare(object, name);
    system.expand(source, this.prototypes.own(object, name));
    this.#seed(object, source);
  }

  /** A function that is stored in an object may be called on it. */
  #seed(object: number, source: number): void {
    const system = this.#system;
    const receiver =
      system.objects.kind[object] === ObjectKind.prototype ? system.instanceOf(system.objects.a[object]!) : object;
    system.each(source, (value) => {
      if (system.objects.kind[value] === ObjectKind.function) this.#seeds.push({ fn: value, receiver });
    });
  }

  member(system: FlowSystem, program: Program, classRow: number, name: number, source: number, flags: number): void {
    const classObject = system.classObject(program, classRow);
    const holder = flags & MemberFlag.static ? classObject : this.prototypes.prototype(classObject);
    const key = flags & MemberFlag.setter ? system.names.id(`#set ${system.names.text(name)}`) : name;
    this.prototypes.declare(holder, key);
    if (flags & MemberFlag.setter) this.prototypes.declare(holder, name);
    if (source < program.base) return;
    system.expand(source, this.prototypes.own(holder, key));
    this.#seed(holder, source);
  }

  accessor(_system: FlowSystem, object: number, name: number, setter: number): void {
    this.prototypes.addSetter(object, name, setter);
  }

  loadElement(
    system: FlowSystem,
    object: number,
    key: number,
    destination: number,
    program: Program,
    row: number,
  ): void {
    const { objects, solver } = system;
    if (key === system.anyKey) {
      if (objects.kind[object] !== ObjectKind.external && objects.kind[object] !== ObjectKind.constant)
        solver.copy(system.elements(object), destination);
      else if (objects.kind[object] === ObjectKind.external) solver.add(destination, object);
      return;
    }
    if (isPattern(system.names.text(key)))
      return loadMatching(this, this.prototypes, system, object, key, destination, program, row);
    this.load(system, object, key, destination, program, row);
  }

  storeElement(system: FlowSystem, object: number, key: number, source: number, program: Program, row: number): void {
    if (isPattern(system.names.text(key))) return;
    if (key !== system.anyKey) return this.store(system, object, key, source, program, row);
    if (system.objects.kind[object] === ObjectKind.constant || system.objects.kind[object] === ObjectKind.external)
      return;
    system.expand(source, this.prototypes.own(object, key));
    this.#seed(object, source);
  }

  // Calls

  call(system: FlowSystem, object: number, site: CallSite): void {
    const { objects } = system;
    const isNew = (site.flags & CallFlag.construct) !== 0;
    switch (objects.kind[object]) {
      case ObjectKind.function:
        if (isNew) {
          const instance = system.instanceOf(object);
          if (site.destination >= 0) system.solver.add(site.destination, instance);
          return callFunction(system, object, site, -1, instance);
        }
        return callFunction(system, object, site, -1);
      case ObjectKind.class:
        return this.#construct(object, site);
      case ObjectKind.super:
        return this.#callSuper(object, site);
      case ObjectKind.bound: {
        const callee = objects.a[object]!;
        if (objects.kind[callee] === ObjectKind.external) return this.#callExternal(callee, objects.b[object]!, site);
        if (objects.kind[callee] === ObjectKind.function)
          return callFunction(system, callee, site, -1, objects.b[object]!);
        return this.call(system, callee, site);
      }
      case ObjectKind.external:
        return this.#callExternal(object, -1, site);
      case ObjectKind.site:
        if (isProxy(system, object)) return callProxy(system, this.prototypes, object, site, isNew);
        return callPartial({ system, site, receiver: -1 }, object);
    }
  }

  #construct(classObject: number, site: CallSite): void {
    const system = this.#system;
    if (!addCallee(site, classObject)) return;
    const instance = system.instanceOf(classObject);
    if (site.destination >= 0) system.solver.add(site.destination, instance);
    this.#callConstructor(this.prototypes.prototype(classObject), instance, site);
    initializeFields(system, this.prototypes, classObject, instance);
  }

  #callConstructor(prototype: number, instance: number, site: CallSite): void {
    const system = this.#system;
    const part = system.callSites.variant(site, { destination: -1, receiver: -1 });
    system.each(this.prototypes.lookup(prototype, system.names.id('constructor')), (found) => {
      if (system.objects.kind[found] === ObjectKind.function) callFunction(system, found, part, -1, instance);
    });
  }

  /** `super(…)`: the constructor of the base, on the same object. */
  #callSuper(object: number, site: CallSite): void {
    const system = this.#system;
    const { objects } = system;
    const receiver = objects.b[object]!;
    this.prototypes.eachBase(objects.a[object]!, (base) => {
      if (objects.kind[base] === ObjectKind.class)
        this.#callConstructor(this.prototypes.prototype(base), receiver, site);
      else if (objects.kind[base] === ObjectKind.function) callFunction(system, base, site, -1, receiver);
      else if (objects.kind[base] === ObjectKind.external) this.#callExternal(base, receiver, site);
    });
  }

  #callExternal(callee: number, receiver: number, site: CallSite): void {
    const system = this.#system;
    const name = system.objects.a[callee]!;
    const text = system.names.text(name);
    addExternal(site, name);
    const call = { system, site, receiver };
    if (ecmascriptModel(text, call)) return;
    if (site.flags & CallFlag.construct && !text.startsWith(GLOBAL))
      return constructOutside(call, callee, this.prototypes);
    callBack(call, text);
    if (site.destination >= 0) system.solver.add(site.destination, system.outside(callee, '()'));
  }

  // Protocols

  iterate(system: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    const { objects, solver } = system;
    switch (objects.kind[object]) {
      case ObjectKind.site:
        if (objects.detail[object] !== ContainerKind.object) return solver.copy(system.elements(object), destination);
        return this.#iterateProtocol(object, destination, program, row);
      case ObjectKind.instance:
        return this.#iterateProtocol(object, destination, program, row);
      case ObjectKind.external:
        return solver.add(destination, system.outside(object, '[]'));
    }
  }

  #iterateProtocol(object: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver, names } = system;
    const iterator = system.newSlot();
    this.#implicit(object, '@@iterator', program, row, iterator);
    this.#implicit(object, '@@asyncIterator', program, row, iterator);
    system.each(iterator, (made) => {
      if (objects.kind[made] === ObjectKind.site && objects.detail[made] !== ContainerKind.object)
        return solver.copy(system.elements(made), destination);
      const result = system.newSlot();
      this.#implicit(made, 'next', program, row, result);
      const step = system.newSlot();
      system.each(result, (each) => this.await(system, each, step));
      system.each(step, (each) => this.load(system, each, names.id('value'), destination, program, row));
    });
  }

  #implicit(object: number, method: string, program: Program, row: number, destination: number): void {
    const system = this.#system;
    const name = system.names.id(method);
    if (!this.prototypes.finds(object, name)) return;
    const site = system.implicitCall(program, row, destination);
    system.each(this.prototypes.lookup(object, name), (found) => {
      if (system.objects.kind[found] === ObjectKind.function) callFunction(system, found, site, -1, object);
    });
  }

  await(system: FlowSystem, object: number, destination: number): void {
    if (isPromise(system, object)) awaitPromise(system, object, destination, this.#awaited);
    else system.solver.add(destination, object);
  }

  enter(system: FlowSystem, object: number, destination: number): void {
    system.solver.add(destination, object);
  }

  bind(system: FlowSystem, object: number, receiver: number, destination: number, program: Program, row: number): void {
    const { objects, solver } = system;
    switch (objects.kind[object]) {
      case ObjectKind.function: {
        const { flags } = system.functionOf(object);
        if (flags & FlowFunctionFlag.setter) return;
        if (flags & FlowFunctionFlag.property) {
          if (row >= 0) callFunction(system, object, system.implicitCall(program, row, destination), -1, receiver);
          return;
        }
        return solver.add(destination, object);
      }
      case ObjectKind.wrapper:
        if (row >= 0)
          callFunction(system, objects.a[object]!, system.implicitCall(program, row, destination), -1, receiver);
        return;
      case ObjectKind.external:
        // A method that an outside base class has: models want to know on what it is called.
        return solver.add(
          destination,
          objects.kind[receiver] === ObjectKind.instance || objects.kind[receiver] === ObjectKind.site
            ? system.bound(object, receiver)
            : object,
        );
      default:
        return solver.add(destination, object);
    }
  }

  super(system: FlowSystem, receiver: number, classObject: number, destination: number): void {
    const kind = system.objects.kind[receiver];
    if (kind === ObjectKind.constant || kind === ObjectKind.external) return;
    system.solver.add(destination, system.objects.intern(ObjectKind.super, classObject, receiver));
  }

  base(system: FlowSystem, object: number, classObject: number): void {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.class || kind === ObjectKind.function || kind === ObjectKind.external)
      this.prototypes.addBase(classObject, object);
  }

  accepts(system: FlowSystem, object: number): boolean {
    return system.objects.kind[object] !== ObjectKind.constant;
  }

  isInstance(system: FlowSystem, object: number, type: number): boolean | undefined {
    return isEcmascriptInstance(system, this.prototypes, object, type);
  }

  passes(system: FlowSystem, object: number, kind: number): boolean | undefined {
    return passesInEcmascript(system, object, kind);
  }

  finds(_system: FlowSystem, instance: number, name: number): boolean {
    return this.prototypes.finds(instance, name);
  }

  bases(classObject: number): readonly number[] {
    return this.prototypes.bases(classObject);
  }

  order(classObject: number): readonly number[] {
    return this.prototypes.order(classObject);
  }

  protocol(system: FlowSystem, program: Program, row: number): void {
    convert(system, this.prototypes, program, row);
  }

  defer(act: () => void): void {
    this.#deferred.push(act);
  }

  seed(system: FlowSystem): void {
    for (const act of this.#deferred.splice(0)) act();
    for (const { fn, receiver } of this.#seeds) {
      const parameter = parameterObject(system, fn, RECEIVER);
      const passed = system.passed(parameter);
      if (system.solver.size(passed) > 0) continue;
      system.solver.add(passed, receiver);
    }
    callUnknown(system, this.#asked);
  }
}
