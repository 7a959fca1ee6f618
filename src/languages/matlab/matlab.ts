/**
 * MATLAB and Octave at token level: functions (with or without `end`), classes with their properties, methods, events and
 * enumerations. A name before a parenthesis is a call unless its function assigns it somewhere.
 */
import type { FileFacts } from '#model/facts.ts';
import { SymbolFlag, type Visibility } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { commentLines } from '../lexical/documentation.ts';
import { type DecisionWords, FactWriter } from '../lexical/fact-writer.ts';
import { Lexer } from '../lexical/lexer.ts';
import { argumentCount, findInRange, pairWords, rangeText, splitRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import {
  assignedNames,
  blocks,
  functionsHaveEnds,
  headerLast,
  isBlockEnd,
  isSection,
  lineLast,
  nextFunction,
} from './matlab-lines.ts';
import { keywords, matlabSyntax } from './matlab-syntax.ts';

const decisions: DecisionWords = {
  paths: new Set(['if', 'elseif', 'for', 'parfor', 'while', 'case', 'catch']),
  branches: new Set(['if', 'for', 'parfor', 'while', 'switch', 'catch']),
  continuations: new Set(['else', 'elseif']),
  logical: new Set(['&&', '||']),
};
/** Functions inside functions whose names are looked at. */
const DEEPEST_FUNCTIONS = 16;

interface Open {
  readonly symbol: number;
  readonly end: number;
  readonly assigned: ReadonlySet<string>;
}
interface Section {
  readonly kind: string;
  readonly end: number;
  readonly visibility: Visibility;
  readonly flags: number;
}

class MatlabFile {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  readonly #functionsEnd: boolean;
  readonly #functions = new Map<string, number>();
  readonly #open: Open[];
  #section: Section | undefined;
  #class = -1;
  #classEnd = -1;

  constructor(tokens: TokenStream, language: string) {
    this.tokens = tokens;
    this.writer = new FactWriter(language, tokens, decisions);
    this.#functionsEnd = functionsHaveEnds(tokens);
    const isBlock = (token: number): boolean =>
      blocks.has(tokens.at(token))
        ? !this.#indexed(token)
        : (this.#functionsEnd && tokens.is(token, 'function')) || isSection(tokens, token);
    pairWords(tokens, isBlock, (token) => isBlockEnd(tokens, token));
    this.#open = [{ symbol: 0, end: tokens.count, assigned: assignedNames(tokens, 0, nextFunction(tokens, -1) - 1) }];
  }

  #indexed(token: number): boolean {
    return this.tokens.is(token - 1, '.');
  }

  walk(): void {
    const { tokens } = this;
    for (const pass of ['define', 'use'] as const) {
      for (let token = 0; token < tokens.count; token++) {
        while (this.#open.length > 1 && token > this.#open.at(-1)!.end) this.#open.pop();
        if (this.#section && token > this.#section.end) this.#section = undefined;
        if (!tokens.isKind(token, TokenKind.word) || tokens.is(token - 1, '.')) continue;
        if (pass === 'define') token = this.#declaration(token);
        else this.#use(token);
      }
      if (pass === 'define') this.#replay();
    }
  }

  /** Function symbols in order of their tokens, for the second pass. */
  readonly #spans: {
    readonly symbol: number;
    readonly token: number;
    readonly end: number;
    readonly header: number;
  }[] = [];
  #span = 0;

  /** Whether a function around this place assigns the name. */
  #assigned(name: string): boolean {
    const outermost = Math.max(0, this.#open.length - DEEPEST_FUNCTIONS);
    for (let at = this.#open.length - 1; at >= outermost; at--) if (this.#open[at]!.assigned.has(name)) return true;
    return false;
  }

  #replay(): void {
    this.#open.length = 1;
    this.#span = 0;
  }

  #declaration(token: number): number {
    const { tokens } = this;
    const word = tokens.at(token);
    if (word === 'function') return this.#function(token);
    if (word === 'classdef') return this.#classdef(token);
    if (this.#class >= 0 && token < this.#classEnd && isSection(tokens, token)) return this.#openSection(token, word);
    if (word === 'import' && tokens.startsLine(token)) return this.#import(token);
    if (this.#section && this.#section.kind !== 'methods' && tokens.startsLine(token) && tokens.partner[token]! < 0)
      return this.#member(token, this.#section);
    if (this.#section?.kind === 'methods' && tokens.startsLine(token) && !keywords.has(word) && this.#open.length === 1)
      return this.#abstractMethod(token);
    return token;
  }

  #import(token: number): number {
    const last = lineLast(this.tokens, token);
    const path = (rangeText(this.tokens, token + 1, last) ?? '').replace(/\s*;$/, '');
    const dot = path.lastIndexOf('.');
    if (path.endsWith('.*')) this.writer.import('star', path.slice(0, -2), token, 0);
    else this.writer.import('member', path.slice(0, Math.max(0, dot)), token, 0, path.slice(dot + 1));
    return last;
  }

  #classdef(token: number): number {
    const { tokens, writer } = this;
    let name = token + 1;
    let flags = 0;
    if (tokens.is(name, '(')) {
      const attributes = rangeText(tokens, name, tokens.close(name)) ?? '';
      flags =
        (/\bAbstract\b(?!\s*=\s*false)/.test(attributes) ? SymbolFlag.abstract : 0) |
        (/\bSealed\b(?!\s*=\s*false)/.test(attributes) ? SymbolFlag.final : 0);
      name = tokens.close(name) + 1;
    }
    if (!tokens.isKind(name, TokenKind.word)) return token;
    const end = tokens.partner[token]! > token ? tokens.partner[token]! : tokens.count - 1;
    const last = lineLast(tokens, name);
    this.#class = writer.define({
      kind: 'class',
      name: tokens.at(name),
      parent: 0,
      token,
      nameToken: name,
      flags,
      signature: rangeText(tokens, token, last),
      documentation: this.#help(last),
    });
    this.#classEnd = end;
    writer.end(this.#class, end);
    writer.export(this.#class);
    const less = findInRange(tokens, name, last, '<');
    for (const part of less < 0 ? [] : splitRange(tokens, less + 1, last, '&'))
      writer.reference('inherit', tokens.at(part.last), part.last, this.#class);
    return last;
  }

  #openSection(token: number, word: string): number {
    const { tokens } = this;
    const open = token + 1;
    const attributes = tokens.is(open, '(') ? (rangeText(tokens, open, tokens.close(open)) ?? '') : '';
    const access = /\bAccess\s*=\s*["']?(\w+)/.exec(attributes)?.[1];
    this.#section = {
      kind: word,
      end: tokens.partner[token]! > token ? tokens.partner[token]! : this.#classEnd,
      visibility: access === 'private' || access === 'protected' ? access : 'public',
      flags:
        (/\bStatic\b(?!\s*=\s*false)/.test(attributes) ? SymbolFlag.static : 0) |
        (/\bAbstract\b(?!\s*=\s*false)/.test(attributes) ? SymbolFlag.abstract : 0) |
        (/\b(?:Constant|SetAccess\s*=\s*["']?immutable)\b/.test(attributes) ? SymbolFlag.readonly : 0),
    };
    return tokens.is(open, '(') ? tokens.close(open) : token;
  }

  #member(token: number, section: Section): number {
    const { tokens, writer } = this;
    const last = lineLast(tokens, token);
    const kind =
      section.kind === 'enumeration'
        ? 'enum-member'
        : section.kind === 'events'
          ? 'property'
          : (section.flags & SymbolFlag.readonly) !== 0
            ? 'constant'
            : 'field';
    const equals = findInRange(tokens, token, last, '=');
    const typeEnd = equals < 0 ? (tokens.is(last, ';') ? last - 1 : last) : equals - 1;
    for (const piece of section.kind === 'enumeration' || section.kind === 'events'
      ? splitRange(tokens, token, last, ',')
      : [{ first: token, last }]) {
      const symbol = writer.define({
        kind,
        name: tokens.at(piece.first),
        parent: this.#class,
        token: piece.first,
        nameToken: piece.first,
        visibility: section.visibility,
        flags: section.flags,
        signature: rangeText(tokens, piece.first, piece.last),
        declaredType: kind === 'field' || kind === 'constant' ? rangeText(tokens, token + 1, typeEnd) : undefined,
      });
      writer.end(symbol, piece.last);
    }
    return last;
  }

  /** `result = name(args)` in a methods section: a method whose body lies in another file. */
  #abstractMethod(token: number): number {
    const { tokens } = this;
    const last = lineLast(tokens, token);
    this.#signature(token, token, last, last, SymbolFlag.declaration);
    return last;
  }

  #function(token: number): number {
    const { tokens } = this;
    const header = headerLast(tokens, token);
    let end = tokens.partner[token]!;
    if (end <= token) {
      const next = nextFunction(tokens, header);
      end = tokens.codeBefore(next);
    }
    const symbol = this.#signature(token, token + 1, header, end, 0);
    if (symbol < 0) return token;
    this.#spans.push({ symbol, token, end, header });
    this.#open.push({ symbol, end, assigned: new Set() });
    return header;
  }

  /** `[a, b] = name(x, y)`, `a = name`, `name(x)`. */
  #signature(token: number, first: number, last: number, end: number, flags: number): number {
    const { tokens, writer } = this;
    const equals = findInRange(tokens, first, last, '=');
    let name = equals < 0 ? first : equals + 1;
    if (!tokens.isKind(name, TokenKind.word)) return -1;
    const start = name;
    while (tokens.is(name + 1, '.') && tokens.isKind(name + 2, TokenKind.word)) name += 2;
    const accessor = name > start ? tokens.at(start) : '';
    const open = name + 1;
    const owner = this.#class >= 0 && token < this.#classEnd ? this.#class : -1;
    const nested = this.#open.length > 1 && token <= this.#open.at(-1)!.end;
    const parent = nested ? this.#open.at(-1)!.symbol : Math.max(0, owner);
    const isMethod = owner >= 0 && !nested;
    const isConstructor = isMethod && tokens.at(name) === writer.nameOf(owner);
    const isFirst = owner < 0 && !nested && this.#functions.size === 0 && tokens.codeBefore(token) < 0;
    const section = this.#section;
    const symbol = writer.define({
      kind: isConstructor ? 'constructor' : isMethod ? 'method' : 'function',
      name: tokens.at(name),
      parent,
      token,
      nameToken: name,
      flags:
        flags |
        (isMethod ? (section?.flags ?? 0) & ~SymbolFlag.readonly : 0) |
        (accessor === 'get' ? SymbolFlag.getter : accessor === 'set' ? SymbolFlag.setter : 0),
      visibility: isMethod ? (section?.visibility ?? 'public') : isFirst ? 'public' : 'private',
      signature: rangeText(tokens, first, last),
      returnType: equals < 0 ? undefined : rangeText(tokens, first, equals - 1),
      documentation: this.#help(last),
      parameters: tokens.is(open, '(')
        ? splitRange(tokens, open + 1, tokens.lastInside(open), ',').map((part) => ({
            name: tokens.at(part.first),
            kind: tokens.at(part.first) === 'varargin' ? ('variadic' as const) : ('positional' as const),
          }))
        : [],
    });
    writer.end(symbol, end);
    if (isFirst) writer.export(symbol);
    if (!isMethod) this.#functions.set(tokens.at(name), symbol);
    return symbol;
  }

  /** The comment below a header is its help text. */
  #help(header: number): string | undefined {
    const { tokens, writer } = this;
    const lines: string[] = [];
    let line = writer.index.line(tokens.start[header]!);
    for (let at = header + 1; tokens.isKind(at, TokenKind.comment); at++) {
      const start = writer.index.line(tokens.start[at]!);
      if (start !== line + 1) break;
      lines.push(...commentLines(tokens.at(at)));
      line = writer.index.line(Math.max(tokens.start[at]!, tokens.end[at]! - 1));
    }
    return lines.length === 0 ? undefined : lines.join('\n').trim();
  }

  #use(token: number): void {
    const { tokens, writer } = this;
    const span = this.#spans[this.#span];
    if (span && token >= span.token) {
      this.#span++;
      this.#open.push({ symbol: span.symbol, end: span.end, assigned: assignedNames(tokens, span.token, span.end) });
    }
    const current = this.#open.at(-1)!;
    const header = this.#spans[this.#span - 1];
    if (header && token <= header.header && token >= header.token) return;
    const name = tokens.at(token);
    if (keywords.has(name) || isSection(tokens, token)) return;
    if (this.#class >= 0 && token < this.#classEnd && current.symbol === 0) return;
    const target = this.#functions.get(name) ?? -1;
    if (tokens.is(token - 1, '@')) writer.reference('read', name, token, current.symbol, -1, undefined, target);
    else if (tokens.is(token + 1, '(') && tokens.breakBefore[token + 1] === 0 && !this.#assigned(name)) {
      writer.reference('call', name, token, current.symbol, argumentCount(tokens, token + 1), undefined, target);
    } else if (target >= 0 && !this.#assigned(name))
      writer.reference('call', name, token, current.symbol, 0, undefined, target);
    // `obj.method(x)`: the word after the dot is read here, where its receiver is known.
    let member = token;
    while (
      tokens.is(member + 1, '.') &&
      tokens.isKind(member + 2, TokenKind.word) &&
      tokens.breakBefore[member + 2] === 0
    )
      member += 2;
    if (member > token && tokens.is(member + 1, '('))
      writer.reference(
        'call',
        tokens.at(member),
        member,
        current.symbol,
        argumentCount(tokens, member + 1),
        rangeText(tokens, token, member - 2),
      );
  }
}
function extract({ text, language }: ExtractInput): FileFacts {
  const file = new MatlabFile(new Lexer(text, matlabSyntax).run(), language);
  file.walk();
  return file.writer.finish();
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
