/** One file's side of the exchange: what it has open, what it is told and when, what it tells. */
import { type Exchange, Relation } from './exchange.ts';
import { IntTable } from './int-table.ts';
import { PairMap } from './pair-map.ts';
import type { Solver } from './solver.ts';

export interface PortInput {
  readonly file: number;
  readonly exchange: Exchange;
  readonly solver: Solver;
  /** What orders a relation's names and other values, by content alone. */
  readonly orderOfName: (name: number) => number;
  readonly orderOfObject: (object: number) => number;
  /** Whether an object is one of the tree as it is now. */
  readonly isAlive: (object: number) => boolean;
}

/** Of a relation, in place of a name: it is asked for single names; all its names matter. */
export const BY_NAME = -2;
export const ALL_NAMES = -3;

/** [channel, slot or −1 where a callback listens, how many of the slot's objects were told or heard] */
const PLACE_STRIDE = 3;

export class Port {
  /** The round that is being solved. */
  rank = 0;
  /** [channel, value, round]… */
  readonly told: number[] = [];
  readonly aspects: number[] = [];
  /** [channel of a relation, name] that were asked. */
  readonly questions = new PairMap();
  readonly #input: PortInput;
  readonly #places = new IntTable(PLACE_STRIDE);
  readonly #listeners = new Map<number, (value: number) => void>();
  /** By relation: its place. */
  readonly #relations = new Map<number, number>();
  readonly #asked = new PairMap();
  /** By round: [place, value]… that arrive then. */
  readonly #inbox = new Map<number, number[]>();
  /** Values of relations that this file found. */
  readonly #found = new PairMap();

  constructor(input: PortInput) {
    this.#input = input;
  }

  /** The channels that it has open. */
  channels(): Int32Array {
    return Int32Array.from({ length: this.#places.rows }, (_, place) => this.#places.data[place * PLACE_STRIDE]!);
  }

  /** Opens a channel for a new slot: it holds at once what others found in earlier rounds. */
  open(channel: number, slot: number): void {
    const { solver, exchange } = this.#input;
    const place = this.#place(channel, slot);
    if (exchange.hasFacts(channel)) {
      for (const value of this.#past(channel, place)) solver.add(slot, value);
      this.#places.data[place * PLACE_STRIDE + 2] = solver.size(slot);
    }
    solver.watch(slot, place);
  }

  /** Opens a channel that this file alone speaks on, for a slot that holds what it says. */
  publish(channel: number, slot: number): void {
    const place = this.#places.take();
    this.#places.data.set([channel, slot, 0], place * PLACE_STRIDE);
    this.#input.solver.watch(slot, place);
  }

  isOpen(relation: number): boolean {
    return this.#relations.has(relation);
  }

  /** Calls `each` for what is known of a relation by now, and for what others find later. */
  follow(channel: number, each: (value: number) => void): void {
    let place = this.#relations.get(channel);
    if (place === undefined) {
      place = this.#place(channel, -1);
      this.#relations.set(channel, place);
      this.#listeners.set(place, each);
      for (const value of this.#past(channel, place)) each(value);
      return;
    }
    this.questions.add(channel, ALL_NAMES);
    this.#listen(place, each);
    for (const value of this.#past(channel, -1)) each(value);
  }

  #listen(place: number, each: (value: number) => void): void {
    const before = this.#listeners.get(place);
    this.#listeners.set(
      place,
      before
        ? (value) => {
            before(value);
            each(value);
          }
        : each,
    );
  }

  /** What others found of a relation in earlier rounds; those that they find later are not waited for. */
  values(channel: number): readonly number[] {
    if (!this.#relations.has(channel)) this.follow(channel, () => {});
    return this.#past(channel, -1);
  }

  // Relations of names that are asked for one by one: an answer that changes matters to who asked.

  /** Opens such a relation, which nothing else of the file has open. `each` gets what others find later. */
  watch(channel: number, each: (value: number) => void): void {
    const place = this.#place(channel, -1);
    this.#relations.set(channel, place);
    this.#listeners.set(place, each);
    this.questions.add(channel, BY_NAME);
    if (this.#input.exchange.lastRound(channel) >= this.rank) this.#past(channel, place);
  }

  /** Whether the relation holds the value, by others' earlier rounds or by what the file found itself. */
  knows(channel: number, value: number): boolean {
    return this.#found.get(channel, value) >= 0 || this.#input.exchange.has(channel, value, this.rank);
  }

  /** As `knows`, and the file is solved again when the answer changes. */
  asks(channel: number, value: number): boolean {
    this.questions.add(channel, value);
    return this.knows(channel, value);
  }

  hasAsked(channel: number, value: number): boolean {
    return this.questions.get(channel, value) >= 0;
  }

  /** What others found of such a relation in earlier rounds, in the order of its content. */
  asksAll(channel: number): readonly number[] {
    this.questions.add(channel, ALL_NAMES);
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
  find(channel: number, value: number): void {
    if (!this.#found.add(channel, value) || this.#input.exchange.has(channel, value, this.rank)) return;
    this.told.push(channel, value, this.rank);
  }

  #place(channel: number, slot: number): number {
    const place = this.#places.take();
    const { data } = this.#places;
    data[place * PLACE_STRIDE] = channel;
    data[place * PLACE_STRIDE + 1] = slot;
    data[place * PLACE_STRIDE + 2] = 0;
    this.#input.exchange.addReader(channel, this.#input.file, place);
    return place;
  }

  /** The channel's facts of earlier rounds, in the order of their content; later ones go to the inbox of `place`. */
  #past(channel: number, place: number): readonly number[] {
    const { exchange, file, isAlive } = this.#input;
    if (!exchange.hasFacts(channel)) return NOTHING;
    const values: number[] = [];
    const isNames = exchange.relationOf(channel) === Relation.names;
    exchange.read(channel, file, (value, rank) => {
      if (rank >= this.rank) {
        if (place >= 0) this.deliver(place, value, rank + 1);
      } else if (isNames || isAlive(value)) values.push(value);
    });
    if (values.length > 1) {
      const order = this.#orderOf(isNames);
      values.sort((a, b) => order(a) - order(b) || a - b);
    }
    return values;
  }

  #orderOf(isNames: boolean): (value: number) => number {
    return isNames ? this.#input.orderOfName : this.#input.orderOfObject;
  }

  /** Something new on a channel that is open at the place. */
  deliver(place: number, value: number, rank: number): void {
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
    const { exchange, solver, isAlive } = this.#input;
    const places = this.#places.data;
    /** [place, order, value]… */
    const mail: number[] = [];
    const rows: number[] = [];
    for (let at = 0; at < box.length; at += 2) {
      const value = box[at + 1]!;
      const channel = places[box[at]! * PLACE_STRIDE]!;
      const isNames = exchange.relationOf(channel) === Relation.names;
      if (!isNames && !isAlive(value)) continue;
      // What the file itself said since may have filled the channel.
      if (!exchange.isOpen(channel, value, this.rank - 1)) continue;
      rows.push(mail.length);
      mail.push(box[at]!, this.#orderOf(isNames)(value), value);
    }
    rows.sort((a, b) => mail[a]! - mail[b]! || mail[a + 1]! - mail[b + 1]! || mail[a + 2]! - mail[b + 2]!);
    for (const row of rows) {
      const place = mail[row]!;
      const value = mail[row + 2]!;
      const slot = this.#places.data[place * PLACE_STRIDE + 1]!;
      if (slot < 0) this.#listeners.get(place)!(value);
      else {
        solver.add(slot, value);
        this.#places.data[place * PLACE_STRIDE + 2] = solver.size(slot);
      }
    }
  }

  /** Tells what the solver added to open slots since the last time; `first` gets the channels that held nothing until then. */
  report(first: (channel: number) => void): void {
    const { exchange, solver } = this.#input;
    for (const place of solver.takeGrown()) {
      const at = place * PLACE_STRIDE;
      const channel = this.#places.data[at]!;
      const slot = this.#places.data[at + 1]!;
      const size = solver.size(slot);
      const from = this.#places.data[at + 2]!;
      if (size === from) continue;
      for (let i = from; i < size; i++) {
        const value = solver.at(slot, i);
        if (exchange.takes(channel, value, this.rank)) this.told.push(channel, value, this.rank);
      }
      this.#places.data[at + 2] = size;
      if (from === 0) first(channel);
    }
  }
}

const NOTHING: readonly number[] = [];
