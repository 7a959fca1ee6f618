/**
 * What files tell each other. Each file is solved by itself; what it adds to something that others can see (a field, a
 * parameter's passed values, a result) is a fact on that thing's channel, with the round in which it was found. A file sees a
 * fact in the rounds after that one. So what a file finds depends on the facts of earlier rounds alone, and the whole has one
 * solution, whatever the order in which files are taken.
 */
import { PairMap } from './pair-map.ts';

/** A channel with more facts of a kind than this says nothing more of that kind: from the round on that would exceed it. */
export interface MostFacts {
  readonly objects: number;
  readonly outside: number;
  readonly constants: number;
}
export type FactKind = keyof MostFacts;

/** [value, round, file] */
const FACT_STRIDE = 3;
const NEVER = 0x7fffffff;

export class Channel {
  readonly number: number;
  /** A relation holds what decides look-ups, names or objects: it is never cut, and asked more than followed. */
  readonly relation: 'names' | 'objects' | undefined;
  /** [value, round, file]… */
  readonly facts: number[] = [];
  /** Numbers of the files that have it open. */
  readonly readers: number[] = [];
  /** By FactKind: the round from which on nothing more is said. */
  closed: Record<FactKind, number> | undefined;
  /** Of a relation: the first round in which each value was found. */
  ranks: Map<number, number> | undefined;

  constructor(number: number, relation: 'names' | 'objects' | undefined) {
    this.number = number;
    this.relation = relation;
  }

  /** Whether a relation holds the value, as seen in a round. */
  has(value: number, rank: number): boolean {
    return this.ranks !== undefined && (this.ranks.get(value) ?? NEVER) < rank;
  }
}

export class Exchange {
  readonly #numbers = new PairMap(1 << 12);
  readonly channels: Channel[] = [];
  readonly #aspects = new PairMap(1 << 12);
  /** By aspect: numbers of the files that asked. */
  readonly #askers: number[][] = [];
  readonly #kindOf: (object: number) => FactKind;
  readonly #written = new Set<Channel>();
  readonly #most: MostFacts;

  constructor(kindOf: (object: number) => FactKind, most: MostFacts) {
    this.#kindOf = kindOf;
    this.#most = most;
  }

  channel(object: number, name: number, relation?: 'names' | 'objects'): Channel {
    let number = this.#numbers.get(object, name);
    if (number < 0) {
      number = this.channels.length;
      this.#numbers.set(object, name, number);
      this.channels.push(new Channel(number, relation));
    }
    return this.channels[number]!;
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
    for (let i = 0; i < channels.length; i++) drop(this.channels[channels[i]!]!.readers, file);
  }

  /** Whether a fact would still be told: others' earlier rounds may have filled the channel. */
  takes(channel: Channel, value: number, rank: number): boolean {
    return channel.closed === undefined || rank <= channel.closed[this.#kindOf(value)];
  }

  /** Takes what a file found in the present round; others see it after `commit`. */
  write(channel: Channel, value: number, rank: number, file: number): void {
    channel.facts.push(value, rank, file);
    this.#written.add(channel);
  }

  /** Ends a round: `tell` gets each new fact that its channel still has room for. */
  commit(rank: number, tell: (channel: Channel, value: number, from: number) => void): void {
    for (const channel of this.#written) {
      let first = channel.facts.length;
      while (first > 0 && channel.facts[first - FACT_STRIDE + 1] === rank) first -= FACT_STRIDE;
      this.#settle(channel, rank);
      for (let at = first; at < channel.facts.length; at += FACT_STRIDE) {
        const value = channel.facts[at]!;
        if (this.isOpen(channel, value, rank)) tell(channel, value, channel.facts[at + 2]!);
      }
    }
    this.#written.clear();
  }

  /** Decides what a channel still says, from a round on; facts are in the order of their rounds. */
  #settle(channel: Channel, from: number): void {
    const { facts } = channel;
    if (channel.relation) {
      const ranks = (channel.ranks ??= new Map());
      for (let at = 0; at < facts.length; at += FACT_STRIDE) {
        if (facts[at + 1]! < from) continue;
        if ((ranks.get(facts[at]!) ?? NEVER) > facts[at + 1]!) ranks.set(facts[at]!, facts[at + 1]!);
      }
      return;
    }
    if (facts.length <= this.#most.outside * FACT_STRIDE) return;
    const seen: Record<FactKind, Set<number>> = { objects: new Set(), outside: new Set(), constants: new Set() };
    for (let at = 0; at < facts.length; at += FACT_STRIDE) {
      const kind = this.#kindOf(facts[at]!);
      seen[kind].add(facts[at]!);
      if (seen[kind].size <= this.#most[kind]) continue;
      channel.closed ??= { objects: NEVER, outside: NEVER, constants: NEVER };
      channel.closed[kind] = Math.min(channel.closed[kind], facts[at + 1]!);
    }
  }

  /** Whether a fact of a round is told. */
  isOpen(channel: Channel, value: number, rank: number): boolean {
    return channel.closed === undefined || rank < channel.closed[this.#kindOf(value)];
  }

  /** Calls `each` for the facts of other files that a channel tells. */
  read(channel: Channel, file: number, each: (value: number, rank: number) => void): void {
    const { facts } = channel;
    for (let at = 0; at < facts.length; at += FACT_STRIDE) {
      if (facts[at + 2] === file || !this.isOpen(channel, facts[at]!, facts[at + 1]!)) continue;
      each(facts[at]!, facts[at + 1]!);
    }
  }

  /** Takes back what a file said, so that it can be solved as if it had said nothing. Returns what the channels told before. */
  retract(file: number, said: Contributions): Map<Channel, Told> {
    const before = new Map<Channel, Told>();
    for (let at = 0; at < said.length; at += FACT_STRIDE) {
      const channel = this.channels[said[at]!]!;
      if (!before.has(channel)) before.set(channel, this.#told(channel));
    }
    for (const channel of before.keys()) {
      const { facts } = channel;
      let kept = 0;
      for (let at = 0; at < facts.length; at += FACT_STRIDE) {
        if (facts[at + 2] === file) continue;
        for (let i = 0; i < FACT_STRIDE; i++) facts[kept + i] = facts[at + i]!;
        kept += FACT_STRIDE;
      }
      facts.length = kept;
      this.#settleAnew(channel);
    }
    return before;
  }

  /**
   * Takes what a file says now, from a place on, while it is solved again: what it said by a round counts for the limits of the
   * rounds after it. `before` gets what the channels told until then.
   */
  say(file: number, said: Contributions, from: number, before: Map<Channel, Told>): void {
    const spoken = new Set<Channel>();
    for (let at = from; at < said.length; at += FACT_STRIDE) {
      const channel = this.channels[said[at]!]!;
      if (!before.has(channel)) before.set(channel, this.#told(channel));
      channel.facts.push(said[at + 1]!, said[at + 2]!, file);
      spoken.add(channel);
    }
    for (const channel of spoken) {
      sortByRank(channel.facts);
      this.#settleAnew(channel);
    }
  }

  /** The channels that tell others something else than before. */
  changed(before: ReadonlyMap<Channel, Told>): Channel[] {
    return [...before].filter(([channel, told]) => !sameTold(told, this.#told(channel))).map(([channel]) => channel);
  }

  #settleAnew(channel: Channel): void {
    channel.closed = undefined;
    channel.ranks = undefined;
    this.#settle(channel, 0);
  }

  #told(channel: Channel): Told {
    const ranks = new Map<number, number>();
    this.read(channel, -1, (value, rank) => {
      if ((ranks.get(value) ?? NEVER) > rank) ranks.set(value, rank);
    });
    return { ranks, closed: channel.closed };
  }
}

/** What a channel tells: each value with its first round, and from when on it says no more. */
interface Told {
  readonly ranks: ReadonlyMap<number, number>;
  readonly closed: Channel['closed'];
}

/** [channel, value, round]… */
export type Contributions = ArrayLike<number>;

function sameTold(a: Told, b: Told): boolean {
  if (a.ranks.size !== b.ranks.size || !sameClosing(a.closed, b.closed)) return false;
  for (const [value, rank] of a.ranks) if (b.ranks.get(value) !== rank) return false;
  return true;
}

function sortByRank(facts: number[]): void {
  const rows: number[][] = [];
  for (let at = 0; at < facts.length; at += FACT_STRIDE) rows.push(facts.slice(at, at + FACT_STRIDE));
  rows.sort((a, b) => a[1]! - b[1]!);
  facts.length = 0;
  for (const row of rows) facts.push(...row);
}

function sameClosing(a: Channel['closed'], b: Channel['closed']): boolean {
  return a === b || (a?.objects === b?.objects && a?.outside === b?.outside && a?.constants === b?.constants);
}

function drop(list: number[], item: number): void {
  const at = list.indexOf(item);
  if (at < 0) return;
  list[at] = list.at(-1)!;
  list.pop();
}
