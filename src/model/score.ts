/** Scores from 100 (nothing against it) to 0, with every point that was taken off and where it comes from. */
import type { FindingCategory, FindingPlace } from './finding.ts';
import type { SymbolKey } from './graph.ts';

/** What points are taken off for: measures, and findings by their category. */
export type ScoreAspect = 'complexity' | 'length' | 'nesting' | 'parameters' | 'cohesion' | FindingCategory;

export interface ScorePoint {
  readonly aspect: ScoreAspect;
  /** Of the unit's hundred. */
  readonly points: number;
  /** `cognitive complexity 38 (limit 15)`, or the finding's message. */
  readonly because: string;
  readonly source:
    | { readonly kind: 'metric'; readonly metric: string; readonly value: number; readonly limit: number }
    | { readonly kind: 'finding'; readonly rule: string; readonly fingerprint: string; readonly place: FindingPlace };
}

export type ScoredKind = 'function' | 'class' | 'file' | 'module' | 'repository';

export interface UnitScore {
  readonly kind: ScoredKind;
  /** Qualified name of a function or class; path of a file or folder. */
  readonly name: string;
  /** Of functions and classes. */
  readonly key?: SymbolKey;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly codeLines: number;
  /** 100 − lost, one decimal. */
  readonly score: number;
  /** Taken off this unit itself, most first; what its parts lose is in `share` of each part. */
  readonly points: readonly ScorePoint[];
  /** What the unit loses in all, by aspect, its parts included: sums up to 100 − score. */
  readonly lost: Readonly<Partial<Record<ScoreAspect, number>>>;
  /** Share of its loss that counts for what it stands in; 0 for functions inside of functions, which their outer one contains. */
  readonly share: number;
}

export interface QualityReport {
  /** How the scores are made, in sentences. */
  readonly formula: readonly string[];
  readonly repository: UnitScore;
  /** All of these by path and line; a unit with 100 is left out below files. */
  readonly modules: readonly UnitScore[];
  readonly files: readonly UnitScore[];
  readonly classes: readonly UnitScore[];
  readonly functions: readonly UnitScore[];
  readonly counted: { readonly files: number; readonly classes: number; readonly functions: number };
}

/** What code takes from or does to the world beside its parameters. */
export const hiddenInputKinds = [
  'time',
  'random',
  'environment',
  'files',
  'network',
  'process',
  'database',
  'console',
  'interface',
] as const;
export type HiddenInputKind = (typeof hiddenInputKinds)[number];

export const testabilityReasons = [
  ...hiddenInputKinds,
  'global-state',
  'static-state',
  'built-inside',
  'constructor-work',
  'branches',
  'parameters',
  'private-depth',
  'collaborators',
] as const;
export type TestabilityReasonKind = (typeof testabilityReasons)[number];

export interface TestabilityReason {
  readonly kind: TestabilityReasonKind;
  readonly points: number;
  /** For people: `reads the clock (Date.now)`. */
  readonly because: string;
  /** Where, in the unit's own file; 1-based. */
  readonly lines: readonly number[];
}

export interface UnitTestability {
  readonly kind: 'function' | 'class' | 'file' | 'repository';
  readonly name: string;
  readonly key?: SymbolKey;
  readonly path: string;
  readonly line: number;
  readonly codeLines: number;
  readonly score: number;
  /** Of the unit itself, most first. */
  readonly reasons: readonly TestabilityReason[];
  /** As in `UnitScore`. */
  readonly share: number;
}

/** Of one function or class. */
export interface SymbolScores {
  readonly quality: {
    readonly score: number;
    readonly points: readonly ScorePoint[];
    /** Findings count; otherwise the measures alone, since nothing was checked since the last change. */
    readonly hasFindings: boolean;
  };
  readonly testability: { readonly score: number; readonly reasons: readonly TestabilityReason[] };
}

export interface TestabilityReport {
  readonly formula: readonly string[];
  readonly repository: UnitTestability;
  readonly files: readonly UnitTestability[];
  readonly classes: readonly UnitTestability[];
  readonly functions: readonly UnitTestability[];
}
