/** Where MATLAB's blocks, sections, headers and logical lines begin and end, and which names a function assigns. */
import { findInRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { keywords } from './matlab-syntax.ts';

export const blocks = new Set([
  'if',
  'for',
  'parfor',
  'while',
  'switch',
  'try',
  'spmd',
  'unwind_protect',
  'do',
  'classdef',
]);
const sections = new Set(['properties', 'methods', 'events', 'enumeration']);
const blockEnds = new Set([
  'end',
  'endif',
  'endfor',
  'endwhile',
  'endfunction',
  'endswitch',
  'end_try_catch',
  'end_unwind_protect',
  'until',
]);

/** Tokens that are looked at for one logical line, and for the names that one function assigns. */
const LONGEST_LINE = 4000;
const LONGEST_BODY = 20_000;

export function isBlockEnd(tokens: TokenStream, token: number): boolean {
  if (!blockEnds.has(tokens.at(token)) || tokens.is(token - 1, '.')) return false;
  // Inside an index, `end` is a number.
  return !tokens.is(token, 'end') || !insideIndex(tokens, token);
}

function insideIndex(tokens: TokenStream, token: number): boolean {
  for (let at = token - 1; at >= 0 && at > token - 200; at--) {
    if (tokens.partner[at]! >= 0 && tokens.partner[at]! < at) at = tokens.partner[at]!;
    else if (tokens.is(at, '(') || tokens.is(at, '{') || tokens.is(at, '[')) return tokens.partner[at]! > token;
    else if (tokens.breakBefore[at] === 1 && tokens.isKind(at, TokenKind.word) && keywords.has(tokens.at(at)))
      return false;
  }
  return false;
}

/** `properties`, `methods`, … at the start of a line with nothing but attributes behind. */
export function isSection(tokens: TokenStream, token: number): boolean {
  if (!sections.has(tokens.at(token)) || !tokens.startsLine(token)) return false;
  const next = tokens.is(token + 1, '(') ? tokens.close(token + 1) + 1 : token + 1;
  return next >= tokens.count || tokens.startsLine(next) || tokens.isKind(next, TokenKind.comment);
}

/** Where functions are closed, the blocks without them leave `end`s over. A class always closes them. */
export function functionsHaveEnds(tokens: TokenStream): boolean {
  let open = 0;
  let ends = 0;
  for (let token = 0; token < tokens.count; token++) {
    if (!tokens.isKind(token, TokenKind.word)) continue;
    const word = tokens.at(token);
    if (word === 'classdef' || word === 'endfunction') return true;
    if (blocks.has(word) && !tokens.is(token - 1, '.')) open++;
    else if (isBlockEnd(tokens, token)) ends++;
  }
  return ends > open;
}

/** Last token of the logical line (continuations are joined by the lexer). */
export function lineLast(tokens: TokenStream, token: number): number {
  let last = token;
  const limit = Math.min(tokens.count, token + LONGEST_LINE);
  for (let at = token + 1; at < limit && !tokens.startsLine(at) && tokens.ahead(at); at++) {
    if (tokens.kind[at] === TokenKind.comment) continue;
    if (tokens.partner[at]! > at && tokens.isKind(at, TokenKind.punctuation)) at = tokens.partner[at]!;
    last = at;
  }
  return last;
}

/** A header ends with its parameters: a body may follow on the same line. */
export function headerLast(tokens: TokenStream, token: number): number {
  const line = lineLast(tokens, token);
  const equals = findInRange(tokens, token + 1, line, '=');
  let name = equals < 0 ? token + 1 : equals + 1;
  while (tokens.is(name + 1, '.') && name + 2 <= line) name += 2;
  return tokens.is(name + 1, '(') ? tokens.close(name + 1) : Math.min(name, Math.max(line, token));
}

export function nextFunction(tokens: TokenStream, from: number): number {
  for (let token = from + 1; tokens.ahead(token); token++)
    if (tokens.is(token, 'function') && tokens.startsLine(token)) return token;
  return tokens.count;
}

/** Names that are parameters, results, loop variables or assigned: not functions when indexed. */
export function assignedNames(tokens: TokenStream, first: number, last: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (let token = first; token <= Math.min(last, first + LONGEST_BODY) && tokens.ahead(token); token++) {
    if (tokens.is(token, 'function')) {
      const header = headerLast(tokens, token);
      const name = tokens.is(header, ')') ? tokens.partner[header]! - 1 : header;
      for (let at = token + 1; at <= header; at++)
        if (tokens.isKind(at, TokenKind.word) && at !== name) names.add(tokens.at(at));
      token = header;
    } else if (tokens.is(token, '=')) {
      const before = tokens.codeBefore(token);
      if (tokens.is(before, ']') && tokens.partner[before]! >= 0) {
        for (let at = tokens.partner[before]!; at < before; at++)
          if (tokens.isKind(at, TokenKind.word)) names.add(tokens.at(at));
        continue;
      }
      let start = before;
      while (
        start > first &&
        tokens.ahead(start) &&
        !tokens.startsLine(start) &&
        !/^[;,]$/.test(tokens.at(start - 1)) &&
        !keywords.has(tokens.at(start - 1))
      )
        start = tokens.partner[start]! >= 0 && tokens.partner[start]! < start ? tokens.partner[start]! : start - 1;
      if (tokens.isKind(start, TokenKind.word)) names.add(tokens.at(start));
    }
  }
  return names;
}
