/** Python's protocols over containers and instances: subscripts, iteration, `await`, `with`. */
import { ConstantKind, ContainerKind, ElementFlag, FLOW_STRIDE } from '#model/flow.ts';
import { Constraint } from '../constraint.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { ObjectKind } from '../objects.ts';
import { isView } from '../python-types.ts';
import type { Program } from '../program.ts';
import { type FlowSystem, SLICED } from '../system.ts';
import { implicitCall, metaclassesOf } from './implicit-call.ts';
import type { PythonClasses } from './python-classes.ts';
import type { PythonModules } from './python-modules.ts';

/** Subscripts and slices counted from the end, or slices with constant bounds: `-1`, `1:`, `:2`, `1:-1`. */
const fromEnd = /^-\d+$/;
const slice = /^(-?\d*):(-?\d*)$/;

export class PythonElements {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  readonly #classes: PythonClasses;
  readonly #modules: PythonModules;

  constructor(system: FlowSystem, hierarchy: Hierarchy, classes: PythonClasses, modules: PythonModules) {
    this.#modules = modules;
    this.#system = system;
    this.#hierarchy = hierarchy;
    this.#classes = classes;
  }

  load(object: number, key: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver } = system;
    switch (objects.kind[object]) {
      case ObjectKind.site: {
        const text = key === system.anyKey ? '' : system.keyText(key);
        if (objects.detail[object] !== ContainerKind.dictionary && (fromEnd.test(text) || slice.test(text))) {
          // Depends on how many elements there are.
          system.dialect.defer(() => this.#loadPositional(object, text, destination, program, row));
          return;
        }
        return system.loadKey(object, key, destination);
      }
      case ObjectKind.instance:
        if (((program.facts.flow[row * FLOW_STRIDE]! >> 8) & ElementFlag.unpack) !== 0 && !this.holds(object))
          this.iterate(object, destination, program, row);
        else if (this.holds(object)) system.loadKey(object, key, destination);
        return;
      case ObjectKind.bound:
        if (isView(system, object) && key !== system.anyKey)
          system.dialect.load(
            system,
            objects.b[object]!,
            system.names.id(system.keyText(key)),
            destination,
            program,
            row,
          );
        return;
      case ObjectKind.external: {
        const text = system.names.text(objects.a[object]!);
        if (text === 'py:sys#modules' && key !== system.anyKey) {
          const module = this.#modules.named(system.keyText(key), program);
          if (module !== undefined) return solver.add(destination, module);
        }
        return solver.add(destination, text.startsWith('py:typing#') ? object : system.outside(object, '[]'));
      }
    }
  }

  /** `C[key]` on a class that no metaclass answers for. */
  subscript(object: number, args: readonly number[], destination: number, program: Program, row: number): void {
    const system = this.#system;
    const hook = system.names.id('__class_getitem__');
    if (!this.#hierarchy.finds(object, hook)) {
      if (destination >= 0) system.solver.add(destination, this.#subscripted(object));
      return;
    }
    const slots = args.map((slot) => (slot < 0 ? system.newSlot() : slot));
    const site = system.implicitCall(
      program,
      row,
      destination,
      slots.flatMap((slot) => [0, slot, -1]),
    );
    const found = system.newSlot();
    system.dialect.load(system, object, hook, found, program, -1);
    system.solver.attach(found, Constraint.call, site.index);
  }

  /** `Generic[T]` is the class; `Color["RED"]` is a member. */
  #subscripted(classObject: number): number {
    const { objects, names } = this.#system;
    const isEnum = this.#hierarchy
      .order(classObject)
      .some(
        (base) => objects.kind[base] === ObjectKind.external && names.text(objects.a[base]!).startsWith('py:enum#'),
      );
    return isEnum ? this.#system.instanceOf(classObject) : classObject;
  }

  /** Whether an instance holds elements of its own: its class is a named tuple or inherits from a builtin container. */
  holds(instance: number): boolean {
    const { objects, names } = this.#system;
    const classObject = objects.a[instance]!;
    if (objects.kind[classObject] !== ObjectKind.class) return false;
    return (
      this.#classes.isRecord(classObject) ||
      this.#hierarchy
        .order(classObject)
        .some((base) => objects.kind[base] === ObjectKind.external && containers.test(names.text(objects.a[base]!)))
    );
  }

  store(object: number, key: number, source: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects } = system;
    const isSite = objects.kind[object] === ObjectKind.site;
    if (isView(system, object) && key !== system.anyKey) {
      const name = system.names.id(system.keyText(key));
      return system.dialect.store(system, objects.b[object]!, name, source, program, row);
    }
    if (!isSite && !(objects.kind[object] === ObjectKind.instance && this.holds(object))) return;
    system.expand(source, system.element(object, key));
    if (isSite && objects.detail[object] === ContainerKind.dictionary && key !== system.anyKey) {
      const text = system.names.id(system.keyText(key));
      system.solver.add(
        system.field(object, system.names.id('#keys')),
        objects.intern(ObjectKind.constant, ConstantKind.string, text),
      );
    }
  }

  #loadPositional(object: number, key: string, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const bounds = slice.exec(key);
    const list = [...system.elementList(object)];
    let length = 0;
    let isKnown = true;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === system.anyKey) {
        isKnown &&= system.solver.size(list[i + 1]!) === 0;
        continue;
      }
      length = Math.max(length, Number(system.keyText(list[i]!)) + 1);
    }
    if (!bounds) {
      if (!isKnown || Number.isNaN(length)) system.solver.copy(system.elements(object), destination);
      else if (length + Number(key) >= 0)
        system.solver.copy(system.element(object, system.keyName(String(length + Number(key)))), destination);
      return;
    }
    const made = system.site(program, row + SLICED, ContainerKind.list);
    system.solver.add(destination, made);
    if (!isKnown || Number.isNaN(length))
      return system.solver.copy(system.elements(object), system.element(made, system.anyKey));
    const at = (text: string, otherwise: number): number =>
      text === '' ? otherwise : Number(text) < 0 ? length + Number(text) : Number(text);
    const start = at(bounds[1]!, 0);
    for (let i = start; i < Math.min(at(bounds[2]!, length), length); i++)
      system.solver.copy(
        system.element(object, system.keyName(String(i))),
        system.element(made, system.keyName(String(i - start))),
      );
  }

  iterate(object: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver, names } = system;
    switch (objects.kind[object]) {
      case ObjectKind.site:
        if (objects.detail[object] === ContainerKind.dictionary)
          return solver.copy(system.field(object, names.id('#keys')), destination);
        return solver.copy(system.elements(object), destination);
      case ObjectKind.instance:
        return this.#iterateInstance(object, destination, program, row);
      case ObjectKind.class:
        // The members of an enumeration, or what a metaclass says.
        if (
          metaclassesOf(system, this.#hierarchy, object).some((type) =>
            this.#hierarchy.finds(type, names.id('__iter__')),
          )
        )
          return this.#iterateInstance(object, destination, program, row);
        return solver.add(destination, system.instanceOf(object));
      case ObjectKind.constant:
        return solver.add(destination, objects.intern(ObjectKind.constant, objects.a[object]!, -1));
      case ObjectKind.external:
        return solver.add(destination, system.outside(object, '[]'));
    }
  }

  #iterateInstance(object: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects } = system;
    const call = (on: number, method: string, into: number): boolean =>
      implicitCall(system, this.#hierarchy, on, method, program, row, into) !== undefined;
    const iterator = system.newSlot();
    if (call(object, '__iter__', iterator) || call(object, '__aiter__', iterator)) {
      system.each(iterator, (made) => {
        if (objects.kind[made] !== ObjectKind.instance) this.iterate(made, destination, program, row);
        else if (
          !call(made, '__next__', destination) &&
          !this.#callNext(made, destination, program, row) &&
          made !== object
        )
          this.iterate(made, destination, program, row);
      });
    } else if (objects.kind[object] === ObjectKind.instance && this.holds(object))
      system.solver.copy(system.elements(object), destination);
    else if (!call(object, '__next__', destination)) call(object, '__getitem__', destination);
  }

  /** `__anext__` gives a coroutine of the element. */
  #callNext(object: number, destination: number, program: Program, row: number): boolean {
    const system = this.#system;
    const coroutine = system.newSlot();
    if (!implicitCall(system, this.#hierarchy, object, '__anext__', program, row, coroutine)) return false;
    system.each(coroutine, (each) => this.await(each, destination, program, row));
    return true;
  }

  await(object: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver } = system;
    if (objects.kind[object] === ObjectKind.site && objects.detail[object] === ContainerKind.promise)
      return solver.copy(system.element(object, system.names.id('[value')), destination);
    if (
      objects.kind[object] === ObjectKind.instance &&
      implicitCall(system, this.#hierarchy, object, '__await__', program, row, destination)
    )
      return;
    solver.add(destination, object);
  }

  enter(object: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver, names } = system;
    if (objects.kind[object] === ObjectKind.instance) {
      const call = (method: string, into: number): boolean =>
        implicitCall(system, this.#hierarchy, object, method, program, row, into) !== undefined;
      const later = system.newSlot();
      const entered = call('__enter__', destination) || call('__aenter__', later);
      system.each(later, (coroutine) => this.await(coroutine, destination, program, row));
      if (!call('__exit__', -1)) call('__aexit__', -1);
      if (entered) return;
    }
    if (objects.kind[object] === ObjectKind.site) {
      if (objects.detail[object] === ContainerKind.generator) return solver.copy(system.elements(object), destination);
      const closed = system.field(object, names.id('#closed'));
      system.each(closed, (held) => {
        solver.add(destination, held);
        implicitCall(system, this.#hierarchy, held, 'close', program, row, -1);
      });
      if (objects.detail[object] === ContainerKind.promise)
        return system.each(system.element(object, names.id('[value')), (held) =>
          this.enter(held, destination, program, row),
        );
    }
    solver.add(destination, object);
  }
}

const containers =
  /^py:(?:builtins#(?:list|dict|set|tuple|frozenset)|collections#(?:OrderedDict|defaultdict|deque|UserDict|UserList|ChainMap|Counter))(?:\[\])?$/;
