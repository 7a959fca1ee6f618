/** What to change in the structure, with what it brings in measures that were computed, not guessed. */
import type { FindingPlace } from './finding.ts';
import type { SymbolKey } from './graph.ts';

export const refactoringKinds = [
  'extract-function',
  'move-method',
  'split-class',
  'split-file',
  'break-cycle',
  'introduce-parameter-object',
] as const;
export type RefactoringKind = (typeof refactoringKinds)[number];

export interface MetricChange {
  /** What is measured, of what: `cognitive complexity of parse`. */
  readonly metric: string;
  readonly before: number;
  readonly after: number;
}

export interface Refactoring {
  readonly kind: RefactoringKind;
  /** What to do, with names: `Extract lines 40–61 of parse`. */
  readonly title: string;
  readonly place: FindingPlace;
  readonly symbol: SymbolKey | undefined;
  /** Why here. */
  readonly reason: string;
  readonly steps: readonly string[];
  readonly changes: readonly MetricChange[];
  /** Points of the quality score that the unit gets back. */
  readonly gain: number;
}
