import { ConstantKind, ContainerKind, FLOW_STRIDE, FlowFunctionFlag } from '#model/flow.ts';
import { addCallee, type CallSite } from '../call-site.ts';
import { callFunction, parameterObject } from '../calls.ts';
import { Constraint } from '../constraint.ts';
import { Hierarchy } from '../hierarchy.ts';
import { ObjectKind, WrapperKind } from '../objects.ts';
import { argumentsOf } from '../operations.ts';
import { fieldsOf, inheriting, matchingNames, symbolName, tellAncestors } from './python-names.ts';
import type { Program } from '../program.ts';
import { callPartial } from '../models/partial.ts';
import { pythonModel } from '../models/python.ts';
import type { FlowSystem } from '../system.ts';
import type { Dialect } from './dialect.ts';
import { constantNames, containerNames, joins } from './python-types.ts';
import { PythonModules } from './python-modules.ts';

/** Flag of a `loadElement` row that unpacking made. */
const UNPACK = 1 << 4;
/** Methods that take the class where others take the instance, without being decorated. */
const classMethods: ReadonlySet<string> = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

export class PythonDialect implements Dialect {
  readonly prefix = 'py:';
  readonly keyPrefix = '[';
  readonly #system: FlowSystem;
  readonly hierarchy: Hierarchy;
  readonly #modules: PythonModules;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.hierarchy = new Hierarchy(system);
    this.#modules = new PythonModules(system);
  }

  openProgram(system: FlowSystem, program: Program): void {
    this.#modules.openProgram(system, program);
  }

  openFunction(): void {}

  load(system: FlowSystem, object: number, name: number, destination: number, program: Program, row: number): void {
    const { objects, solver, names } = system;
    const text = names.text(name);
    if (text.includes('*')) {
      for (const each of matchingNames(system, this.hierarchy, object, text))
        this.load(system, object, each, destination, program, row);
      return;
    }
    switch (objects.kind[object]) {
      case ObjectKind.module:
      case ObjectKind.folder:
        return solver.copy(this.#modules.attribute(object, name), destination);
      case ObjectKind.instance:
        return this.#loadInstance(object, name, text, destination, program, row);
      case ObjectKind.class:
        return this.#loadClass(object, name, text, destination, program, row);
      case ObjectKind.super: {
        const receiver = objects.b[object]!;
        const found = this.hierarchy.lookupAfter(this.#classOf(receiver), objects.a[object]!, name);
        return solver.attach(found, Constraint.bind, receiver, destination, program.number, row);
      }
      case ObjectKind.external:
        if (system.hasField(object, name)) solver.copy(system.field(object, name), destination);
        return solver.add(destination, system.outsideMember(object, name));
      case ObjectKind.bound:
        if (text === '__self__') return solver.add(destination, objects.b[object]!);
        if (text === '__func__') return solver.add(destination, objects.a[object]!);
        return this.load(system, objects.a[object]!, name, destination, program, row);
      case ObjectKind.wrapper:
        if (text === '__func__' || text === 'fget') return solver.add(destination, objects.a[object]!);
        return solver.add(destination, system.bound(system.external(`py:builtins#property.${text}`), object));
      case ObjectKind.site: {
        solver.copy(system.field(object, name), destination);
        const type = containerNames[objects.detail[object]!] ?? 'object';
        return solver.add(destination, system.bound(system.external(`py:builtins#${type}.${text}`), object));
      }
      case ObjectKind.constant: {
        const method = system.external(`py:builtins#${constantNames[objects.a[object]!] ?? 'object'}.${text}`);
        // Only these methods' models look at the string itself.
        const isRecased = (text === 'lower' || text === 'upper') && objects.b[object]! >= 0;
        return solver.add(destination, isRecased ? system.bound(method, object) : method);
      }
      case ObjectKind.function:
        if (text === '__call__') return solver.add(destination, object);
        if (text === 'register' || text === 'dispatch') {
          solver.add(destination, system.bound(system.external(`py:functools#singledispatch().${text}`), object));
        }
        return solver.copy(system.field(object, name), destination);
    }
  }

  #loadInstance(object: number, name: number, text: string, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { solver } = system;
    const classObject = system.objects.a[object]!;
    if (text === '__class__') return solver.add(destination, classObject);
    solver.copy(system.field(object, name), destination);
    solver.attach(this.hierarchy.lookup(classObject, name), Constraint.bind, object, destination, program.number, row);
    const getter = system.names.id('__getattr__');
    if (
      this.hierarchy.finds(classObject, getter) &&
      !this.hierarchy.finds(classObject, name) &&
      solver.points(system.field(object, name)).length === 0
    ) {
      this.implicit(object, '__getattr__', program, row, destination, [
        system.objects.intern(ObjectKind.constant, ConstantKind.string, name),
      ]);
    }
  }

  #loadClass(object: number, name: number, text: string, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { solver } = system;
    if (text === '__name__')
      return solver.add(destination, system.objects.intern(ObjectKind.constant, ConstantKind.string, -1));
    solver.attach(this.hierarchy.lookup(object, name), Constraint.bind, object, destination, program.number, row);
    if (this.hierarchy.finds(object, name)) return;
    for (const candidate of this.hierarchy.order(object)) {
      const metaclass = this.#metaclass(candidate);
      if (metaclass === undefined) continue;
      system.each(metaclass, (type) => {
        if (system.objects.kind[type] !== ObjectKind.class) return;
        system.each(this.hierarchy.lookup(type, name), (found) => {
          solver.add(
            destination,
            system.objects.kind[found] === ObjectKind.function ? system.bound(found, object) : found,
          );
        });
      });
    }
  }

  store(system: FlowSystem, object: number, name: number, source: number, program: Program, row: number): void {
    const { objects } = system;
    switch (objects.kind[object]) {
      case ObjectKind.module:
        return this.#modules.store(object, name, source);
      case ObjectKind.class:
        this.hierarchy.declare(object, name);
        break;
      case ObjectKind.bound:
        return this.store(system, objects.a[object]!, name, source, program, row);
      case ObjectKind.super:
        return this.store(system, objects.b[object]!, name, source, program, row);
      case ObjectKind.constant:
        return;
      case ObjectKind.instance: {
        const classObject = objects.a[object]!;
        if (!this.hierarchy.finds(classObject, name)) {
          if (this.hierarchy.finds(classObject, system.names.id('__setattr__')))
            this.implicit(object, '__setattr__', program, row, -1, [], [-1, source]);
          break;
        }
        system.each(this.hierarchy.lookup(classObject, name), (found) =>
          this.#storeDescriptor(found, object, source, program, row),
        );
      }
    }
    system.expand(source, system.field(object, name));
  }

  #storeDescriptor(found: number, receiver: number, source: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects } = system;
    if (objects.kind[found] === ObjectKind.function) {
      if (!(system.functionOf(found).flags & FlowFunctionFlag.setter)) return;
      this.call(system, system.bound(found, receiver), system.implicitCall(program, row, -1, [0, source, -1]));
    } else if (objects.kind[found] === ObjectKind.wrapper && objects.b[found] === WrapperKind.property) {
      const site = system.implicitCall(program, row, -1, [0, source, -1]);
      system.each(system.field(found, system.names.id('#setter')), (setter) =>
        this.call(system, system.bound(setter, receiver), site),
      );
    } else if (
      objects.kind[found] === ObjectKind.instance &&
      this.hierarchy.finds(objects.a[found]!, system.names.id('__set__'))
    ) {
      this.implicit(found, '__set__', program, row, -1, [receiver], [source]);
    }
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
    switch (objects.kind[object]) {
      case ObjectKind.site:
        return system.loadKey(object, key, destination);
      case ObjectKind.instance:
        // `a[i]` on an instance is a protocol row of its own; unpacking iterates.
        if (((program.facts.flow[row * FLOW_STRIDE]! >> 8) & UNPACK) !== 0)
          this.iterate(system, object, destination, program, row);
        return;
      case ObjectKind.class:
        // `Generic[T]` is the class; `Color["RED"]` is a member.
        if (
          this.hierarchy
            .order(object)
            .some(
              (base) =>
                objects.kind[base] === ObjectKind.external &&
                system.names.text(objects.a[base]!).startsWith('py:enum#'),
            )
        ) {
          return solver.add(destination, system.instanceOf(object));
        }
        return solver.add(destination, object);
      case ObjectKind.external: {
        const text = system.names.text(objects.a[object]!);
        return solver.add(destination, text.startsWith('py:typing#') ? object : system.outside(object, '[]'));
      }
    }
  }

  storeElement(system: FlowSystem, object: number, key: number, source: number): void {
    const { objects } = system;
    if (objects.kind[object] !== ObjectKind.site) return;
    system.expand(source, system.element(object, key));
    if (objects.detail[object] === ContainerKind.dictionary && key !== system.anyKey) {
      const text = system.names.id(system.keyText(key));
      system.solver.add(
        system.field(object, system.names.id('#keys')),
        objects.intern(ObjectKind.constant, ConstantKind.string, text),
      );
    }
  }

  call(system: FlowSystem, object: number, site: CallSite): void {
    const { objects } = system;
    switch (objects.kind[object]) {
      case ObjectKind.function:
        return callFunction(system, object, site, -1);
      case ObjectKind.class:
        return this.#construct(object, site);
      case ObjectKind.bound: {
        const callee = objects.a[object]!;
        const receiver = objects.b[object]!;
        if (objects.kind[callee] === ObjectKind.function) return callFunction(system, callee, site, receiver);
        if (objects.kind[callee] === ObjectKind.external) return this.#callExternal(callee, receiver, site);
        return this.call(system, callee, site);
      }
      case ObjectKind.instance: {
        const found = system.newSlot();
        system.solver.attach(
          this.hierarchy.lookup(objects.a[object]!, system.names.id('__call__')),
          Constraint.bind,
          object,
          found,
          site.program.number,
          site.row,
        );
        return system.solver.attach(found, Constraint.call, site.index);
      }
      case ObjectKind.wrapper:
        return this.call(system, objects.a[object]!, site);
      case ObjectKind.external:
        return this.#callExternal(object, -1, site);
      case ObjectKind.site:
        return callPartial({ system, site, receiver: -1 }, object);
    }
  }

  #callExternal(callee: number, receiver: number, site: CallSite): void {
    const system = this.#system;
    const name = system.objects.a[callee]!;
    const text = system.names.text(name);
    if (!site.externals.includes(name)) site.externals.push(name);
    if (pythonModel(text, { system, site, receiver })) return;
    if (site.destination >= 0) system.solver.add(site.destination, system.outside(callee, '()'));
  }

  #construct(classObject: number, site: CallSite): void {
    const system = this.#system;
    const { names, solver } = system;
    if (this.#callMetaclass(classObject, site)) return;
    if (!addCallee(site, classObject)) return;
    const instance = system.instanceOf(classObject);
    if (site.destination >= 0) solver.add(site.destination, instance);
    const part = (destination: number): CallSite =>
      system.callSite({ ...site, destination, callees: [], externals: [], index: -1 });
    const creator = names.id('__new__');
    if (this.hierarchy.finds(classObject, creator)) {
      const created = part(site.destination);
      system.each(this.hierarchy.lookup(classObject, creator), (found) => {
        if (system.objects.kind[found] === ObjectKind.function) callFunction(system, found, created, classObject);
        else if (system.objects.kind[found] === ObjectKind.wrapper)
          callFunction(system, system.objects.a[found]!, created, classObject);
      });
    }
    const initializer = names.id('__init__');
    if (this.hierarchy.finds(classObject, initializer)) {
      const found = system.newSlot();
      solver.attach(
        this.hierarchy.lookup(classObject, initializer),
        Constraint.bind,
        instance,
        found,
        site.program.number,
        site.row,
      );
      solver.attach(found, Constraint.call, part(-1).index);
    } else this.#fillFields(classObject, instance, site);
  }

  /** Calls `__call__` of the class's own class where the tree defines one; false where instances are made as usual. */
  #callMetaclass(classObject: number, site: CallSite): boolean {
    const system = this.#system;
    const { names, objects } = system;
    for (const candidate of this.hierarchy.order(classObject)) {
      const metaclass = this.#metaclass(candidate);
      if (metaclass === undefined) continue;
      for (const type of system.solver.points(metaclass)) {
        if (objects.kind[type] !== ObjectKind.class || !this.hierarchy.finds(type, names.id('__call__'))) continue;
        system.each(this.hierarchy.lookup(type, names.id('__call__')), (found) => {
          if (objects.kind[found] === ObjectKind.function) callFunction(system, found, site, classObject);
        });
        if (site.destination >= 0) system.solver.add(site.destination, system.instanceOf(classObject));
        return true;
      }
    }
    return false;
  }

  #metaclass(classObject: number): number | undefined {
    const system = this.#system;
    if (system.objects.kind[classObject] !== ObjectKind.class) return undefined;
    const slot = system.classOf(classObject).metaclass;
    return slot < 0 ? undefined : system.outward(system.programOf(classObject), classObject, slot, '#metaclass');
  }

  /** Constructors that nobody wrote: dataclasses, named tuples and their like take their annotated fields in order. */
  #fillFields(classObject: number, instance: number, site: CallSite): void {
    const system = this.#system;
    const fields = [
      ...new Set(
        this.hierarchy
          .order(classObject)
          .toReversed()
          .flatMap((base) => fieldsOf(system, base)),
      ),
    ];
    if (fields.length === 0) return;
    let position = 0;
    for (let i = 0; i < site.arguments.length; i += 3) {
      const name =
        site.arguments[i] === 0 ? fields[position++] : site.arguments[i] === 1 ? site.arguments[i + 2] : undefined;
      if (name !== undefined) system.expand(site.arguments[i + 1]!, system.field(instance, name));
    }
  }

  /** Calls a special method of an instance if a class of the tree defines it. `objects` come before `slots` as arguments. */
  implicit(
    instance: number,
    method: string,
    program: Program,
    row: number,
    destination: number,
    objects: readonly number[],
    slots: readonly number[] = [],
  ): CallSite | undefined {
    const system = this.#system;
    const name = system.names.id(method);
    const classObject = system.objects.a[instance]!;
    if (!this.hierarchy.finds(classObject, name)) return undefined;
    const args = [...objects, ...slots].flatMap((value, index) => {
      if (index >= objects.length) return [0, value < 0 ? system.newSlot() : value, -1];
      const slot = system.newSlot();
      system.solver.add(slot, value);
      return [0, slot, -1];
    });
    const site = system.implicitCall(program, row, destination, args);
    const found = system.newSlot();
    system.solver.attach(
      this.hierarchy.lookup(classObject, name),
      Constraint.bind,
      instance,
      found,
      program.number,
      -1,
    );
    system.solver.attach(found, Constraint.call, site.index);
    return site;
  }

  iterate(system: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    const { objects, solver, names } = system;
    switch (objects.kind[object]) {
      case ObjectKind.site:
        if (objects.detail[object] === ContainerKind.dictionary)
          return solver.copy(system.field(object, names.id('#keys')), destination);
        return solver.copy(system.elements(object), destination);
      case ObjectKind.instance: {
        const iterator = system.newSlot();
        if (
          this.implicit(object, '__iter__', program, row, iterator, []) ??
          this.implicit(object, '__aiter__', program, row, iterator, [])
        ) {
          system.each(iterator, (made) => {
            if (objects.kind[made] !== ObjectKind.instance) this.iterate(system, made, destination, program, row);
            else if (
              !this.implicit(made, '__next__', program, row, destination, []) &&
              !this.implicit(made, '__anext__', program, row, destination, [])
            ) {
              if (made !== object) this.iterate(system, made, destination, program, row);
            }
          });
        } else if (!this.implicit(object, '__next__', program, row, destination, []))
          this.implicit(object, '__getitem__', program, row, destination, []);
        return;
      }
      case ObjectKind.class:
        return solver.add(destination, system.instanceOf(object));
      case ObjectKind.constant:
        return solver.add(destination, objects.intern(ObjectKind.constant, objects.a[object]!, -1));
      case ObjectKind.external:
        return solver.add(destination, system.outside(object, '[]'));
    }
  }

  await(system: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    const { objects, solver } = system;
    if (objects.kind[object] === ObjectKind.site && objects.detail[object] === ContainerKind.promise) {
      return solver.copy(system.element(object, system.names.id('[value')), destination);
    }
    if (
      objects.kind[object] === ObjectKind.instance &&
      this.implicit(object, '__await__', program, row, destination, [])
    )
      return;
    solver.add(destination, object);
  }

  enter(system: FlowSystem, object: number, destination: number, program: Program, row: number): void {
    const { objects, solver } = system;
    if (objects.kind[object] === ObjectKind.instance) {
      const entered =
        this.implicit(object, '__enter__', program, row, destination, []) ??
        this.implicit(object, '__aenter__', program, row, destination, []);
      if (!this.implicit(object, '__exit__', program, row, -1, []))
        this.implicit(object, '__aexit__', program, row, -1, []);
      if (entered) return;
    }
    if (objects.kind[object] === ObjectKind.site && objects.detail[object] === ContainerKind.generator)
      return solver.copy(system.elements(object), destination);
    solver.add(destination, object);
  }

  bind(system: FlowSystem, object: number, receiver: number, destination: number, program: Program, row: number): void {
    const { objects, solver } = system;
    const isInstance = objects.kind[receiver] === ObjectKind.instance;
    switch (objects.kind[object]) {
      case ObjectKind.function: {
        const { flags, symbol } = system.functionOf(object);
        // A setter stands beside its getter under the same name and is no value of its own.
        if (flags & FlowFunctionFlag.setter) return;
        if (flags & FlowFunctionFlag.property && isInstance && row >= 0)
          return this.#get(object, receiver, destination, program, row);
        if (flags & FlowFunctionFlag.static) return solver.add(destination, object);
        if (flags & FlowFunctionFlag.classmethod || classMethods.has(symbolName(system, object, symbol))) {
          return solver.add(destination, system.bound(object, this.#classOf(receiver)));
        }
        return solver.add(destination, isInstance ? system.bound(object, receiver) : object);
      }
      case ObjectKind.wrapper: {
        const inner = objects.a[object]!;
        if (objects.b[object] === WrapperKind.static) return solver.add(destination, inner);
        if (objects.b[object] === WrapperKind.class)
          return solver.add(destination, system.bound(inner, this.#classOf(receiver)));
        if (isInstance) return this.#get(inner, receiver, destination, program, row);
        return solver.add(destination, object);
      }
      case ObjectKind.instance:
        if (this.hierarchy.finds(objects.a[object]!, system.names.id('__get__')) && row >= 0) {
          this.implicit(object, '__get__', program, row, destination, [receiver, this.#classOf(receiver)]);
          return;
        }
        return solver.add(destination, object);
      default:
        return solver.add(destination, object);
    }
  }

  /** Reads a property: a call of its getter. */
  #get(getter: number, receiver: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    if (row >= 0) this.call(system, system.bound(getter, receiver), system.implicitCall(program, row, destination));
  }

  super(system: FlowSystem, receiver: number, classObject: number, destination: number): void {
    const kind = system.objects.kind[receiver];
    if (kind !== ObjectKind.instance && kind !== ObjectKind.class) return;
    system.solver.add(destination, system.objects.intern(ObjectKind.super, classObject, receiver));
  }

  base(system: FlowSystem, object: number, classObject: number, position: number): void {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.class || kind === ObjectKind.external)
      this.hierarchy.foundBase(classObject, position, object);
  }

  accepts(system: FlowSystem, object: number, classObject: number): boolean {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.instance) return this.hierarchy.isSubclass(system.objects.a[object]!, classObject);
    if (kind === ObjectKind.class) return true;
    return kind === ObjectKind.external;
  }

  finds(system: FlowSystem, instance: number, name: number): boolean {
    return this.hierarchy.finds(system.objects.a[instance]!, name);
  }

  bases(classObject: number): readonly number[] {
    return this.hierarchy.bases(classObject);
  }

  order(classObject: number): readonly number[] {
    return this.hierarchy.order(classObject);
  }

  importValue(_system: FlowSystem, program: Program, importRow: number, destination: number): void {
    this.#modules.importValue(program, importRow, destination);
  }

  global(_system: FlowSystem, program: Program, name: number, destination: number): void {
    this.#modules.global(program, name, destination);
  }

  storeGlobal(system: FlowSystem, program: Program, name: number, source: number): void {
    this.#modules.store(system.objects.intern(ObjectKind.module, program.number), name, source);
  }

  member(system: FlowSystem, program: Program, classRow: number, name: number, source: number): void {
    const classObject = system.classObject(program, classRow);
    this.hierarchy.declare(classObject, name);
    if (source >= program.base) system.expand(source, system.field(classObject, name));
  }

  protocol(system: FlowSystem, program: Program, row: number): void {
    const { flow } = program.facts;
    const at = row * FLOW_STRIDE;
    const destination = system.use(program, flow[at + 1]!);
    const name = system.names.text(program.name(flow[at + 3]!));
    const plain =
      name === '__bool__' ? '__len__' : name.startsWith('__i') && joins.has(name) ? `__${name.slice(3)}` : undefined;
    const args = argumentsOf(system, program, flow[at + 4]!).filter((_, index) => index % 3 === 1);
    let found = -1;
    system.each(system.use(program, flow[at + 2]!), (object) => {
      const { solver, objects } = system;
      if (objects.kind[object] === ObjectKind.instance) {
        const type = objects.a[object]!;
        const method = [name, plain].find(
          (each) => each !== undefined && this.hierarchy.finds(type, system.names.id(each)),
        );
        if (method === undefined) return;
        if (found < 0) {
          found = system.newSlot();
          const site = system.implicitCall(
            program,
            row,
            destination,
            args.flatMap((slot) => [0, slot, -1]),
          );
          solver.attach(found, Constraint.call, site.index);
        }
        const member = this.hierarchy.lookup(type, system.names.id(method));
        solver.attach(member, Constraint.bind, object, found, program.number, -1);
      } else if (joins.has(name) && objects.kind[object] === ObjectKind.site) {
        solver.add(destination, object);
        for (const slot of args) system.expand(slot, destination);
      }
    });
  }

  hierarchyKnown(system: FlowSystem): void {
    tellAncestors(system, this.hierarchy);
  }

  seed(system: FlowSystem): void {
    const program = system.own;
    for (const fn of program.functions) {
      const first = fn.parameters[0];
      if (fn.class < 0 || !first || first.slot < 0 || fn.flags & FlowFunctionFlag.static) continue;
      const object = system.functionObject(program, fn.row);
      const passed = system.passed(parameterObject(system, object, 0));
      if (system.solver.points(passed).length > 0) continue;
      const classObject = system.classObject(program, fn.class);
      const text = symbolName(system, object, fn.symbol);
      const takesClass = fn.flags & FlowFunctionFlag.classmethod || classMethods.has(text);
      system.solver.add(passed, takesClass ? classObject : system.instanceOf(classObject));
      for (const heir of inheriting(system, this.hierarchy, classObject, system.names.id(text)))
        system.solver.add(passed, takesClass ? heir : system.instanceOf(heir));
    }
  }

  #classOf(receiver: number): number {
    return this.#system.objects.kind[receiver] === ObjectKind.instance ? this.#system.objects.a[receiver]! : receiver;
  }
}
