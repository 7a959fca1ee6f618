/** What instrumentation knows of one file: where its counters, branches and mutants lie. Shared by all that run code. */

/** Lines are 1-based, columns 0-based; the end is exclusive. JavaScript counts columns in UTF-16 units, Python in UTF-8 bytes. */
export interface CodePlace {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface StatementPoint {
  readonly place: CodePlace;
  readonly counter: number;
  /** Runs when the file is loaded, outside of every function. */
  readonly static: boolean;
}

export interface FunctionPoint {
  /** Empty for a function without a name. */
  readonly name: string;
  readonly place: CodePlace;
  readonly counter: number;
}

export const branchKinds = ['if', 'conditional', 'logical', 'switch', 'default', 'loop', 'comprehension'] as const;
export type BranchKind = (typeof branchKinds)[number];

export interface BranchArm {
  readonly place: CodePlace;
  readonly counter: number;
}

export interface BranchPoint {
  readonly kind: BranchKind;
  readonly place: CodePlace;
  readonly arms: readonly BranchArm[];
  /** Loops are not branches by Istanbul's definition: such a branch is left out of scores, and search may still aim at it. */
  readonly counted: boolean;
  readonly static: boolean;
  /**
   * Where distances are recorded: `distances[2 * condition]` is the smallest seen to the first arm, `+ 1` to the second.
   * Undefined where no distance is measured.
   */
  readonly condition?: number;
}

export interface Mutant {
  /** What switches it on; unique in a session, from 1. */
  readonly id: number;
  /** Stryker's names where it has the operator. */
  readonly operator: string;
  readonly place: CodePlace;
  /** What stands at the place instead. */
  readonly replacement: string;
  /** Counter of the smallest counted thing around it: it is reached only when this grows. */
  readonly counter: number;
  /** Takes effect while the file is loaded. */
  readonly static: boolean;
}

export interface InstrumentedFile {
  /** Under which the counters lie at run time: `globalThis.__trowel.c[id]`, in Python `trowel_runtime.counters[id]`. */
  readonly id: string;
  /** Length of the counters' array. */
  readonly counters: number;
  /** Number of conditions with distances. */
  readonly conditions: number;
  readonly statements: readonly StatementPoint[];
  readonly functions: readonly FunctionPoint[];
  readonly branches: readonly BranchPoint[];
  readonly mutants: readonly Mutant[];
}
