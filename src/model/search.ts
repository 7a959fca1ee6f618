/** What a search asks and answers, as the doors show it. */
import type { SymbolKind } from './vocabulary.ts';

/** How a query was understood. */
export const queryKinds = [
  'nothing',
  'symbol',
  'path',
  'words',
  'architecture',
  'error-message',
  'code',
  'literal',
  'regex',
] as const;
export type QueryKind = (typeof queryKinds)[number];

/** A part of why something was found: `value` is its share of the score, negative where it was held back. */
export interface SearchSignal {
  readonly name: string;
  /** In words, for people. */
  readonly reason: string;
  readonly value: number;
}

export interface SnippetLine {
  readonly line: number;
  readonly text: string;
  /** UTF-16 offsets in `text`, end exclusive: what matched. */
  readonly highlights: readonly (readonly [start: number, end: number])[];
}

export interface SearchHit {
  /** Of the symbol; undefined for pieces of a file. */
  readonly key: string | undefined;
  /** Qualified name of a symbol, title of a section, path of a file. */
  readonly name: string;
  readonly kind: SymbolKind | 'file' | 'section' | 'configuration' | 'text' | 'line';
  readonly path: string;
  readonly language: string;
  readonly line: number;
  readonly endLine: number;
  readonly signature: string | undefined;
  /** First hit: 1. Comparable within one answer only. */
  readonly score: number;
  readonly why: readonly SearchSignal[];
  readonly snippet: readonly SnippetLine[];
  /** Root of the tree that it lies in, where several were searched. */
  readonly repository?: string;
}

export interface SearchAnswer {
  readonly query: string;
  readonly kind: QueryKind;
  readonly hits: readonly SearchHit[];
  /** Documents that matched at all, before paging. */
  readonly total: number;
  /** How well the best hit's words fit, for comparing the answers of several trees; 0 for nothing. */
  readonly strength: number;
  /** Why there is nothing, or less than one may expect. */
  readonly notes: readonly string[];
}

/** A completion of what was typed. */
export interface Suggestion {
  readonly name: string;
  readonly kind: string;
  /** Where the likeliest of that name is defined. */
  readonly path: string;
  readonly line: number;
  /** Others of that name. */
  readonly more: number;
}

export interface CloneMember extends CloneSide {
  /** To the representative: of their pair, or the weakest link on the way to it. */
  readonly similarity: number;
}

/** Functions that are clones of each other, directly or through others. */
export interface CloneGroup {
  /** The loosest kind of link that is needed to hold it together. */
  readonly kind: CloneKind;
  /** As the literature counts them: 1 exact, 2 renamed, 3 near-miss, 4 semantic. */
  readonly type: 1 | 2 | 3 | 4;
  /** Of the weakest link that is needed. */
  readonly similarity: number;
  /** The representative first: the member that is most like all others. */
  readonly members: readonly CloneMember[];
}

/** Which documents may be answered. */
export interface SearchFilters {
  /** Path prefix, with `/`; empty for all. */
  readonly scope: string;
  readonly accepts: (file: number) => boolean;
  /** `accepts` says yes to every file. */
  readonly acceptsAll?: boolean;
  /** As `SearchHit.kind`; empty for all. */
  readonly kinds: ReadonlySet<string>;
}

/**
 * `exact`: the same tokens; `renamed`: the same but for names and literals; `near-miss`: most of them; `semantic`: like meaning,
 * whatever the words and the language.
 */
export type CloneKind = 'exact' | 'renamed' | 'near-miss' | 'semantic';

export interface CloneSide {
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly language: string;
  readonly line: number;
  readonly endLine: number;
  readonly tokens: number;
  readonly isTest: boolean;
}

export interface ClonePair {
  readonly kind: CloneKind;
  /** Share of token runs in common; of `semantic` ones the cosine. */
  readonly similarity: number;
  readonly left: CloneSide;
  readonly right: CloneSide;
}
