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
  /** How many calls were derived from calls before this one: a bound on builtins that call builtins. */
  readonly depth: number;
  /** Function and class objects. */
  readonly callees: number[];
  /** Names of callees outside. */
  readonly externals: number[];
}
