/** The graph as link yields it: per file, the edges that the file's own text gives rise to. */
import type { EdgeKind, Provenance } from './vocabulary.ts';

/**
 * Names a symbol across runs: `<path>#<nesting>:<kind>` and `~<ordinal>` from the second of equal ones on, e.g.
 * `django/db/models/base.py#Model.save:method`. A module is `<path>#:module`. Anonymous functions are named by `λ`.
 */
export type SymbolKey = string;

/**
 * Row of a file's edges. Every edge belongs to one file (whose content gave rise to it), though its source may lie in
 * another: a callback that A hands to B is called in B, and the edge is A's.
 */
export const LinkedEdgeColumn = {
  sourceFile: 0, // file number in this link run
  sourceSymbol: 1, // symbol row in that file
  targetFile: 2, // file number, −1: external (targetSymbol is then an index into LinkedFile.externals), −2: unresolved
  targetSymbol: 3,
  kind: 4, // index into edgeKinds
  provenance: 5, // index into provenances
  line: 6, // of the use, in the source's file
  column: 7,
  /** Rivals of a candidate, 1 otherwise. */
  rivals: 8,
} as const;
export const LINKED_EDGE_STRIDE = 9;

export interface LinkedFile {
  readonly edges: Int32Array;
  /** Names of what lies outside: `npm:react#useState`, `py:os.path#join`, `go:fmt#Println`. */
  readonly externals: readonly string[];
  /** Calls that stay unresolved: counted, never drawn. */
  readonly unresolvedCalls: number;
}

export interface Edge {
  readonly source: SymbolKey;
  readonly target: SymbolKey;
  readonly kind: EdgeKind;
  readonly provenance: Provenance;
  readonly line: number;
  readonly column: number;
  readonly rivals: number;
}
