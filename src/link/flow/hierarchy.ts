/** Python's classes: bases as flow finds them, the method resolution order (C3), and look-ups along it. */
import { ObjectKind } from './objects.ts';
import { PairMap } from './pair-map.ts';
import type { FlowSystem } from './system.ts';

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
  readonly #declared = new PairMap();
  readonly #names = new Map<number, number[]>();
  readonly #everywhere = new Set<number>();
  /** Classes whose order holds a class: theirs changes when its bases do. */
  readonly #heirs = new Map<number, Set<number>>();
  readonly #lookupsOfClass = new Map<number, Lookup[]>();
  readonly #lookupsOfName = new Map<number, Lookup[]>();
  readonly #lookupOf = new PairMap();
  readonly #superLookups = new Map<string, number>();

  readonly #below: Hierarchy | undefined;

  constructor(system: FlowSystem, below: Hierarchy | undefined) {
    this.#system = system;
    this.#below = below;
  }

  addBase(classObject: number, position: number, base: number): void {
    if (this.#below?.bases(classObject).includes(base)) return;
    let bases = this.#bases.get(classObject);
    if (!bases) this.#bases.set(classObject, (bases = []));
    const alternatives = (bases[position] ??= []);
    if (base === classObject || alternatives.includes(base)) return;
    alternatives.push(base);
    const below = this.#below;
    if (!this.#orders.has(classObject) && !below) return;
    const heirs = new Set(this.#heirs.get(classObject) ?? [classObject]);
    // Orders that were taken from below as they were.
    if (below)
      for (const heir of this.#lookupsOfClass.keys()) if (below.order(heir).includes(classObject)) heirs.add(heir);
    for (const heir of heirs) this.#orders.delete(heir);
    for (const heir of heirs) for (const lookup of [...(this.#lookupsOfClass.get(heir) ?? [])]) this.#resolve(lookup);
  }

  /** Direct bases, in order. */
  bases(classObject: number): readonly number[] {
    const below = this.#below?.bases(classObject) ?? NONE;
    const own = this.#bases.get(classObject);
    return own ? [...below, ...own.flat()] : below;
  }

  declare(classObject: number, name: number): void {
    if (this.#below?.declares(classObject, name) || !this.#declared.add(classObject, name)) return;
    this.#everywhere.add(name);
    const names = this.#names.get(classObject);
    if (names) names.push(name);
    else this.#names.set(classObject, [name]);
    for (const lookup of [...(this.#lookupsOfName.get(name) ?? [])]) this.#resolve(lookup);
  }

  /** Names that a class declares itself. */
  declaredNames(classObject: number): readonly number[] {
    const own = this.#names.get(classObject) ?? [];
    return this.#below ? [...this.#below.declaredNames(classObject), ...own] : own;
  }

  declares(classObject: number, name: number): boolean {
    return this.#declared.get(classObject, name) >= 0 || this.#below?.declares(classObject, name) === true;
  }

  /** Whether any class at all declares the name. */
  declaresAnywhere(name: number): boolean {
    return this.#everywhere.has(name) || this.#below?.declaresAnywhere(name) === true;
  }

  /** Whether any class of the tree along the order declares the name. */
  finds(classObject: number, name: number): boolean {
    return this.order(classObject).some((candidate) => this.declares(candidate, name));
  }

  order(classObject: number): readonly number[] {
    const known = this.#orders.get(classObject);
    if (known) return known;
    if (this.#below) {
      const below = this.#below.order(classObject);
      if (this.#bases.size === 0 || !below.some((ancestor) => this.#bases.has(ancestor))) return below;
    }
    // A cycle of bases ends here: the class counts as its own only ancestor while its order is made.
    this.#orders.set(classObject, [classObject]);
    const bases = this.bases(classObject);
    const order = merge(
      classObject,
      bases.map((base) => [...this.order(base)]),
      [...bases],
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

/** C3 linearization; where no consistent order exists, what is left is appended depth first. */
function merge(self: number, orders: number[][], bases: number[]): number[] {
  const result = [self];
  const sequences = [...orders, bases].filter((sequence) => sequence.length > 0);
  while (sequences.length > 0) {
    const next =
      sequences
        .map((sequence) => sequence[0]!)
        .find((head) => !sequences.some((sequence) => sequence.indexOf(head, 1) > 0)) ?? sequences[0]![0]!;
    if (!result.includes(next)) result.push(next);
    for (let i = sequences.length - 1; i >= 0; i--) {
      const sequence = sequences[i]!;
      const at = sequence.indexOf(next);
      if (at >= 0) sequence.splice(at, 1);
      if (sequence.length === 0) sequences.splice(i, 1);
    }
  }
  return result;
}
