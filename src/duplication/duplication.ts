/** What this room takes and yields: copies of code, as classes of places that say the same. */
import type { FindingPlace } from '#model/finding.ts';

export interface DuplicationSource {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/** `exact`: the same tokens; `renamed`: the same but for names and literals; `gapped`: some statements differ. */
export type CopyKind = 'exact' | 'renamed' | 'gapped';

export interface CopyPlace {
  readonly path: string;
  readonly language: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface CopyClass {
  readonly kind: CopyKind;
  /** Tokens and lines of the first place. */
  readonly tokens: number;
  readonly lines: number;
  /** Share of statements that are alike, 0–1: the least of its pairs. */
  readonly similarity: number;
  /** Of the tokens with names made alike: the same after moves, renames and reformatting. */
  readonly shape: string;
  /** At least two, by path and line. */
  readonly places: readonly CopyPlace[];
}

export interface DuplicationSettings {
  /** A copy has at least so many tokens. */
  readonly minimumTokens: number;
  readonly minimumLines: number;
  /** Statements on either side that may differ between two equal stretches. */
  readonly gap: number;
  /** How much of a gapped copy must be alike, 0–1. */
  readonly similarity: number;
}

export const defaultDuplication: DuplicationSettings = { minimumTokens: 60, minimumLines: 6, gap: 2, similarity: 0.75 };

export interface DuplicationReport {
  /** Most repeated tokens first. */
  readonly classes: readonly CopyClass[];
  readonly files: number;
  /** Of the files that were compared. */
  readonly lines: number;
  /** Lines that stand in any copy, each counted once. */
  readonly duplicatedLines: number;
}

export function placeOfCopy(place: CopyPlace, message?: string): FindingPlace {
  const { path, startLine, startColumn, endLine, endColumn } = place;
  return { path, startLine, startColumn, endLine, endColumn, ...(message !== undefined && { message }) };
}
