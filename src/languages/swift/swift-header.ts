import type { ParameterText } from '../lexical/fact-writer.ts';
import { findInRange, rangeText, splitTypedRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

export interface SwiftHeader {
  readonly parameters: readonly ParameterText[];
  readonly returnType: string | undefined;
  readonly isAsync: boolean;
  /** Last token of the header. */
  readonly last: number;
  /** The body's `{`, −1 for none. */
  readonly body: number;
}

/** From a function's type parameters or parenthesis to the end of its header. */
export function swiftHeader(tokens: TokenStream, from: number): SwiftHeader {
  let token = from;
  while (tokens.is(token, '?') || tokens.is(token, '!')) token++;
  if (tokens.is(token, '<')) {
    let depth = 0;
    for (; tokens.ahead(token); token++) {
      if (tokens.is(token, '<')) depth++;
      else if (tokens.is(token, '>') && --depth === 0) break;
      else if (tokens.is(token, '{')) break;
    }
    token++;
  }
  const parameters = tokens.is(token, '(') ? swiftParameters(tokens, token) : [];
  let last = tokens.is(token, '(')
    ? tokens.partner[token]! < 0
      ? tokens.lastInside(token)
      : tokens.close(token)
    : from - 1;
  let arrow = -1;
  let where = -1;
  let isAsync = false;
  let body = -1;
  for (let at = tokens.code(last + 1); tokens.ahead(at); at = tokens.code(at + 1)) {
    if (tokens.is(at, '{')) {
      body = at;
      break;
    }
    const word = tokens.at(at);
    const continues = /^(?:async|throws|rethrows|where|->|\{)$/.test(word);
    if (tokens.startsLine(at) && !continues && !/^(?:->|where|,|&|==|:)$/.test(tokens.at(tokens.codeBefore(at)))) break;
    if (/^[};=]$/.test(word)) break;
    if (word === '->' && arrow < 0) arrow = at;
    else if (word === 'where') where = at;
    else if (word === 'async' && arrow < 0) isAsync = true;
    if (tokens.partner[at]! > at) at = tokens.partner[at]!;
    last = at;
  }
  const returnType = arrow < 0 ? undefined : rangeText(tokens, arrow + 1, where > 0 ? where - 1 : last);
  return { parameters, returnType, isAsync, last, body };
}

/** `label name: Type = default`, `_ name: Type...`; a tuple's bare types have no names. */
export function swiftParameters(tokens: TokenStream, open: number): readonly ParameterText[] {
  return splitTypedRange(tokens, open + 1, tokens.lastInside(open)).map(({ first, last }) => {
    let from = first;
    while (tokens.is(from, '@') && from < last) from = tokens.is(from + 2, '(') ? tokens.close(from + 2) + 1 : from + 2;
    const colon = findInRange(tokens, from, last, ':');
    if (colon < 0) return { name: '', type: rangeText(tokens, from, last) };
    const equals = findInRange(tokens, colon, last, '=');
    const typeEnd = equals < 0 ? last : equals - 1;
    const isVariadic = tokens.is(typeEnd, '...');
    const name = tokens.isKind(colon - 1, TokenKind.word) ? tokens.at(colon - 1) : '';
    return {
      name,
      type: rangeText(tokens, colon + 1, isVariadic ? typeEnd - 1 : typeEnd),
      default: equals < 0 ? undefined : rangeText(tokens, equals + 1, last),
      kind: isVariadic ? ('variadic' as const) : ('positional' as const),
    };
  });
}
