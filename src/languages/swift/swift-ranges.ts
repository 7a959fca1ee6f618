import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

/** The `{` that opens a type's body. */
export function bodyStart(tokens: TokenStream, from: number): number {
  for (let token = from; token < from + 400 && tokens.ahead(token); token++) {
    if (tokens.is(token, '{')) return token;
    if (tokens.is(token, '}') || tokens.is(token, ';')) return -1;
  }
  return -1;
}

/** Last token of a declaration that a line break outside brackets ends, unless an operator or comma continues it. */
export function lineEnd(tokens: TokenStream, from: number, scopeEnd: number): number {
  let token = from;
  while (token + 1 < scopeEnd && tokens.ahead(token + 1)) {
    const next = token + 1;
    if (tokens.is(next, '}') || tokens.is(next, ';')) break;
    if (
      tokens.startsLine(next) &&
      !/^(?:[,=:&|+\-*/?.]|->|&&|\|\||\?\?)$/.test(tokens.at(next)) &&
      !/^(?:[,=:(&|+\-*/]|->|&&|\|\||\?\?)$/.test(tokens.at(tokens.codeBefore(next)))
    )
      break;
    token = tokens.partner[next]! > next ? tokens.partner[next]! : next;
  }
  return tokens.isKind(token, TokenKind.comment) ? tokens.codeBefore(token) : token;
}

/** The colon before the list of supertypes, outside type parameters: `<T: P>` has its own. */
export function conformances(tokens: TokenStream, first: number, last: number): number {
  let depth = 0;
  for (let token = first; token <= last && tokens.ahead(token); token++) {
    if (tokens.is(token, '<')) depth++;
    else if (tokens.is(token, '>')) depth--;
    else if (tokens.is(token, 'where') && depth === 0) return -1;
    else if (tokens.is(token, ':') && depth === 0) return token;
  }
  return -1;
}
