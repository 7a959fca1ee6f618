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
  /** Classes whose values it has. */
  taken: readonly number[];
}

/** What the file knows of a class. */
interface ClassView {
  readonly class: number;
  /** The channel of the names that it declares; −1 for a class from outside. */
  readonly declared: number;
  /** By position; several at one position are alternatives. */
  readonly bases: number[][];
  /** Names that the file itself declares in it. */
  names: readonly number[];
  order: readonly number[] | undefined;
  lookups: Lookup[] | undefined;
}

export class Hierarchy {
  readonly #system: FlowSystem;
  readonly #views = new Map<number, ClassView>();
  readonly #lookupsOfName = new Map<number, Lookup[]>();
  readonly #lookupOf = new PairMap();
  readonly #superLookups = new Map<string, number>();
  /** By class and name: the class that a look-up ends at + 1, 0 where none declares the name. */
  readonly #definers = new PairMap();

  readonly #declaring: number;
  readonly #basing: number[] = [];

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#declaring = system.names.id('#declared');
  }

  /** A base that the class's own file found. */
  foundBase(classObject: number, position: number, base: number): void {
    const view = this.#view(classObject);
    this.#system.find(classObject, this.#baseRelation(position), 'objects', base);
    this.#addBase(view, position, base);
  }

  #baseRelation(position: number): number {
    return (this.#basing[position] ??= this.#system.names.id(`#base ${position}`));
  }

  #addBase(view: ClassView, position: number, base: number): void {
    const alternatives = (view.bases[position] ??= []);
    if (base === view.class || alternatives.includes(base)) return;
    alternatives.push(base);
    if (!view.order) return;
    const heirs = [...this.#views.values()].filter((heir) => heir.order?.includes(view.class));
    for (const heir of heirs) heir.order = undefined;
    this.#definers.clear();
    for (const heir of heirs) for (const lookup of [...(heir.lookups ?? [])]) this.#resolve(lookup);
  }

  /** Learns what other files know of a class: its bases, and names that were stored in it. */
  #view(classObject: number): ClassView {
    const known = this.#views.get(classObject);
    if (known) return known;
    const system = this.#system;
    const isOurs = system.objects.kind[classObject] === ObjectKind.class;
    const declared = isOurs
      ? system.watch(classObject, this.#declaring, (name) => this.#learnName(classObject, name))
      : -1;
    const view: ClassView = {
      class: classObject,
      declared,
      bases: [],
      names: NONE,
      order: undefined,
      lookups: undefined,
    };
    this.#views.set(classObject, view);
    if (isOurs && system.objects.a[classObject] !== system.own.number) {
      const positions = system.classOf(classObject)?.bases.length ?? MADE_BASES;
      for (let position = 0; position < positions; position++)
        system.follow(classObject, this.#baseRelation(position), 'objects', (base) =>
          this.#addBase(view, position, base),
        );
    }
    return view;
  }

  /** Direct bases, in order. */
  bases(classObject: number): readonly number[] {
    const { bases } = this.#view(classObject);
    if (bases.length === 0) return NONE;
    return bases.length === 1 ? (bases[0] ?? NONE) : bases.flat();
  }

  declare(classObject: number, name: number): void {
    const view = this.#view(classObject);
    const { port } = this.#system;
    if (view.declared < 0 || view.names.includes(name)) return;
    view.names = [...view.names, name];
    port.find(view.declared, name);
    this.#learnName(classObject, name);
  }

  #learnName(classObject: number, name: number): void {
    if (this.#system.port.hasAsked(this.#view(classObject).declared, name)) this.#definers.clear();
    for (const lookup of [...(this.#lookupsOfName.get(name) ?? [])]) this.#resolve(lookup);
  }

  /** Names that a class declares itself. */
  declaredNames(classObject: number): readonly number[] {
    const { declared, names } = this.#view(classObject);
    return declared < 0 ? NONE : [...new Set([...names, ...this.#system.port.asksAll(declared)])];
  }

  declares(classObject: number, name: number): boolean {
    return this.#declares(this.#view(classObject), name);
  }

  #declares({ declared }: ClassView, name: number): boolean {
    return declared >= 0 && this.#system.port.asks(declared, name);
  }

  /** Whether any class of the tree along the order declares the name. */
  finds(classObject: number, name: number): boolean {
    return this.definer(classObject, name) >= 0;
  }

  /** The first class of the tree along the order that declares the name; −1 where none does. */
  definer(classObject: number, name: number): number {
    const known = this.#definers.get(classObject, name);
    if (known >= 0) return known - 1;
    let definer = -1;
    for (const candidate of this.order(classObject)) {
      if (!this.declares(candidate, name)) continue;
      definer = candidate;
      break;
    }
    this.#definers.set(classObject, name, definer + 1);
    return definer;
  }

  order(classObject: number): readonly number[] {
    const view = this.#view(classObject);
    if (view.order) return view.order;
    // A cycle of bases ends here: the class counts as its own only ancestor while its order is made.
    view.order = [classObject];
    const bases = this.bases(classObject);
    view.order = this.#system.input.linearizations.merge(
      classObject,
      bases,
      bases.map((base) => this.order(base)),
    );
    return view.order;
  }

  isSubclass(classObject: number, ancestor: number): boolean {
    const { origin } = this.#system.objects;
    const first = origin[ancestor];
    return origin[classObject] === first || this.order(classObject).some((each) => origin[each] === first);
  }

  /** The slot of what the class, or the nearest ancestor that declares the name, holds under it. Unbound. */
  lookup(classObject: number, name: number): number {
    const known = this.#lookupOf.get(classObject, name);
    if (known >= 0) return known;
    const slot = this.#open({ class: classObject, name, slot: this.#system.newSlot(), after: -1, taken: NONE });
    this.#lookupOf.set(classObject, name, slot);
    return slot;
  }

  /** As `lookup`, but along the order of `classObject` behind the class `after`. */
  lookupAfter(classObject: number, after: number, name: number): number {
    const key = `${classObject}:${after}:${name}`;
    let slot = this.#superLookups.get(key);
    if (slot === undefined) {
      slot = this.#open({ class: classObject, name, slot: this.#system.newSlot(), after, taken: NONE });
      this.#superLookups.set(key, slot);
    }
    return slot;
  }

  #open(lookup: Lookup): number {
    const view = this.#view(lookup.class);
    if (view.lookups) view.lookups.push(lookup);
    else view.lookups = [lookup];
    const sameName = this.#lookupsOfName.get(lookup.name);
    if (sameName) sameName.push(lookup);
    else this.#lookupsOfName.set(lookup.name, [lookup]);
    this.#resolve(lookup);
    return lookup.slot;
  }

  #resolve(lookup: Lookup): void {
    const { objects, solver } = this.#system;
    const definer =
      lookup.after < 0 ? this.definer(lookup.class, lookup.name) : this.#definerAfter(lookup, lookup.after);
    if (definer >= 0) {
      if (lookup.taken.includes(definer)) return;
      lookup.taken = [...lookup.taken, definer];
      return solver.copy(this.#system.field(definer, lookup.name), lookup.slot);
    }
    const order = this.order(lookup.class);
    const start = lookup.after < 0 ? 0 : order.indexOf(lookup.after) + 1;
    for (let i = start; i < order.length; i++) {
      if (objects.kind[order[i]!] !== ObjectKind.external) continue;
      return solver.add(lookup.slot, this.#system.outsideMember(order[i]!, lookup.name));
    }
  }

  #definerAfter({ class: classObject, name }: Lookup, after: number): number {
    const order = this.order(classObject);
    for (let i = order.indexOf(after) + 1; i < order.length; i++) if (this.declares(order[i]!, name)) return order[i]!;
    return -1;
  }
}

const NONE: readonly number[] = [];
