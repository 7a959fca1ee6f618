/** Named fields of objects: slots that other files see too. */
import { ObjectKind } from './objects.ts';
import { PairMap } from './pair-map.ts';
import type { FlowSystem } from './system.ts';

/** Kinds of objects whose attributes are read where most hold none of their own. */
const isReadInVain: readonly boolean[] = Object.values(ObjectKind).map(
  (kind) =>
    kind === ObjectKind.instance ||
    kind === ObjectKind.site ||
    kind === ObjectKind.function ||
    kind === ObjectKind.external,
);

export class Fields {
  readonly #system: FlowSystem;
  readonly #slots = new PairMap();
  /** By object and name: a slot for what the field may come to hold. */
  readonly #awaited = new PairMap();
  /** Relation of an object with the names of fields that hold something. */
  readonly #stored: number;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#stored = system.names.id('#fields');
  }

  isOpen(object: number, name: number): boolean {
    return this.#slots.get(object, name) >= 0;
  }

  slot(object: number, name: number): number {
    let slot = this.#slots.get(object, name);
    if (slot >= 0) return slot;
    const { solver, port, input } = this.#system;
    slot = solver.reserve(1);
    this.#slots.set(object, name, slot);
    port.open(input.exchange.channel(object, name), slot);
    const awaited = this.#awaited.get(object, name);
    if (awaited >= 0) solver.copy(slot, awaited);
    return slot;
  }

  read(object: number, name: number, destination: number): void {
    const { solver } = this.#system;
    if (this.has(object, name)) return solver.copy(this.slot(object, name), destination);
    let awaited = this.#awaited.get(object, name);
    if (awaited < 0) this.#awaited.set(object, name, (awaited = this.#system.newSlot()));
    solver.copy(awaited, destination);
  }

  /** Whether the field is open, or anything was stored in it in earlier rounds. */
  has(object: number, name: number): boolean {
    if (this.isOpen(object, name)) return true;
    const { port } = this.#system;
    const relation = this.#system.watch(object, this.#stored, (stored) => {
      if (this.#awaited.get(object, stored) >= 0) this.slot(object, stored);
    });
    return port.asks(relation, name);
  }

  /** Others learn that the field holds something. */
  announce(object: number, name: number): void {
    const { objects, names } = this.#system;
    if (isReadInVain[objects.kind[object]!] && !names.isInner(name))
      this.#system.find(object, this.#stored, 'names', name);
  }

  /** `slot`: of the own program, which alone stores there. */
  publish(object: number, name: number, slot: number): void {
    const { solver, port, input } = this.#system;
    if (solver.isWatched(slot)) return solver.copy(slot, this.slot(object, name));
    port.publish(input.exchange.channel(object, name), slot);
  }
}
