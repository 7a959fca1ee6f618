/** What Dart's bodies and headers use: calls, instances and types, bound inside the file where no local name stands between. */
import { Binding, ImportColumn, ReferenceColumn, SymbolColumn } from '#model/facts.ts';
import { importKinds, referenceRoles, symbolKinds } from '#model/vocabulary.ts';
import type { FactWriter } from '../lexical/fact-writer.ts';
import { afterAngles, argumentCount } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';
import { reserved } from './dart-syntax.ts';

const notTypes = new Set(['void', 'dynamic', 'Function', 'Never', 'extends', 'super', 'required', 'covariant']);

/** A call whose name stands at the token, if it is one. */
export function dartCall(writer: FactWriter, token: number, symbol: number): void {
  const { tokens } = writer;
  const word = tokens.at(token);
  if (reserved.has(word)) return;
  let open = token + 1;
  if (tokens.is(open, '<')) open = afterAngles(tokens, open);
  if (!tokens.is(open, '(')) return;
  const before = tokens.codeBefore(token);
  const isMember = /^(?:\.|\?\.|\.\.|\?\.\.)$/.test(tokens.at(before));
  const count = argumentCount(tokens, open);
  if (!isMember) {
    const isInstance = /^\$?_?[A-Z]/.test(word) || /^(?:new|const)$/.test(tokens.at(before));
    writer.reference(isInstance ? 'instantiate' : 'call', word, token, symbol, count);
    return;
  }
  const receiver = tokens.is(before - 1, '!') ? before - 2 : before - 1;
  const isCascade = tokens.at(before).includes('..');
  const written = !isCascade && tokens.isKind(receiver, TokenKind.word) ? tokens.at(receiver) : '';
  writer.reference('call', word, token, symbol, count, written);
}

/** Names of types in a range of a header: by convention upper-case words; those of one letter are type parameters. */
export function dartTypes(writer: FactWriter, first: number, last: number, symbol: number): void {
  const { tokens } = writer;
  for (let token = first; token <= last && tokens.ahead(token); token++) {
    const word = tokens.isKind(token, TokenKind.word) ? tokens.at(token) : '';
    if (/^_?[A-Z]\w/.test(word) && !notTypes.has(word) && !reserved.has(word))
      writer.reference('type', word, token, symbol);
  }
}

/** Whether a word is the name of a parameter or local variable, by what stands around it. */
export function isLocalName(tokens: TokenStream, token: number): boolean {
  const next = tokens.at(tokens.code(token + 1));
  if (!/^(?:=|;|,|\)|\]|\}|in|:)$/.test(next)) return false;
  const before = tokens.codeBefore(token);
  const word = tokens.at(before);
  if (tokens.isKind(before, TokenKind.word))
    return !/^(?:return|await|throw|yield|new|in|is|as|case|else|this|super)$/.test(word);
  if (/^[>?\])]$/.test(word)) return true;
  // `(a, b) => …`: a closure's parameters without types.
  if (word !== '(' && word !== ',') return false;
  return next === ')' || next === ',';
}

const roles = new Set(
  ['call', 'instantiate', 'type', 'inherit', 'implement', 'decorate'].map((role) =>
    referenceRoles.indexOf(role as 'call'),
  ),
);
const callables = new Set(['function', 'method'].map((kind) => symbolKinds.indexOf(kind as 'function')));
const typeKinds = new Set(
  ['class', 'trait', 'enum', 'type', 'struct'].map((kind) => symbolKinds.indexOf(kind as 'class')),
);
const call = referenceRoles.indexOf('call');

/**
 * Binds open references to declarations of the file. Dart looks a bare name up in the scopes around it, then among the members
 * of the class that the body stands in, then in the library, and only then among inherited members.
 */
export function bindInFile(writer: FactWriter, localNames: ReadonlySet<string>): void {
  const { references, symbols, strings } = writer.builder;
  const members = new Map<number, Map<string, number>>();
  for (let row = 1; row < symbols.rows; row++) {
    const kind = symbols.get(row, SymbolColumn.kind);
    if (!callables.has(kind) && !typeKinds.has(kind)) continue;
    const parent = symbols.get(row, SymbolColumn.parent);
    const names = members.get(parent) ?? new Map<string, number>();
    const name = strings[symbols.get(row, SymbolColumn.name)]!;
    // Declared twice (broken or conditional text): neither is certain.
    names.set(name, names.has(name) ? -1 : row);
    members.set(parent, names);
  }
  const imported = shownNames(writer);
  for (let row = 0; row < references.rows; row++) {
    if (references.get(row, ReferenceColumn.binding) !== Binding.open) continue;
    const role = references.get(row, ReferenceColumn.role);
    const name = strings[references.get(row, ReferenceColumn.name)]!;
    if (!roles.has(role) || localNames.has(name)) continue;
    let scope = references.get(row, ReferenceColumn.symbol);
    for (let steps = 0; steps < MOST_SCOPES; steps++) {
      const found = members.get(scope)?.get(name);
      if (found !== undefined) {
        const fits = found > 0 && (role === call ? callables : typeKinds).has(symbols.get(found, SymbolColumn.kind));
        if (fits) {
          references.set(row, ReferenceColumn.binding, Binding.local);
          references.set(row, ReferenceColumn.target, found);
        }
        break;
      }
      if (scope <= 0) {
        const shown = imported.get(name);
        if (shown === undefined) break;
        references.set(row, ReferenceColumn.binding, Binding.imported);
        references.set(row, ReferenceColumn.target, shown);
        break;
      }
      scope = symbols.get(scope, SymbolColumn.parent);
    }
  }
}

/** Import rows by the names that `show` brings into the library without a prefix. */
function shownNames(writer: FactWriter): ReadonlyMap<string, number> {
  const { imports, strings } = writer.builder;
  const names = new Map<string, number>();
  const member = importKinds.indexOf('member');
  for (let row = 0; row < imports.rows; row++)
    if (imports.get(row, ImportColumn.kind) === member && imports.get(row, ImportColumn.alias) < 0)
      names.set(strings[imports.get(row, ImportColumn.name)]!, row);
  return names;
}

/** Scopes around a use that are looked through. */
const MOST_SCOPES = 40;
