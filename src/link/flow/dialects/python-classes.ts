/** Python's classes beyond their bodies: what happens when one is made, fields of generated constructors, classes that calls make. */
import { FLOW_STRIDE } from '#model/flow.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { type CallSite, listedArguments } from '../call-sites.ts';
import { Constraint } from '../constraint.ts';
import type { Hierarchy } from '../hierarchy.ts';
import { firstMadeClass, ObjectKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { FlowSystem } from '../system.ts';
import type { ClassMaker } from './dialect.ts';
import { callMethod, metaclassesOf } from './implicit-call.ts';

/** Relation of a class that a call makes: its fields, each behind its position. */
const MADE_FIELDS = '#made fields';

export class PythonClasses implements ClassMaker {
  readonly #system: FlowSystem;
  readonly #hierarchy: Hierarchy;
  /** Fields of classes that calls of this file make. */
  readonly #fields = new Map<number, number[]>();
  readonly #initializer: number;

  constructor(system: FlowSystem, hierarchy: Hierarchy) {
    this.#system = system;
    this.#hierarchy = hierarchy;
    this.#initializer = system.names.id('__init__');
  }

  /** Whether every instance has the attribute itself by the time that its constructor has run. */
  isCertain(classObject: number, name: number): boolean {
    const owner = this.#hierarchy.definer(classObject, this.#initializer);
    if (owner < 0) return false;
    return this.#system.programOf(owner).certainOf(this.#system.objects.detail[owner]!)?.has(name) === true;
  }

  // Fields

  addField(classObject: number, name: number): void {
    const system = this.#system;
    const fields = this.#fields.get(classObject) ?? [];
    if (fields.includes(name)) return;
    fields.push(name);
    this.#fields.set(classObject, fields);
    const told = system.names.id(`${fields.length} ${system.names.text(name)}`);
    system.find(classObject, system.names.id(MADE_FIELDS), 'names', told);
  }

  fieldsOf(classObject: number): readonly number[] {
    const system = this.#system;
    const { objects, names } = system;
    if (objects.kind[classObject] !== ObjectKind.class) return [];
    if (objects.b[classObject]! < firstMadeClass)
      return system.programOf(classObject).fieldsOf(objects.detail[classObject]!);
    const own = this.#fields.get(classObject);
    if (own) return own;
    const told = system.values(classObject, names.id(MADE_FIELDS), 'names').map((each) => names.text(each).split(' '));
    told.sort((a, b) => Number(a[0]) - Number(b[0]));
    return told.map(([, name = '']) => names.id(name));
  }

  /** Fields of a class and its ancestors, in the order in which a generated constructor takes them. */
  fields(classObject: number): readonly number[] {
    const order = this.#hierarchy.order(classObject).toReversed();
    return [...new Set(order.flatMap((base) => this.fieldsOf(base)))];
  }

  /** Whether instances are tuples whose positions have names. */
  isRecord(classObject: number): boolean {
    const { objects, names } = this.#system;
    return this.#hierarchy
      .order(classObject)
      .some(
        (base) =>
          (objects.kind[base] === ObjectKind.external &&
            names.text(objects.a[base]!).startsWith('py:typing#NamedTuple')) ||
          (objects.kind[base] === ObjectKind.class &&
            objects.b[base]! >= firstMadeClass &&
            this.fieldsOf(base).length > 0),
      );
  }

  /** Whether a decorator writes the constructor, in place of one that the class would inherit. */
  isGenerated(classObject: number): boolean {
    const system = this.#system;
    const mark = system.field(classObject, system.names.id('#generated'));
    if (system.solver.size(mark) === 0) return false;
    return !this.#hierarchy.declares(classObject, system.names.id('__init__'));
  }

  // Classes that calls make

  make(site: CallSite): number {
    const { program, row } = site;
    const name = `made ${this.#system.names.text(this.#system.objects.b[program.functionObjects[site.caller]!]!)} ${program.place(row)}`;
    return this.#system.objects.intern(ObjectKind.class, program.number, firstMadeClass + this.#system.names.id(name));
  }

  declare(classObject: number, name: number, slot: number): void {
    this.#hierarchy.declare(classObject, name);
    this.#system.expand(slot, this.#system.field(classObject, name));
  }

  member(program: Program, classRow: number, name: number, source: number): void {
    const classObject = this.#system.classObject(program, classRow);
    this.#hierarchy.declare(classObject, name);
    if (source >= program.base) this.#system.expand(source, this.#system.field(classObject, name));
  }

  /** A member row: what it holds is told its name. */
  nameMember(program: Program, row: number): void {
    const system = this.#system;
    const at = row * FLOW_STRIDE;
    const { flow } = program.facts;
    const value = program.classAt(flow[at + 1]!)!;
    const owner = system.classObject(program, value.row);
    for (const object of system.solver.points(system.use(program, flow[at + 3]!))) {
      if (system.objects.kind[object] !== ObjectKind.instance) continue;
      const key = `${owner}:${object}:${flow[at + 2]}`;
      const type = system.objects.a[object]!;
      if (this.#named.has(key) || !this.#hierarchy.finds(type, system.names.id('__set_name__'))) continue;
      this.#named.add(key);
      const ownerSlot = system.newSlot();
      system.solver.add(ownerSlot, owner);
      const site = this.#siteOf(program, row, value.symbol, value.owner, [0, ownerSlot, -1, 0, system.newSlot(), -1]);
      callMethod(system, this.#hierarchy, type, object, system.names.id('__set_name__'), site);
    }
  }

  readonly #named = new Set<string>();

  // The making of a class

  /** A `class` statement: hooks of its bases and its metaclass run. `row` is the statement's row in `flow`. */
  define(program: Program, row: number): void {
    const system = this.#system;
    const { names, solver } = system;
    const at = row * FLOW_STRIDE;
    const value = program.classAt(program.facts.flow[at + 2]!)!;
    const classObject = system.classObject(program, value.row);
    const keywords = listedArguments(program, program.facts.flow[at + 3]!);
    if (value.bases.length > 0) {
      const site = this.#siteOf(program, row, value.symbol, value.owner, keywords);
      const hook = this.#hierarchy.lookupAfter(classObject, classObject, names.id('__init_subclass__'));
      const bound = system.newSlot();
      solver.attach(hook, Constraint.bind, classObject, bound, program.number, -1);
      solver.attach(bound, Constraint.call, site.index);
    }
    if (value.metaclass >= 0) this.#follow(program, row, classObject, system.use(program, value.metaclass));
    for (const base of value.bases) {
      system.each(system.use(program, base), (object) => {
        if (system.objects.kind[object] !== ObjectKind.class) return;
        for (const type of metaclassesOf(system, this.#hierarchy, object))
          this.#create(program, row, classObject, type);
      });
    }
  }

  #follow(program: Program, row: number, classObject: number, metaclass: number): void {
    this.#system.each(metaclass, (type) => {
      if (this.#system.objects.kind[type] === ObjectKind.class) this.#create(program, row, classObject, type);
    });
  }

  readonly #created = new Set<string>();

  #create(program: Program, row: number, classObject: number, metaclass: number): void {
    const key = `${classObject}:${metaclass}`;
    if (this.#created.has(key)) return;
    this.#created.add(key);
    const system = this.#system;
    const { names } = system;
    const { symbol, owner } = program.classAt(program.facts.flow[row * FLOW_STRIDE + 2]!)!;
    system.solver.add(system.field(metaclass, names.id('#classes')), classObject);
    const unknown = (count: number): number[] => Array.from({ length: count }, () => [0, system.newSlot(), -1]).flat();
    const call = (method: string, receiver: number, args: readonly number[]): void => {
      if (this.#hierarchy.finds(metaclass, names.id(method)))
        callMethod(
          system,
          this.#hierarchy,
          metaclass,
          receiver,
          names.id(method),
          this.#siteOf(program, row, symbol, owner, args),
        );
    };
    call('__prepare__', metaclass, unknown(2));
    call('__new__', metaclass, unknown(3));
    call('__init__', classObject, unknown(3));
  }

  #siteOf(program: Program, row: number, symbol: number, owner: number, args: readonly number[]): CallSite {
    const { symbols } = program.facts;
    return this.#system.callSite({
      row,
      caller: owner,
      line: symbols[symbol * SYMBOL_STRIDE + SymbolColumn.nameLine]!,
      column: symbols[symbol * SYMBOL_STRIDE + SymbolColumn.nameColumn]!,
      arguments: args,
      derived: true,
    });
  }
}
