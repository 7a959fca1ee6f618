import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { namedChildren, setParameters } from '../declarative/symbol-parts.ts';

const callable = (kind: SymbolRule['kind'], fixedName?: string): SymbolRule => ({
  kind,
  ...(fixedName === undefined ? {} : { fixedName }),
  returns: 'return_type',
  parameters: () => -1,
  then: (x, node, symbol) => {
    setParameters(
      x,
      symbol,
      namedChildren(x, node)
        .filter((at) => /^(?:parameter|event_parameter|error_parameter)$/.test(x.typeName(at)))
        .map((at) => ({ node: x.child(at, 'name'), type: x.child(at, 'type') })),
    );
    if (x.child(node, 'body') < 0) x.addFlags(symbol, SymbolFlag.declaration);
  },
});

/** Solidity by name. */
export const solidity: LanguageSpec = {
  language: 'solidity',
  grammar: 'solidity',
  level: 'names',
  comments: ['comment'],
  // Functions are public by default (before 0.5), variables internal.
  visibility: (x, node) => {
    const written = x.childOfType(node, 'visibility');
    const word = written < 0 ? (x.is(node, 'state_variable_declaration') ? 'internal' : 'public') : x.slice(written);
    return word === 'private' || word === 'internal' ? word : 'public';
  },
  modifierNodes: ['visibility', 'virtual', 'state_mutability', 'override_specifier', 'immutable'],
  modifiers: {
    public: { visibility: 'public' },
    external: { visibility: 'public' },
    internal: { visibility: 'internal' },
    private: { visibility: 'private' },
    constant: { flags: SymbolFlag.readonly },
    immutable: { flags: SymbolFlag.readonly },
    override: { flags: SymbolFlag.override },
    abstract: { flags: SymbolFlag.abstract },
  },
  symbols: {
    contract_declaration: { kind: 'class' },
    interface_declaration: { kind: 'interface' },
    library_declaration: { kind: 'class', flags: SymbolFlag.static },
    struct_declaration: { kind: 'struct' },
    struct_member: { kind: 'field', type: 'type' },
    enum_declaration: { kind: 'enum' },
    enum_value: { kind: 'enum-member', name: (_x, node) => node },
    state_variable_declaration: {
      kind: (x, node) =>
        /\bconstant\b/.test(x.oneLine(x.tree.start[node]!, x.tree.start[x.child(node, 'name')]!, 200))
          ? 'constant'
          : 'field',
      type: 'type',
      value: 'value',
    },
    constant_variable_declaration: { kind: 'constant', type: 'type' },
    function_definition: callable('function'),
    modifier_definition: callable('function'),
    constructor_definition: callable('constructor', 'constructor'),
    fallback_receive_definition: callable('method', 'receive'),
    event_definition: callable('property'),
    error_declaration: callable('type'),
  },
  calls: { call_expression: { callee: 'function', arguments: () => -1 } },
  expressions: {
    identifier: { op: 'name' },
    member_expression: { op: 'member', object: 'object', name: 'property' },
    expression: { op: 'pass' },
    call_expression: { op: 'call' },
  },
  builtinNames: ['_', 'msg', 'block', 'tx', 'this'],
  visit: {
    member_expression: () => undefined,
    inheritance_specifier: (x, node) => {
      const name = x.lastNamed(x.child(node, 'ancestor'));
      if (name >= 0) x.reference('inherit', name);
    },
    user_defined_type: (x, node) => {
      const name = x.lastNamed(node);
      if (name >= 0 && !x.isClaimed(name)) x.reference('type', name);
    },
    modifier_invocation: (x, node) => {
      const name = x.firstNamed(node);
      if (x.is(name, 'identifier')) x.reference('decorate', name);
    },
    emit_statement: (x, node) => {
      const name = x.descendantOfType(x.child(node, 'name'), 'identifier');
      if (name >= 0)
        x.reference('call', name, -1, namedChildren(x, node).filter((at) => x.is(at, 'call_argument')).length);
    },
    import_directive: importRow,
  },
};

function importRow(x: Extraction, node: number): void {
  const path = x.slice(x.child(node, 'source')).replace(/^["']|["']$/g, '');
  const names = namedChildren(x, node).filter((at) => x.fieldIs(at, 'import_name'));
  const aliases = namedChildren(x, node).filter((at) => x.fieldIs(at, 'alias'));
  for (const name of names) {
    const alias = aliases.find((at) => at > name && !names.some((other) => other > name && other < at));
    x.import('member', name, path, x.slice(name), alias === undefined ? undefined : x.slice(alias));
  }
  if (names.length === 0)
    x.import(
      aliases.length > 0 ? 'module' : 'star',
      node,
      path,
      undefined,
      aliases[0] === undefined ? undefined : x.slice(aliases[0]),
    );
}
