/** Swift's words: what modifies, what opens a type, what is no call, what branches. */
import { SymbolFlag, type SymbolKind, type Visibility } from '#model/vocabulary.ts';
import type { DecisionWords } from '../lexical/fact-writer.ts';

export const decisions: DecisionWords = {
  paths: new Set(['if', 'guard', 'for', 'while', 'catch', 'case', '?', '??']),
  isPath: (tokens, token) =>
    tokens.is(token, '?')
      ? tokens.start[token]! > tokens.end[token - 1]!
      : !tokens.is(token, 'case') || !/^(?:if|guard|for|while|,)$/.test(tokens.at(token - 1)),
  branches: new Set(['if', 'guard', 'for', 'while', 'repeat', 'switch', 'catch']),
  continuations: new Set(['else']),
  logical: new Set(['&&', '||']),
};

interface Modifier {
  readonly flags?: number;
  readonly visibility?: Visibility;
}
export const modifiers: ReadonlyMap<string, Modifier> = new Map(
  Object.entries<Modifier>({
    public: { visibility: 'public' },
    open: { visibility: 'public' },
    package: { visibility: 'internal' },
    internal: { visibility: 'internal' },
    fileprivate: { visibility: 'private' },
    private: { visibility: 'private' },
    static: { flags: SymbolFlag.static },
    final: { flags: SymbolFlag.final },
    override: { flags: SymbolFlag.override },
    mutating: {},
    nonmutating: {},
    lazy: {},
    weak: {},
    unowned: {},
    dynamic: {},
    optional: {},
    required: {},
    convenience: {},
    indirect: {},
    prefix: {},
    postfix: {},
    infix: {},
    nonisolated: {},
    isolated: {},
    distributed: {},
    consuming: {},
    borrowing: {},
  }),
);
export const types: ReadonlyMap<string, SymbolKind> = new Map(
  Object.entries<SymbolKind>({
    class: 'class',
    actor: 'class',
    struct: 'struct',
    enum: 'enum',
    protocol: 'interface',
    extension: 'class',
  }),
);
export const notCalled = new Set([
  'if',
  'guard',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'in',
  'is',
  'as',
  'throw',
  'try',
  'await',
  'where',
  'case',
  'let',
  'var',
  'init',
  'func',
  'subscript',
  'some',
  'any',
  'inout',
  'repeat',
  'else',
  'defer',
  'do',
  'not',
  'Self',
  'self',
  'super',
]);
