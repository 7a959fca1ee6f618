/** Perl at token level: packages, subs, constants, what is used; calls by name, bound to subs of the same package. */
import type { FileFacts } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { type DecisionWords, FactWriter, type ParameterText } from '../lexical/fact-writer.ts';
import { Lexer } from '../lexical/lexer.ts';
import { argumentCount, rangeText, splitRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { isPrototype, keywords, wordList } from './perl-words.ts';
import { perlSyntax } from './perl-syntax.ts';

const decisions: DecisionWords = {
  paths: new Set(['if', 'elsif', 'unless', 'while', 'until', 'for', 'foreach', 'when', '?']),
  branches: new Set(['if', 'unless', 'while', 'until', 'for', 'foreach', 'given', 'when']),
  continuations: new Set(['else', 'elsif']),
  logical: new Set(['&&', '||', '//', 'and', 'or']),
};
interface Scope {
  readonly symbol: number;
  readonly end: number;
  readonly package: number;
}

class PerlFile {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  /** Subs by `package name`. */
  readonly #subs = new Map<string, number>();
  readonly #calls: { readonly token: number; readonly symbol: number; readonly package: number }[] = [];
  readonly #scopes: Scope[];

  constructor(tokens: TokenStream, language: string) {
    this.tokens = tokens;
    this.writer = new FactWriter(language, tokens, decisions);
    this.#scopes = [{ symbol: 0, end: tokens.count, package: 0 }];
  }

  get #symbol(): number {
    return this.#scopes.at(-1)!.symbol;
  }

  get #package(): number {
    return this.#scopes.at(-1)!.package;
  }

  walk(): void {
    const { tokens } = this;
    for (let token = 0; token < tokens.count; token++) {
      while (this.#scopes.length > 1 && token > this.#scopes.at(-1)!.end) this.#scopes.pop();
      if (!tokens.isKind(token, TokenKind.word)) continue;
      const before = tokens.at(token - 1);
      if (before === '->') {
        if (!/^[$@%]/.test(tokens.at(token))) this.#method(token);
      } else if (before !== '{' || !tokens.is(token + 1, '}')) token = this.#word(token);
    }
    for (const call of this.#calls) this.#call(call);
  }

  #word(token: number): number {
    const { tokens } = this;
    const word = tokens.at(token);
    if (tokens.is(token + 1, '=>')) return token;
    switch (word) {
      case 'package':
      case 'class':
      case 'role':
        return tokens.isKind(token + 1, TokenKind.word) && tokens.startsLine(token) ? this.#openPackage(token) : token;
      case 'sub':
      case 'method':
        return tokens.isKind(token + 1, TokenKind.word) ? this.#sub(token) : token;
      case 'use':
      case 'no':
      case 'require':
        return this.#use(token, word);
      case 'our':
        return this.#variables(token);
      case 'has':
        return this.#attribute(token);
      default:
    }
    if (/^[$@%]/.test(word)) {
      if (word === '@ISA' && tokens.is(token + 1, '=')) this.#parents(token + 2, this.#statementEnd(token));
      return token;
    }
    const name = this.#qualified(token);
    const isCall = tokens.is(name + 1, '(') || tokens.is(token - 1, '&');
    if (isCall && !keywords.has(word)) this.#calls.push({ token, symbol: this.#symbol, package: this.#package });
    return name;
  }

  /** Last token of `A::B::c`. */
  #qualified(token: number): number {
    let last = token;
    while (
      this.tokens.is(last + 1, '::') &&
      this.tokens.isKind(last + 2, TokenKind.word) &&
      this.tokens.breakBefore[last + 2] === 0
    )
      last += 2;
    return last;
  }

  #statementEnd(token: number): number {
    const { tokens } = this;
    for (let at = token; tokens.ahead(at); at++) {
      if (tokens.is(at, ';') || tokens.is(at, '}')) return at;
      if (tokens.partner[at]! > at) at = tokens.partner[at]!;
    }
    return tokens.count - 1;
  }

  #openPackage(token: number): number {
    const { tokens, writer } = this;
    const last = this.#qualified(token + 1);
    let open = last + 1;
    if (tokens.isKind(open, TokenKind.number)) open++;
    const isBlock = tokens.is(open, '{');
    if (!isBlock) while (this.#scopes.length > 1) this.#scopes.pop();
    let end = isBlock ? tokens.close(open) : tokens.count - 1;
    // Without a block, a package lasts to the next one.
    for (let at = open; !isBlock && tokens.ahead(at); at++) {
      if (tokens.is(at, 'package') && tokens.startsLine(at) && tokens.isKind(at + 1, TokenKind.word)) {
        end = tokens.codeBefore(at);
        break;
      }
      if (tokens.partner[at]! > at) at = tokens.partner[at]!;
    }
    const symbol = writer.define({
      kind: 'class',
      name: (rangeText(tokens, token + 1, last) ?? '').replace(/\s/g, ''),
      parent: this.#symbol,
      token,
      nameToken: token + 1,
      signature: rangeText(tokens, token, last),
    });
    writer.end(symbol, end);
    writer.export(symbol);
    this.#scopes.push({ symbol, end, package: symbol });
    return last;
  }

  #sub(token: number): number {
    const { tokens, writer } = this;
    const nameToken = this.#qualified(token + 1);
    const name = tokens.at(nameToken);
    const qualifier = nameToken > token + 1 ? (rangeText(tokens, token + 1, nameToken - 2) ?? undefined) : undefined;
    let at = nameToken + 1;
    while (tokens.ahead(at) && !tokens.is(at, '{') && !tokens.is(at, ';'))
      at = (tokens.partner[at]! > at ? tokens.partner[at]! : at) + 1;
    const isDeclaration = !tokens.is(at, '{');
    const end = isDeclaration ? Math.min(at, tokens.count - 1) : tokens.close(at);
    const header = tokens.is(nameToken + 1, '(') ? nameToken + 1 : -1;
    const parameters =
      header > 0 && !isPrototype(tokens, header) ? this.#signature(header) : isDeclaration ? [] : this.#arguments(at);
    const isMethod = this.#package > 0;
    const symbol = writer.define({
      kind: name === 'new' && isMethod ? 'constructor' : isMethod ? 'method' : 'function',
      name,
      parent: this.#symbol,
      token,
      nameToken,
      owner: qualifier,
      parameters,
      signature: rangeText(tokens, token, Math.max(nameToken, at - 1)),
      visibility: name.startsWith('_') ? 'private' : 'public',
      flags: isDeclaration ? SymbolFlag.declaration : 0,
    });
    writer.end(symbol, end);
    if (!name.startsWith('_')) writer.export(symbol);
    if (qualifier === undefined) this.#subs.set(`${this.#package} ${name}`, symbol);
    if (!isDeclaration) this.#scopes.push({ symbol, end, package: this.#package });
    return at;
  }

  #signature(open: number): readonly ParameterText[] {
    const { tokens } = this;
    return splitRange(tokens, open + 1, tokens.lastInside(open), ',').map(({ first, last }) => ({
      name: tokens.at(first),
      default: last > first + 1 ? rangeText(tokens, first + 2, last) : undefined,
      kind: /^[@%]/.test(tokens.at(first)) ? ('variadic' as const) : ('positional' as const),
    }));
  }

  /** `my ($self, %options) = @_;` and `my $self = shift;` at the top of a body name the parameters. */
  #arguments(body: number): readonly ParameterText[] {
    const { tokens } = this;
    const parameters: ParameterText[] = [];
    for (let at = tokens.code(body + 1); tokens.is(at, 'my'); at = tokens.code(this.#statementEnd(at) + 1)) {
      const next = at + 1;
      if (tokens.is(next, '(')) {
        const close = tokens.close(next);
        if (tokens.is(close + 1, '=') && tokens.is(close + 2, '@_')) return [...parameters, ...this.#signature(next)];
        break;
      }
      if (!tokens.is(next + 1, '=') || !tokens.is(next + 2, 'shift')) break;
      parameters.push({ name: tokens.at(next) });
    }
    return parameters;
  }

  #use(token: number, word: string): number {
    const { tokens, writer } = this;
    const end = this.#statementEnd(token);
    const first = token + 1;
    if (tokens.isKind(first, TokenKind.string)) {
      writer.import('include', tokens.at(first).slice(1, -1), token, this.#symbol);
      return end - 1;
    }
    if (!tokens.isKind(first, TokenKind.word) || word === 'no' || /^[$@%]/.test(tokens.at(first))) return first;
    const last = this.#qualified(first);
    const module = (rangeText(tokens, first, last) ?? '').replace(/\s/g, '');
    if (module === 'constant') this.#constants(last + 1, end);
    else if (module === 'parent' || module === 'base') this.#parents(last + 1, end);
    else if (!/^(?:strict|warnings|utf8|feature|integer|bytes|vars|lib|v\d.*)$/.test(module)) {
      const names = word === 'require' ? [] : wordList(tokens, last + 1, end);
      if (names.length === 0) writer.import('module', module, token, this.#symbol);
      for (const name of names) writer.import('member', module, token, this.#symbol, name);
    }
    return end - 1;
  }

  #parents(first: number, end: number): void {
    for (const name of wordList(this.tokens, first, end)) {
      if (name.startsWith('-')) continue;
      this.writer.import('module', name, first, this.#symbol);
      const token = this.writer.tokens.isKind(first, TokenKind.string) ? first : this.tokens.code(first);
      this.writer.reference('inherit', name, token, this.#package);
    }
  }

  /** `use constant PI => 3;`, `use constant { A => 1, B => 2 };` */
  #constants(first: number, end: number): void {
    const { tokens, writer } = this;
    const isBlock = tokens.is(first, '{');
    const pieces = isBlock ? splitRange(tokens, first + 1, tokens.lastInside(first), ',') : [{ first, last: end - 1 }];
    for (const piece of pieces) {
      if (!tokens.isKind(piece.first, TokenKind.word) || (isBlock && !tokens.is(piece.first + 1, '=>'))) continue;
      const symbol = writer.define({
        kind: 'constant',
        name: tokens.at(piece.first),
        parent: this.#package,
        token: piece.first,
        nameToken: piece.first,
        flags: SymbolFlag.readonly,
        signature: rangeText(tokens, piece.first, piece.last),
      });
      writer.end(symbol, piece.last);
      writer.export(symbol);
    }
  }

  #variables(token: number): number {
    const { tokens, writer } = this;
    const open = token + 1;
    const names = tokens.is(open, '(')
      ? splitRange(tokens, open + 1, tokens.lastInside(open), ',').map(({ first }) => first)
      : [open];
    for (const name of names) {
      if (
        !/^[$@%]\w/.test(tokens.at(name)) ||
        /^@(?:ISA|EXPORT|EXPORT_OK)$|^\$VERSION$|^%EXPORT_TAGS$/.test(tokens.at(name))
      )
        continue;
      const symbol = writer.define({
        kind: 'variable',
        name: tokens.at(name),
        parent: this.#package,
        token,
        nameToken: name,
      });
      writer.end(symbol, Math.max(name, this.#statementEnd(token) - 1));
      writer.export(symbol);
    }
    return token;
  }

  /** Moose's and Moo's `has name => (…)`. */
  #attribute(token: number): number {
    const { tokens, writer } = this;
    const name = tokens.is(token + 1, '(') ? token + 2 : token + 1;
    if (!tokens.is(name + 1, '=>') || this.#package === 0) return token;
    const symbol = writer.define({
      kind: 'property',
      name: tokens.at(name).replace(/^['"]|['"]$/g, ''),
      parent: this.#package,
      token,
      nameToken: name,
    });
    writer.end(symbol, this.#statementEnd(token));
    return name;
  }

  #method(token: number): void {
    const { tokens, writer } = this;
    const before = token - 2;
    let first = before;
    while (tokens.is(first - 1, '::') && tokens.isKind(first - 2, TokenKind.word)) first -= 2;
    const receiver = tokens.isKind(before, TokenKind.word) ? (rangeText(tokens, first, before) ?? '') : '';
    writer.reference(
      'call',
      tokens.at(token),
      token,
      this.#symbol,
      tokens.is(token + 1, '(') ? argumentCount(tokens, token + 1) : 0,
      receiver,
    );
  }

  #call({
    token,
    symbol,
    package: owner,
  }: {
    readonly token: number;
    readonly symbol: number;
    readonly package: number;
  }): void {
    const { tokens, writer } = this;
    const last = this.#qualified(token);
    const receiver = last > token ? (rangeText(tokens, token, last - 2) ?? '') : undefined;
    const target = receiver === undefined ? (this.#subs.get(`${owner} ${tokens.at(last)}`) ?? -1) : -1;
    writer.reference(
      'call',
      tokens.at(last),
      last,
      symbol,
      tokens.is(last + 1, '(') ? argumentCount(tokens, last + 1) : -1,
      receiver,
      target,
    );
  }
}

function extract({ text, language }: ExtractInput): FileFacts {
  const file = new PerlFile(new Lexer(text, perlSyntax()).run(), language);
  file.walk();
  return file.writer.finish();
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
