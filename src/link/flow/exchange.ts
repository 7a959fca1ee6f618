/**
 * What files tell each other. Each file is solved by itself; what it adds to something that others can see (a field, a
 * parameter's passed values, a result) is a fact on that thing's channel, with the round in which it was found. A file sees a
 * fact in the rounds after that one. So what a file finds depends on the facts of earlier rounds alone, and the whole has one
 * solution, whatever the order in which files are taken.
 */
import { IntTable } from './int-table.ts';
import { PairMap } from './pair-map.ts';

/** Kinds of facts that have limits of their own. */
export const FactKind = { object: 0, outside: 1, constant: 2 } as const;
const FACT_KINDS = 3;
/** By FactKind: a channel with more facts of a kind than this says nothing more of that kind, from the round on that would exceed it. */
export type MostFacts = readonly [objects: number, outside: number, constants: number];

/**
 * What a channel holds: values that flow, or a relation, which holds what decides look-ups (names or objects): it is never cut,
 * and asked more than followed.
 */
export const Relation = { none: 0, names: 1, objects: 2 } as const;
export type Relation = (typeof Relation)[keyof typeof Relation];

const NEVER = 0x7ffffffe;

/** A channel's row. Facts and readers are lists through their tables; a place in one is its row + 1. */
const Column = {
  object: 0,
  name: 1,
  relation: 2,
  firstFact: 3,
  lastFact: 4,
  readers: 5,
  closed: 6,
  counts: 6 + FACT_KINDS,
} as const;
const CHANNEL_STRIDE = 6 + 2 * FACT_KINDS;
/** [value, round, file, next]; a channel's facts are in the order of their rounds. */
const FACT_STRIDE = 4;
/** [file, place that the file knows the channel by, next] */
const READER_STRIDE = 3;

export class Exchange {
  readonly #numbers = new PairMap(1 << 12);
  readonly #channels = new IntTable(CHANNEL_STRIDE);
  readonly #facts = new IntTable(FACT_STRIDE);
  readonly #readers = new IntTable(READER_STRIDE);
  /** By channel and value: the first round in which it was found. */
  readonly #firstRounds = new PairMap(1 << 12);
  readonly #aspects = new PairMap(1 << 12);
  /** By aspect: numbers of the files that asked. */
  readonly #askers: number[][] = [];
  readonly #kindOf: (object: number) => number;
  /** [channel, value, file]… that are new in the present round. */
  #written: number[] = [];
  readonly #most: MostFacts;

  constructor(kindOf: (object: number) => number, most: MostFacts) {
    this.#kindOf = kindOf;
    this.#most = most;
  }

  get count(): number {
    return this.#channels.rows;
  }

  channel(object: number, name: number, relation: Relation = Relation.none): number {
    let channel = this.#numbers.get(object, name);
    if (channel < 0) {
      channel = this.#channels.take();
      this.#numbers.set(object, name, channel);
      const { data } = this.#channels;
      const at = channel * CHANNEL_STRIDE;
      data[at + Column.object] = object;
      data[at + Column.name] = name;
      data[at + Column.relation] = relation;
      data.fill(NEVER, at + Column.closed, at + Column.closed + FACT_KINDS);
    }
    return channel;
  }

  objectOf(channel: number): number {
    return this.#channels.data[channel * CHANNEL_STRIDE + Column.object]!;
  }

  nameOf(channel: number): number {
    return this.#channels.data[channel * CHANNEL_STRIDE + Column.name]!;
  }

  relationOf(channel: number): Relation {
    return this.#channels.data[channel * CHANNEL_STRIDE + Column.relation]! as Relation;
  }

  hasFacts(channel: number): boolean {
    return this.#channels.data[channel * CHANNEL_STRIDE + Column.firstFact]! > 0;
  }

  /** The round of its latest fact, −1 for none. */
  lastRound(channel: number): number {
    const last = this.#channels.data[channel * CHANNEL_STRIDE + Column.lastFact]!;
    return last === 0 ? -1 : this.#facts.data[(last - 1) * FACT_STRIDE + 1]!;
  }

  /** Whether a relation holds the value, as seen in a round. */
  has(channel: number, value: number, rank: number): boolean {
    const first = this.#firstRounds.get(channel, value);
    return first >= 0 && first < rank;
  }

  // Readers

  addReader(channel: number, file: number, place: number): void {
    const at = channel * CHANNEL_STRIDE + Column.readers;
    const reader = this.#readers.take();
    const { data } = this.#readers;
    data[reader * READER_STRIDE] = file;
    data[reader * READER_STRIDE + 1] = place;
    data[reader * READER_STRIDE + 2] = this.#channels.data[at]!;
    this.#channels.data[at] = reader + 1;
  }

  /** Calls `each` for the files that have the channel open, with the place that they know it by. */
  eachReader(channel: number, each: (file: number, place: number) => void): void {
    const { data } = this.#readers;
    for (let at = this.#channels.data[channel * CHANNEL_STRIDE + Column.readers]!; at > 0;) {
      const row = (at - 1) * READER_STRIDE;
      each(data[row]!, data[row + 1]!);
      at = data[row + 2]!;
    }
  }

  #dropReader(channel: number, file: number): void {
    const { data } = this.#readers;
    let before = -1;
    for (let at = this.#channels.data[channel * CHANNEL_STRIDE + Column.readers]!; at > 0;) {
      const row = (at - 1) * READER_STRIDE;
      const next = data[row + 2]!;
      if (data[row] === file) {
        if (before < 0) this.#channels.data[channel * CHANNEL_STRIDE + Column.readers] = next;
        else data[before + 2] = next;
        this.#readers.giveBack(at - 1);
        return;
      }
      before = row;
      at = next;
    }
  }

  /** The number of something about an object that is known without solving, or by a relation: that a class declares a name. */
  aspect(object: number, name: number): number {
    let number = this.#aspects.get(object, name);
    if (number < 0) {
      number = this.#askers.length;
      this.#aspects.set(object, name, number);
      this.#askers.push([]);
    }
    return number;
  }

  /** Files that asked for an aspect. */
  askers(object: number, name: number): readonly number[] {
    const number = this.#aspects.get(object, name);
    return number < 0 ? [] : this.#askers[number]!;
  }

  ask(aspect: number, file: number): void {
    this.#askers[aspect]!.push(file);
  }

  forget(aspects: ArrayLike<number>, channels: ArrayLike<number>, file: number): void {
    for (let i = 0; i < aspects.length; i++) drop(this.#askers[aspects[i]!]!, file);
    for (let i = 0; i < channels.length; i++) this.#dropReader(channels[i]!, file);
  }

  // Facts

  #closing(channel: number, value: number): number {
    const { data } = this.#channels;
    const at = channel * CHANNEL_STRIDE;
    // Names are no objects, and relations never close.
    if (data[at + Column.relation] !== Relation.none) return NEVER;
    return data[at + Column.closed + this.#kindOf(value)]!;
  }

  /** Whether a fact would still be told: others' earlier rounds may have filled the channel. */
  takes(channel: number, value: number, rank: number): boolean {
    return rank <= this.#closing(channel, value);
  }

  /** Whether a fact of a round is told. */
  isOpen(channel: number, value: number, rank: number): boolean {
    return rank < this.#closing(channel, value);
  }

  /** Takes what a file found in the present round; others see it after `commit`. */
  write(channel: number, value: number, rank: number, file: number): void {
    this.#insert(channel, value, rank, file);
    if (this.#count(channel, value, rank)) this.#written.push(channel, value, file);
  }

  /** Ends a round: `tell` gets, for each reader, each new fact that its channel still has room for. */
  commit(rank: number, tell: (file: number, place: number, value: number) => void): void {
    const written = this.#written;
    for (let at = 0; at < written.length; at += 3) {
      const channel = written[at]!;
      const value = written[at + 1]!;
      if (!this.isOpen(channel, value, rank)) continue;
      const from = written[at + 2]!;
      this.eachReader(channel, (file, place) => {
        if (file !== from) tell(file, place, value);
      });
    }
    this.#written = [];
  }

  /** Puts a fact behind the last one of its own or an earlier round. */
  #insert(channel: number, value: number, rank: number, file: number): void {
    const fact = this.#facts.take();
    const { data } = this.#facts;
    const channels = this.#channels.data;
    const at = channel * CHANNEL_STRIDE;
    const row = fact * FACT_STRIDE;
    data[row] = value;
    data[row + 1] = rank;
    data[row + 2] = file;
    let before = channels[at + Column.lastFact]!;
    if (before > 0 && data[(before - 1) * FACT_STRIDE + 1]! > rank) {
      before = 0;
      for (let next = channels[at + Column.firstFact]!; data[(next - 1) * FACT_STRIDE + 1]! <= rank;) {
        before = next;
        next = data[(next - 1) * FACT_STRIDE + 3]!;
      }
    }
    const after = before > 0 ? data[(before - 1) * FACT_STRIDE + 3]! : channels[at + Column.firstFact]!;
    data[row + 3] = after;
    if (before > 0) data[(before - 1) * FACT_STRIDE + 3] = fact + 1;
    else channels[at + Column.firstFact] = fact + 1;
    if (after === 0) channels[at + Column.lastFact] = fact + 1;
  }

  /** Notes a fact of the latest round so far; true for one that no other file told before. */
  #count(channel: number, value: number, rank: number): boolean {
    const first = this.#firstRounds.get(channel, value);
    if (first >= 0 && first < NEVER) return false;
    this.#firstRounds.set(channel, value, rank);
    const { data } = this.#channels;
    const at = channel * CHANNEL_STRIDE;
    if (data[at + Column.relation] === Relation.none) {
      const kind = this.#kindOf(value);
      const count = ++data[at + Column.counts + kind]!;
      if (count > this.#most[kind]! && data[at + Column.closed + kind]! > rank) data[at + Column.closed + kind] = rank;
    }
    return true;
  }

  #eachFact(channel: number, each: (value: number, rank: number, file: number) => void): void {
    const { data } = this.#facts;
    for (let at = this.#channels.data[channel * CHANNEL_STRIDE + Column.firstFact]!; at > 0;) {
      const row = (at - 1) * FACT_STRIDE;
      each(data[row]!, data[row + 1]!, data[row + 2]!);
      at = data[row + 3]!;
    }
  }

  /** Calls `each` for the facts of other files that a channel tells. */
  read(channel: number, file: number, each: (value: number, rank: number) => void): void {
    this.#eachFact(channel, (value, rank, from) => {
      if (from !== file && this.isOpen(channel, value, rank)) each(value, rank);
    });
  }

  /** Takes back what a file said, so that it can be solved as if it had said nothing. Returns what the channels told before. */
  retract(file: number, said: Contributions): Map<number, Told> {
    const before = new Map<number, Told>();
    for (let at = 0; at < said.length; at += 3) {
      const channel = said[at]!;
      if (!before.has(channel)) before.set(channel, this.#told(channel));
    }
    for (const channel of before.keys()) {
      this.#unsettle(channel);
      this.#removeFacts(channel, file);
      this.#settle(channel);
    }
    return before;
  }

  #removeFacts(channel: number, file: number): void {
    const { data } = this.#facts;
    const channels = this.#channels.data;
    const at = channel * CHANNEL_STRIDE;
    let kept = 0;
    for (let fact = channels[at + Column.firstFact]!; fact > 0;) {
      const row = (fact - 1) * FACT_STRIDE;
      const next = data[row + 3]!;
      if (data[row + 2] !== file) kept = fact;
      else {
        if (kept > 0) data[(kept - 1) * FACT_STRIDE + 3] = next;
        else channels[at + Column.firstFact] = next;
        this.#facts.giveBack(fact - 1);
      }
      fact = next;
    }
    channels[at + Column.lastFact] = kept;
  }

  /**
   * Takes what a file says now, from a place on, while it is solved again: what it said by a round counts for the limits of the
   * rounds after it. `before` gets what the channels told until then.
   */
  say(file: number, said: Contributions, from: number, before: Map<number, Told>): void {
    const spoken = new Set<number>();
    for (let at = from; at < said.length; at += 3) {
      const channel = said[at]!;
      if (!before.has(channel)) before.set(channel, this.#told(channel));
      this.#insert(channel, said[at + 1]!, said[at + 2]!, file);
      spoken.add(channel);
    }
    for (const channel of spoken) {
      this.#unsettle(channel);
      this.#settle(channel);
    }
  }

  /** The channels that tell others something else than before, and the values that differ. */
  changed(before: ReadonlyMap<number, Told>): [channel: number, values: readonly number[]][] {
    const changed: [number, readonly number[]][] = [];
    for (const [channel, told] of before) {
      const now = this.#told(channel);
      const values = [...told.ranks.keys()].filter((value) => now.ranks.get(value) !== told.ranks.get(value));
      for (const value of now.ranks.keys()) if (!told.ranks.has(value)) values.push(value);
      if (values.length > 0 || told.closed !== now.closed) changed.push([channel, values]);
    }
    return changed;
  }

  #unsettle(channel: number): void {
    const at = channel * CHANNEL_STRIDE;
    const { data } = this.#channels;
    for (let kind = 0; kind < FACT_KINDS; kind++) {
      data[at + Column.closed + kind] = NEVER;
      data[at + Column.counts + kind] = 0;
    }
    this.#eachFact(channel, (value) => this.#firstRounds.set(channel, value, NEVER));
  }

  /** Decides anew what a channel says. */
  #settle(channel: number): void {
    this.#eachFact(channel, (value, rank) => void this.#count(channel, value, rank));
  }

  #told(channel: number): Told {
    const ranks = new Map<number, number>();
    this.read(channel, -1, (value, rank) => {
      if (!ranks.has(value)) ranks.set(value, rank);
    });
    const at = channel * CHANNEL_STRIDE + Column.closed;
    return { ranks, closed: this.#channels.data.slice(at, at + FACT_KINDS).join() };
  }
}

/** What a channel tells: each value with its first round, and from when on it says no more. */
export interface Told {
  readonly ranks: ReadonlyMap<number, number>;
  readonly closed: string;
}

/** [channel, value, round]… */
export type Contributions = ArrayLike<number>;

function drop(list: number[], item: number): void {
  const at = list.indexOf(item);
  if (at < 0) return;
  list[at] = list.at(-1)!;
  list.pop();
}
