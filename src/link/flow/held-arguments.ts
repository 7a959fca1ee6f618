/** Arguments that partial applications hold, by their site: triples with a field's name in place of a slot. */
import type { FlowSystem } from './system.ts';

export class HeldArguments {
  readonly #system: FlowSystem;
  readonly #here = new Map<number, readonly number[]>();
  readonly #relation: number;

  constructor(system: FlowSystem) {
    this.#system = system;
    this.#relation = system.names.id('#held');
  }

  of(site: number): readonly number[] {
    const here = this.#here.get(site);
    if (here) return here;
    const { names } = this.#system;
    const [told] = this.#system.values(site, this.#relation, 'names');
    if (told === undefined) return [];
    const parts = JSON.parse(names.text(told)) as (number | string)[];
    return parts.map((part) => (typeof part === 'string' ? names.id(part) : part));
  }

  hold(site: number, held: readonly number[]): void {
    this.#here.set(site, held);
    const { names } = this.#system;
    const told = held.map((value, index) => (index % 3 === 0 || value < 0 ? value : names.text(value)));
    this.#system.find(site, this.#relation, 'names', names.id(JSON.stringify(told)));
  }
}
