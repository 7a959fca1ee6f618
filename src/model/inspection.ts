/** Answers about single symbols, as every door gives them: symbols by key, never by row. */
import type { HalsteadMetrics } from './derived-metrics.ts';
import type { SymbolMetrics, SymbolParameter } from './snapshot.ts';
import type { EdgeKind, Provenance } from './vocabulary.ts';

/** A symbol as a list of choices names it. */
export interface SymbolChoice {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly line: number;
  readonly signature: string | undefined;
}

export interface SymbolDescription {
  readonly symbol: SymbolChoice;
  readonly endLine: number;
  readonly visibility: string;
  readonly traits: readonly string[];
  readonly decorators: readonly string[];
  readonly parameters: readonly SymbolParameter[];
  readonly returnType: string | undefined;
  readonly documentation: string | undefined;
  /** The definition's text; undefined when the file has changed since it was indexed. */
  readonly source: string | undefined;
  readonly container: SymbolChoice | undefined;
  readonly members: readonly SymbolChoice[];
  readonly callers: readonly Relation[];
  readonly callees: readonly Relation[];
  readonly bases: readonly Relation[];
  readonly derived: readonly Relation[];
  readonly overrides: readonly Relation[];
  readonly overriddenBy: readonly Relation[];
  readonly usedBy: readonly Relation[];
  readonly tests: readonly Relation[];
  readonly metrics:
    | (SymbolMetrics & {
        readonly fanIn: number;
        readonly fanOut: number;
        readonly parameters: number;
        readonly halstead: HalsteadMetrics;
        readonly maintainability: number;
      })
    | undefined;
}

/** The other end of an edge, with every place of the use. */
export interface Relation {
  readonly symbol: SymbolChoice | undefined;
  /** Name of what lies outside the repository. */
  readonly external: string | undefined;
  readonly kind: EdgeKind;
  readonly provenance: Provenance;
  readonly rivals: number;
  /** Lines of the use, in the source's file. */
  readonly lines: readonly number[];
}

export interface ImpactReport {
  readonly changed: readonly SymbolChoice[];
  /** Nearest first. */
  readonly affected: readonly AffectedSymbol[];
  readonly affectedFiles: readonly string[];
  /** Test files to run, those that reach the change by the shortest way first. */
  readonly tests: readonly ImpactTest[];
  /** The way to some of these goes through a call known by name only. */
  readonly candidates: number;
}

export interface AffectedSymbol {
  readonly symbol: SymbolChoice;
  /** Number of uses between it and the change. */
  readonly distance: number;
  /** Key of the symbol through which it is reached. */
  readonly through: string;
  readonly relation: EdgeKind;
  readonly line: number;
  readonly provenance: Provenance;
}

export interface ImpactTest {
  readonly path: string;
  readonly distance: number;
  /** Names of the test symbols in it that reach the change. */
  readonly symbols: readonly string[];
}

export interface PathStep {
  readonly symbol: SymbolChoice;
  /** How this symbol leads to the next; undefined for the last. */
  readonly relation: EdgeKind | undefined;
  readonly provenance: Provenance | undefined;
  /** Line of the use, in this symbol's file. */
  readonly line: number | undefined;
}
