/** ECMAScript's property look-up: an object's own properties, then those of what it inherits from. */
import { ContainerKind } from '#model/flow.ts';
import { ObjectKind } from './objects.ts';
import { PairMap } from './pair-map.ts';
import type { FlowSystem } from './system.ts';

interface Lookup {
  readonly object: number;
  readonly name: number;
  readonly slot: number;
  /** Looked at its parents already: what came from there stays. */
  readonly parents: Set<number>;
}

export class Prototypes {
  readonly #system: FlowSystem;
  readonly #declared = new PairMap();
  readonly #names = new Map<number, number[]>();
  readonly #lookups = new PairMap();
  readonly #open = new Map<number, Lookup[]>();
  /** What each object inherits from, in the order found. */
  readonly #parents = new Map<number, number[]>();
  readonly #prepared = new Set<number>();
  /** Bases of classes: class and function objects, or outside ones. */
  readonly #bases = new Map<number, number[]>();

  readonly #baseFollowers = new Map<number, ((base: number) => void)[]>();

  readonly #known = new Set<number>();
  readonly #declaring: number;
  readonly #inheriting: number;
  readonly #basing: number;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#declaring = system.names.id('#declared');
    this.#inheriting = system.names.id('#parents');
    this.#basing = system.names.id('#bases');
  }

  /** Learns what other files know of an object: what it declares and inherits from. */
  #know(object: number): void {
    if (this.#known.has(object)) return;
    this.#known.add(object);
    const system = this.#system;
    system.follow(object, this.#declaring, 'names', (name) => this.#note(object, name));
    system.follow(object, this.#inheriting, 'objects', (parent) => this.#addParent(object, parent));
    if (system.objects.kind[object] === ObjectKind.class)
      system.follow(object, this.#basing, 'objects', (base) => this.#addBase(object, base));
  }

  /** The slot of an object's own property. */
  own(object: number, name: number): number {
    return this.#system.element(object, name);
  }

  declare(object: number, name: number): void {
    if (this.#declared.get(object, name) >= 0) return;
    this.#note(object, name);
    this.#system.find(object, this.#declaring, 'names', name);
  }

  #note(object: number, name: number): void {
    if (!this.#declared.add(object, name)) return;
    const names = this.#names.get(object);
    if (names) names.push(name);
    else this.#names.set(object, [name]);
  }

  /** The names that an object has by now, its own and inherited ones. */
  names(object: number, seen = new Set<number>(), found = new Set<number>()): ReadonlySet<number> {
    if (seen.has(object)) return found;
    seen.add(object);
    this.#prepare(object);
    for (const name of this.#names.get(object) ?? []) found.add(name);
    for (const parent of this.parents(object)) this.names(parent, seen, found);
    return found;
  }

  declares(object: number, name: number): boolean {
    this.#know(object);
    return this.#declared.get(object, name) >= 0;
  }

  /** Calls `each` for every base that the class has or will have. */
  eachBase(classObject: number, each: (base: number) => void): void {
    for (const base of this.bases(classObject)) each(base);
    const followers = this.#baseFollowers.get(classObject);
    if (followers) followers.push(each);
    else this.#baseFollowers.set(classObject, [each]);
  }

  addSetter(object: number, name: number, setter: number): void {
    const key = this.#system.names.id(`#set ${this.#system.names.text(name)}`);
    this.declare(object, key);
    this.declare(object, name);
    this.#system.solver.add(this.own(object, key), setter);
  }

  bases(classObject: number): readonly number[] {
    this.#know(classObject);
    return this.#bases.get(classObject) ?? [];
  }

  addBase(classObject: number, base: number): void {
    if (base !== classObject) this.#system.find(classObject, this.#basing, 'objects', base);
    this.#addBase(classObject, base);
  }

  #addBase(classObject: number, base: number): void {
    const bases = this.bases(classObject);
    if (bases.includes(base) || base === classObject) return;
    this.#bases.set(classObject, [...bases, base]);
    this.addParent(classObject, base);
    const prototype = this.prototype(classObject);
    this.#prepare(prototype);
    const { objects } = this.#system;
    if (objects.kind[base] === ObjectKind.external) this.addParent(prototype, base);
    else this.#inheritFrom(prototype, base);
    for (const each of this.#baseFollowers.get(classObject) ?? []) each(base);
  }

  /** `F.prototype` as the language makes it. */
  prototype(callable: number): number {
    return this.#system.objects.intern(ObjectKind.prototype, callable);
  }

  addParent(object: number, parent: number): void {
    if (object !== parent) this.#system.find(object, this.#inheriting, 'objects', parent);
    this.#addParent(object, parent);
  }

  #addParent(object: number, parent: number): void {
    const parents = this.#parents.get(object);
    if (object === parent || parents?.includes(parent)) return;
    if (parents) parents.push(parent);
    else this.#parents.set(object, [parent]);
    for (const lookup of this.#open.get(object) ?? []) this.#follow(lookup, parent);
  }

  parents(object: number): readonly number[] {
    return this.#parents.get(object) ?? [];
  }

  /** A class and its ancestors, nearest first. */
  order(classObject: number): readonly number[] {
    const order = [classObject];
    for (let i = 0; i < order.length && i < 64; i++) {
      for (const base of this.bases(order[i]!)) if (!order.includes(base)) order.push(base);
    }
    return order;
  }

  /** The slot of what `object.name` may hold; getters are not called yet. */
  lookup(object: number, name: number): number {
    const known = this.#lookups.get(object, name);
    if (known >= 0) return known;
    const { solver, anyKey, dialect, objects, names } = this.#system;
    const lookup: Lookup = { object, name, slot: this.#system.newSlot(), parents: new Set() };
    this.#lookups.set(object, name, lookup.slot);
    solver.copy(this.own(object, name), lookup.slot);
    if (name !== anyKey && this.#mayHold(object, name)) {
      if (/^\d+$/.test(names.text(name))) solver.copy(this.own(object, anyKey), lookup.slot);
      // What was stored under a key that is not known counts for names that nothing else defines.
      else
        dialect.defer(() => {
          if (!this.finds(object, name)) solver.copy(this.own(object, anyKey), lookup.slot);
        });
    }
    // A function that was used as a base is the constructor of what inherits from it.
    if (
      objects.kind[object] === ObjectKind.prototype &&
      objects.kind[objects.a[object]!] === ObjectKind.function &&
      names.text(name) === 'constructor'
    ) {
      solver.add(lookup.slot, objects.a[object]!);
    }
    const open = this.#open.get(object);
    if (open) open.push(lookup);
    else this.#open.set(object, [lookup]);
    this.#prepare(object);
    for (const parent of [...this.parents(object)]) this.#follow(lookup, parent);
    return lookup.slot;
  }

  /** Elements under unknown keys: of lists, only positions read them, since their other properties are methods. */
  #mayHold(object: number, name: number): boolean {
    const { objects, names } = this.#system;
    const detail = objects.detail[object]!;
    return (
      objects.kind[object] !== ObjectKind.site ||
      detail === ContainerKind.object ||
      detail === ContainerKind.dictionary ||
      /^\d+$/.test(names.text(name))
    );
  }

  /** Whether anything along the chain declares the name by now. */
  finds(object: number, name: number, seen = new Set<number>()): boolean {
    if (seen.has(object)) return false;
    seen.add(object);
    this.#prepare(object);
    return this.declares(object, name) || this.parents(object).some((parent) => this.finds(parent, name, seen));
  }

  #follow(lookup: Lookup, parent: number): void {
    const { objects, solver } = this.#system;
    // What an instance holds itself may be made of what it inherits: `this.run = this.run.bind(this)`.
    const isHidden = objects.kind[lookup.object] !== ObjectKind.instance && this.declares(lookup.object, lookup.name);
    if (lookup.parents.has(parent) || isHidden) return;
    lookup.parents.add(parent);
    if (objects.kind[parent] !== ObjectKind.external) return solver.copy(this.lookup(parent, lookup.name), lookup.slot);
    solver.add(lookup.slot, this.#system.outsideMember(parent, lookup.name));
  }

  /** Learns what the kind of object says about its parents. */
  #prepare(object: number): void {
    if (this.#prepared.has(object)) return;
    this.#prepared.add(object);
    this.#know(object);
    const { objects, names } = this.#system;
    if (objects.kind[object] === ObjectKind.instance) this.#inheritFrom(object, objects.a[object]!);
    this.#system.each(this.own(object, names.id('__proto__')), (parent) => this.addParent(object, parent));
  }

  /** `object` inherits from the prototype of a callable: its own one and what was assigned to `prototype`. */
  #inheritFrom(object: number, callable: number): void {
    const { objects, names } = this.#system;
    if (objects.kind[callable] === ObjectKind.external) return this.addParent(object, callable);
    this.addParent(object, this.prototype(callable));
    this.#system.each(this.own(callable, names.id('prototype')), (assigned) => this.addParent(object, assigned));
  }
}
