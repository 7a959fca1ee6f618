/** Elements of containers and properties of objects: slots by key, opened on first use. */
import type { FlowSystem } from './system.ts';
import { PairMap } from './pair-map.ts';

/** Pairs of objects whose elements are copied from one to the other, in one file. */
const MOST_COPIES = 1500;

export class Elements {
  readonly #system: FlowSystem;
  /** By site: keys and slots. */
  readonly #lists = new Map<number, number[]>();
  readonly #unions = new Map<number, number>();
  readonly #followers = new Map<number, ((key: number, slot: number) => void)[]>();
  readonly #copied = new PairMap();
  readonly #imported = new Set<number>();
  readonly #slots = new PairMap();
  /** The relation of an object with the keys that hold something. */
  readonly relation: number;
  readonly #returned: number;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.relation = system.names.id('#elements');
    this.#returned = system.names.id('#return');
  }

  /** Opens the elements that other files know of, now and later. */
  #import(site: number): void {
    if (this.#imported.has(site)) return;
    this.#imported.add(site);
    this.#system.follow(site, this.relation, 'names', (key) => this.slot(site, key));
  }

  slot(site: number, key: number): number {
    const known = this.#slots.get(site, key);
    if (known >= 0) return known;
    const slot = this.#system.field(site, key);
    // What a generator returns is none of what it yields.
    if (key === this.#returned) return slot;
    this.#slots.set(site, key, slot);
    if (this.#system.solver.size(slot) > 0) this.#system.find(site, this.relation, 'names', key);
    const list = this.#lists.get(site);
    if (list) list.push(key, slot);
    else this.#lists.set(site, [key, slot]);
    const union = this.#unions.get(site);
    if (union !== undefined) this.#system.solver.copy(slot, union);
    for (const follow of this.#followers.get(site) ?? []) follow(key, slot);
    return slot;
  }

  /** Whether a field is an element. */
  has(site: number, key: number): boolean {
    return this.#slots.get(site, key) >= 0;
  }

  list(site: number): readonly number[] {
    this.#import(site);
    return this.#lists.get(site) ?? NONE;
  }

  /** All elements, whatever their key. */
  union(site: number): number {
    let union = this.#unions.get(site);
    if (union === undefined) {
      this.#import(site);
      union = this.#system.newSlot();
      this.#unions.set(site, union);
      const list = this.#lists.get(site) ?? NONE;
      for (let i = 1; i < list.length; i += 2) this.#system.solver.copy(list[i]!, union);
    }
    return union;
  }

  /** Calls `follow` for each element slot that the site has or will have. */
  follow(site: number, follow: (key: number, slot: number) => void): void {
    this.#import(site);
    const list = this.#lists.get(site) ?? NONE;
    for (let i = 0, end = list.length; i < end; i += 2) follow(list[i]!, list[i + 1]!);
    const followers = this.#followers.get(site);
    if (followers) followers.push(follow);
    else this.#followers.set(site, [follow]);
  }

  /** Whether one object's elements are yet to be copied into another: once a pair, and not beyond all measure. */
  mayCopy(from: number, to: number): boolean {
    return from !== to && this.#copied.size < MOST_COPIES && this.#copied.add(from, to);
  }
}

const NONE: readonly number[] = [];
