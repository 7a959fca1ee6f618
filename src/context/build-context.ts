/** From targets to the text that a model is given: full code near by, signatures further away, never over the budget. */
import type { Snapshot, SymbolId } from '#model/snapshot.ts';
import {
  type ContextSection,
  type ContextTarget,
  type ContextFormatName,
  type ContextPassage,
} from './context-section.ts';
import { fenceFor } from './context-format.ts';
import { packSections } from './pack-sections.ts';
import { type WrittenContext, writerOf } from './write-context.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

export interface ContextShares {
  /** Of the budget, for full code; 0 to 1. */
  readonly code: number;
  /** Of the budget, for signatures. */
  readonly signatures: number;
  /** How many uses away from a target full code goes, and signatures after it. */
  readonly codeDistance: number;
  readonly signatureDistance: number;
}

export const defaultShares: ContextShares = { code: 0.4, signatures: 0.3, codeDistance: 1, signatureDistance: 2 };

export interface ContextRequest {
  readonly snapshot: Snapshot;
  readonly counter: TokenCounter;
  /** What was asked, as a person reads it. */
  readonly subject: string;
  /** Best first. */
  readonly targets: readonly ContextTarget[];
  /** Tokens. */
  readonly budget: number;
  readonly shares: ContextShares;
  readonly format: ContextFormatName;
  /** Shown after the targets. */
  readonly passages?: readonly ContextPassage[] | undefined;
  /** Show the tests of the targets, after them. */
  readonly tests?: boolean | undefined;
  /** What was done to targets, newest first, a line each. */
  readonly changes?: ReadonlyMap<SymbolId, readonly string[]> | undefined;
  /** Shows whole definitions in fewer tokens. */
  readonly compress?: ((text: string, language: string) => string) | undefined;
  /** Of symbols to the task, 0 to 1. */
  readonly relevance?: ReadonlyMap<SymbolId, number> | undefined;
}

export interface BuiltContext extends WrittenContext {
  readonly sections: readonly ContextSection[];
  /** Targets and direct dependencies that did not fit, not even by their signature. */
  readonly left: number;
}

/** Deterministic: the same index, request and tokenizer yield the same text. */
export function buildContext(request: ContextRequest): BuiltContext {
  const built = build(request, '===');
  const fence = request.format === 'text' ? fenceFor(built.sections) : '===';
  return fence === '===' ? built : build(request, fence);
}

function build(request: ContextRequest, fence: string): BuiltContext {
  const writer = writerOf(request, fence);
  const packed = packSections(request, writer);
  let { sections } = packed;
  // What is written as one document (JSON) is not the sum of its parts: the last sections go until it fits.
  for (;;) {
    const written = writer.write(sections);
    if (written.tokens <= request.budget || sections.length === 0)
      return { ...written, sections, left: packed.left + packed.sections.length - sections.length };
    sections = sections.slice(
      0,
      Math.min(sections.length - 1, Math.floor((sections.length * request.budget) / written.tokens)),
    );
  }
}
