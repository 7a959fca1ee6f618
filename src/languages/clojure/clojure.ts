/**
 * Clojure at token level: `def…` forms wherever they stand, namespaces and what they require, calls by the head of a list.
 * A call without a namespace, of a name that this file defines and no vector of the same top-level form can shadow, is
 * resolved here.
 */
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { FileFacts } from '#model/facts.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { type DecisionWords, FactWriter, type ParameterText } from '../lexical/fact-writer.ts';
import { Lexer } from '../lexical/lexer.ts';
import { rangeText } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { clojureSyntax } from './clojure-syntax.ts';
import { namespaceForm } from './clojure-namespace.ts';

const branches = [
  'if',
  'if-not',
  'if-let',
  'if-some',
  'when',
  'when-not',
  'when-let',
  'when-some',
  'when-first',
  'cond',
  'condp',
  'case',
  'for',
  'doseq',
  'dotimes',
  'while',
  'loop',
  'catch',
  'cond->',
  'cond->>',
];
const decisions: DecisionWords = {
  paths: new Set(branches),
  branches: new Set(branches),
  continuations: new Set(),
  logical: new Set(['and', 'or']),
};
/** Special forms and the macros that are read as syntax. */
const syntaxWords = new Set([
  ...branches,
  'and',
  'or',
  'do',
  'let',
  'letfn',
  'fn',
  'fn*',
  'quote',
  'var',
  'recur',
  'throw',
  'try',
  'finally',
  'new',
  'set!',
  'binding',
  'with-open',
  'comment',
  '.',
  '..',
  '->',
  '->>',
  'as->',
  'some->',
  'some->>',
  'doto',
  'ns',
  'in-ns',
  'require',
  'use',
  'import',
  'declare',
  'deftest',
  'testing',
  'is',
  'are',
  'reify',
  'proxy',
  'extend-type',
  'extend-protocol',
  'lazy-seq',
  'delay',
  'future',
  'dosync',
  'monitor-enter',
  'monitor-exit',
]);
const definers: ReadonlyMap<string, SymbolKind> = new Map(
  Object.entries({
    def: 'variable',
    defonce: 'variable',
    defn: 'function',
    'defn-': 'function',
    defmacro: 'macro',
    defmulti: 'function',
    defmethod: 'method',
    defprotocol: 'interface',
    definterface: 'interface',
    defrecord: 'class',
    deftype: 'class',
    deftest: 'function',
    defstruct: 'struct',
  } as const),
);

export class ClojureFile {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  /** Symbols defined at the top, by name. */
  readonly defined = new Map<string, number>();
  readonly #calls: { readonly token: number; readonly symbol: number; readonly top: number }[] = [];
  /** Open definitions: the token of their closing bracket. */
  readonly #open: { readonly symbol: number; readonly end: number; readonly kind: SymbolKind }[] = [];

  constructor(tokens: TokenStream, language: string) {
    this.tokens = tokens;
    this.writer = new FactWriter(language, tokens, decisions);
  }

  get #symbol(): number {
    return this.#open.at(-1)?.symbol ?? 0;
  }

  walk(): void {
    const { tokens } = this;
    let top = 0;
    let topEnd = -1;
    let quoteEnd = -1;
    for (let token = 0; token < tokens.count; token++) {
      while (this.#open.length > 0 && token > this.#open.at(-1)!.end) this.#open.pop();
      if (tokens.is(token, '#_')) {
        // A discarded form: the next form is no code. `#_ #_ a b` discards two; one is enough for lists.
        const next = tokens.code(token + 1);
        token = tokens.partner[next]! > next ? tokens.partner[next]! : token;
        continue;
      }
      if (tokens.is(token, "'") && tokens.partner[token + 1]! > token)
        quoteEnd = Math.max(quoteEnd, tokens.partner[token + 1]!);
      if (tokens.is(token, "#'") && tokens.isKind(token + 1, TokenKind.word)) this.#use('read', token + 1);
      if (!tokens.is(token, '(')) continue;
      if (token > topEnd) {
        top = token;
        topEnd = tokens.close(token);
      }
      if (token < quoteEnd) continue;
      const head = tokens.code(token + 1);
      if (!tokens.isKind(head, TokenKind.word)) continue;
      if (tokens.is(head, 'ns') || tokens.is(head, 'in-ns')) {
        namespaceForm(this.writer, token, head);
        token = tokens.close(token);
      } else this.#form(token, head, top);
    }
    for (const call of this.#calls) this.#call(call.token, call.symbol, call.top);
  }

  #form(open: number, head: number, top: number): void {
    const { tokens } = this;
    const word = tokens.at(head);
    const local = word.slice(word.lastIndexOf('/') + 1);
    const kind =
      definers.get(local) ??
      (/^def[a-z-]+[a-z]$/.test(local) && local !== 'default' && top === open ? 'variable' : undefined);
    if (kind !== undefined && local !== 'declare') {
      this.#definition(open, head, kind, local);
      return;
    }
    if (this.#methodOf(open, head)) return;
    if (!syntaxWords.has(word) && /\w/.test(word)) this.#calls.push({ token: head, symbol: this.#symbol, top });
  }

  /** A method inside defprotocol, defrecord, deftype: `(name [this x] …)` directly below. */
  #methodOf(open: number, head: number): boolean {
    const { tokens } = this;
    const owner = this.#open.at(-1);
    if (!owner || (owner.kind !== 'interface' && owner.kind !== 'class')) return false;
    const parameters = tokens.code(head + 1);
    if (!tokens.is(parameters, '[')) return false;
    const end = tokens.close(open);
    const last = this.tokens.codeBefore(end);
    const symbol = this.writer.define({
      kind: 'method',
      name: tokens.at(head),
      parent: owner.symbol,
      token: open,
      nameToken: head,
      parameters: this.#parameters(parameters),
      signature: rangeText(tokens, head, tokens.close(parameters)),
      documentation:
        owner.kind === 'interface' && tokens.isKind(last, TokenKind.string) ? stringText(tokens.at(last)) : undefined,
      flags: owner.kind === 'interface' ? SymbolFlag.abstract | SymbolFlag.declaration : 0,
    });
    this.writer.end(symbol, end);
    this.#open.push({ symbol, end, kind: 'method' });
    return true;
  }

  #definition(open: number, head: number, kind: SymbolKind, definer: string): void {
    const { tokens } = this;
    const end = tokens.close(open);
    let nameToken = tokens.code(head + 1);
    let isPrivate = definer === 'defn-';
    let flags = definer === 'deftest' ? SymbolFlag.test : 0;
    while (tokens.is(nameToken, '^') || tokens.is(nameToken, '#')) {
      const metadata = tokens.code(nameToken + (tokens.is(nameToken + 1, '^') ? 2 : 1));
      const last = tokens.partner[metadata]! > metadata ? tokens.partner[metadata]! : metadata;
      const written = rangeText(tokens, metadata, last) ?? '';
      if (/:private\b/.test(written)) isPrivate = true;
      if (/:const\b/.test(written)) flags |= SymbolFlag.readonly;
      nameToken = tokens.code(last + 1);
    }
    if (!tokens.isKind(nameToken, TokenKind.word) || nameToken >= end) return;
    let at = tokens.code(nameToken + 1);
    const dispatch = definer === 'defmethod' ? at : -1;
    if (dispatch > 0) at = tokens.code((tokens.partner[at]! > at ? tokens.partner[at]! : at) + 1);
    const afterName = tokens.isKind(at, TokenKind.string) ? at : -1;
    const isValue = kind === 'variable';
    // `(def a "x")` is a value, `(def a "doc" 1)` has documentation.
    const documentation =
      afterName > 0 && (!isValue || tokens.code(at + 1) < end) ? stringText(tokens.at(at)) : undefined;
    while (at < end && tokens.ahead(at) && !tokens.is(at, '[') && !tokens.is(at, '('))
      at = (tokens.is(at, '{') ? tokens.close(at) : at) + 1;
    const vector =
      kind === 'variable' || kind === 'interface'
        ? -1
        : tokens.is(at, '[')
          ? at
          : tokens.is(tokens.code(at + 1), '[')
            ? tokens.code(at + 1)
            : -1;
    const fields = kind === 'class' && vector > 0 ? this.#parameters(vector) : [];
    const name = tokens.at(nameToken);
    const symbol = this.writer.define({
      kind,
      name,
      parent: this.#symbol,
      token: open,
      nameToken,
      flags,
      documentation,
      visibility: isPrivate ? 'private' : 'public',
      parameters: vector > 0 ? this.#parameters(vector) : [],
      signature: rangeText(
        tokens,
        open,
        vector > 0 && vector < end ? tokens.close(vector) : dispatch > 0 ? dispatch : nameToken,
      )?.slice(1),
    });
    this.writer.end(symbol, end);
    if (!isPrivate && this.#open.length === 0) this.writer.export(symbol);
    if (this.#open.length === 0 && definer !== 'defmethod') this.defined.set(name, symbol);
    if (definer === 'defmethod') this.writer.reference('implement', name, nameToken, symbol);
    for (const field of fields) {
      const row = this.writer.define({
        kind: 'field',
        name: field.name,
        parent: symbol,
        token: vector,
        nameToken: vector,
        documentation: '',
      });
      this.writer.end(row, tokens.close(vector));
    }
    this.#open.push({ symbol, end, kind });
    if (kind === 'class') this.#protocols(vector, end, symbol);
  }

  /** Names between a record's fields and methods are the protocols that it implements. */
  #protocols(vector: number, end: number, symbol: number): void {
    const { tokens } = this;
    for (let token = tokens.close(Math.max(0, vector)) + 1; token < end && tokens.ahead(token); token++) {
      if (tokens.partner[token]! > token) token = tokens.partner[token]!;
      else if (tokens.isKind(token, TokenKind.word))
        this.writer.reference('implement', tokens.at(token).replace(/^.*[/.]/, ''), token, symbol);
    }
  }

  #parameters(vector: number): readonly ParameterText[] {
    const { tokens } = this;
    const parameters: ParameterText[] = [];
    let isRest = false;
    let type: string | undefined;
    const end = tokens.lastInside(vector);
    for (let token = tokens.code(vector + 1); token <= end && tokens.ahead(token); token = tokens.code(token + 1)) {
      if (tokens.is(token, '^')) {
        type = tokens.at(++token);
        continue;
      }
      if (tokens.is(token, '&')) {
        isRest = true;
        continue;
      }
      const last = tokens.partner[token]! > token ? tokens.partner[token]! : token;
      parameters.push({
        name: (rangeText(tokens, token, last) ?? '').replace(/\s+/g, ' '),
        type,
        kind: isRest ? 'variadic' : 'positional',
      });
      type = undefined;
      token = last;
    }
    return parameters;
  }

  #use(role: 'read', token: number): void {
    this.writer.reference(role, this.tokens.at(token), token, this.#symbol);
  }

  #call(token: number, symbol: number, top: number): void {
    const { tokens, writer } = this;
    const written = tokens.at(token);
    const slash = written.length > 1 ? written.indexOf('/') : -1;
    const name = slash > 0 ? written.slice(slash + 1) : written;
    const open = tokens.codeBefore(token);
    let count = 0;
    if (tokens.partner[open]! < 0) count = -1;
    else
      for (let at = tokens.code(token + 1); at < tokens.close(open) && tokens.ahead(at); at = tokens.code(at + 1)) {
        count++;
        if (tokens.partner[at]! > at) at = tokens.partner[at]!;
      }
    if (/^\.[\w-]/.test(name)) writer.reference('call', name.slice(1), token, symbol, count - 1, '');
    else if (/^[A-Za-z].*\.$/.test(name)) writer.reference('instantiate', name.slice(0, -1), token, symbol, count);
    else {
      const target = slash > 0 || this.#mayShadow(name, top) ? -1 : (this.defined.get(name) ?? -1);
      writer.reference('call', name, token, symbol, count, slash > 0 ? written.slice(0, slash) : undefined, target);
    }
  }

  readonly #shadows = new Map<number, ReadonlySet<string>>();

  /** The name stands in some vector of the top-level form: it may be bound there. */
  #mayShadow(name: string, top: number): boolean {
    let names = this.#shadows.get(top);
    if (!names) this.#shadows.set(top, (names = this.#vectorNames(top)));
    return names.has(name);
  }

  #vectorNames(top: number): ReadonlySet<string> {
    const { tokens } = this;
    const names = new Set<string>();
    let vectorEnd = -1;
    for (let token = top; token < tokens.close(top); token++) {
      if (tokens.is(token, '[')) vectorEnd = Math.max(vectorEnd, tokens.close(token));
      else if (token < vectorEnd && tokens.isKind(token, TokenKind.word) && !tokens.is(tokens.codeBefore(token), '('))
        names.add(tokens.at(token));
    }
    return names;
  }
}

export function stringText(token: string): string {
  return token
    .slice(1, -1)
    .replace(/\\(.)/g, '$1')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

function extract({ text, language }: ExtractInput): FileFacts {
  const file = new ClojureFile(new Lexer(text, clojureSyntax).run(), language);
  file.walk();
  return file.writer.finish();
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
