/** Dart at token level: libraries, declarations with their nesting, headers read in full; bodies are read for calls and local functions. */
import type { FileFacts } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { type DecisionWords, FactWriter } from '../lexical/fact-writer.ts';
import { Lexer } from '../lexical/lexer.ts';
import { afterAngles, rangeText } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { callableBody, expressionEnd } from './dart-bodies.ts';
import { dartDirective } from './dart-directives.ts';
import { type DartHeader, dartHeader, dartParameters } from './dart-header.ts';
import { dartSyntax, reserved } from './dart-syntax.ts';
import { enumConstants, typeHeader, type TypeHeader } from './dart-types.ts';
import { bindInFile, dartCall, dartTypes, isLocalName } from './dart-uses.ts';

const decisions: DecisionWords = {
  paths: new Set(['if', 'for', 'while', 'case', 'catch', '?', '??']),
  // `int?` is a type, `a ? b : c` is a choice: only the latter has space before its mark.
  isPath: (tokens, token) => !tokens.is(token, '?') || tokens.start[token]! > tokens.end[token - 1]!,
  branches: new Set(['if', 'for', 'while', 'do', 'switch', 'catch']),
  continuations: new Set(['else']),
  logical: new Set(['&&', '||']),
};

const modifierFlags: ReadonlyMap<string, number> = new Map([
  ['external', SymbolFlag.declaration],
  ['static', SymbolFlag.static],
  ['abstract', SymbolFlag.abstract],
  ['final', SymbolFlag.readonly],
  ['const', SymbolFlag.readonly],
  ...['late', 'covariant', 'var', 'base', 'interface', 'sealed', 'augment', 'factory', 'mixin'].map(
    (word) => [word, 0] as const,
  ),
]);

interface Scope {
  readonly symbol: number;
  /** Token that ends the scope. */
  readonly end: number;
  /** Of a type: its name, by which its constructors are known. */
  readonly type: string | undefined;
  readonly exported: boolean;
}

interface Pending {
  readonly token: number;
  readonly decorators: { readonly name: string; readonly token: number }[];
  readonly words: Set<string>;
  flags: number;
}

class DartFile {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  readonly #scopes: Scope[];
  readonly #localNames = new Set<string>();

  constructor(tokens: TokenStream, language: string) {
    this.tokens = tokens;
    this.writer = new FactWriter(language, tokens, decisions);
    this.#scopes = [{ symbol: 0, end: tokens.count, type: undefined, exported: true }];
  }

  get #scope(): Scope {
    return this.#scopes[this.#scopes.length - 1]!;
  }

  walk(): void {
    const { tokens } = this;
    for (let token = tokens.code(0); token < tokens.count;) {
      while (this.#scopes.length > 1 && token >= this.#scope.end) this.#scopes.pop();
      const next = tokens.code(this.#member(token));
      token = Math.max(next, token + 1);
    }
    bindInFile(this.writer, this.#localNames);
  }

  /** Reads the declaration that starts at the token; returns the token after it. */
  #member(token: number): number {
    const { tokens } = this;
    if (!tokens.isKind(token, TokenKind.word) && !/^[@(]$/.test(tokens.at(token))) return token + 1;
    const pending: Pending = { token, decorators: [], words: new Set(), flags: 0 };
    let at = this.#metadata(token, pending);
    if (this.#scopes.length === 1) {
      const after = dartDirective(this.writer, at);
      if (after !== undefined) return after;
    }
    for (;;) {
      const word = tokens.at(at);
      const next = tokens.code(at + 1);
      const flag = modifierFlags.get(word);
      const modifies =
        tokens.isKind(next, TokenKind.word) || (tokens.is(next, '(') && /^(?:final|var|late)$/.test(word));
      if (flag === undefined || !modifies || (word === 'mixin' && !tokens.is(next, 'class'))) break;
      pending.flags |= flag;
      pending.words.add(word);
      at = next;
    }
    const type = typeHeader(tokens, at);
    if (type) return this.#type(type, pending);
    const header = dartHeader(tokens, at);
    if (!header || reserved.has(header.name)) return this.#skip(at);
    if (header.parameters >= 0 || header.accessor) return this.#callable(header, pending);
    return tokens.is(header.next, '{') || tokens.is(header.next, '=>')
      ? this.#skip(header.next)
      : this.#variables(header, pending);
  }

  /** What is no declaration is read for its uses, brackets and all. */
  #skip(token: number): number {
    const end = this.tokens.partner[token]! > token ? this.tokens.partner[token]! : token;
    this.#body(token, Math.min(end, this.#scope.end - 1), this.#scope.symbol);
    return end + 1;
  }

  #metadata(token: number, pending: Pending): number {
    const { tokens } = this;
    let at = token;
    while (tokens.is(at, '@') && tokens.isKind(at + 1, TokenKind.word) && tokens.ahead(at)) {
      let name = at + 1;
      while (tokens.is(name + 1, '.') && tokens.isKind(name + 2, TokenKind.word)) name += 2;
      if (pending.decorators.length < MOST_DECORATORS)
        pending.decorators.push({ name: rangeText(tokens, at + 1, name)!, token: name });
      at = name + 1;
      if (tokens.is(at, '<')) at = afterAngles(tokens, at);
      if (tokens.is(at, '(') && tokens.start[at] === tokens.end[at - 1]) at = tokens.close(at) + 1;
      at = tokens.code(at);
    }
    return at;
  }

  #define(
    kind: SymbolKind,
    name: string,
    nameToken: number,
    pending: Pending,
    end: number,
    header: Partial<Parameters<FactWriter['define']>[0]>,
  ): number {
    const scope = this.#scope;
    const isPrivate = name.startsWith('_');
    const exported = scope.exported && !isPrivate;
    const decorators = pending.decorators.map((one) => one.name);
    const symbol = this.writer.define({
      ...header,
      kind,
      name,
      parent: scope.symbol,
      token: pending.token,
      nameToken,
      visibility: isPrivate ? 'private' : 'public',
      flags:
        pending.flags |
        (header.flags ?? 0) |
        (decorators.includes('override') ? SymbolFlag.override : 0) |
        (decorators.some((one) => /^[dD]eprecated$/.test(one)) ? SymbolFlag.deprecated : 0) |
        (exported && scope.symbol > 0 ? SymbolFlag.exported : 0),
      decorators,
    });
    this.writer.end(symbol, end);
    for (const { token } of pending.decorators) this.writer.reference('decorate', this.tokens.at(token), token, symbol);
    if (exported && scope.symbol === 0 && !name.includes(' ')) this.writer.export(symbol);
    return symbol;
  }

  #type(type: TypeHeader, pending: Pending): number {
    const { tokens, writer } = this;
    const end = type.body < 0 ? type.last : tokens.close(type.body);
    pending.flags &= ~SymbolFlag.readonly;
    const symbol = this.#define(type.kind, type.name, type.nameToken, pending, end, {
      flags:
        (pending.words.has('sealed') ? SymbolFlag.abstract : 0) | (pending.words.has('final') ? SymbolFlag.final : 0),
      signature: rangeText(tokens, pending.token, type.last),
      declaredType: type.declaredType,
      parameters: type.parameters < 0 ? [] : dartParameters(tokens, type.parameters),
    });
    for (const { role, name } of type.supertypes) writer.reference(role, tokens.at(name), name, symbol);
    dartTypes(writer, type.types.first, type.types.last, symbol);
    if (type.body < 0) return type.last + 1;
    this.#scopes.push({ symbol, end, type: type.name, exported: this.#scope.exported && !type.name.startsWith('_') });
    if (type.representation >= 0) this.#representation(type);
    return type.kind === 'enum' ? this.#enumConstants(type.body, end) : type.body + 1;
  }

  /** `extension type Id._(int value)`: a constructor and a field. */
  #representation(type: TypeHeader): void {
    const { tokens } = this;
    const open = type.representation;
    const name = tokens.codeBefore(open);
    const parameters = dartParameters(tokens, open);
    const pending = (token: number): Pending => ({ token, decorators: [], words: new Set(), flags: 0 });
    const last = tokens.close(open);
    this.#define('constructor', tokens.at(name), name, pending(name), last, {
      parameters,
      signature: rangeText(tokens, name, last),
    });
    const field = tokens.codeBefore(last);
    if (parameters[0] && tokens.isKind(field, TokenKind.word))
      this.#define('field', tokens.at(field), field, pending(tokens.code(open + 1)), field, {
        flags: SymbolFlag.readonly,
        declaredType: parameters[0].type,
      });
  }

  #enumConstants(body: number, end: number): number {
    const { tokens } = this;
    const { constants, next } = enumConstants(tokens, body, end);
    for (const constant of constants) {
      const pending: Pending = {
        token: constant.first,
        decorators: [],
        words: new Set(),
        flags: SymbolFlag.readonly | SymbolFlag.static,
      };
      const name = this.#metadata(constant.first, pending);
      if (!tokens.isKind(name, TokenKind.word)) continue;
      const symbol = this.#define('enum-member', tokens.at(name), name, pending, constant.last, {
        signature: rangeText(tokens, name, constant.last),
      });
      this.#body(name + 1, constant.last, symbol);
    }
    return next;
  }

  #callable(header: DartHeader, pending: Pending): number {
    const { tokens, writer } = this;
    const { type } = this.#scope;
    const isFactory = pending.words.has('factory');
    const isConstructor =
      type !== undefined &&
      header.parameters >= 0 &&
      !header.accessor &&
      (isFactory || tokens.at(header.first) === type) &&
      header.type.last < header.type.first;
    const { last, body, bodyEnd, isAsync, isGenerator } = callableBody(tokens, header.next, isConstructor);
    const isMember = type !== undefined;
    const kind: SymbolKind = isConstructor
      ? 'constructor'
      : header.accessor
        ? 'property'
        : isMember
          ? 'method'
          : 'function';
    const isDeclaration = body < 0 && !isConstructor;
    pending.flags &= ~SymbolFlag.readonly;
    const symbol = this.#define(kind, header.name, header.nameToken, pending, bodyEnd, {
      flags:
        (isAsync ? SymbolFlag.async : 0) |
        (isGenerator ? SymbolFlag.generator : 0) |
        (header.accessor === 'get' ? SymbolFlag.getter : header.accessor === 'set' ? SymbolFlag.setter : 0) |
        (header.isOperator ? SymbolFlag.operator : 0) |
        (isFactory ? SymbolFlag.static : 0) |
        (isDeclaration
          ? SymbolFlag.declaration | (isMember && !pending.words.has('external') ? SymbolFlag.abstract : 0)
          : 0) |
        (kind === 'function' && header.name === 'main' ? SymbolFlag.entryPoint : 0),
      signature: rangeText(tokens, pending.token, last),
      returnType: rangeText(tokens, header.type.first, header.type.last),
      parameters: header.parameters < 0 ? [] : dartParameters(tokens, header.parameters),
    });
    dartTypes(writer, header.type.first, header.type.last, symbol);
    if (header.parameters >= 0) this.#parameterUses(header.parameters, symbol);
    // Initializers of a constructor and what a body of either form calls.
    this.#body(header.next, bodyEnd, symbol);
    return bodyEnd + 1;
  }

  #parameterUses(open: number, symbol: number): void {
    const { tokens } = this;
    const last = tokens.lastInside(open);
    for (const { name } of dartParameters(tokens, open)) this.#localNames.add(name);
    dartTypes(this.writer, open + 1, last, symbol);
  }

  /** `final int a = 1, b;`. */
  #variables(header: DartHeader, pending: Pending): number {
    const { tokens, writer } = this;
    const scope = this.#scope;
    const isConstant = pending.words.has('const');
    const kind: SymbolKind = isConstant ? 'constant' : scope.type === undefined ? 'variable' : 'field';
    let name = header.nameToken;
    let isFirst = true;
    for (;;) {
      const value = tokens.code(name + 1);
      const end = expressionEnd(tokens, value, scope.end);
      const symbol = this.#define(
        kind,
        tokens.at(name),
        name,
        isFirst ? pending : { ...pending, token: name, decorators: [] },
        tokens.is(end + 1, ';') ? end + 1 : end,
        {
          signature: rangeText(tokens, pending.token, isFirst ? name : header.nameToken),
          declaredType: rangeText(tokens, header.type.first, header.type.last),
        },
      );
      if (isFirst) dartTypes(writer, header.type.first, header.type.last, symbol);
      this.#body(value, end, symbol);
      const comma = tokens.code(end + 1);
      const next = tokens.code(comma + 1);
      if (!tokens.is(comma, ',') || !tokens.isKind(next, TokenKind.word) || !tokens.ahead(next)) return end + 1;
      name = next;
      isFirst = false;
    }
  }

  /** Calls and local functions from first to last. */
  #body(first: number, last: number, symbol: number): void {
    const { tokens, writer } = this;
    const open: { readonly symbol: number; readonly end: number }[] = [{ symbol, end: last }];
    for (let token = first; token <= last; token++) {
      while (open.length > 1 && token > open.at(-1)!.end) open.pop();
      if (!tokens.isKind(token, TokenKind.word)) continue;
      const current = open.at(-1)!.symbol;
      if (/^[;{}]$/.test(tokens.at(tokens.codeBefore(token))) && open.length < DEEPEST_FUNCTIONS) {
        const local = this.#localFunction(token, current);
        if (local) {
          open.push(local);
          token = local.header;
          continue;
        }
      }
      if (isLocalName(tokens, token)) this.#localNames.add(tokens.at(token));
      dartCall(writer, token, current);
    }
  }

  /** `int twice(int x) => …` at the start of a statement. */
  #localFunction(
    token: number,
    parent: number,
  ): { readonly symbol: number; readonly end: number; readonly header: number } | undefined {
    const { tokens } = this;
    if (reserved.has(tokens.at(token)) && !tokens.is(token, 'void')) return undefined;
    const header = dartHeader(tokens, token);
    if (!header || header.parameters < 0 || header.accessor || header.isOperator || header.first !== header.nameToken)
      return undefined;
    if (reserved.has(header.name) || !/^(?:\{|=>|async|sync)$/.test(tokens.at(header.next))) return undefined;
    const { last, bodyEnd, isAsync, isGenerator } = callableBody(tokens, header.next, false);
    this.#scopes.push({ symbol: parent, end: bodyEnd, type: undefined, exported: false });
    const symbol = this.#define(
      'function',
      header.name,
      header.nameToken,
      { token, decorators: [], words: new Set(), flags: 0 },
      bodyEnd,
      {
        flags: (isAsync ? SymbolFlag.async : 0) | (isGenerator ? SymbolFlag.generator : 0),
        signature: rangeText(tokens, token, last),
        returnType: rangeText(tokens, header.type.first, header.type.last),
        parameters: dartParameters(tokens, header.parameters),
      },
    );
    this.#scopes.pop();
    this.#parameterUses(header.parameters, symbol);
    return { symbol, end: bodyEnd, header: tokens.codeBefore(header.next) };
  }
}

const MOST_DECORATORS = 32;
const DEEPEST_FUNCTIONS = 32;

function extract({ text, language }: ExtractInput): FileFacts {
  const file = new DartFile(new Lexer(text, dartSyntax).run(), language);
  file.walk();
  return file.writer.finish();
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
