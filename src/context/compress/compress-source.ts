/**
 * Fewer tokens, the same program: comments, blank lines and indentation go, strings stay to the letter. Proved each time: both
 * texts are parsed, and what remains must have the same types, nesting and texts; else less is taken away, or nothing.
 */
import { findLanguage } from '#languages/catalogue.ts';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';
import { layOut, type Layout } from './lay-out.ts';
import { type AtomChoice, sourceAtoms } from './source-atoms.ts';

export type CompressionChoice = AtomChoice;

export interface CompressedSource {
  readonly text: string;
  /** `none`: the language has no grammar, or no shorter text could be proved to be the same program. */
  readonly layout: Layout | 'none';
}

/** Columns have a meaning there that nesting alone does not keep. */
const alignedLanguages: ReadonlySet<string> = new Set(['haskell', 'fsharp', 'scala', 'ocaml', 'elixir']);
/** What stands between tags, words or commands may be text. */
const spacesMatter: ReadonlySet<string> = new Set(['jsx', 'tsx', 'javascript', 'typescript', 'php', 'shell', 'ruby']);

export type Compress = (text: string, language: string, choice: CompressionChoice) => CompressedSource;

/** For these languages; others come back unchanged. Loads their grammars. */
export async function loadCompression(ids: Iterable<string>): Promise<Compress> {
  const grammars = new Map<string, string>();
  for (const id of ids) {
    const language = findLanguage(id);
    if (!language?.grammar || language.kind !== 'programming') continue;
    await loadGrammar(language.grammar);
    grammars.set(id, language.grammar);
  }
  return (text, language, choice) => {
    const grammar = grammars.get(language);
    return grammar === undefined ? { text, layout: 'none' } : compressed(text, language, grammar, choice);
  };
}

export async function compressSource(
  text: string,
  language: string,
  choice: CompressionChoice,
): Promise<CompressedSource> {
  return (await loadCompression([language]))(text, language, choice);
}

function compressed(text: string, language: string, grammar: string, choice: CompressionChoice): CompressedSource {
  const unchanged = { text, layout: 'none' } as const;
  const parse = (source: string, what: AtomChoice): ReturnType<typeof sourceAtoms> =>
    sourceAtoms(parseSyntaxTree(source, grammar), what);
  const atoms = parse(text, choice);
  if (!atoms || atoms.starts.length === 0) return unchanged;
  // Docstrings that stayed are no longer looked for: what was first in its block may have changed.
  const after: AtomChoice = { ...choice, dropDocstrings: false };
  for (const layout of layoutsOf(language)) {
    const made = layOut(text, atoms, { layout, keepSpaces: spacesMatter.has(language) });
    if (made.length < text.length && parse(made, after)?.shape === atoms.shape) return { text: made, layout };
  }
  return unchanged;
}

function layoutsOf(language: string): readonly Layout[] {
  if (alignedLanguages.has(language)) return ['lines'];
  return language === 'python' ? ['levels', 'lines'] : ['flat', 'lines'];
}
