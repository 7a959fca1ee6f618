import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren } from '../declarative/symbol-parts.ts';
import { typeReference } from '../declarative/type-references.ts';

/** Groovy and Gradle by name. The grammar does not see line ends, so fields without `def` or a modifier may be missed. */
export const groovy: LanguageSpec = {
  language: 'groovy',
  grammar: 'groovy',
  level: 'names',
  comments: ['line_comment', 'block_comment'],
  modifierNodes: ['modifiers'],
  annotations: ['annotation', 'marker_annotation'],
  modifiers: {
    public: { visibility: 'public' },
    private: { visibility: 'private' },
    protected: { visibility: 'protected' },
    static: { flags: SymbolFlag.static },
    abstract: { flags: SymbolFlag.abstract },
    final: { flags: SymbolFlag.final },
  },
  visibility: (x, node) => {
    // The first child of the declaration that the declarator is one of many of.
    const holder = x.is(node, 'variable_declarator') ? x.parent(node) + 1 : -1;
    const word = x.is(holder, 'modifiers') ? /\b(?:private|protected)\b/.exec(x.slice(holder))?.[0] : undefined;
    return word === 'private' || word === 'protected' ? word : 'public';
  },
  symbols: {
    class_declaration: { kind: 'class' },
    interface_declaration: { kind: 'interface' },
    enum_declaration: { kind: 'enum' },
    enum_constant: { kind: 'enum-member' },
    method_declaration: {
      kind: 'function',
      returns: 'type',
      then: (x, node, symbol) => (x.child(node, 'body') < 0 ? x.addFlags(symbol, SymbolFlag.declaration) : undefined),
    },
    constructor_declaration: { kind: 'constructor' },
    function_definition: { kind: 'function' },
    variable_declarator: { kind: (x) => (inFunction(x) ? undefined : 'variable'), value: 'value' },
  },
  parameters: {
    formal_parameter: { type: 'type' },
    spread_parameter: { name: (x, node) => x.descendantOfType(node, 'identifier'), variadic: true },
  },
  calls: { method_invocation: { name: 'name', object: 'object' } },
  expressions: {
    identifier: { op: 'name' },
    field_access: { op: 'member', object: 'object', name: 'field' },
    object_creation_expression: { op: 'type', type: 'type' },
    method_invocation: { op: 'call' },
  },
  typeNames: ['type_identifier'],
  typeArguments: ['type_arguments'],
  builtinTypes: ['def', 'String', 'Object', 'Integer', 'List', 'Map', 'var'],
  visit: {
    field_access: () => undefined,
    package_declaration: (x, node) => x.facts.symbols.set(0, SymbolColumn.declaredType, x.name(x.firstNamed(node))),
    import_declaration: importRow,
    superclass: (x, node) => typeReference(x, x.firstNamed(node), 'inherit'),
    super_interfaces: (x, node) => {
      for (const type of namedChildren(x, x.firstNamed(node))) typeReference(x, type, 'implement');
    },
    object_creation_expression: (x, node) =>
      typeReference(x, x.child(node, 'type'), 'instantiate', namedChildren(x, x.child(node, 'arguments')).length),
    juxt_function_call: (x, node) => {
      const name = x.child(node, 'name');
      if (x.is(name, 'identifier')) x.reference('call', name, -1, namedChildren(x, x.child(node, 'args')).length);
    },
  },
};

function importRow(x: Extraction, node: number): void {
  const path = x.slice(x.firstNamed(node));
  const text = x.slice(node);
  const alias = /\bas\s+(\w+)/.exec(text)?.[1];
  const dot = path.lastIndexOf('.');
  if (text.trimEnd().replace(/;$/, '').endsWith('*')) x.import('star', node, path);
  else x.import('member', node, path.slice(0, Math.max(0, dot)), path.slice(dot + 1), alias);
  x.skip(node);
}
