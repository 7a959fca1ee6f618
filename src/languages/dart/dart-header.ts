import type { ParameterText } from '../lexical/fact-writer.ts';
import { afterAngles, findInRange, rangeText, splitTypedRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

/** The head of a member, top-level or local declaration: `type name`, and what follows the name. */
export interface DartHeader {
  /** First and last token of the name (`operator` and its signs, `Type.named`); the name is `nameToken`'s. */
  readonly first: number;
  readonly nameToken: number;
  readonly name: string;
  readonly accessor: 'get' | 'set' | undefined;
  readonly isOperator: boolean;
  /** Type before the name; empty (last < first) for none. */
  readonly type: { readonly first: number; readonly last: number };
  /** The `(` of the parameters; −1 for a variable or getter. */
  readonly parameters: number;
  /** The token after name and parameters. */
  readonly next: number;
}

/** Undefined: what starts here is no declaration. */
export function dartHeader(tokens: TokenStream, from: number): DartHeader | undefined {
  let name = -1;
  for (let token = tokens.code(from); tokens.ahead(token); token = tokens.code(token + 1)) {
    if (tokens.isKind(token, TokenKind.word)) {
      const word = tokens.at(token);
      const next = tokens.code(token + 1);
      if (word === 'operator' && tokens.isKind(next, TokenKind.punctuation) && !/^[=;,]$/.test(tokens.at(next)))
        return operatorHeader(tokens, from, token, next);
      if ((word === 'get' || word === 'set') && tokens.isKind(next, TokenKind.word))
        return accessorHeader(tokens, from, token, next, word);
      name = token;
      continue;
    }
    const mark = tokens.at(token);
    if (mark === '<') {
      const after = afterAngles(tokens, token);
      if (after === token) return undefined;
      if (name === token - 1 && tokens.is(after, '(') && !tokens.is(name, 'Function'))
        return callableHeader(tokens, from, name, after);
      token = after - 1;
    } else if (mark === '(') {
      if (tokens.partner[token]! < 0 && name < 0) return undefined;
      if (name >= 0 && name === tokens.codeBefore(token) && !tokens.is(name, 'Function'))
        return callableHeader(tokens, from, name, token);
      if (tokens.partner[token]! < 0) return undefined;
      token = tokens.partner[token]!;
    } else if (/^(?:=|;|,|=>|\{)$/.test(mark)) {
      if (name < 0 || name !== tokens.codeBefore(token)) return undefined;
      return plain(tokens, from, name, token);
    } else if (mark !== '.' && mark !== '?' && mark !== '@') return undefined;
  }
  return undefined;
}

function plain(tokens: TokenStream, from: number, name: number, next: number): DartHeader {
  return {
    first: name,
    nameToken: name,
    name: tokens.at(name),
    accessor: undefined,
    isOperator: false,
    type: { first: from, last: tokens.codeBefore(name) },
    parameters: -1,
    next,
  };
}

/** `name(`, `name<T>(`, `Type.named(`. */
function callableHeader(tokens: TokenStream, from: number, name: number, open: number): DartHeader {
  const first = tokens.is(name - 1, '.') && name - 2 >= from ? name - 2 : name;
  return {
    ...plain(tokens, from, name, tokens.code(tokens.close(open) + 1)),
    first,
    type: { first: from, last: tokens.codeBefore(first) },
    parameters: open,
  };
}

function operatorHeader(tokens: TokenStream, from: number, word: number, sign: number): DartHeader | undefined {
  let open = sign;
  while (open < sign + 4 && !tokens.is(open, '(')) open++;
  if (!tokens.is(open, '(')) return undefined;
  return {
    ...plain(tokens, from, word, tokens.code(tokens.close(open) + 1)),
    nameToken: sign,
    name: (rangeText(tokens, sign, open - 1) ?? '').replace(/\s/g, ''),
    isOperator: true,
    parameters: open,
  };
}

function accessorHeader(
  tokens: TokenStream,
  from: number,
  word: number,
  name: number,
  accessor: 'get' | 'set',
): DartHeader {
  const open = tokens.code(name + 1);
  const parameters = accessor === 'set' && tokens.is(open, '(') ? open : -1;
  return {
    ...plain(tokens, from, name, parameters < 0 ? open : tokens.code(tokens.close(parameters) + 1)),
    first: word,
    accessor,
    type: { first: from, last: tokens.codeBefore(word) },
    parameters,
  };
}

/** `required this.x = 1`, `int f(String s)`, `{named}`, `[optional]`. */
export function dartParameters(tokens: TokenStream, open: number): readonly ParameterText[] {
  return splitTypedRange(tokens, open + 1, tokens.lastInside(open)).flatMap(({ first, last }) => {
    const group = tokens.is(first, '{') ? 'keyword-only' : tokens.is(first, '[') ? 'positional' : undefined;
    if (!group) return [parameter(tokens, first, last, 'positional')];
    return splitTypedRange(tokens, first + 1, tokens.lastInside(first)).map((part) =>
      parameter(tokens, part.first, part.last, group),
    );
  });
}

const parameterWords = new Set(['required', 'final', 'const', 'var', 'covariant', 'late']);

function parameter(
  tokens: TokenStream,
  from: number,
  last: number,
  kind: NonNullable<ParameterText['kind']>,
): ParameterText {
  let first = from;
  while (first < last) {
    if (tokens.is(first, '@')) {
      first += 2;
      while (tokens.is(first, '.')) first += 2;
      if (tokens.is(first, '(')) first = tokens.close(first) + 1;
    } else if (parameterWords.has(tokens.at(first)) && !/^[=,:]?$/.test(tokens.at(first + 1))) first++;
    else break;
  }
  const equals = firstOf(findInRange(tokens, first, last, '='), findInRange(tokens, first, last, ':'));
  const end = equals < 0 ? last : tokens.codeBefore(equals);
  // A parameter that is a function: `int compare(T a, T b)`; its type is written around its name.
  const inner = tokens.is(end, ')') && tokens.partner[end]! > first ? tokens.codeBefore(tokens.partner[end]!) : end;
  const isFunction = inner !== end && tokens.isKind(inner, TokenKind.word) && !tokens.is(inner, 'Function');
  const name = isFunction ? inner : tokens.is(end, '?') && !isFunction ? end - 1 : end;
  const isField = tokens.is(name - 1, '.') && /^(?:this|super)$/.test(tokens.at(name - 2));
  const typeEnd = isField ? name - 3 : name - 1;
  return {
    name: tokens.isKind(name, TokenKind.word) ? tokens.at(name) : '',
    type: isFunction
      ? `${rangeText(tokens, first, name - 1) ?? 'dynamic'} Function${rangeText(tokens, name + 1, end) ?? ''}`
      : tokens.isKind(name, TokenKind.word)
        ? rangeText(tokens, first, typeEnd)
        : rangeText(tokens, first, end),
    default: equals < 0 ? undefined : rangeText(tokens, equals + 1, last),
    kind,
  };
}

function firstOf(a: number, b: number): number {
  return a < 0 ? b : b < 0 ? a : Math.min(a, b);
}
