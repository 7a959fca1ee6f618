/** Calls in Python: functions, bound methods, classes with their metaclasses and constructors, outside functions. */
import type { Declarations } from '../../declarations/declarations.ts';
import { pythonDeclarations } from '../../declarations/python-declarations.ts';
import { addCallee, addExternal } from '../call-site.ts';
import type { CallSite } from '../call-sites.ts';
import { callFunction, parameterObject } from '../calls.ts';
import { Constraint } from '../constraint.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { callDeclared } from '../models/declared.ts';
import { callPartial } from '../models/partial.ts';
import { pythonModel } from '../models/python.ts';
import { firstMadeClass, ObjectKind } from '../objects.ts';
import type { FlowSystem } from '../system.ts';
import { callMethod, metaclassesOf } from './implicit-call.ts';
import type { PythonClasses } from './python-classes.ts';
import { NamedCalls } from './python-named-calls.ts';

/** [class object, site, length of the class's order by then] */
const CONSTRUCTED_STRIDE = 3;

export class PythonCalls {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  readonly #classes: PythonClasses;
  readonly #declarations: Declarations = pythonDeclarations();
  readonly #named: NamedCalls;
  /** Instances that no `__init__` was found for. */
  #constructed: number[] = [];

  constructor(system: FlowSystem, hierarchy: Hierarchy, classes: PythonClasses) {
    this.#system = system;
    this.#hierarchy = hierarchy;
    this.#classes = classes;
    this.#named = new NamedCalls(system, hierarchy);
  }

  call(object: number, site: CallSite): void {
    const system = this.#system;
    const { objects } = system;
    switch (objects.kind[object]) {
      case ObjectKind.function:
        return callFunction(system, object, site, -1);
      case ObjectKind.class:
        if (!this.#callMetaclass(object, site)) this.construct(object, site);
        return;
      case ObjectKind.bound: {
        const callee = objects.a[object]!;
        const receiver = objects.b[object]!;
        if (objects.kind[callee] === ObjectKind.function) return callFunction(system, callee, site, receiver);
        if (objects.kind[callee] === ObjectKind.external) return this.#callExternal(callee, receiver, site);
        if (objects.kind[callee] === ObjectKind.site)
          return callPartial({ system, site: this.#withSelf(site, receiver), receiver: -1 }, callee);
        return this.call(callee, site);
      }
      case ObjectKind.instance: {
        const found = system.newSlot();
        system.solver.attach(
          this.#hierarchy.lookup(objects.a[object]!, system.names.id('__call__')),
          Constraint.bind,
          object,
          found,
          site.program.number,
          site.row,
        );
        return system.solver.attach(found, Constraint.call, site.index);
      }
      case ObjectKind.matching:
        return this.#named.call(object, site);
      case ObjectKind.wrapper:
        return this.call(objects.a[object]!, site);
      case ObjectKind.external:
        return this.#callExternal(object, -1, site);
      case ObjectKind.site:
        return callPartial({ system, site, receiver: -1 }, object);
    }
  }

  /** The call with an object in front of its arguments. It shares what is found with the call itself. */
  #withSelf(site: CallSite, self: number): CallSite {
    const slot = this.#system.newSlot();
    this.#system.solver.add(slot, self);
    return this.#system.callSites.share(site, [0, slot, -1, ...site.arguments]);
  }

  #callExternal(callee: number, receiver: number, site: CallSite): void {
    const system = this.#system;
    const name = system.objects.a[callee]!;
    const text = system.names.text(name);
    addExternal(site, name);
    if (pythonModel(text, { system, site, receiver })) return;
    callDeclared(this.#declarations, callee, { system, site, receiver });
  }

  /** Calls `__call__` of the class's own class where the tree defines one; false where instances are made as usual. */
  #callMetaclass(classObject: number, site: CallSite): boolean {
    const system = this.#system;
    const name = system.names.id('__call__');
    const type = metaclassesOf(system, this.#hierarchy, classObject).find((each) => this.#hierarchy.finds(each, name));
    if (type === undefined) return false;
    callMethod(system, this.#hierarchy, type, classObject, name, site);
    return true;
  }

  /** Makes an instance: `__new__`, then `__init__`. */
  construct(classObject: number, site: CallSite): void {
    const system = this.#system;
    const { names, solver, objects } = system;
    const isMade = objects.b[classObject]! >= firstMadeClass;
    if (!isMade && !addCallee(site, classObject)) return;
    const instance = system.instanceOf(classObject);
    if (site.destination >= 0) solver.add(site.destination, instance);
    const part = (destination: number): CallSite => system.callSites.variant(site, { destination });
    const creator = names.id('__new__');
    if (this.#hierarchy.finds(classObject, creator)) {
      const created = part(site.destination < 0 ? -1 : system.newSlot());
      solver.attach(
        this.#hierarchy.lookup(classObject, creator),
        Constraint.create,
        classObject,
        created.index,
        site.destination,
      );
    }
    const initializer = names.id('__init__');
    const generated = this.#classes.isGenerated(classObject);
    if (!generated && this.#hierarchy.finds(classObject, initializer)) {
      const found = system.newSlot();
      solver.attach(
        this.#hierarchy.lookup(classObject, initializer),
        Constraint.bind,
        instance,
        found,
        site.program.number,
        site.row,
      );
      solver.attach(found, Constraint.call, part(-1).index);
    } else {
      this.#fillFields(classObject, instance, site);
      this.#constructed.push(classObject, site.index, this.#hierarchy.order(classObject).length);
    }
  }

  /** Constructs again what got more bases since. */
  settle(): void {
    const waiting = this.#constructed;
    this.#constructed = [];
    for (let at = 0; at < waiting.length; at += CONSTRUCTED_STRIDE) {
      const classObject = waiting[at]!;
      const site = waiting[at + 1]!;
      const bases = waiting[at + 2]!;
      if (this.#hierarchy.order(classObject).length === bases) this.#constructed.push(classObject, site, bases);
      else this.call(classObject, this.#system.callSites.at(site));
    }
  }

  /** Calls `__new__`. */
  create(found: number, classObject: number, site: CallSite, destination: number): void {
    const system = this.#system;
    const { objects, solver } = system;
    const creator = objects.kind[found] === ObjectKind.wrapper ? objects.a[found]! : found;
    if (objects.kind[creator] !== ObjectKind.function) return;
    callFunction(system, creator, site, classObject);
    if (destination >= 0) solver.attach(site.destination, Constraint.created, classObject, creator, destination);
  }

  /** What `__new__` returns, without the instances that it makes of other classes for other callers. */
  created(object: number, classObject: number, creator: number, destination: number): void {
    const { objects, solver } = this.#system;
    const type = objects.kind[object] === ObjectKind.instance ? objects.a[object]! : -1;
    if (
      type >= 0 &&
      type !== classObject &&
      solver.holds(this.#system.passed(parameterObject(this.#system, creator, 0)), type)
    )
      return;
    solver.add(destination, object);
  }

  /** Constructors that nobody wrote: dataclasses, named tuples and their like take their annotated fields in order. */
  #fillFields(classObject: number, instance: number, site: CallSite): void {
    const system = this.#system;
    const { names } = system;
    const fields = this.#classes.fields(classObject);
    if (this.#hierarchy.finds(classObject, names.id('__post_init__'))) {
      const made = system.callSites.variant(site, { destination: -1, arguments: [], derived: true });
      callMethod(system, this.#hierarchy, classObject, instance, names.id('__post_init__'), made);
    }
    if (fields.length === 0) return;
    const isRecord = this.#classes.isRecord(classObject);
    let position = 0;
    for (let i = 0; i < site.arguments.length; i += 3) {
      const name =
        site.arguments[i] === 0 ? fields[position++] : site.arguments[i] === 1 ? site.arguments[i + 2] : undefined;
      if (name === undefined) continue;
      system.expand(site.arguments[i + 1]!, system.field(instance, name));
      const place = isRecord ? fields.indexOf(name) : -1;
      if (place >= 0) system.expand(site.arguments[i + 1]!, system.element(instance, system.keyName(String(place))));
    }
    if (!isRecord) return;
    // Defaults stand at their places too.
    fields.forEach((name, place) =>
      system.solver.copy(
        this.#hierarchy.lookup(classObject, name),
        system.element(instance, system.keyName(String(place))),
      ),
    );
  }
}
