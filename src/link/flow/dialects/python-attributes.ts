/** Attributes in Python: loads along the method resolution order, descriptors, hooks, stores and deletions. */
import { ConstantKind, FlowFunctionFlag } from '#model/flow.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { Declarations } from '../../declarations/declarations.ts';
import { pythonDeclarations } from '../../declarations/python-declarations.ts';
import { Constraint } from '../constraint.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { ObjectKind, WrapperKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';
import { implicitCall, metaclassesOf } from './implicit-call.ts';
import type { PythonBinding } from './python-binding.ts';
import type { PythonClasses } from './python-classes.ts';
import type { PythonModules } from './python-modules.ts';
import { matchingNames } from './python-names.ts';
import { constantNames, containerNames, isView, viewName } from '../python-types.ts';

const ANY_EXCEPTION = 'py:builtins#Exception';
/** Names of a pattern that are looked up one by one; what more of them find flows as one object. */
const MOST_APART = 6;

/** A load that `__getattr__` answers if nothing else does. */
interface Unanswered {
  readonly object: number;
  readonly name: number;
  readonly destination: number;
  readonly program: Program;
  readonly row: number;
}

export class PythonAttributes {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  readonly #modules: PythonModules;
  readonly #classes: PythonClasses;
  readonly #binding: PythonBinding;
  readonly #declarations: Declarations = pythonDeclarations();
  readonly #builtins = new Map<string, number>();
  readonly #getAttribute: number;
  readonly #getMissing: number;
  readonly #raised: number;

  constructor(
    system: FlowSystem,
    hierarchy: Hierarchy,
    modules: PythonModules,
    classes: PythonClasses,
    binding: PythonBinding,
  ) {
    this.#binding = binding;
    this.#system = system;
    this.#getAttribute = system.names.id('__getattribute__');
    this.#getMissing = system.names.id('__getattr__');
    this.#raised = system.names.id('#raised');
    this.#hierarchy = hierarchy;
    this.#modules = modules;
    this.#classes = classes;
  }

  load(object: number, name: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver, names } = system;
    const text = names.text(name);
    if (text.includes('*')) {
      const matching = matchingNames(system, this.#hierarchy, object, text);
      if (matching.size > MOST_APART) return solver.add(destination, objects.intern(ObjectKind.matching, object, name));
      for (const each of matching) this.load(object, each, destination, program, row);
      return;
    }
    if (name === this.#raised) return this.#loadRaised(object, destination);
    switch (objects.kind[object]) {
      case ObjectKind.module:
      case ObjectKind.folder:
        return this.#modules.load(object, name, destination, program, row);
      case ObjectKind.instance:
        return this.#loadInstance(object, name, text, destination, program, row);
      case ObjectKind.class:
        return this.#loadClass(object, name, text, destination, program, row);
      case ObjectKind.super:
        return this.#loadSuper(object, name, text, destination, program, row);
      case ObjectKind.matching: {
        const pattern = names.text(objects.b[object]!);
        for (const each of matchingNames(system, this.#hierarchy, objects.a[object]!, pattern)) {
          const found = system.newSlot();
          this.load(objects.a[object]!, each, found, program, row);
          solver.attach(found, Constraint.load, destination, name, program.number, row);
        }
        return;
      }
      case ObjectKind.external:
        // What is put in place of the outside's own counts where it is known at once.
        if (system.hasField(object, name)) solver.copy(system.field(object, name), destination);
        return this.#loadOutside(object, name, destination);
      case ObjectKind.bound:
        if (isView(system, object))
          return solver.add(destination, system.bound(system.external(`${viewName}.${text}`), objects.b[object]!));
        if (text === '__self__') return solver.add(destination, objects.b[object]!);
        if (text === '__func__') return solver.add(destination, objects.a[object]!);
        return this.load(objects.a[object]!, name, destination, program, row);
      case ObjectKind.wrapper:
        if (text === '__func__' || text === 'fget') return solver.add(destination, objects.a[object]!);
        return solver.add(destination, system.bound(system.external(`py:builtins#property.${text}`), object));
      case ObjectKind.site: {
        system.read(object, name, destination);
        const method = system.externalBehind(this.#builtin(containerNames[objects.detail[object]!]), name);
        return solver.add(destination, system.bound(method, object));
      }
      case ObjectKind.constant: {
        const method = system.externalBehind(this.#builtin(constantNames[objects.a[object]!]), name);
        // Only these methods' models look at the string itself.
        const isRecased = (text === 'lower' || text === 'upper') && objects.b[object]! >= 0;
        return solver.add(destination, isRecased ? system.bound(method, object) : method);
      }
      case ObjectKind.function:
        if (text === '__call__') return solver.add(destination, object);
        if (text === '__get__')
          return solver.add(destination, system.bound(system.external('py:types#FunctionType.__get__'), object));
        return system.read(object, name, destination);
    }
  }

  /** What is raised of a class, anywhere. */
  #loadRaised(type: number, destination: number): void {
    const { objects, solver } = this.#system;
    const kind = objects.kind[type];
    if (kind === ObjectKind.class || kind === ObjectKind.external)
      solver.copy(this.#system.field(type, this.#raised), destination);
  }

  /** An object is raised: whoever handles its class, or one that it inherits from, may get it. */
  #raise(object: number): void {
    const system = this.#system;
    const { objects, solver } = system;
    if (objects.kind[object] !== ObjectKind.instance || objects.kind[objects.a[object]!] !== ObjectKind.class) return;
    for (const type of [...this.#hierarchy.order(objects.a[object]!), system.external(ANY_EXCEPTION)])
      solver.add(system.field(type, this.#raised), object);
  }

  /** What the names of a builtin type's members begin with. */
  #builtin(type = 'object'): number {
    let prefix = this.#builtins.get(type);
    if (prefix === undefined) this.#builtins.set(type, (prefix = this.#system.names.id(`py:builtins#${type}.`)));
    return prefix;
  }

  /** An attribute of something outside: an instance of its declared class, else a name of its own. */
  #loadOutside(object: number, name: number, destination: number): void {
    const system = this.#system;
    const { objects, names, solver } = system;
    const owner = names.text(objects.a[object]!);
    // Namespaces hold what models store in them.
    if (owner === 'py:argparse#Namespace()') solver.copy(system.field(object, name), destination);
    const submodule = owner.includes('#') ? '' : `${owner.slice(3)}.${names.text(name)}`;
    if (submodule !== '' && this.#declarations.hasModule(submodule))
      return solver.add(destination, system.external(`py:${submodule}`));
    const member = system.outsideMember(object, name);
    const type = owner.endsWith('()') ? this.#declarations.typeOf(names.text(objects.a[member]!).slice(3)) : undefined;
    solver.add(destination, type === undefined ? member : system.external(`py:${type}()`));
  }

  #loadInstance(object: number, name: number, text: string, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { solver } = system;
    const classObject = system.objects.a[object]!;
    if (text === '__class__') return solver.add(destination, classObject);
    if (text.startsWith('#match '))
      return this.#loadMatched(object, Number(text.slice('#match '.length)), destination, program, row);
    if (text === '__dict__') return solver.add(destination, system.bound(system.external(viewName), object));
    system.read(object, name, destination);
    const held = this.#hierarchy.lookup(classObject, name);
    if (this.#isHidden(classObject, name, program, row)) {
      system.each(held, (value) => {
        if (this.#isData(value)) this.#binding.bind(value, object, destination, program, row);
      });
      return;
    }
    solver.attach(held, Constraint.bind, object, destination, program.number, row);
    if (this.#hierarchy.finds(classObject, this.#getAttribute))
      implicitCall(system, this.#hierarchy, object, '__getattribute__', program, row, destination, [this.#text(name)]);
    if (!this.#hierarchy.finds(classObject, this.#getMissing) || this.#hierarchy.finds(classObject, name)) return;
    if (solver.size(system.field(object, name)) > 0) return;
    const load = { object, name, destination, program, row };
    // Stores may still come: the hook is asked when nothing else moves.
    system.dialect.defer(() => {
      if (solver.size(system.field(object, name)) === 0) this.#ask(load);
    });
  }

  /** What the class pattern `C(a, b)` binds at a position: `__match_args__` names the attributes, or the fields do. */
  #loadMatched(object: number, position: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const classObject = system.objects.a[object]!;
    const declared = system.names.id('__match_args__');
    const field = this.#classes.fields(classObject)[position];
    if (!this.#hierarchy.finds(classObject, declared)) {
      if (field !== undefined) this.load(object, field, destination, program, row);
      return;
    }
    const name = system.newSlot();
    system.each(this.#hierarchy.lookup(classObject, declared), (tuple) => {
      if (system.objects.kind[tuple] === ObjectKind.site) system.loadKey(tuple, system.keyName(String(position)), name);
    });
    system.each(name, (text) => {
      if (system.objects.kind[text] === ObjectKind.constant && system.objects.b[text]! >= 0)
        this.load(object, system.objects.b[text]!, destination, program, row);
    });
  }

  #text(name: number): number {
    return this.#system.objects.intern(ObjectKind.constant, ConstantKind.string, name);
  }

  #ask({ object, name, destination, program, row }: Unanswered): void {
    implicitCall(this.#system, this.#hierarchy, object, '__getattr__', program, row, destination, [this.#text(name)]);
  }

  /** Whether an attribute that every instance gets hides what the class holds under the name; not yet while it is made. */
  #isHidden(classObject: number, name: number, program: Program, row: number): boolean {
    if (!this.#classes.isCertain(classObject, name)) return false;
    if (row < 0) return true;
    const { symbols, strings } = program.facts;
    const { symbol } = program.functionOfRow(row);
    return strings[symbols[symbol * SYMBOL_STRIDE + SymbolColumn.name]!] !== '__init__';
  }

  /** Whether a value on a class stands above what instances hold under its name: properties, objects with `__set__`. */
  #isData(value: number): boolean {
    const system = this.#system;
    const { objects } = system;
    if (objects.kind[value] === ObjectKind.wrapper) return objects.b[value] === WrapperKind.property;
    if (objects.kind[value] === ObjectKind.instance)
      return this.#hierarchy.finds(objects.a[value]!, system.names.id('__set__'));
    if (objects.kind[value] !== ObjectKind.function) return false;
    return (system.functionOf(value).flags & FlowFunctionFlag.property) !== 0;
  }

  #loadClass(object: number, name: number, text: string, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { solver } = system;
    if (text === '__name__')
      return solver.add(destination, system.objects.intern(ObjectKind.constant, ConstantKind.string, -1));
    if (text === '__dict__') return solver.add(destination, system.bound(system.external(viewName), object));
    if (text === '__mro__' || text === '__bases__') return;
    solver.attach(this.#hierarchy.lookup(object, name), Constraint.bind, object, destination, program.number, row);
    if (this.#hierarchy.finds(object, name)) return;
    for (const type of metaclassesOf(system, this.#hierarchy, object)) {
      system.each(this.#hierarchy.lookup(type, name), (found) =>
        this.#bindToClass(found, object, destination, program, row),
      );
      if (!this.#hierarchy.finds(type, name) && this.#hierarchy.finds(type, this.#getMissing))
        implicitCall(system, this.#hierarchy, object, '__getattr__', program, row, destination, [this.#text(name)]);
    }
  }

  /** What a metaclass holds is read through its class. */
  #bindToClass(found: number, classObject: number, destination: number, program: Program, row: number): void {
    const system = this.#system;
    if (system.objects.kind[found] !== ObjectKind.function) return system.solver.add(destination, found);
    if ((system.functionOf(found).flags & FlowFunctionFlag.property) !== 0)
      return this.#binding.get(found, classObject, destination, program, row);
    system.solver.add(destination, system.bound(found, classObject));
  }

  #loadSuper(object: number, name: number, text: string, destination: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects, solver } = system;
    const receiver = objects.b[object]!;
    const after = objects.a[object]!;
    const order = this.#hierarchy.order(this.#binding.classOf(receiver));
    if (objects.kind[receiver] === ObjectKind.class && !order.includes(after)) {
      // A method of a metaclass: its self is the class.
      for (const type of metaclassesOf(system, this.#hierarchy, receiver)) {
        system.each(this.#hierarchy.lookupAfter(type, after, name), (found) => {
          const isCallable = objects.kind[found] === ObjectKind.function || objects.kind[found] === ObjectKind.external;
          solver.add(destination, isCallable ? system.bound(found, receiver) : found);
        });
      }
      return;
    }
    const found = this.#hierarchy.lookupAfter(this.#binding.classOf(receiver), after, name);
    solver.attach(found, Constraint.bind, receiver, destination, program.number, row);
    if (!text.startsWith('__')) return;
    const rest = order.slice(order.indexOf(after) + 1);
    const isKnown = rest.some(
      (each) => objects.kind[each] === ObjectKind.external || this.#hierarchy.declares(each, name),
    );
    if (!isKnown) solver.add(destination, system.bound(system.external(`py:builtins#object.${text}`), receiver));
  }

  // Stores

  store(object: number, name: number, source: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects } = system;
    if (name === this.#raised) return this.#raise(object);
    switch (objects.kind[object]) {
      case ObjectKind.module:
        return this.#modules.store(object, name, source);
      case ObjectKind.class:
        this.#hierarchy.declare(object, name);
        break;
      case ObjectKind.bound:
        return this.store(objects.a[object]!, name, source, program, row);
      case ObjectKind.super:
        return this.store(objects.b[object]!, name, source, program, row);
      case ObjectKind.constant:
        return;
      case ObjectKind.instance: {
        const classObject = objects.a[object]!;
        if (!this.#hierarchy.finds(classObject, name)) {
          if (this.#hierarchy.finds(classObject, system.names.id('__setattr__')))
            implicitCall(
              system,
              this.#hierarchy,
              object,
              '__setattr__',
              program,
              row,
              -1,
              [this.#text(name)],
              [source],
            );
          break;
        }
        system.each(this.#hierarchy.lookup(classObject, name), (found) =>
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
      this.#binding.callBound(found, receiver, program, row, -1, [0, source, -1]);
    } else if (objects.kind[found] === ObjectKind.wrapper && objects.b[found] === WrapperKind.property) {
      system.each(system.field(found, system.names.id('#setter')), (setter) =>
        this.#binding.callBound(setter, receiver, program, row, -1, [0, source, -1]),
      );
    } else if (objects.kind[found] === ObjectKind.instance)
      implicitCall(system, this.#hierarchy, found, '__set__', program, row, -1, [receiver], [source]);
  }

  /** `del object.name` */
  delete(object: number, name: number, program: Program, row: number): void {
    const system = this.#system;
    const { objects } = system;
    if (objects.kind[object] !== ObjectKind.instance) return;
    const classObject = objects.a[object]!;
    const deleter = system.names.id(`${system.names.text(name)}@deleter`);
    if (this.#hierarchy.finds(classObject, deleter)) {
      system.each(this.#hierarchy.lookup(classObject, deleter), (found) =>
        this.#binding.callBound(found, object, program, row, -1),
      );
      return;
    }
    if (!this.#hierarchy.finds(classObject, name)) {
      implicitCall(system, this.#hierarchy, object, '__delattr__', program, row, -1, [this.#text(name)]);
      return;
    }
    system.each(this.#hierarchy.lookup(classObject, name), (found) => {
      if (objects.kind[found] === ObjectKind.instance)
        implicitCall(system, this.#hierarchy, found, '__delete__', program, row, -1, [object]);
      else if (objects.kind[found] === ObjectKind.wrapper)
        system.each(system.field(found, system.names.id('#deleter')), (deleter) =>
          this.#binding.callBound(deleter, object, program, row, -1),
        );
    });
  }
}
