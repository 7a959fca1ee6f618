/** One file's side of the exchange: what it has open, what it is told and when, what it tells. */
import type { Channel, Exchange } from './exchange.ts';
import { PairMap } from './pair-map.ts';
import type { Solver } from './solver.ts';

export interface PortInput {
  readonly file: number;
  readonly exchange: Exchange;
  readonly solver: Solver;
  /** What orders a channel's values, by content alone. */
  readonly order: (channel: Channel, value: number) => number;
  /** Whether an object is one of the tree as it is now. */
  readonly isAlive: (object: number) => boolean;
}

export class Port {
  /** The round that is being solved. */
  rank = 0;
  /** [channel, value, round]… */
  readonly told: number[] = [];
  readonly channels: number[] = [];
  readonly aspects: number[] = [];
  readonly #input: PortInput;
  /** By opened channel: its slot, or −1 where a callback listens. */
  readonly #slots: number[] = [];
  readonly #listeners: (((value: number) => void) | undefined)[] = [];
  /** How many of a slot's objects were told or heard. */
  readonly #reported: number[] = [];
  readonly #places = new Map<number, number>();
  readonly #asked = new PairMap(64);
  /** By round: [place, value]… that arrive then. */
  readonly #inbox = new Map<number, number[]>();
  /** Values of relations that this file found. */
  readonly #found = new PairMap(64);

  constructor(input: PortInput) {
    this.#input = input;
  }

  /** Opens a channel for a new slot: it holds at once what others found in earlier rounds. */
  open(channel: Channel, slot: number): void {
    const { solver } = this.#input;
    const place = this.#place(channel, slot, undefined);
    for (const value of this.#past(channel, place)) solver.add(slot, value);
    this.#reported[place] = solver.points(slot).length;
  }

  /** Calls `each` for what is known of a relation by now, and for what others find later. */
  follow(channel: Channel, each: (value: number) => void): void {
    const known = this.#places.get(channel.number);
    if (known !== undefined) {
      const before = this.#listeners[known]!;
      this.#listeners[known] = (value) => {
        before(value);
        each(value);
      };
      for (const value of this.#past(channel, -1)) each(value);
      return;
    }
    const place = this.#place(channel, -1, each);
    for (const value of this.#past(channel, place)) each(value);
  }

  /** What others found of a relation in earlier rounds; those that they find later are not waited for. */
  values(channel: Channel): readonly number[] {
    if (!this.#places.has(channel.number)) this.follow(channel, () => {});
    return this.#past(channel, -1);
  }

  /** The file asks about something that is known without solving: it is solved again when that changes. */
  ask(object: number, name: number): void {
    if (!this.#asked.add(object, name)) return;
    const { exchange, file } = this.#input;
    const aspect = exchange.aspect(object, name);
    this.aspects.push(aspect);
    exchange.ask(aspect, file);
  }

  /** Finds a value of a relation. */
  find(channel: Channel, value: number): void {
    if (!this.#found.add(channel.number, value) || channel.has(value, this.rank)) return;
    this.told.push(channel.number, value, this.rank);
  }

  #place(channel: Channel, slot: number, listener: ((value: number) => void) | undefined): number {
    const place = this.channels.length;
    this.channels.push(channel.number);
    channel.readers.push(this.#input.file);
    this.#places.set(channel.number, place);
    this.#slots.push(slot);
    this.#listeners.push(listener);
    this.#reported.push(0);
    return place;
  }

  /** The channel's facts of earlier rounds, in the order of their content; later ones go to the inbox of `place`. */
  #past(channel: Channel, place: number): readonly number[] {
    const { exchange, file, order, isAlive } = this.#input;
    if (channel.facts.length === 0) return NOTHING;
    const values: number[] = [];
    exchange.read(channel, file, (value, rank) => {
      if (rank >= this.rank) {
        if (place >= 0) this.#deliver(place, value, rank + 1);
      } else if (channel.relation === 'names' || isAlive(value)) values.push(value);
    });
    if (values.length > 1) values.sort((a, b) => order(channel, a) - order(channel, b) || a - b);
    return values;
  }

  /** While all files are solved: something new on a channel that is open here. */
  deliver(channel: Channel, value: number, rank: number): void {
    this.#deliver(this.#places.get(channel.number)!, value, rank);
  }

  #deliver(place: number, value: number, rank: number): void {
    const box = this.#inbox.get(rank);
    if (box) box.push(place, value);
    else this.#inbox.set(rank, [place, value]);
  }

  hasMail(rank: number): boolean {
    return this.#inbox.has(rank);
  }

  /** Takes in what arrives in the present round. */
  receive(): void {
    const box = this.#inbox.get(this.rank);
    if (!box) return;
    this.#inbox.delete(this.rank);
    const { exchange, solver, order, isAlive } = this.#input;
    const mail: { place: number; value: number; order: number }[] = [];
    for (let at = 0; at < box.length; at += 2) {
      const channel = exchange.channels[this.channels[box[at]!]!]!;
      if (channel.relation !== 'names' && !isAlive(box[at + 1]!)) continue;
      // What the file itself said since may have filled the channel.
      if (!exchange.isOpen(channel, box[at + 1]!, this.rank - 1)) continue;
      mail.push({ place: box[at]!, value: box[at + 1]!, order: order(channel, box[at + 1]!) });
    }
    mail.sort((a, b) => a.place - b.place || a.order - b.order || a.value - b.value);
    for (const { place, value } of mail) {
      const slot = this.#slots[place]!;
      if (slot < 0) this.#listeners[place]!(value);
      else {
        solver.add(slot, value);
        this.#reported[place] = solver.points(slot).length;
      }
    }
  }

  /** Tells what the solver added to open slots since the last time; `changed` gets those slots. */
  report(changed: (slot: number) => void): void {
    const { exchange, solver } = this.#input;
    const slots = this.#slots;
    for (let place = 0; place < slots.length; place++) {
      const slot = slots[place]!;
      if (slot < 0) continue;
      const points = solver.points(slot);
      const from = this.#reported[place]!;
      if (points.length === from) continue;
      const channel = exchange.channels[this.channels[place]!]!;
      for (let i = from; i < points.length; i++)
        if (exchange.takes(channel, points[i]!, this.rank)) this.told.push(channel.number, points[i]!, this.rank);
      this.#reported[place] = points.length;
      changed(slot);
    }
  }
}

const NOTHING: readonly number[] = [];
