/** Swift at token level: declarations with their nesting by braces, calls by name. Bodies are read for calls and nested functions. */
import type { FileFacts } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, type Visibility } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { FactWriter } from '../lexical/fact-writer.ts';
import { Lexer } from '../lexical/lexer.ts';
import { argumentCount, findInRange, rangeText, splitRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { bodyStart, conformances, lineEnd } from './swift-ranges.ts';
import { decisions, modifiers, notCalled, types } from './swift-words.ts';
import { swiftHeader, swiftParameters } from './swift-header.ts';
import { swiftSyntax } from './swift-syntax.ts';

const MOST_ATTRIBUTES = 32;

interface Scope {
  readonly symbol: number;
  /** Token that ends the scope. */
  readonly end: number;
  /** Members are declared here, statements are not. */
  readonly kind: 'file' | 'type' | 'enum' | 'protocol' | 'body';
  readonly visibility: Visibility;
}

interface Pending {
  token: number;
  flags: number;
  visibility: Visibility | undefined;
  attributes: string[];
}

class SwiftFile {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  readonly #scopes: Scope[];
  #pending: Pending | undefined;

  constructor(tokens: TokenStream, language: string) {
    this.tokens = tokens;
    this.writer = new FactWriter(language, tokens, decisions);
    this.#scopes = [{ symbol: 0, end: tokens.count, kind: 'file', visibility: 'internal' }];
  }

  get #scope(): Scope {
    return this.#scopes[this.#scopes.length - 1]!;
  }

  walk(): void {
    const { tokens } = this;
    let token = tokens.code(0);
    while (token < tokens.count) {
      while (this.#scopes.length > 1 && token >= this.#scope.end) this.#scopes.pop();
      token = tokens.code(this.#step(token));
    }
  }

  /** Reads what starts at the token; returns the token after it. */
  #step(token: number): number {
    const { tokens } = this;
    if (tokens.is(token, '@') && tokens.isKind(token + 1, TokenKind.word)) {
      const pending = this.#begin(token);
      if (pending.attributes.length < MOST_ATTRIBUTES) pending.attributes.push(tokens.at(token + 1));
      this.writer.reference('decorate', tokens.at(token + 1), token + 1, this.#scope.symbol);
      const open = token + 2;
      return tokens.is(open, '(') && tokens.start[open] === tokens.end[token + 1] ? tokens.close(open) + 1 : open;
    }
    if (!tokens.isKind(token, TokenKind.word) || tokens.is(token - 1, '.')) {
      if (!tokens.isKind(token, TokenKind.word)) this.#pending = undefined;
      else this.#call(token);
      return token + 1;
    }
    const word = tokens.at(token);
    const modifier = modifiers.get(word);
    const next = tokens.code(token + 1);
    const isTypeModifier = word === 'class' && /^(?:func|var|let|subscript|final|override)$/.test(tokens.at(next));
    if (
      (modifier || isTypeModifier) &&
      (tokens.isKind(next, TokenKind.word) || tokens.is(next, '(') || tokens.is(next, '@'))
    ) {
      const isSetter = tokens.is(next, '(') && /^(?:set|unsafe|safe)$/.test(tokens.at(next + 1));
      if (tokens.is(next, '(') && !isSetter) return this.#call(token);
      const pending = this.#begin(token);
      pending.flags |= isTypeModifier ? SymbolFlag.static : (modifier?.flags ?? 0);
      if (!isSetter && modifier?.visibility) pending.visibility = modifier.visibility;
      return isSetter ? tokens.close(next) + 1 : token + 1;
    }
    return this.#declaration(word, token, next) ?? this.#call(token);
  }

  #begin(token: number): Pending {
    this.#pending ??= { token, flags: 0, visibility: undefined, attributes: [] };
    return this.#pending;
  }

  /** A declaration's modifiers, read so far. */
  #take(token: number): Pending {
    const taken = this.#pending ?? { token, flags: 0, visibility: undefined, attributes: [] };
    this.#pending = undefined;
    return taken;
  }

  #define(
    kind: SymbolKind,
    name: string,
    token: number,
    nameToken: number,
    header: {
      readonly signature?: string | undefined;
      readonly returnType?: string | undefined;
      readonly declaredType?: string | undefined;
      readonly parameters?: ReturnType<typeof swiftParameters>;
      readonly flags?: number;
      readonly owner?: string | undefined;
    },
    end: number,
  ): number {
    const pending = this.#take(token);
    const scope = this.#scope;
    const visibility =
      pending.visibility ?? (scope.kind === 'body' ? 'private' : scope.kind === 'file' ? 'internal' : scope.visibility);
    const symbol = this.writer.define({
      kind,
      name: name.replace(/`/g, ''),
      parent: scope.symbol,
      token: pending.token,
      nameToken,
      visibility,
      flags:
        pending.flags |
        (header.flags ?? 0) |
        (pending.attributes.includes('main') ? SymbolFlag.entryPoint : 0) |
        (pending.attributes.includes('Test') || (kind === 'method' && /^test[A-Z_]/.test(name)) ? SymbolFlag.test : 0),
      signature: header.signature,
      returnType: header.returnType,
      declaredType: header.declaredType,
      owner: header.owner,
      parameters: header.parameters ?? [],
      decorators: pending.attributes,
    });
    this.writer.end(symbol, end);
    if (visibility === 'public') this.writer.export(symbol);
    return symbol;
  }

  #declaration(word: string, token: number, next: number): number | undefined {
    const { tokens } = this;
    const scope = this.#scope;
    if (word === 'import') return this.#import(token, next);
    if (types.has(word) && tokens.isKind(next, TokenKind.word) && !tokens.is(next, 'func'))
      return this.#type(word, token, next);
    if (
      word === 'func' ||
      (scope.kind !== 'body' &&
        ((word === 'init' && /^[(?!<]$/.test(tokens.at(next))) ||
          (word === 'subscript' && /^[(<]$/.test(tokens.at(next))) ||
          (word === 'deinit' && tokens.is(next, '{'))))
    )
      return this.#function(word, token, next);
    if (word === 'typealias' || word === 'associatedtype') {
      const equals = tokens.is(next + 1, '=') ? next + 1 : -1;
      const end = lineEnd(this.tokens, next, this.#scope.end);
      this.#define(
        'type',
        tokens.at(next),
        token,
        next,
        {
          signature: rangeText(tokens, token, end),
          declaredType: equals < 0 ? undefined : rangeText(tokens, equals + 1, end),
        },
        end,
      );
      return end + 1;
    }
    if (word === 'case' && scope.kind === 'enum') return this.#enumCases(token, next);
    if ((word === 'var' || word === 'let') && scope.kind !== 'body') return this.#property(word, token, next);
    if (word === 'macro' && scope.kind === 'file' && tokens.isKind(next, TokenKind.word)) {
      const end = lineEnd(this.tokens, next, this.#scope.end);
      this.#define(
        'macro',
        tokens.at(next),
        token,
        next,
        {
          signature: rangeText(tokens, token, end),
          parameters: tokens.is(next + 1, '(') ? swiftParameters(tokens, next + 1) : [],
        },
        end,
      );
      return end + 1;
    }
    return undefined;
  }

  #import(token: number, next: number): number {
    const { tokens } = this;
    let first = next;
    if (/^(?:struct|class|enum|protocol|func|var|let|typealias)$/.test(tokens.at(first))) first++;
    let last = first;
    while (tokens.is(last + 1, '.') && tokens.breakBefore[last + 1] === 0) last += 2;
    const isMember = first !== next;
    const path = rangeText(tokens, first, isMember ? last - 2 : last) ?? '';
    this.writer.import(
      isMember ? 'member' : 'module',
      path,
      token,
      this.#scope.symbol,
      isMember ? tokens.at(last) : undefined,
    );
    this.#pending = undefined;
    return last + 1;
  }

  #type(word: string, token: number, next: number): number {
    const { tokens } = this;
    const open = bodyStart(this.tokens, next);
    const end = open < 0 ? lineEnd(this.tokens, next, this.#scope.end) : tokens.close(open);
    const last = open < 0 ? end : open - 1;
    const visibility = this.#pending?.visibility;
    let nameToken = next;
    while (word === 'extension' && tokens.is(nameToken + 1, '.')) nameToken += 2;
    const isExtension = word === 'extension';
    const symbol = this.#define(
      isExtension ? 'namespace' : types.get(word)!,
      isExtension ? `extension ${rangeText(tokens, next, nameToken) ?? ''}` : tokens.at(next),
      token,
      nameToken,
      { signature: rangeText(tokens, token, last), ...(isExtension ? { owner: undefined } : {}) },
      end,
    );
    if (isExtension) this.writer.reference('type', tokens.at(nameToken), nameToken, symbol);
    const colon = conformances(this.tokens, nameToken + 1, last);
    if (colon > 0) {
      const where = findInRange(tokens, colon, last, 'where');
      for (const part of splitRange(tokens, colon + 1, where > 0 ? where - 1 : last, ',')) {
        const angle = findInRange(tokens, part.first, part.last, '<');
        const name = angle > 0 ? angle - 1 : part.last;
        if (tokens.isKind(name, TokenKind.word))
          this.writer.reference(
            word === 'class' || word === 'protocol' ? 'inherit' : 'implement',
            tokens.at(name),
            name,
            symbol,
          );
      }
    }
    if (open < 0) return end + 1;
    this.#scopes.push({
      symbol,
      end,
      kind: word === 'enum' ? 'enum' : word === 'protocol' ? 'protocol' : 'type',
      visibility: visibility === 'public' && (word === 'protocol' || isExtension) ? 'public' : 'internal',
    });
    return open + 1;
  }

  #function(word: string, token: number, next: number): number {
    const { tokens } = this;
    const named = word === 'func';
    const nameToken = named ? next : token;
    // An operator's name is one or more punctuation tokens.
    let open = named ? next + 1 : next;
    if (named && !tokens.isKind(next, TokenKind.word))
      while (open < tokens.count && !tokens.is(open, '(') && open < next + 6) open++;
    const name = named ? (rangeText(tokens, next, tokens.isKind(next, TokenKind.word) ? next : open - 1) ?? '') : word;
    const header = swiftHeader(tokens, open);
    const { scope, kind } = this.#functionKind(word);
    const flags =
      (header.isAsync ? SymbolFlag.async : 0) |
      (scope === 'protocol' || header.body < 0
        ? SymbolFlag.declaration | (scope === 'protocol' ? SymbolFlag.abstract : 0)
        : 0) |
      (tokens.isKind(next, TokenKind.word) || !named ? 0 : SymbolFlag.operator);
    const symbol = this.#define(
      kind,
      name,
      token,
      nameToken,
      {
        signature: rangeText(tokens, token, header.last),
        returnType: header.returnType,
        parameters: header.parameters,
        flags,
      },
      header.body < 0 ? header.last : tokens.close(header.body),
    );
    if (header.body < 0) return header.last + 1;
    this.#scopes.push({ symbol, end: tokens.close(header.body), kind: 'body', visibility: 'private' });
    return header.body + 1;
  }

  #functionKind(word: string): { readonly scope: Scope['kind']; readonly kind: SymbolKind } {
    const scope = this.#scope.kind;
    if (word === 'init') return { scope, kind: 'constructor' };
    if (word === 'subscript') return { scope, kind: 'property' };
    return { scope, kind: scope === 'file' || scope === 'body' ? 'function' : 'method' };
  }

  #enumCases(token: number, next: number): number {
    const { tokens } = this;
    const end = lineEnd(this.tokens, next, this.#scope.end);
    const pending = this.#pending;
    for (const { first, last } of splitRange(tokens, next, end, ',')) {
      this.#pending = pending && { ...pending };
      this.#define(
        'enum-member',
        tokens.at(first),
        first === next ? token : first,
        first,
        {
          signature: rangeText(tokens, first, last),
          parameters: tokens.is(first + 1, '(') ? swiftParameters(tokens, first + 1) : [],
        },
        last,
      );
    }
    return end + 1;
  }

  #property(word: string, token: number, next: number): number {
    const { tokens } = this;
    if (!tokens.isKind(next, TokenKind.word)) return token + 1;
    const colon = tokens.is(next + 1, ':') ? next + 1 : -1;
    let stop = colon < 0 ? next + 1 : colon + 1;
    while (
      tokens.ahead(stop) &&
      !/^[={,]$/.test(tokens.at(stop)) &&
      !(stop > colon + 1 && tokens.breakBefore[stop] === 1)
    )
      stop = (tokens.partner[stop]! > stop ? tokens.partner[stop]! : stop) + 1;
    const accessors = tokens.is(stop, '{') ? stop : -1;
    const end = accessors > 0 ? tokens.close(accessors) : lineEnd(this.tokens, next, this.#scope.end);
    const isMember = this.#scope.kind !== 'file';
    const isComputed = accessors > 0 && word === 'var';
    const symbol = this.#define(
      isComputed ? 'property' : isMember ? 'field' : word === 'let' ? 'constant' : 'variable',
      tokens.at(next),
      token,
      next,
      {
        signature: rangeText(tokens, token, stop - 1),
        declaredType: colon < 0 ? undefined : rangeText(tokens, colon + 1, stop - 1),
        flags:
          (word === 'let' ? SymbolFlag.readonly : 0) |
          (this.#scope.kind === 'protocol' ? SymbolFlag.abstract | SymbolFlag.declaration : 0),
      },
      end,
    );
    if (end > stop) this.#scopes.push({ symbol, end: end + 1, kind: 'body', visibility: 'private' });
    return stop + 1;
  }

  /** A call by name; returns the token after the name, so that its arguments are read too. */
  #call(token: number): number {
    const { tokens } = this;
    this.#pending = undefined;
    const word = tokens.at(token);
    const open = token + 1;
    if (notCalled.has(word) && !(word === 'init' && tokens.is(token - 1, '.'))) return token + 1;
    const called =
      (tokens.is(open, '(') && tokens.breakBefore[open] === 0) ||
      (tokens.is(open, '{') && tokens.is(token - 1, '.') && tokens.breakBefore[open] === 0);
    if (!called) return token + 1;
    const isMember = tokens.is(token - 1, '.');
    const before = tokens.is(token - 2, '?') || tokens.is(token - 2, '!') ? token - 3 : token - 2;
    const receiver = isMember ? (tokens.isKind(before, TokenKind.word) ? tokens.at(before) : '') : undefined;
    this.writer.reference(
      'call',
      word,
      token,
      this.#scope.symbol,
      tokens.is(open, '(') ? argumentCount(tokens, open) : 1,
      receiver,
    );
    return token + 1;
  }
}

function extract({ text, language }: ExtractInput): FileFacts {
  const file = new SwiftFile(new Lexer(text, swiftSyntax).run(), language);
  file.walk();
  return file.writer.finish();
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
