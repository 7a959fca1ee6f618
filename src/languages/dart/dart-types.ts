import type { ReferenceRole, SymbolKind } from '#model/vocabulary.ts';
import { afterAngles, findInRange, rangeText, splitTypedRange, type TokenRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

/** The head of a class, mixin, extension, enum or typedef. */
export interface TypeHeader {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly nameToken: number;
  readonly supertypes: readonly { readonly role: ReferenceRole; readonly name: number }[];
  /** Types that it names otherwise: what an extension is on, what a typedef stands for. */
  readonly types: TokenRange;
  readonly declaredType: string | undefined;
  /** `(` of a typedef's parameters in the old form; −1. */
  readonly parameters: number;
  /** `(` of an extension type's representation; −1. */
  readonly representation: number;
  /** The body's `{`; −1 for none. */
  readonly body: number;
  /** Last token of the header; the `;` where there is no body. */
  readonly last: number;
}

const none: TokenRange = { first: 0, last: -1 };
const kinds: Readonly<Record<string, SymbolKind>> = { class: 'class', mixin: 'trait', enum: 'enum' };

export function typeHeader(tokens: TokenStream, token: number): TypeHeader | undefined {
  const word = tokens.at(token);
  const next = tokens.code(token + 1);
  if (word === 'typedef') return tokens.isKind(next, TokenKind.word) ? typedef(tokens, token, next) : undefined;
  if (word === 'extension') return extension(tokens, next);
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (!kind || !tokens.isKind(next, TokenKind.word)) return undefined;
  return clauses(tokens, kind, tokens.at(next), next, next + 1);
}

/** `extension Name<T> on Type {`, `extension on Type {`, `extension type const Name._(int value) implements int {`. */
function extension(tokens: TokenStream, next: number): TypeHeader | undefined {
  if (tokens.is(next, 'type') && tokens.isKind(tokens.code(next + 1), TokenKind.word)) {
    let name = tokens.code(next + 1);
    if (tokens.is(name, 'const')) name = tokens.code(name + 1);
    let open = name + 1;
    if (tokens.is(open, '<')) open = afterAngles(tokens, open);
    if (tokens.is(open, '.')) open += 2;
    const isOpen = tokens.is(open, '(');
    return {
      ...clauses(tokens, 'struct', tokens.at(name), name, isOpen ? tokens.close(open) + 1 : open),
      representation: isOpen ? open : -1,
    };
  }
  const isNamed = tokens.isKind(next, TokenKind.word) && !tokens.is(next, 'on');
  if (!isNamed && !tokens.is(next, 'on') && !tokens.is(next, '<')) return undefined;
  const header = clauses(tokens, 'namespace', isNamed ? tokens.at(next) : '', next, isNamed ? next + 1 : next);
  const on = rangeText(tokens, header.types.first, header.types.last);
  return { ...header, name: header.name || `extension on ${on ?? ''}`, declaredType: on };
}

const clauseRoles: Readonly<Record<string, ReferenceRole | undefined>> = {
  extends: 'inherit',
  with: 'inherit',
  implements: 'implement',
};

function clauses(tokens: TokenStream, kind: SymbolKind, name: string, nameToken: number, from: number): TypeHeader {
  const supertypes: { role: ReferenceRole; name: number }[] = [];
  let types = none;
  let body = -1;
  let last = nameToken;
  let clause = '';
  let first = -1;
  const close = (end: number): void => {
    const role = Object.hasOwn(clauseRoles, clause) ? clauseRoles[clause] : undefined;
    if (clause === 'on') types = { first, last: end };
    if (role || (clause === 'on' && kind === 'trait'))
      for (const part of splitTypes(tokens, first, end)) supertypes.push({ role: role ?? 'inherit', name: part });
  };
  for (let token = tokens.code(from); tokens.ahead(token); token = tokens.code(token + 1)) {
    const word = tokens.at(token);
    if (word === '{') {
      body = token;
      break;
    }
    if (word === ';' || word === '}') {
      if (word === ';') last = token;
      break;
    }
    if (/^(?:extends|with|implements|on)$/.test(word) || word === '=') {
      close(tokens.codeBefore(token));
      // `class A = S with M;` names its superclass after the sign.
      clause = word === '=' ? 'extends' : word;
      first = tokens.code(token + 1);
    } else if (word === '<') token = Math.max(token, afterAngles(tokens, token) - 1);
    else if (tokens.partner[token]! > token) token = tokens.partner[token]!;
    last = token;
  }
  close(body < 0 && tokens.is(last, ';') ? tokens.codeBefore(last) : last);
  return {
    kind,
    name,
    nameToken,
    supertypes,
    types: kind === 'namespace' ? types : none,
    declaredType: undefined,
    parameters: -1,
    representation: -1,
    body,
    last,
  };
}

/** The name tokens of a list of types: `p.A<X, Y>, B` gives A and B. */
function splitTypes(tokens: TokenStream, first: number, last: number): readonly number[] {
  const names: number[] = [];
  for (let token = first; token <= last && tokens.ahead(token); token++) {
    if (tokens.isKind(token, TokenKind.word) && !tokens.is(token + 1, '.')) names.push(token);
    if (tokens.is(token + 1, '<')) token = Math.max(token + 1, afterAngles(tokens, token + 1) - 1);
  }
  return names;
}

/** `typedef Name<T> = type;` and `typedef int Name(int x);`. */
function typedef(tokens: TokenStream, token: number, next: number): TypeHeader {
  let end = next;
  while (tokens.ahead(end + 1) && !tokens.is(end + 1, ';') && !tokens.is(end + 1, '}')) {
    end++;
    if (tokens.partner[end]! > end) end = tokens.partner[end]!;
  }
  const equals = findInRange(tokens, next, end, '=');
  const base = {
    kind: 'type' as const,
    supertypes: [],
    representation: -1,
    body: -1,
    last: tokens.is(end + 1, ';') ? end + 1 : end,
  };
  if (equals > 0)
    return {
      ...base,
      name: tokens.at(next),
      nameToken: next,
      types: { first: equals + 1, last: end },
      declaredType: rangeText(tokens, equals + 1, end),
      parameters: -1,
    };
  const open = tokens.is(end, ')') ? (tokens.partner[end] ?? -1) : -1;
  let name = open > next ? tokens.codeBefore(open) : next;
  if (tokens.is(name, '>')) while (name > next && !tokens.is(name + 1, '<')) name--;
  const result = rangeText(tokens, next, tokens.codeBefore(name)) ?? 'dynamic';
  return {
    ...base,
    name: tokens.at(name),
    nameToken: name,
    types: { first: name + 1, last: end },
    declaredType: open < 0 ? undefined : `${result} Function${rangeText(tokens, open, end)!}`,
    parameters: open > next ? open : -1,
  };
}

/** The constants after an enum's `{`, each with its arguments, and the token where its members start. */
export function enumConstants(
  tokens: TokenStream,
  body: number,
  end: number,
): { readonly constants: readonly TokenRange[]; readonly next: number } {
  let last = body;
  for (let token = body + 1; token < end && tokens.ahead(token); token++) {
    if (tokens.is(token, ';')) return { constants: splitTypedRange(tokens, body + 1, token - 1), next: token + 1 };
    if (tokens.partner[token]! > token) token = tokens.partner[token]!;
    last = token;
  }
  return { constants: splitTypedRange(tokens, body + 1, last), next: end };
}
