/** What a context is made of. */
import type { FileId, SymbolId, SymbolRecord } from '#model/snapshot.ts';

export const contextFormats = ['text', 'json', 'xml'] as const;
export type ContextFormatName = (typeof contextFormats)[number];

export interface ContextTarget {
  readonly symbol: SymbolId;
  /** Relevance, above 0 and at most 1. */
  readonly weight: number;
}

/** Prose that is about the subject. */
export interface ContextPassage {
  readonly file: FileId;
  readonly path: string;
  readonly name: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
}

export type SectionRole = 'target' | 'dependency' | 'test' | 'documentation' | 'change';

interface SectionPlace {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly role: SectionRole;
  /** Uses away from the nearest target. */
  readonly distance: number;
}

export interface CodeSection extends SectionPlace {
  readonly detail: 'code';
  readonly endLine: number;
  /** `outline`: bodies of members are left out; `cut`: what follows the last whole statement that fits is left out. */
  readonly form: 'whole' | 'outline' | 'cut';
  readonly text: string;
}

export interface SignatureSection extends SectionPlace {
  readonly detail: 'signature';
  readonly text: string;
}

export type ContextSection = CodeSection | SignatureSection;

export function placeOf(symbol: SymbolRecord, role: SectionRole, distance: number): SectionPlace {
  const { qualifiedName, kind, path, startLine } = symbol;
  return { name: qualifiedName || path, kind, path, line: startLine, role, distance };
}
