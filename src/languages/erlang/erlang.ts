/**
 * Erlang at token level. A file is a row of forms, each ended by a full stop. Clauses of one function (same name, same
 * arity, in a row) are one symbol; a call without a module, to a function of this file with that arity, is resolved here,
 * as Erlang itself does.
 */
import type { FileFacts } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { FactWriter, type DecisionWords, type ParameterText } from '../lexical/fact-writer.ts';
import { Lexer } from '../lexical/lexer.ts';
import { argumentCount, findInRange, pairWords, rangeText, splitRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { atomText, erlangSyntax, isVariable } from './erlang-syntax.ts';

/** Every alternative but the first of a function, `case`, `if`, `receive` or guard follows a semicolon. */
const decisions: DecisionWords = {
  paths: new Set([';', 'catch', '||']),
  branches: new Set(['case', 'if', 'receive', 'try']),
  continuations: new Set(['catch']),
  logical: new Set(['andalso', 'orelse']),
};
const reserved = new Set([
  'after',
  'and',
  'andalso',
  'band',
  'begin',
  'bnot',
  'bor',
  'bsl',
  'bsr',
  'bxor',
  'case',
  'catch',
  'cond',
  'div',
  'else',
  'end',
  'fun',
  'if',
  'let',
  'maybe',
  'not',
  'of',
  'or',
  'orelse',
  'receive',
  'rem',
  'try',
  'when',
  'xor',
]);
const blockWords = new Set(['begin', 'case', 'if', 'receive', 'try', 'maybe']);

interface Form {
  readonly first: number;
  /** The token before the full stop. */
  readonly last: number;
}

interface State {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  /** Function symbols by `name/arity`. */
  readonly functions: Map<string, number>;
  readonly exported: Set<string>;
  readonly specs: Map<string, { readonly signature: string; readonly returnType: string | undefined }>;
  exportAll: boolean;
  documentation: string | undefined;
}

function formsOf(tokens: TokenStream): readonly Form[] {
  const forms: Form[] = [];
  let first = tokens.code(0);
  for (let token = first; token < tokens.count; token++) {
    const stop = tokens.is(token, '.') && (token + 1 >= tokens.count || tokens.start[token + 1]! > tokens.end[token]!);
    if (stop) {
      forms.push({ first, last: token - 1 });
      first = tokens.code(token + 1);
      token = first - 1;
    } else if (token > first && opensForm(tokens, token)) {
      // The full stop of the form before was forgotten: a line that starts an attribute or a function head recovers.
      tokens.broken = true;
      forms.push({ first, last: tokens.codeBefore(token) });
      first = token;
    }
  }
  if (first < tokens.count) {
    tokens.broken = true;
    forms.push({ first, last: tokens.count - 1 });
  }
  return forms;
}

/** `-module(`, `-spec` … at the start of a line: nothing else looks like that. */
function opensForm(tokens: TokenStream, token: number): boolean {
  if (!tokens.is(token, '-') || tokens.breakBefore[token] !== 1 || tokens.end[token] !== tokens.start[token + 1])
    return false;
  return (
    /^(?:module|export|export_type|include|include_lib|record|define|spec|type|opaque|callback|behaviou?r|import|ifdef|ifndef|endif|undef)$/.test(
      tokens.at(token + 1),
    ) &&
    (tokens.text.charCodeAt(tokens.start[token]! - 1) === 10 || tokens.start[token] === 0)
  );
}

const nameArity = (tokens: TokenStream, first: number): string =>
  `${atomText(tokens.at(first))}/${tokens.at(first + 2)}`;

function collectAttributes(state: State, forms: readonly Form[]): void {
  const { tokens } = state;
  for (const form of forms) {
    if (!tokens.is(form.first, '-')) continue;
    const name = tokens.at(form.first + 1);
    const open = form.first + 2;
    if (name === 'export' || name === 'export_type') {
      for (let token = open; token <= form.last; token++) {
        if (tokens.is(token, '/'))
          state.exported.add(`${name === 'export_type' ? 'type ' : ''}${nameArity(tokens, token - 1)}`);
      }
    } else if (name === 'compile' && (rangeText(tokens, open, form.last) ?? '').includes('export_all'))
      state.exportAll = true;
    else if (name === 'spec' || name === 'callback') {
      const head = tokens.is(open, '(') && tokens.partner[open] === form.last ? open + 1 : open;
      const parameters = tokens.is(head + 1, ':') ? head + 3 : head + 1;
      if (!tokens.is(parameters, '(')) continue;
      const key = `${atomText(tokens.at(parameters - 1))}/${argumentCount(tokens, parameters)}`;
      const arrow = tokens.is(tokens.close(parameters) + 1, '->') ? tokens.close(parameters) + 1 : -1;
      const end =
        arrow < 0
          ? form.last
          : [';', 'when'].reduce((least, mark) => {
              const found = findInRange(tokens, arrow, form.last, mark);
              return found > 0 ? Math.min(least, found - 1) : least;
            }, form.last);
      state.specs.set(key, {
        signature: rangeText(tokens, parameters - 1, form.last) ?? '',
        returnType: arrow < 0 ? undefined : rangeText(tokens, arrow + 1, end),
      });
    }
  }
}

function stringText(token: string): string {
  return token.replace(/^~?"+\n?|\n?[ \t]*"+$/g, '').replace(/\\(.)/g, '$1');
}

function attribute(state: State, form: Form): void {
  const { tokens, writer } = state;
  const name = tokens.at(form.first + 1);
  const open = form.first + 2;
  const argument = tokens.is(open, '(') ? open + 1 : open;
  const argumentText = tokens.at(argument);
  switch (name) {
    case 'module':
      writer.nameModule(atomText(argumentText), state.documentation);
      return;
    case 'doc':
    case 'moduledoc':
      if (!tokens.isKind(argument, TokenKind.string)) return;
      if (name === 'moduledoc') writer.nameModule(writer.nameOf(0), stringText(argumentText));
      else state.documentation = stringText(argumentText);
      return;
    case 'include':
    case 'include_lib':
      writer.import('include', argumentText.slice(1, -1), argument, 0);
      return;
    case 'behaviour':
    case 'behavior':
      writer.import('module', atomText(argumentText), argument, 0);
      writer.reference('implement', atomText(argumentText), argument, 0);
      return;
    case 'import':
      for (let token = argument; token <= form.last; token++) {
        if (tokens.is(token, '/'))
          writer.import('member', atomText(argumentText), token - 1, 0, atomText(tokens.at(token - 1)));
      }
      return;
    case 'record': {
      const record = writer.define({
        kind: 'struct',
        name: atomText(argumentText),
        parent: 0,
        token: form.first,
        nameToken: argument,
        signature: `#${argumentText}{}`,
      });
      writer.end(record, form.last);
      const fields = findInRange(tokens, argument, form.last, '{');
      if (fields < 0) return;
      for (const { first, last } of splitRange(tokens, fields + 1, tokens.lastInside(fields), ',')) {
        const type = findInRange(tokens, first, last, '::');
        const field = writer.define({
          kind: 'field',
          name: atomText(tokens.at(first)),
          parent: record,
          token: first,
          nameToken: first,
          declaredType: type < 0 ? undefined : rangeText(tokens, type + 1, last),
        });
        writer.end(field, last);
        uses(state, first + 1, type < 0 ? last : type - 1, record);
        if (type > 0) uses(state, type + 1, last, record, 'type');
      }
      return;
    }
    case 'type':
    case 'opaque':
    case 'callback': {
      const arity = tokens.is(argument + 1, '(') ? argumentCount(tokens, argument + 1) : 0;
      const isType = name !== 'callback';
      const symbol = writer.define({
        kind: isType ? 'type' : 'method',
        name: atomText(argumentText),
        parent: 0,
        token: form.first,
        nameToken: argument,
        signature: rangeText(tokens, argument, form.last),
        flags: isType ? 0 : SymbolFlag.declaration | SymbolFlag.abstract,
      });
      writer.end(symbol, form.last);
      if (!isType || state.exported.has(`type ${atomText(argumentText)}/${arity}`)) writer.export(symbol);
      else writer.setVisibility(symbol, 'private');
      return;
    }
    case 'define': {
      const parameters = tokens.is(argument + 1, '(') ? argument + 1 : -1;
      const symbol = writer.define({
        kind: parameters > 0 ? 'macro' : 'constant',
        name: atomText(argumentText),
        parent: 0,
        token: form.first,
        nameToken: argument,
        signature: rangeText(tokens, argument, parameters > 0 ? tokens.close(parameters) : argument),
        parameters:
          parameters > 0
            ? splitRange(tokens, parameters + 1, tokens.lastInside(parameters), ',').map(({ first, last }) => ({
                name: rangeText(tokens, first, last) ?? '_',
              }))
            : [],
      });
      writer.end(symbol, form.last);
      uses(state, argument + 1, form.last, symbol);
      return;
    }
    default:
  }
}

function parameterOf(tokens: TokenStream, first: number, last: number): ParameterText {
  const whole = rangeText(tokens, first, last) ?? '_';
  // `Name = Pattern` and `Pattern = Name` are called by their variable.
  const alias = [tokens.at(first), tokens.at(last)].find(
    (word) => isVariable(word) && findInRange(tokens, first, last, '=') > 0,
  );
  return { name: (alias ?? whole).replace(/\s+/g, ' ') };
}

function functionForm(state: State, form: Form): void {
  const { tokens, writer } = state;
  const open = form.first + 1;
  if (tokens.kind[form.first] !== TokenKind.word || !tokens.is(open, '(')) return;
  const name = atomText(tokens.at(form.first));
  const arity = argumentCount(tokens, open);
  const key = `${name}/${arity}`;
  const spec = state.specs.get(key);
  const isTest = /_test_?$/.test(name) && arity === 0;
  const symbol = writer.define({
    kind: 'function',
    name,
    parent: 0,
    token: form.first,
    nameToken: form.first,
    signature: spec?.signature ?? rangeText(tokens, form.first, tokens.close(open)),
    returnType: spec?.returnType,
    documentation: state.documentation,
    parameters: splitRange(tokens, open + 1, tokens.lastInside(open), ',').map(({ first, last }) =>
      parameterOf(tokens, first, last),
    ),
    flags: isTest ? SymbolFlag.test : 0,
  });
  state.documentation = undefined;
  writer.end(symbol, form.last + 1);
  if (!state.functions.has(key)) state.functions.set(key, symbol);
  if (state.exportAll || state.exported.has(key)) writer.export(symbol);
  else writer.setVisibility(symbol, 'private');
}

/** Calls, function values, records and macros in a range. */
function uses(state: State, from: number, to: number, symbol: number, role: 'call' | 'type' = 'call'): void {
  const { tokens, writer, functions } = state;
  for (let token = from; token <= to; token++) {
    if (tokens.kind[token] !== TokenKind.word) {
      if (tokens.is(token, '#') && tokens.isKind(token + 1, TokenKind.word) && !isVariable(tokens.at(token + 1))) {
        writer.reference(
          tokens.is(token + 2, '{') ? 'instantiate' : 'type',
          atomText(tokens.at(token + 1)),
          token + 1,
          symbol,
        );
      }
      continue;
    }
    const word = tokens.at(token);
    const before = tokens.at(token - 1);
    if (reserved.has(word) || before === '#') continue;
    if (before === '?') {
      writer.reference('read', word, token, symbol);
      continue;
    }
    if (isVariable(word)) continue;
    const name = atomText(word);
    const isRemote = before === ':' && token >= 2;
    const receiver = isRemote ? (tokens.is(token - 3, '?') ? '?' : '') + atomText(tokens.at(token - 2)) : undefined;
    if (tokens.is(token + 1, '(')) {
      const count = argumentCount(tokens, token + 1);
      const own =
        role === 'call' && (receiver === undefined || receiver === writer.nameOf(0) || receiver === '?MODULE');
      const target = own ? (functions.get(`${name}/${count}`) ?? -1) : -1;
      writer.reference(role, name, token, symbol, count, target >= 0 ? undefined : receiver, target);
    } else if (
      tokens.is(token + 1, '/') &&
      tokens.isKind(token + 2, TokenKind.number) &&
      (before === 'fun' || tokens.at(token - 3) === 'fun')
    ) {
      const target = receiver === undefined ? (functions.get(`${name}/${tokens.at(token + 2)}`) ?? -1) : -1;
      writer.reference(
        'read',
        name,
        token,
        symbol,
        Number(tokens.at(token + 2)),
        target >= 0 ? undefined : receiver,
        target,
      );
    }
  }
}

function extract({ text, language }: ExtractInput): FileFacts {
  const tokens = new Lexer(text, erlangSyntax).run();
  const forms = formsOf(tokens);
  pairWords(
    tokens,
    (token) => blockWords.has(tokens.at(token)) || (tokens.is(token, 'fun') && isFunBlock(tokens, token)),
    (token) => tokens.is(token, 'end'),
  );
  const state: State = {
    tokens,
    writer: new FactWriter(language, tokens, decisions),
    functions: new Map(),
    exported: new Set(),
    specs: new Map(),
    exportAll: false,
    documentation: undefined,
  };
  collectAttributes(state, forms);
  const bodies: { readonly form: Form; readonly key: string }[] = [];
  for (const form of forms) {
    if (tokens.is(form.first, '-')) attribute(state, form);
    else {
      functionForm(state, form);
      bodies.push({
        form,
        key: tokens.is(form.first + 1, '(')
          ? `${atomText(tokens.at(form.first))}/${argumentCount(tokens, form.first + 1)}`
          : '',
      });
    }
  }
  for (const { form, key } of bodies) functionBody(state, form, state.functions.get(key) ?? 0);
  return state.writer.finish();
}

/** A clause's head is no call. */
function functionBody(state: State, form: Form, symbol: number): void {
  const { tokens } = state;
  for (const clause of splitRange(tokens, form.first, form.last, ';')) {
    const isHead = tokens.is(clause.first + 1, '(') && tokens.at(clause.first) === tokens.at(form.first);
    uses(state, isHead ? clause.first + 1 : clause.first, clause.last, symbol);
  }
}

/** `fun(X) -> … end` and `fun Name(X) -> … end`, not `fun name/1`, nor the type `fun((A) -> B)`. */
function isFunBlock(tokens: TokenStream, token: number): boolean {
  const open = tokens.is(token + 1, '(')
    ? token + 1
    : tokens.is(token + 2, '(') && isVariable(tokens.at(token + 1))
      ? token + 2
      : -1;
  if (open < 0) return false;
  const after = tokens.close(open) + 1;
  return tokens.is(after, '->') || tokens.is(after, 'when');
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
