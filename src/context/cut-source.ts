/** The start of a text that fits into a number of tokens, cut where a statement, definition or paragraph ends. */
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { findLanguage } from '#languages/catalogue.ts';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

export interface CutSource {
  readonly text: string;
  readonly tokens: number;
  /** Lines that were left out. */
  readonly left: number;
  /** `syntax`: where the grammar says that something ends; `lines`: at the end of a line, without a grammar. */
  readonly by: 'whole' | 'syntax' | 'lines';
}

/** Of what is made of statements, definitions or members, one below the other. */
const sequence =
  /module|program|source|block|body|suite|declaration_list|statements?$|translation_unit|compound|chunk|document/;

export async function cutSource(
  text: string,
  language: string,
  limit: number,
  counter: TokenCounter,
): Promise<CutSource> {
  if (counter.fits(text, limit)) return { text, tokens: counter.count(text), left: 0, by: 'whole' };
  const grammar = findLanguage(language)?.grammar;
  if (grammar) await loadGrammar(grammar);
  const ends = grammar ? syntaxEnds(parseSyntaxTree(text, grammar)) : [];
  const atSyntax = longest(text, ends, limit, counter);
  const cut = atSyntax === '' ? longest(text, lineEnds(text), limit, counter) : atSyntax;
  const left = text.slice(cut.length).trimEnd().split('\n').length - (cut === '' || cut.endsWith('\n') ? 0 : 1);
  return { text: cut, tokens: counter.count(cut), left, by: atSyntax === '' ? 'lines' : 'syntax' };
}

/** The longest start that fits: a longer one has more tokens, so halving finds it. */
function longest(text: string, ends: readonly number[], limit: number, counter: TokenCounter): string {
  let low = 0;
  let high = ends.length - 1;
  let best = '';
  while (low <= high) {
    const middle = (low + high) >> 1;
    const start = text.slice(0, ends[middle]);
    if (counter.fits(start, limit)) {
      best = start;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

/** Behind the line ends of what stands in a sequence and ends its line, in the order of the text. */
function syntaxEnds({ text, count, type, start, end, parent, flags, typeNames }: SyntaxTree): number[] {
  const ends = new Set<number>();
  for (let node = 1; node < count; node++) {
    if ((flags[node]! & 1) === 0 || !sequence.test(typeNames[type[parent[node]!]!] ?? '')) continue;
    const line = text.lastIndexOf('\n', start[node]! - 1) + 1;
    if (text.slice(line, start[node]).trim() !== '') continue;
    // A semicolon or a remark may stand behind it.
    const newline = text.indexOf('\n', Math.max(start[node]!, end[node]! - 1));
    if (newline < 0 || !/^\s*(?:;|,|\/\/|#|--)?/.test(text.slice(end[node]!, newline))) continue;
    if (/^\s*[;,]?\s*(?:(?:\/\/|#|--).*)?$/.test(text.slice(end[node]!, newline))) ends.add(newline + 1);
  }
  return [...ends].sort((a, b) => a - b);
}

function lineEnds(text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at + 1);
  return ends;
}
