import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { bindLeaves, extendSymbol, namedChildren, setParameters } from '../declarative/symbol-parts.ts';

const containers: ReadonlyMap<string, SymbolKind> = new Map(
  Object.entries({ defmodule: 'class', defprotocol: 'interface', defimpl: 'class' } as const),
);
const definers: ReadonlyMap<string, { readonly kind: SymbolKind; readonly isPrivate: boolean }> = new Map(
  Object.entries({
    def: { kind: 'function', isPrivate: false },
    defp: { kind: 'function', isPrivate: true },
    defmacro: { kind: 'macro', isPrivate: false },
    defmacrop: { kind: 'macro', isPrivate: true },
    defguard: { kind: 'macro', isPrivate: false },
    defguardp: { kind: 'macro', isPrivate: true },
    defdelegate: { kind: 'function', isPrivate: false },
  } as const),
);
const syntaxWords = new Set([
  'if',
  'unless',
  'case',
  'cond',
  'with',
  'for',
  'receive',
  'try',
  'quote',
  'unquote',
  'unquote_splicing',
  'raise',
  'throw',
  'fn',
  'super',
  'when',
  'and',
  'or',
  'not',
  'in',
  'test',
  'describe',
]);

/** Elixir by name: everything is a call, and `def` and its kin are told by their names. Clauses of one name and arity are one symbol. */
export const elixir: LanguageSpec = {
  language: 'elixir',
  grammar: 'elixir',
  level: 'names',
  comments: ['comment'],
  symbols: {},
  expressions: { alias: { op: 'path' }, identifier: { op: 'name' }, atom: { op: 'path' } },
  visit: {
    unary_operator: attribute,
    call,
    stab_clause: (x, node) => {
      x.enter(node);
      bindLeaves(x, x.child(node, 'left'), 'identifier');
    },
  },
};

const operatorOf = (x: Extraction, node: number): string =>
  x.child(node, 'operator') >= 0 ? x.slice(x.child(node, 'operator')) : '';
const argumentsOf = (x: Extraction, node: number): readonly number[] =>
  namedChildren(x, x.childOfType(node, 'arguments'));

/** Text of a string or here-document without quotes and indentation. */
function stringText(x: Extraction, node: number): string {
  return namedChildren(x, node)
    .map((at) => x.slice(at))
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

function attribute(x: Extraction, node: number): void {
  if (x.text[x.tree.start[node]!] !== '@') return;
  const operand = x.child(node, 'operand');
  const nameNode = x.is(operand, 'call') ? x.child(operand, 'target') : -1;
  if (nameNode < 0) return;
  const name = x.slice(nameNode);
  const [value] = argumentsOf(x, operand);
  if (value === undefined) return;
  if (name === 'doc' || name === 'moduledoc' || name === 'typedoc') {
    const documentation = x.is(value, 'string') ? x.facts.string(stringText(x, value)) : -1;
    if (name === 'moduledoc') x.facts.symbols.set(x.symbol, SymbolColumn.documentation, documentation);
    else x.memory.set('documentation', documentation);
    x.skip(node);
  } else if (name === 'behaviour') {
    if (x.is(value, 'alias')) x.reference('implement', value);
    x.skip(node);
  } else if (name === 'spec') {
    const head = x.is(value, 'binary_operator') ? x.child(value, 'left') : -1;
    if (x.is(head, 'call'))
      x.memory.set(`spec ${x.symbol} ${x.slice(x.child(head, 'target'))}/${argumentsOf(x, head).length}`, value);
    x.skip(node);
  } else if (/^(?:type|typep|opaque|callback|macrocallback)$/.test(name)) {
    const left = x.is(value, 'binary_operator') ? x.child(value, 'left') : value;
    const label = x.is(left, 'call') ? x.child(left, 'target') : left;
    const isCallback = name.endsWith('callback');
    if (label >= 0)
      declare(
        x,
        node,
        isCallback ? 'method' : 'type',
        label,
        name === 'typep',
        isCallback ? SymbolFlag.abstract | SymbolFlag.declaration : 0,
      );
    x.skip(node);
  } else if (
    /^(?:impl|enforce_keys|derive|dialyzer|compile|deprecated|since|external_resource|before_compile|after_compile|on_load|vsn|tag|moduletag)$/.test(
      name,
    )
  )
    x.skip(node);
  else if (!x.memory.has(`attribute ${x.symbol} ${name}`)) {
    x.memory.set(`attribute ${x.symbol} ${name}`, 1);
    declare(x, node, 'constant', nameNode, true, SymbolFlag.readonly);
    x.claim(operand);
  } else x.claim(operand);
}

function declare(
  x: Extraction,
  node: number,
  kind: SymbolKind,
  nameNode: number,
  isPrivate: boolean,
  flags = 0,
  body = -1,
): number {
  const documentation = x.facts.strings[x.memory.get('documentation') ?? -1];
  x.memory.delete('documentation');
  return x.declare({
    node,
    kind,
    nameNode,
    flags,
    body,
    visibility: isPrivate ? 'private' : 'public',
    ...(documentation === undefined ? {} : { documentation }),
  });
}

function call(x: Extraction, node: number): void {
  if (x.isClaimed(node)) return;
  const target = x.child(node, 'target');
  if (x.is(target, 'dot')) {
    const name = x.child(target, 'right');
    if (x.is(name, 'identifier')) x.reference('call', name, x.child(target, 'left'), argumentCountOf(x, node));
    return;
  }
  if (!x.is(target, 'identifier')) return;
  const word = x.slice(target);
  const container = containers.get(word);
  const definer = definers.get(word);
  if (container !== undefined) openContainer(x, node, word, container);
  else if (definer !== undefined) define(x, node, definer.kind, definer.isPrivate);
  else if (/^(?:alias|import|require|use)$/.test(word)) importRow(x, node, word);
  else if (word === 'defstruct' || word === 'defexception') structFields(x, node);
  else if (word === 'test' && x.is(argumentsOf(x, node)[0] ?? -1, 'string')) {
    const [title] = argumentsOf(x, node);
    x.enter(
      node,
      x.declare({
        node,
        kind: 'function',
        nameNode: -1,
        name: stringText(x, title!),
        flags: SymbolFlag.test,
        body: x.childOfType(node, 'do_block'),
      }),
    );
  } else if (!syntaxWords.has(word)) x.reference('call', target, -1, argumentCountOf(x, node));
}

/** A pipe hands over one more. */
function argumentCountOf(x: Extraction, node: number): number {
  const above = x.parent(node);
  return (
    argumentsOf(x, node).length +
    (x.is(above, 'binary_operator') && operatorOf(x, above) === '|>' && x.fieldIs(node, 'right') ? 1 : 0)
  );
}

function openContainer(x: Extraction, node: number, word: string, kind: SymbolKind): void {
  const [name, options] = argumentsOf(x, node);
  if (name === undefined) return;
  let title = x.slice(name);
  const target = word === 'defimpl' ? x.descendantOfType(options ?? -1, 'alias') : -1;
  if (target >= 0) title += `, for: ${x.slice(target)}`;
  const symbol = x.declare({ node, kind, nameNode: name, name: title, body: x.childOfType(node, 'do_block') });
  x.enter(node, symbol);
  if (word === 'defimpl') x.referenceNamed('implement', x.name(name), name, -1);
}

function define(x: Extraction, node: number, kind: SymbolKind, isPrivate: boolean): void {
  let [head] = argumentsOf(x, node);
  if (head === undefined) return;
  if (x.is(head, 'binary_operator') && operatorOf(x, head) === 'when') head = x.child(head, 'left');
  let nameNode = head;
  let parameters: readonly number[] = [];
  if (x.is(head, 'call')) {
    nameNode = x.child(head, 'target');
    parameters = argumentsOf(x, head);
    x.claim(head);
  } else if (x.is(head, 'binary_operator')) {
    nameNode = x.child(head, 'operator');
    parameters = [x.child(head, 'left'), x.child(head, 'right')];
  } else if (!x.is(head, 'identifier')) return;
  const name = x.slice(nameNode);
  const key = `${x.symbol} ${name}/${parameters.length}`;
  const body = x.childOfType(node, 'do_block');
  let symbol = x.memory.get(`symbol ${key}`) ?? -1;
  const isNew = symbol < 0;
  if (isNew) {
    symbol = declare(x, node, kind, nameNode, isPrivate, x.is(head, 'binary_operator') ? SymbolFlag.operator : 0, body);
    x.memory.set(`symbol ${key}`, symbol);
    const spec = x.memory.get(`spec ${key}`);
    if (spec !== undefined) {
      x.facts.symbols.set(
        symbol,
        SymbolColumn.signature,
        x.facts.string(x.oneLine(x.tree.start[spec]!, x.tree.end[spec]!, 400)),
      );
      x.facts.symbols.set(symbol, SymbolColumn.returnType, x.name(x.child(spec, 'right')));
    }
  } else {
    x.memory.delete('documentation');
    extendSymbol(x, symbol, node);
  }
  x.claim(nameNode);
  x.enter(node, symbol);
  if (isNew) {
    setParameters(
      x,
      symbol,
      parameters.map((at) => {
        const isDefault = x.is(at, 'binary_operator') && operatorOf(x, at) === '\\\\';
        return isDefault ? { node: x.child(at, 'left'), default: x.child(at, 'right') } : { node: at };
      }),
    );
  }
  for (const at of parameters) if (!isNew || !x.isLeaf(at)) bindLeaves(x, at, 'identifier');
}

function structFields(x: Extraction, node: number): void {
  const list = argumentsOf(x, node)[0] ?? -1;
  for (let at = list; at >= 0 && at < x.tree.subtreeEnd[list]!; at++) {
    if (x.is(at, 'keyword') && x.is(x.parent(x.parent(x.parent(at))), 'arguments'))
      x.declare({ node: x.parent(at), kind: 'field', nameNode: at, name: x.slice(at).replace(/:\s*$/, '') });
    else if (x.is(at, 'atom') && x.is(x.parent(at), 'list') && x.parent(at) === list)
      x.declare({ node: at, kind: 'field', nameNode: at, name: x.slice(at).slice(1) });
  }
}

function importRow(x: Extraction, node: number, word: string): void {
  const [path, options] = argumentsOf(x, node);
  if (path === undefined) return;
  const kind = word === 'import' ? 'star' : word === 'use' ? 'side-effect' : 'module';
  if (x.is(path, 'dot')) {
    const prefix = x.slice(x.child(path, 'left'));
    for (const at of namedChildren(x, x.child(path, 'right')))
      x.import(kind, at, `${prefix}.${x.slice(at)}`, undefined, /[^.]*$/.exec(x.slice(at))![0]);
  } else {
    const only: string[] = [];
    let alias = word === 'alias' ? /[^.]*$/.exec(x.slice(path))![0] : undefined;
    for (const pair of namedChildren(x, options ?? -1)) {
      const key = x.slice(x.child(pair, 'key')).trim();
      const value = x.child(pair, 'value');
      if (key === 'as:') alias = x.slice(value);
      else if (key === 'only:')
        for (let at = value; at < x.tree.subtreeEnd[value]!; at++)
          if (x.is(at, 'keyword')) only.push(x.slice(at).replace(/:\s*$/, ''));
    }
    if (only.length > 0) for (const name of only) x.import('member', path, x.slice(path), name);
    else x.import(kind, path, x.slice(path), undefined, alias);
  }
  x.skip(node);
}
