import type { TokenStream } from '../lexical/token-stream.ts';

export interface CallableBody {
  /** Last token of the header. */
  readonly last: number;
  /** `{` or `=>`; −1 for none. */
  readonly body: number;
  readonly bodyEnd: number;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}

/** From the token after the parameters: initializers, `async*`, and the body in either form. */
export function callableBody(tokens: TokenStream, next: number, isConstructor: boolean): CallableBody {
  const last = tokens.codeBefore(next);
  let isAsync = false;
  let isGenerator = false;
  for (let token = next; tokens.ahead(token); token = tokens.code(token + 1)) {
    const mark = tokens.at(token);
    const found = { last, body: token, isAsync, isGenerator };
    if (mark === 'async') isAsync = true;
    else if (mark === '*') isGenerator = true;
    else if (mark === ';') return { ...found, body: -1, bodyEnd: token };
    else if (mark === '}') return { ...found, body: -1, bodyEnd: token - 1 };
    else if (mark === '=>') {
      const end = expressionEnd(tokens, token + 1, tokens.count);
      return { ...found, bodyEnd: tokens.is(end + 1, ';') ? end + 1 : end };
    } else if (mark === '{') {
      // In an initializer an opening brace after an operator is a map or set.
      const isLiteral = isConstructor && /^(?:[=?:>,(]|\?\?|&&|\|\|)$/.test(tokens.at(tokens.codeBefore(token)));
      if (!isLiteral) return { ...found, bodyEnd: tokens.close(token) };
      token = tokens.close(token);
    } else if (tokens.partner[token]! > token) token = tokens.partner[token]!;
  }
  return { last, body: -1, bodyEnd: Math.max(last, Math.min(next, tokens.count - 1)), isAsync, isGenerator };
}

/** Last token of an expression: before the `,` or `;` that no bracket encloses. */
export function expressionEnd(tokens: TokenStream, from: number, limit: number): number {
  let last = from - 1;
  for (let token = from; token < limit && tokens.ahead(token); token++) {
    if (/^[;,})\]]$/.test(tokens.at(token))) break;
    if (tokens.partner[token]! > token) token = tokens.partner[token]!;
    last = token;
  }
  return last;
}
