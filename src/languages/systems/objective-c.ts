import { SymbolFlag } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, setParameters } from '../declarative/symbol-parts.ts';

/** Objective-C by name: selectors are names (`initWithName:count:`), an `@implementation` is a namespace of the same name. */
export const objectiveC: LanguageSpec = {
  language: 'objective-c',
  grammar: 'objc',
  level: 'names',
  comments: ['comment'],
  symbols: {
    class_interface: { kind: 'class', name: className, then: supertypes },
    class_implementation: { kind: 'class', name: className },
    protocol_declaration: { kind: 'interface', name: className, then: supertypes },
    enum_specifier: { kind: (x, node) => (x.child(node, 'body') < 0 ? undefined : 'enum') },
    struct_specifier: { kind: (x, node) => (x.child(node, 'body') < 0 ? undefined : 'struct') },
    enumerator: { kind: 'enum-member' },
    preproc_def: { kind: 'constant', body: 'value' },
    preproc_function_def: { kind: 'macro', body: 'value' },
  },
  expressions: {
    identifier: { op: 'name' },
    field_expression: { op: 'member', object: 'argument', name: 'field' },
    message_expression: () => -1,
  },
  builtinNames: ['self', 'super', 'nil', 'YES', 'NO'],
  visit: {
    field_expression: () => undefined,
    preproc_include: (x, node) => {
      const path = x.slice(x.child(node, 'path'));
      x.import('include', node, path.replace(/^"|"$/g, ''));
    },
    module_import: (x, node) => x.import('module', node, x.slice(x.firstNamed(node))),
    method_declaration: (x, node) => method(x, node, SymbolFlag.declaration),
    method_definition: (x, node) => method(x, node, 0),
    property_declaration: (x, node) => {
      const name = x.descendantOfType(x.childOfType(node, 'struct_declaration'), 'identifier', 'field_identifier');
      const type = x.firstNamed(x.childOfType(node, 'struct_declaration'));
      if (name >= 0) x.declare({ node, kind: 'property', nameNode: name, declaredType: x.name(type) });
    },
    instance_variable: (x, node) => {
      const name = x.descendantOfType(x.descendantOfType(node, 'struct_declarator'), 'identifier', 'field_identifier');
      if (name >= 0) x.declare({ node, kind: 'field', nameNode: name, visibility: 'private' });
    },
    function_definition: (x, node) => {
      const declarator = x.descendantOfType(node, 'function_declarator');
      const name = x.descendantOfType(declarator, 'identifier');
      if (declarator < 0 || name < 0) return;
      const isStatic = /^static\b/.test(x.oneLine(x.tree.start[node]!, x.tree.start[name]!, 80));
      const symbol = x.declare({
        node,
        kind: 'function',
        nameNode: name,
        body: x.child(node, 'body'),
        returnType: x.name(x.child(node, 'type')),
        visibility: isStatic ? 'private' : 'public',
        parent: 0,
        flags: (isStatic ? SymbolFlag.static : 0) | (x.slice(name) === 'main' ? SymbolFlag.entryPoint : 0),
      });
      x.enter(node, symbol);
      setParameters(
        x,
        symbol,
        namedChildren(x, x.child(declarator, 'parameters'))
          .filter((at) => x.is(at, 'parameter_declaration'))
          .map((at) => ({
            node: x.descendantOfType(at, 'identifier'),
            type: x.child(at, 'type'),
          })),
      );
    },
    type_definition: (x, node) => {
      const name = x.child(node, 'declarator');
      if (x.is(name, 'type_identifier') && !inFunction(x)) x.declare({ node, kind: 'type', nameNode: name });
    },
    message_expression: (x, node) => {
      const parts = namedChildren(x, node).filter((at) => x.fieldIs(at, 'method'));
      const receiver = x.child(node, 'receiver');
      if (parts[0] === undefined) return;
      const values = namedChildren(x, node).length - parts.length - (receiver < 0 ? 0 : 1);
      const name = values === 0 ? x.slice(parts[0]) : parts.map((part) => `${x.slice(part)}:`).join('');
      x.claim(parts[0]);
      x.referenceNamed(
        'call',
        x.facts.string(name),
        parts[0],
        x.is(receiver, 'identifier') ? x.expression(receiver) : x.typeExpression(''),
        values,
      );
    },
    call_expression: (x, node) => {
      const callee = x.child(node, 'function');
      if (x.is(callee, 'identifier')) x.reference('call', callee, -1, argumentCount(x, x.child(node, 'arguments')));
    },
  },
};

function className(x: Extraction, node: number): number {
  return x.childOfType(node, 'identifier');
}

function supertypes(x: Extraction, node: number): void {
  const parent = x.child(node, 'superclass');
  if (parent >= 0) x.reference('inherit', parent);
  for (const list of [x.childOfType(node, 'parameterized_arguments'), x.childOfType(node, 'protocol_reference_list')]) {
    for (let at = list; at >= 0 && at < x.tree.subtreeEnd[list]!; at++)
      if (x.is(at, 'identifier') || x.is(at, 'type_identifier')) x.reference('implement', at);
  }
}

function method(x: Extraction, node: number, flags: number): void {
  const parts = namedChildren(x, node).filter((at) => x.is(at, 'identifier'));
  const parameters = namedChildren(x, node).filter((at) => x.is(at, 'method_parameter'));
  if (parts[0] === undefined) return;
  const isStatic = x.text[x.tree.start[node]!] === '+';
  const type = x.firstNamed(x.childOfType(node, 'method_type'));
  const symbol = x.declare({
    node,
    kind: 'method',
    nameNode: parts[0],
    name: parameters.length === 0 ? x.slice(parts[0]) : parts.map((part) => `${x.slice(part)}:`).join(''),
    flags: flags | (isStatic ? SymbolFlag.static : 0),
    body: x.childOfType(node, 'compound_statement'),
    returnType: x.name(type),
  });
  x.enter(node, symbol);
  setParameters(
    x,
    symbol,
    parameters.map((at) => ({ node: x.lastNamed(at), type: x.firstNamed(x.childOfType(at, 'method_type')) })),
  );
}
