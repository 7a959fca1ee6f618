/** The family's syntax tree for whoever judges code: parsed once more than facts need it, since facts keep no tree. */
import { eachChild, parseWithOxc } from './ecmascript/oxc.ts';
import type { Comment, Node, ParsedSource, Program } from './ecmascript/estree.ts';
import { nestsTooDeeply } from './ecmascript/nesting.ts';
import { grammarOf, parseBroken } from './ecmascript/recovery.ts';
import { loadGrammar } from './tree-sitter.ts';

export type EsNode = Node;
export type EsProgram = Program;
export type EsComment = Comment;
/** The nodes of one type: narrows the union by its tag. */
export type EsNodeOf<Type extends Node['type'], All = Node> = All extends { readonly type: infer Tag }
  ? Type extends Tag
    ? All
    : never
  : never;

export const ecmascriptLanguages: ReadonlySet<string> = new Set(['javascript', 'jsx', 'typescript', 'tsx']);

/** What recovery of broken files needs. Once a thread and language. */
export function prepareEcmascript(language: string): Promise<void> {
  return loadGrammar(grammarOf(language));
}

/** Undefined for a text of which nothing could be parsed. */
export function parseEcmascript(text: string, language: string, declarations: boolean): ParsedSource | undefined {
  if (nestsTooDeeply(text)) return undefined;
  try {
    return parseWithOxc(text, language, declarations) ?? parseBroken(text, language, declarations);
  } catch (error) {
    // Nested too deeply for the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Calls `visit` for each child in source order. */
export function eachEsChild(node: EsNode, visit: (child: EsNode) => void): void {
  eachChild(node, visit);
}
