/** What judging finds: the noun that rules, engines, formats, baselines and doors share. */
import type { SymbolKey } from './graph.ts';

export const findingCategories = [
  'bug',
  'smell',
  'design',
  'dead-code',
  'duplication',
  'standards',
  'performance',
  'accessibility',
  'security',
  'secret',
  'dependency',
] as const;
export type FindingCategory = (typeof findingCategories)[number];

/** 5: breaks or endangers users now; 4: a bug or a trap that a reviewer stops; 3: to be put right soon; 2: when one passes by; 1: taste. */
export type Severity = 1 | 2 | 3 | 4 | 5;

/** Lines are 1-based, columns 0-based in UTF-16 units; the end is exclusive. */
export interface FindingPlace {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** What this place has to do with the finding. */
  readonly message?: string;
}

/** What a rule says; the engine adds what makes it a Finding. */
export interface FoundProblem {
  /** One sentence without the rule's title: what is wrong here, with names. */
  readonly message: string;
  readonly place: FindingPlace;
  /** The innermost symbol that it is about, where there is one. */
  readonly symbol?: SymbolKey;
  readonly related?: readonly FindingPlace[];
  /** Steps in order: from where a value comes to where it does harm. */
  readonly flow?: readonly FindingPlace[];
  /** What makes this finding the same after moves, renames of files and reformatting; default: normalised code of the place. */
  readonly identity?: string;
  /** Overrides the rule's. */
  readonly severity?: Severity;
  /** How sure, 0–1, with the reason in `message`; default 1. */
  readonly confidence?: number;
  /** To put it right, where the rule can tell better than its constant. */
  readonly minutes?: number;
  readonly edits?: readonly TextEdit[];
  /** What the outside tool that says it calls the rule. */
  readonly foreignRule?: string;
}

export interface TextEdit {
  readonly path: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Finding extends FoundProblem {
  readonly rule: string;
  readonly category: FindingCategory;
  readonly severity: Severity;
  readonly confidence: number;
  readonly minutes: number;
  /** Hexadecimal; no line numbers, dates or commits in it. */
  readonly fingerprint: string;
  /** Of the same code with its words blanked: what a rename leaves. */
  readonly shape: string;
  /** The code of the place is a test's, a generated or a vendored file's. */
  readonly role: 'source' | 'test' | 'generated' | 'vendored';
  /** From history or an outside tool: shown, never gates. */
  readonly advisory: boolean;
}
