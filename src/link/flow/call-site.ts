import { REFERENCE_STRIDE, ReferenceColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import type { Program } from './program.ts';

/** A place that calls: a call in the text, an implicit call (property, iteration, operator), or a call that a builtin makes for it. */
export interface CallSite {
  /** Position in the system's list. */
  readonly index: number;
  readonly program: Program;
  /** Row in `flow` that gave rise to it: the identity of what is allocated here. */
  readonly row: number;
  /** Row of the function that calls. */
  readonly caller: number;
  /** Reference row, −1 for an implicit call without one. */
  readonly reference: number;
  readonly line: number;
  readonly column: number;
  /** Where the result goes, −1. */
  readonly destination: number;
  /** Slot of the receiver (ECMAScript), −1. */
  readonly receiver: number;
  /** [ArgumentKind, slot, name | −1]… */
  readonly arguments: readonly number[];
  readonly flags: number;
  /** A builtin or the language calls here, not the text itself. */
  readonly derived: boolean;
  /** What is called here was found by a pattern of names: values are followed however many callees there are. */
  readonly named: boolean;
  /** How many calls were derived from calls before this one: a bound on builtins that call builtins. */
  readonly depth: number;
  /** The site that was opened: a copy with other arguments shares what is found with it. */
  home: CallSite;
  /** At home: function and class objects; one more than allowed where they are too many to say anything. */
  callees: readonly number[];
  /** At home: names of callees outside. */
  externals: readonly number[];
  /** Functions that are connected: [function object, 1 when bound to a receiver, return binding | −1]… */
  bindings: readonly number[];
}

/** What is to be known of a place for a site to be opened there. */
export type NewCallSite = Partial<Omit<CallSite, 'home' | 'callees' | 'externals' | 'bindings' | 'index'>> &
  Pick<CallSite, 'program' | 'row' | 'caller'>;

const NONE: readonly number[] = [];

/** Lists of one item, each made once: most sites have one callee, and few callees have one site. */
const singles: (readonly number[] | undefined)[] = [];
const MOST_SINGLES = 1 << 22;

/** `list` with one more item; lists are never changed, so those of one item are shared. */
export function withItem(list: readonly number[], item: number): readonly number[] {
  if (list.length > 0) return [...list, item];
  return item < MOST_SINGLES ? (singles[item] ??= [item]) : [item];
}

/** Lists are as long as what they hold: there are more sites than anything else, and most have one callee. */
export function makeCallSite(index: number, parts: NewCallSite): CallSite {
  const site: CallSite = {
    index,
    program: parts.program,
    row: parts.row,
    caller: parts.caller,
    reference: parts.reference ?? -1,
    line: parts.line ?? 0,
    column: parts.column ?? 0,
    destination: parts.destination ?? -1,
    receiver: parts.receiver ?? -1,
    arguments: parts.arguments ?? NONE,
    flags: parts.flags ?? 0,
    derived: parts.derived ?? false,
    named: parts.named ?? false,
    depth: parts.depth ?? 0,
    home: undefined as unknown as CallSite,
    callees: NONE,
    externals: NONE,
    bindings: NONE,
  };
  site.home = site;
  return site;
}

/** Links one call to one callee: which slots fill which parameters. */
export interface ReturnBinding {
  readonly callee: number;
  /** Objects that the function is called on. */
  receivers: readonly number[];
  readonly returned: number;
  /** [parameter index, slot]… */
  readonly pairs: readonly number[];
  readonly destination: number;
}

/** A call with more callees than this says nothing: no edge is drawn, no value followed. */
const MOST_CALLEES = 40;
/** The same where they are found by a pattern of names. */
const MOST_NAMED_CALLEES = 120;
/** The same for operators and other implicit calls. */
const MOST_IMPLICIT_CALLEES = 10;

/** The same for the reading of an attribute: classes put descriptors under names that only run time knows. */
const MOST_READ_CALLEES = 2;

export function hasTooMany({ home: site }: CallSite): boolean {
  const count = site.callees.length;
  if (site.named) return count > MOST_NAMED_CALLEES;
  if (!site.derived) return count > MOST_CALLEES;
  return count > MOST_IMPLICIT_CALLEES || (count > MOST_READ_CALLEES && isRead(site));
}

function isRead({ program, row }: CallSite): boolean {
  return (program.facts.flow[row * FLOW_STRIDE]! & 0xff) === FlowOp.load;
}

/** False where the call has so many callees that they say nothing. */
export function addCallee({ home }: CallSite, object: number): boolean {
  if (home.callees.includes(object)) return true;
  if (hasTooMany(home)) return home.named;
  home.callees = withItem(home.callees, object);
  return home.named || !hasTooMany(home);
}

export function addExternal({ home }: CallSite, name: number): void {
  if (!home.externals.includes(name)) home.externals = withItem(home.externals, name);
}

/** Where an operation that calls without saying so stands: at its reference, its own place, or its function's beginning. */
export function implicitPlace(
  program: Program,
  row: number,
): Pick<CallSite, 'caller' | 'reference' | 'line' | 'column'> {
  const { flow, references, symbols } = program.facts;
  const at = row * FLOW_STRIDE;
  const op = flow[at]! & 0xff;
  const caller = program.functionOfRow(row);
  let reference = -1;
  let line = 0;
  let column = 0;
  if (op === FlowOp.load || op === FlowOp.store) reference = flow[at + 4]!;
  else if (op === FlowOp.call || op === FlowOp.protocol) reference = flow[at + 5]!;
  else if (op === FlowOp.iterate || op === FlowOp.await || op === FlowOp.enter || op === FlowOp.truth) {
    line = flow[at + 3]!;
    column = flow[at + 4]!;
  }
  if (reference >= 0) {
    line = references[reference * REFERENCE_STRIDE + ReferenceColumn.line]!;
    column = references[reference * REFERENCE_STRIDE + ReferenceColumn.column]!;
  } else if (line === 0) {
    line = symbols[caller.symbol * SYMBOL_STRIDE + SymbolColumn.startLine]!;
    column = symbols[caller.symbol * SYMBOL_STRIDE + SymbolColumn.startColumn]!;
  }
  return { caller: caller.row, reference, line, column };
}
