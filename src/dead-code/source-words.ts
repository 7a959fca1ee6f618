/** The identifiers of a text outside comments and plain strings, and what its strings say. */
import { scanLexically } from '#languages/line-classes.ts';

export const WordFlag = {
  /** A dot stands before it. */
  member: 1,
  /** `=` follows: it is written, or a keyword of a call. */
  write: 2,
  /** `:` follows and a brace, comma or line's start stands before: a key. */
  key: 4,
} as const;
const FLAG_BITS = 8;

export interface SourceWords {
  /** Of a word: offset × 8 + flags, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Contents of string literals without their quotes; none for texts in which code and markup mix. */
  readonly strings: ReadonlySet<string>;
  /** Parts of dotted names and paths that strings hold: `a.b.Name`, `pkg/mod.py`, `module:name`. */
  readonly parts: ReadonlySet<string>;
  /** Beginnings of names that strings put together: `"on_" + x`, `f"visit_{x}"`. */
  readonly beginnings: ReadonlySet<string>;
  /** Comments are blanked, strings are not; as long as the text. */
  readonly code: string;
}

export const offsetOf = (place: number): number => Math.floor(place / FLAG_BITS);
export const flagsOf = (place: number): number => place % FLAG_BITS;

const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const MAX_STRING = 200;

export function readWords(text: string, language: string): SourceWords {
  const strings = new Set<string>();
  const beginnings = new Set<string>();
  const isMixed =
    /^(?:jsx|tsx|vue|svelte|astro|html)$/.test(language) || (language === 'javascript' && text.includes('</'));
  const parts: string[] = [];
  const kept: string[] = [];
  if (isMixed) {
    // Quotes and slashes in markup's text would mislead a lexer: only comments that open a line are left out.
    const code = text.replace(/^[ \t]*\/\/[^\n]*|\/\*[^]*?\*\/|<!--[^]*?-->/gm, blank);
    parts.push(code);
    kept.push(code);
  } else {
    const { spans } = scanLexically(text, language);
    let at = 0;
    for (let i = 0; i < spans.length; i += 3) {
      const [start, end, isComment] = [spans[i]!, spans[i + 1]!, spans[i + 2] === 1];
      const before = text.slice(at, start);
      const inner = text.slice(start, end);
      parts.push(before);
      kept.push(before);
      const isOpen =
        !isComment &&
        (inner.startsWith('`') ||
          (language === 'python' && /[fF][rR]?$|[rR][fF]$/.test(text.slice(Math.max(0, start - 2), start))));
      parts.push(isOpen ? inner : blank(inner));
      kept.push(isComment ? blank(inner) : inner);
      if (isOpen) for (const match of inner.matchAll(/(?<![\w.])([A-Za-z_]\w{2,})\$?\{/g)) beginnings.add(match[1]!);
      if (!isComment && inner.length <= MAX_STRING)
        strings.add(inner.replace(/^(?:"""|'''|["'`])|(?:"""|'''|["'`])$/g, ''));
      at = end;
    }
    parts.push(text.slice(at));
    kept.push(text.slice(at));
  }
  const code = parts.join('');
  const places = new Map<string, number[]>();
  for (const match of code.matchAll(word)) {
    const name = match[0];
    const flags = flagsAt(code, match.index, match.index + name.length, language === 'python');
    const list = places.get(name);
    const place = match.index * FLAG_BITS + flags;
    if (list) list.push(place);
    else places.set(name, [place]);
  }
  const named = new Set<string>();
  for (const each of strings)
    if (/^[\w$@./:#-]+$/.test(each) && /[./:#]/.test(each))
      for (const part of each.split(/[./:#]+/)) if (part.length > 1) named.add(part);
  for (const each of strings) if (/^[A-Za-z]\w+_$/.test(each)) beginnings.add(each);
  return { places, strings, parts: named, beginnings, code: kept.join('') };
}

function flagsAt(code: string, start: number, end: number, isPython: boolean): number {
  let before = start - 1;
  while (before >= 0 && (code[before] === ' ' || code[before] === '\n' || code[before] === '\t')) before--;
  let after = end;
  while (after < code.length && (code[after] === ' ' || code[after] === '\t')) after++;
  const previous = code[before];
  const next = code[after];
  const isMember = (previous === '.' && code[before - 1] !== '.') || previous === '#';
  const isWrite = (next === '=' && code[after + 1] !== '=' && code[after + 1] !== '>') || isChange(code, start, after);
  // Python's `{a: 1}` reads a; `(a: int)` declares it.
  const isKey = next === ':' && (previous === '(' || (!isPython && (previous === '{' || previous === ',')));
  return (isMember ? WordFlag.member : 0) | (isWrite ? WordFlag.write : 0) | (isKey ? WordFlag.key : 0);
}

/** `name += 1` and `name++` as statements of their own: they read the name for nobody. */
function isChange(code: string, start: number, after: number): boolean {
  if (!'+-*/%&|^@<>?'.includes(code[after] ?? ' ')) return false;
  if (
    !/^(?:(?:\*\*|\/\/|<<|>>>?|&&|\|\||\?\?|[-+*/%&|^@])=(?!=)|(?:\+\+|--)\s*(?:;|\n|$))/.test(
      code.slice(after, after + 5),
    )
  )
    return false;
  return /(?:^|[\n;{}])[ \t]*(?:[\w$]+\s*\.\s*)*#?$/.test(code.slice(Math.max(0, start - 60), start));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
