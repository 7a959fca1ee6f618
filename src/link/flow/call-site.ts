/** How many callees a call may have before it says nothing, and where implicit calls stand. */
import { REFERENCE_STRIDE, ReferenceColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import type { CallSite } from './call-sites.ts';
import type { Program } from './program.ts';

/** A call with more callees than this says nothing: no edge is drawn, no value followed. */
const MOST_CALLEES = 40;
/** The same where they are found by a pattern of names. */
const MOST_NAMED_CALLEES = 120;
/** The same for operators and other implicit calls. */
const MOST_IMPLICIT_CALLEES = 10;

/** The same for the reading of an attribute: classes put descriptors under names that only run time knows. */
const MOST_READ_CALLEES = 2;

export function hasTooMany({ home: site }: CallSite): boolean {
  const count = site.calleeCount;
  if (site.named) return count > MOST_NAMED_CALLEES;
  if (!site.derived) return count > MOST_CALLEES;
  return count > MOST_IMPLICIT_CALLEES || (count > MOST_READ_CALLEES && isRead(site));
}

function isRead({ program, row }: CallSite): boolean {
  return (program.facts.flow[row * FLOW_STRIDE]! & 0xff) === FlowOp.load;
}

/** False where the call has so many callees that they say nothing. */
export function addCallee(site: CallSite, object: number): boolean {
  const { home } = site;
  if (home.calls(object)) return true;
  if (hasTooMany(home)) return home.named;
  home.noteCallee(object);
  return home.named || !hasTooMany(home);
}

export function addExternal(site: CallSite, name: number): void {
  site.home.noteExternal(name);
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
