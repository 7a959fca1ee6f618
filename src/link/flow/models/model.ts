/** What a function outside the tree does with the values that it is given: a model, found by the function's name. */
import { ArgumentKind, NEXT_PLACE } from '#model/flow.ts';
import type { CallSite } from '../call-sites.ts';
import { Constraint } from '../constraint.ts';
import type { FlowSystem } from '../system.ts';

export interface ModelCall {
  readonly system: FlowSystem;
  readonly site: CallSite;
  /** Object of `receiver.method()`, −1 for plain functions. */
  readonly receiver: number;
}

export type Model = (call: ModelCall) => void;

/** Builtins that call builtins that call back: deeper than this, nothing is derived. */
const DEEPEST = 3;

/** Slot of a positional or, by name, keyword argument; −1 when absent. */
export function argument({ system, site }: ModelCall, position: number, keyword?: string): number {
  const args = site.arguments;
  let seen = 0;
  for (let i = 0; i < args.length; i += 3) {
    if (args[i] === ArgumentKind.positional && seen++ === position) return args[i + 1]!;
    if (keyword !== undefined && args[i] === ArgumentKind.keyword && system.names.text(args[i + 2]!) === keyword)
      return args[i + 1]!;
    if (args[i] === ArgumentKind.spread) return -1;
  }
  return -1;
}

/** The element of the receiver that is added next: by the place that the extractor names, else one of unknown place. */
export function nextElement(call: ModelCall, behind = 0): number {
  const { system, receiver } = call;
  const at = argument(call, -1, NEXT_PLACE);
  const place = at < 0 || system.solver.size(at) !== 1 ? -1 : system.objects.b[system.solver.at(at, 0)]!;
  if (place < 0) return system.element(receiver, system.anyKey);
  return system.element(receiver, system.keyName(String(Number(system.names.text(place)) + behind)));
}

/** Slots of all positional arguments from a position on. */
export function argumentsFrom({ site }: ModelCall, position: number): number[] {
  const slots: number[] = [];
  let seen = 0;
  for (let i = 0; i < site.arguments.length; i += 3) {
    if (site.arguments[i] === ArgumentKind.positional && seen++ >= position) slots.push(site.arguments[i + 1]!);
  }
  return slots;
}

/** Argument triples from a position on, keywords and spreads included. */
export function restArguments({ site }: ModelCall, position: number): number[] {
  const rest: number[] = [];
  let seen = 0;
  for (let i = 0; i < site.arguments.length; i += 3) {
    if (site.arguments[i] === ArgumentKind.positional && seen++ < position) continue;
    rest.push(site.arguments[i]!, site.arguments[i + 1]!, site.arguments[i + 2]!);
  }
  return rest;
}

export function positional(slots: readonly number[]): number[] {
  return slots.flatMap((slot) => [ArgumentKind.positional as number, slot, -1]);
}

/** The builtin calls what the slot holds. `args` are triples. */
export function invoke(
  call: ModelCall,
  callee: number,
  args: readonly number[],
  destination = -1,
  receiver = -1,
): void {
  const { system, site } = call;
  if (callee < 0 || site.depth >= DEEPEST) return;
  const derived = system.callSite({
    row: site.row,
    caller: site.caller,
    reference: site.reference,
    line: site.line,
    column: site.column,
    destination,
    receiver,
    arguments: args,
    derived: true,
    depth: site.depth + 1,
  });
  system.solver.attach(callee, Constraint.call, derived.index);
}

/** A container that this call makes. `which` tells several of one call apart. */
export function allocate({ system, site }: ModelCall, kind: number, which = 0): number {
  return system.site(site.program, site.row * 32 + site.depth * 4 + which + 0x20000000, kind);
}

export function give({ system, site }: ModelCall, object: number): void {
  if (site.destination >= 0) system.solver.add(site.destination, object);
}

export function giveFrom({ system, site }: ModelCall, slot: number): void {
  if (site.destination >= 0 && slot >= 0) system.solver.copy(slot, site.destination);
}

/** A slot with what iterating over the argument yields. */
export function iterated(call: ModelCall, slot: number): number {
  const elements = call.system.newSlot();
  if (slot >= 0) call.system.solver.attach(slot, Constraint.iterate, elements, call.site.program.number, call.site.row);
  return elements;
}

/** The elements of the slot's iterables become elements of the site. */
export function fill(call: ModelCall, slot: number, site: number): void {
  if (slot >= 0) call.system.expand(iterated(call, slot), call.system.element(site, call.system.anyKey));
}
