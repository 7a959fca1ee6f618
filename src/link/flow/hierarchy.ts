/** Python's classes: bases as flow finds them, the method resolution order (C3), and look-ups along it. */
import { ObjectKind } from './objects.ts';
import { PairMap } from './pair-map.ts';
import type { FlowSystem } from './system.ts';

/** Bases that a class has at most that a call made. */
const MADE_BASES = 3;

interface Lookup {
  readonly class: number;
  readonly name: number;
  readonly slot: number;
  /** Begin after this class of the order (`super`), −1 for its start. */
  readonly after: number;
  readonly taken: Set<number>;
}

export class Hierarchy {
  readonly #system: FlowSystem;
  /** By class object: bases by position; several at one position are alternatives. */
  readonly #bases = new Map<number, number[][]>();
  readonly #orders = new Map<number, readonly number[]>();
  readonly #declared = new PairMap(64);
  readonly #names = new Map<number, number[]>();
  /** Classes whose order holds a class: theirs changes when its bases do. */
  readonly #heirs = new Map<number, Set<number>>();
  readonly #lookupsOfClass = new Map<number, Lookup[]>();
  readonly #lookupsOfName = new Map<number, Lookup[]>();
  readonly #lookupOf = new PairMap(64);
  readonly #superLookups = new Map<string, number>();

  readonly #known = new Set<number>();
  readonly #declaring: number;
  readonly #basing: number[] = [];

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#declaring = system.names.id('#declared');
  }

  /** A base that the class's own file found. */
  foundBase(classObject: number, position: number, base: number): void {
    this.#know(classObject);
    this.#system.find(classObject, this.#baseRelation(position), 'objects', base);
    this.#addBase(classObject, position, base);
  }

  #baseRelation(position: number): number {
    return (this.#basing[position] ??= this.#system.names.id(`#base ${position}`));
  }

  #addBase(classObject: number, position: number, base: number): void {
    let bases = this.#bases.get(classObject);
    if (!bases) this.#bases.set(classObject, (bases = []));
    const alternatives = (bases[position] ??= []);
    if (base === classObject || alternatives.includes(base)) return;
    alternatives.push(base);
    if (!this.#orders.has(classObject)) return;
    const heirs = [...(this.#heirs.get(classObject) ?? [classObject])];
    for (const heir of heirs) this.#orders.delete(heir);
    for (const heir of heirs) for (const lookup of [...(this.#lookupsOfClass.get(heir) ?? [])]) this.#resolve(lookup);
  }

  /** Learns what other files know of a class: its bases, and names that were stored in it. */
  #know(classObject: number): void {
    if (this.#known.has(classObject)) return;
    this.#known.add(classObject);
    const system = this.#system;
    if (system.objects.kind[classObject] !== ObjectKind.class) return;
    system.follow(classObject, this.#declaring, 'names', (name) => this.#declare(classObject, name));
    if (system.objects.a[classObject] !== system.own.number) {
      const positions = system.classOf(classObject)?.bases.length ?? MADE_BASES;
      for (let position = 0; position < positions; position++)
        system.follow(classObject, this.#baseRelation(position), 'objects', (base) =>
          this.#addBase(classObject, position, base),
        );
    }
  }

  /** Direct bases, in order. */
  bases(classObject: number): readonly number[] {
    this.#know(classObject);
    return this.#bases.get(classObject)?.flat() ?? NONE;
  }

  declare(classObject: number, name: number): void {
    this.#system.find(classObject, this.#declaring, 'names', name);
    this.#declare(classObject, name);
  }

  #declare(classObject: number, name: number): void {
    if (!this.#declared.add(classObject, name)) return;
    const names = this.#names.get(classObject);
    if (names) names.push(name);
    else this.#names.set(classObject, [name]);
    for (const lookup of [...(this.#lookupsOfName.get(name) ?? [])]) this.#resolve(lookup);
  }

  /** Names that a class declares itself. */
  declaredNames(classObject: number): readonly number[] {
    this.#know(classObject);
    return this.#names.get(classObject) ?? NONE;
  }

  declares(classObject: number, name: number): boolean {
    this.#know(classObject);
    return this.#declared.get(classObject, name) >= 0;
  }

  /** Whether any class of the tree along the order declares the name. */
  finds(classObject: number, name: number): boolean {
    return this.order(classObject).some((candidate) => this.declares(candidate, name));
  }

  order(classObject: number): readonly number[] {
    const known = this.#orders.get(classObject);
    if (known) return known;
    this.#know(classObject);
    // A cycle of bases ends here: the class counts as its own only ancestor while its order is made.
    this.#orders.set(classObject, [classObject]);
    const bases = this.bases(classObject);
    const order = this.#system.input.linearizations.merge(
      classObject,
      bases,
      bases.map((base) => this.order(base)),
    );
    this.#orders.set(classObject, order);
    for (const ancestor of order) {
      const heirs = this.#heirs.get(ancestor);
      if (heirs) heirs.add(classObject);
      else this.#heirs.set(ancestor, new Set([classObject]));
    }
    return order;
  }

  isSubclass(classObject: number, ancestor: number): boolean {
    return classObject === ancestor || this.order(classObject).includes(ancestor);
  }

  /** The slot of what the class, or the nearest ancestor that declares the name, holds under it. Unbound. */
  lookup(classObject: number, name: number): number {
    const known = this.#lookupOf.get(classObject, name);
    if (known >= 0) return known;
    const slot = this.#open({ class: classObject, name, slot: this.#system.newSlot(), after: -1, taken: new Set() });
    this.#lookupOf.set(classObject, name, slot);
    return slot;
  }

  /** As `lookup`, but along the order of `classObject` behind the class `after`. */
  lookupAfter(classObject: number, after: number, name: number): number {
    const key = `${classObject}:${after}:${name}`;
    let slot = this.#superLookups.get(key);
    if (slot === undefined) {
      slot = this.#open({ class: classObject, name, slot: this.#system.newSlot(), after, taken: new Set() });
      this.#superLookups.set(key, slot);
    }
    return slot;
  }

  #open(lookup: Lookup): number {
    append(this.#lookupsOfClass, lookup.class, lookup);
    append(this.#lookupsOfName, lookup.name, lookup);
    this.#resolve(lookup);
    return lookup.slot;
  }

  #resolve(lookup: Lookup): void {
    const { objects, solver } = this.#system;
    const order = this.order(lookup.class);
    const start = lookup.after < 0 ? 0 : order.indexOf(lookup.after) + 1;
    let outside = -1;
    for (let i = start; i < order.length; i++) {
      const candidate = order[i]!;
      if (objects.kind[candidate] === ObjectKind.external) {
        if (outside < 0) outside = candidate;
      } else if (this.declares(candidate, lookup.name)) {
        if (!lookup.taken.has(candidate)) {
          lookup.taken.add(candidate);
          solver.copy(this.#system.field(candidate, lookup.name), lookup.slot);
        }
        return;
      }
    }
    if (outside >= 0) {
      solver.add(lookup.slot, this.#system.outsideMember(outside, lookup.name));
    }
  }
}

const NONE: readonly number[] = [];

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
