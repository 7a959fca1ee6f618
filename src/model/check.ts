/** What `check` and its views answer: findings in the order in which to take them, and what the answer rests on. */
import type { Finding, FindingCategory, FindingPlace, Severity } from './finding.ts';

export interface JudgedRule {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly category: FindingCategory;
  readonly severity: Severity;
  readonly references: readonly string[];
}

export interface CheckedFinding extends Finding {
  /** Neither accepted in the baseline nor older than the change that was asked about. */
  readonly isNew: boolean;
  /** It fails the check. */
  readonly gates: boolean;
}

export interface SourceLine {
  readonly line: number;
  readonly text: string;
}

export interface SuppressedMention {
  readonly rule: string;
  readonly place: FindingPlace;
  readonly message: string;
  readonly fingerprint: string;
  readonly reason: string;
}

export interface CheckReport {
  /** What to do first comes first. */
  readonly findings: readonly CheckedFinding[];
  /** Rules of these findings. */
  readonly rules: readonly JudgedRule[];
  readonly counts: {
    readonly shown: number;
    readonly fresh: number;
    readonly gating: number;
    /** In the baseline. */
    readonly accepted: number;
    readonly suppressed: number;
    readonly byCategory: Readonly<Partial<Record<FindingCategory, number>>>;
    /** Index 0 for severity 1. */
    readonly bySeverity: readonly number[];
    readonly minutes: number;
  };
  readonly suppressed: readonly SuppressedMention[];
  readonly baseline: {
    readonly path: string;
    readonly isThere: boolean;
    readonly gone: number;
    readonly written: boolean;
  };
  /** The commit of `--since`. */
  readonly since: string | undefined;
  readonly judgedFiles: number;
  readonly partialFiles: readonly string[];
  /** Rules that threw: a bug of the rule; the others' findings stand. `*`: those that are programs, where one did not end. */
  readonly failures: readonly { readonly rule: string; readonly path: string; readonly message: string }[];
  readonly missing: readonly string[];
  readonly inputs: readonly string[];
  /** Lines around the first findings, by index into `findings`. */
  readonly frames: Readonly<Record<number, readonly SourceLine[]>>;
  /** In the format that was asked for; undefined: terminal. */
  readonly document: string | undefined;
}
