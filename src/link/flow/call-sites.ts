/** The call sites of one file's system, as rows of integers: there are more of them than of anything else. */
import { IntTable } from './int-table.ts';
import type { Program } from './program.ts';
import { NOWHERE } from './solver.ts';

/** A site's row. Lists begin at a row + 1 of their table. */
const SiteColumn = {
  row: 0,
  caller: 1,
  reference: 2,
  line: 3,
  column: 4,
  destination: 5,
  receiver: 6,
  /** A list of the program, −1 for none, else −2 − the place among lists that calls were given. */
  arguments: 7,
  /** Flags of the text, and SiteBit. */
  bits: 8,
  /** The site at which callees are noted. */
  home: 9,
  calleeCount: 10,
  callees: 11,
  externals: 12,
  bindings: 13,
} as const;
const SITE_STRIDE = 14;
const SiteBit = { derived: 1 << 16, named: 1 << 17, depth: 1 << 18 } as const;
const FLAGS = 0xffff;
/** [item, next] */
const ITEM_STRIDE = 2;
/** [function object, 1 when bound to a receiver, return binding | −1, next] */
const BINDING_STRIDE = 4;

const NONE: readonly number[] = [];

/** What is to be known of a place for a site to be opened there. */
export interface NewCallSite {
  /** Row in `flow` that gave rise to it: the identity of what is allocated here. */
  readonly row: number;
  /** Row of the function that calls. */
  readonly caller: number;
  /** Reference row, −1 for an implicit call without one. */
  readonly reference?: number;
  readonly line?: number;
  readonly column?: number;
  /** Where the result goes, −1. */
  readonly destination?: number;
  /** Slot of the receiver (ECMAScript), −1. */
  readonly receiver?: number;
  /** [ArgumentKind, slot, name | −1]… */
  readonly arguments?: readonly number[];
  /** A builtin or the language calls here, not the text itself. */
  readonly derived: true;
  /** How many calls were derived from calls before this one: a bound on builtins that call builtins. */
  readonly depth?: number;
}

/** In what another call at the same place differs. */
export interface SiteChanges extends Partial<Pick<NewCallSite, 'destination' | 'receiver' | 'arguments'>> {
  readonly flags?: number;
  readonly derived?: true;
  readonly named?: true;
  readonly isDeeper?: true;
}

export class CallSites {
  readonly program: Program;
  readonly #sites = new IntTable(SITE_STRIDE);
  /** Callees and names of callees outside, in the order in which they were found. */
  readonly #items = new IntTable(ITEM_STRIDE);
  readonly #bindings = new IntTable(BINDING_STRIDE);
  /** [length, triples…]… */
  #given = new Int32Array(64);
  #givenEnd = 0;

  constructor(program: Program) {
    this.program = program;
  }

  get length(): number {
    return this.#sites.rows;
  }

  /** Makes room, to spare the table's growth. */
  expect(sites: number): void {
    this.#sites.reserve(sites);
    this.#bindings.reserve(sites);
  }

  at(index: number): CallSite {
    return new CallSite(this, index);
  }

  *[Symbol.iterator](): Generator<CallSite> {
    for (let index = 0, end = this.length; index < end; index++) yield this.at(index);
  }

  get(site: number, column: number): number {
    return this.#sites.data[site * SITE_STRIDE + column]!;
  }

  set(site: number, column: number, value: number): void {
    this.#sites.data[site * SITE_STRIDE + column] = value;
  }

  open(parts: NewCallSite): CallSite {
    return this.at(
      this.add(
        parts.row,
        parts.caller,
        parts.reference ?? -1,
        parts.line ?? 0,
        parts.column ?? 0,
        parts.destination ?? -1,
        parts.receiver ?? -1,
        parts.arguments ? this.#give(parts.arguments) : -1,
        parts.derived ? SiteBit.derived + (parts.depth ?? 0) * SiteBit.depth : 0,
      ),
    );
  }

  /** Opens a site; `list` as in SiteColumn.arguments. Returns its index. */
  add(
    row: number,
    caller: number,
    reference: number,
    line: number,
    column: number,
    destination: number,
    receiver: number,
    list: number,
    bits: number,
  ): number {
    const index = this.#sites.take();
    const { data } = this.#sites;
    const at = index * SITE_STRIDE;
    data[at + SiteColumn.row] = row;
    data[at + SiteColumn.caller] = caller;
    data[at + SiteColumn.reference] = reference;
    data[at + SiteColumn.line] = line;
    data[at + SiteColumn.column] = column;
    data[at + SiteColumn.destination] = destination;
    data[at + SiteColumn.receiver] = receiver;
    data[at + SiteColumn.arguments] = list;
    data[at + SiteColumn.bits] = bits;
    data[at + SiteColumn.home] = index;
    data.fill(0, at + SiteColumn.calleeCount, at + SITE_STRIDE);
    return index;
  }

  /** Another call at the same place, with callees of its own. */
  variant(site: CallSite, changes: SiteChanges): CallSite {
    const index = this.#sites.take();
    const { data } = this.#sites;
    const at = index * SITE_STRIDE;
    data.copyWithin(at, site.index * SITE_STRIDE, site.index * SITE_STRIDE + SiteColumn.home);
    data[at + SiteColumn.home] = index;
    data.fill(0, at + SiteColumn.calleeCount, at + SITE_STRIDE);
    if (changes.destination !== undefined) data[at + SiteColumn.destination] = changes.destination;
    if (changes.receiver !== undefined) data[at + SiteColumn.receiver] = changes.receiver;
    if (changes.arguments) data[at + SiteColumn.arguments] = this.#give(changes.arguments);
    let bits = data[at + SiteColumn.bits]!;
    if (changes.flags !== undefined) bits = (bits & ~FLAGS) | changes.flags;
    if (changes.derived) bits |= SiteBit.derived;
    if (changes.named) bits |= SiteBit.named;
    if (changes.isDeeper) bits += SiteBit.depth;
    data[at + SiteColumn.bits] = bits;
    return this.at(index);
  }

  /** The same call with other arguments: it shares what is found with the site itself. */
  share(site: CallSite, args: readonly number[]): CallSite {
    const shared = this.variant(site, { arguments: args });
    this.set(shared.index, SiteColumn.home, this.get(site.index, SiteColumn.home));
    return shared;
  }

  // Arguments

  #give(args: readonly number[]): number {
    if (args.length === 0) return -1;
    const place = this.#givenEnd;
    this.#givenEnd += args.length + 1;
    if (this.#givenEnd > this.#given.length) {
      const grown = new Int32Array(Math.max(this.#given.length * 2, this.#givenEnd));
      grown.set(this.#given);
      this.#given = grown;
    }
    this.#given[place] = args.length;
    this.#given.set(args, place + 1);
    return -2 - place;
  }

  /** [ArgumentKind, slot, name | −1]… */
  argumentsOf(site: number): readonly number[] {
    const list = this.get(site, SiteColumn.arguments);
    if (list === -1) return NONE;
    if (list >= 0) return listedArguments(this.program, list);
    const place = -2 - list;
    return Array.from(this.#given.subarray(place + 1, place + 1 + this.#given[place]!));
  }

  // Callees, externals, bindings

  items(site: number, column: number): readonly number[] {
    let at = this.get(site, column);
    if (at === 0) return NONE;
    const items: number[] = [];
    const { data } = this.#items;
    for (; at > 0; at = data[at * ITEM_STRIDE - 1]!) items.push(data[at * ITEM_STRIDE - 2]!);
    return items;
  }

  holds(site: number, column: number, item: number): boolean {
    const { data } = this.#items;
    for (let at = this.get(site, column); at > 0; at = data[at * ITEM_STRIDE - 1]!)
      if (data[at * ITEM_STRIDE - 2] === item) return true;
    return false;
  }

  append(site: number, column: number, item: number): void {
    const row = this.#items.take();
    const { data } = this.#items;
    data[row * ITEM_STRIDE] = item;
    data[row * ITEM_STRIDE + 1] = 0;
    let last = 0;
    for (let at = this.get(site, column); at > 0; at = data[at * ITEM_STRIDE - 1]!) last = at;
    if (last > 0) data[last * ITEM_STRIDE - 1] = row + 1;
    else this.set(site, column, row + 1);
  }

  /** The return binding of a function that is connected at the site: −1 where it gives nothing, undefined where it is not connected. */
  bindingOf(site: number, object: number, isBound: boolean): number | undefined {
    const { data } = this.#bindings;
    for (let at = this.get(site, SiteColumn.bindings); at > 0;) {
      const row = (at - 1) * BINDING_STRIDE;
      if (data[row] === object && (data[row + 1] === 1) === isBound) return data[row + 2]!;
      at = data[row + 3]!;
    }
    return undefined;
  }

  bind(site: number, object: number, isBound: boolean, binding: number): void {
    const row = this.#bindings.take();
    const { data } = this.#bindings;
    const at = row * BINDING_STRIDE;
    data[at] = object;
    data[at + 1] = isBound ? 1 : 0;
    data[at + 2] = binding;
    data[at + 3] = this.get(site, SiteColumn.bindings);
    this.set(site, SiteColumn.bindings, row + 1);
  }
}

/**
 * A place that calls: a call in the text, an implicit call (property, iteration, operator), or a call that a builtin makes for
 * it. What is known of it lies in the rows of its system's CallSites; this is a view of one.
 */
export class CallSite {
  readonly index: number;
  readonly #sites: CallSites;

  constructor(sites: CallSites, index: number) {
    this.#sites = sites;
    this.index = index;
  }

  get program(): Program {
    return this.#sites.program;
  }

  get row(): number {
    return this.#sites.get(this.index, SiteColumn.row);
  }

  get caller(): number {
    return this.#sites.get(this.index, SiteColumn.caller);
  }

  get reference(): number {
    return this.#sites.get(this.index, SiteColumn.reference);
  }

  get line(): number {
    return this.#sites.get(this.index, SiteColumn.line);
  }

  get column(): number {
    return this.#sites.get(this.index, SiteColumn.column);
  }

  get destination(): number {
    return this.#sites.get(this.index, SiteColumn.destination);
  }

  get receiver(): number {
    return this.#sites.get(this.index, SiteColumn.receiver);
  }

  get arguments(): readonly number[] {
    return this.#sites.argumentsOf(this.index);
  }

  /** CallFlag */
  get flags(): number {
    return this.#sites.get(this.index, SiteColumn.bits) & 0xffff;
  }

  get derived(): boolean {
    return (this.#sites.get(this.index, SiteColumn.bits) & SiteBit.derived) !== 0;
  }

  /** What is called here was found by a pattern of names: values are followed however many callees there are. */
  get named(): boolean {
    return (this.#sites.get(this.index, SiteColumn.bits) & SiteBit.named) !== 0;
  }

  get depth(): number {
    return this.#sites.get(this.index, SiteColumn.bits) >>> 18;
  }

  /** The site that was opened: a copy with other arguments shares what is found with it. */
  get home(): CallSite {
    const home = this.#sites.get(this.index, SiteColumn.home);
    return home === this.index ? this : this.#sites.at(home);
  }

  set home(site: CallSite) {
    this.#sites.set(this.index, SiteColumn.home, site.index);
  }

  get calleeCount(): number {
    return this.#sites.get(this.index, SiteColumn.calleeCount);
  }

  /** At home: function and class objects; one more than allowed where they are too many to say anything. */
  get callees(): readonly number[] {
    return this.#sites.items(this.index, SiteColumn.callees);
  }

  /** At home: names of callees outside. */
  get externals(): readonly number[] {
    return this.#sites.items(this.index, SiteColumn.externals);
  }

  /** Whether nothing is known to be called here. */
  get isOpen(): boolean {
    return this.calleeCount === 0 && this.#sites.get(this.index, SiteColumn.externals) === 0;
  }

  /** The return binding of a connected function, −1 where it has none; undefined where it is not connected here. */
  bindingOf(object: number, isBound: boolean): number | undefined {
    return this.#sites.bindingOf(this.index, object, isBound);
  }

  /** Notes that a function is connected. */
  bind(object: number, isBound: boolean, binding: number): void {
    this.#sites.bind(this.index, object, isBound, binding);
  }

  calls(object: number): boolean {
    return this.#sites.holds(this.index, SiteColumn.callees, object);
  }

  noteCallee(object: number): void {
    this.#sites.append(this.index, SiteColumn.callees, object);
    this.#sites.set(this.index, SiteColumn.calleeCount, this.calleeCount + 1);
  }

  noteExternal(name: number): void {
    if (!this.#sites.holds(this.index, SiteColumn.externals, name))
      this.#sites.append(this.index, SiteColumn.externals, name);
  }
}

/** The arguments of a call row, read off the program's lists. */
export function listedArguments(program: Program, list: number): readonly number[] {
  const { flowLists } = program.facts;
  const count = list < 0 ? 0 : flowLists[list]!;
  if (count === 0) return NONE;
  const args: number[] = [];
  for (let at = list + 1, end = at + count * 3; at < end; at += 3) {
    const slot = flowLists[at + 1]!;
    args.push(flowLists[at]!, slot < 0 ? NOWHERE : program.base + slot, program.name(flowLists[at + 2]!));
  }
  return args;
}
