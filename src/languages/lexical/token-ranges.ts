import { TokenKind, type TokenStream } from './token-stream.ts';

/** Tokens from first to last, both included; empty when last < first. */
export interface TokenRange {
  readonly first: number;
  readonly last: number;
}

/** The pieces between separators that no bracket encloses. No pieces for an empty range. */
export function splitRange(tokens: TokenStream, first: number, last: number, separator: string): readonly TokenRange[] {
  const pieces: TokenRange[] = [];
  let start = first;
  for (let token = first; token <= last && tokens.ahead(token); token++) {
    if (tokens.partner[token]! > token) token = Math.min(last, tokens.partner[token]!);
    else if (tokens.is(token, separator)) {
      pieces.push(trimRange(tokens, start, token - 1));
      start = token + 1;
    }
  }
  const tail = trimRange(tokens, start, last);
  if (tail.first <= tail.last) pieces.push(tail);
  return pieces;
}

/** Pieces between commas that neither brackets nor type arguments (`Map<K, V>`) enclose. */
export function splitTypedRange(tokens: TokenStream, first: number, last: number): readonly TokenRange[] {
  const pieces: TokenRange[] = [];
  let start = first;
  for (let token = first; token <= last && tokens.ahead(token); token++) {
    if (tokens.partner[token]! > token) token = Math.min(last, tokens.partner[token]!);
    else if (tokens.is(token, '<')) token = Math.max(token, Math.min(last, afterAngles(tokens, token) - 1));
    else if (tokens.is(token, ',')) {
      pieces.push(trimRange(tokens, start, token - 1));
      start = token + 1;
    }
  }
  const tail = trimRange(tokens, start, last);
  if (tail.first <= tail.last) pieces.push(tail);
  return pieces;
}

/** The token after the `>` that closes the `<` at `open`; `open` itself where these are no type arguments. */
export function afterAngles(tokens: TokenStream, open: number): number {
  let depth = 0;
  for (let token = open; tokens.ahead(token); token++) {
    if (tokens.is(token, '<')) depth++;
    else if (tokens.is(token, '>')) {
      if (--depth === 0) return token + 1;
    } else if (tokens.is(token, '(') || tokens.is(token, '[') || tokens.is(token, '{')) {
      if (tokens.partner[token]! < 0) return open;
      token = tokens.partner[token]!;
    } else if (!tokens.isKind(token, TokenKind.word) && !/^(?:[.,?:@&]|\?>|->)$/.test(tokens.at(token))) return open;
  }
  return open;
}

/** Without the comments at either end. */
function trimRange(tokens: TokenStream, first: number, last: number): TokenRange {
  let from = first;
  let to = last;
  while (from <= to && tokens.kind[from] === TokenKind.comment) from++;
  while (to >= from && tokens.kind[to] === TokenKind.comment) to--;
  return { first: from, last: to };
}

/** Source between two tokens; undefined for an empty range. */
export function rangeText(tokens: TokenStream, first: number, last: number): string | undefined {
  return last < first ? undefined : tokens.text.slice(tokens.start[first], tokens.end[last]);
}

/** First token in the range that is `text` outside brackets; −1 for none. */
export function findInRange(tokens: TokenStream, first: number, last: number, text: string): number {
  for (let token = first; token <= last && tokens.ahead(token); token++) {
    if (tokens.is(token, text)) return token;
    if (tokens.partner[token]! > token) token = Math.min(last, tokens.partner[token]!);
  }
  return -1;
}

/** Number of arguments between a bracket and its partner; −1 for a bracket never closed. */
export function argumentCount(tokens: TokenStream, open: number): number {
  if (tokens.partner[open]! < 0) return -1;
  return splitRange(tokens, open + 1, tokens.lastInside(open), ',').length;
}

/** Pairs words that open a block with the word that closes it (`if … end`), in the stream's `partner`. */
export function pairWords(
  tokens: TokenStream,
  opens: (token: number) => boolean,
  closes: (token: number) => boolean,
): void {
  const open: number[] = [];
  for (let token = 0; token < tokens.count; token++) {
    if (tokens.kind[token] !== TokenKind.word) continue;
    if (closes(token)) {
      const opener = open.pop();
      if (opener === undefined) continue;
      tokens.partner[opener] = token;
      tokens.partner[token] = opener;
    } else if (opens(token)) open.push(token);
  }
  if (open.length > 0) tokens.broken = true;
}
