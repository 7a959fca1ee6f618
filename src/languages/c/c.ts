import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, visibilities } from '#model/vocabulary.ts';
import { argumentCount, strip } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { declaration, functionDefinition, macro, typeDefinition, typeSpecifier } from './c-declarations.ts';
import { cMetrics } from './c-metrics.ts';

/** A cast's or literal's type without the abstract declarator's pointers. */
export function descriptorType(x: Extraction, node: number): number {
  const type = x.child(node, 'type');
  const inner = x.child(type, 'type');
  return inner >= 0 ? inner : type;
}

function isHidden(x: Extraction, parent: number): boolean {
  return x.facts.symbols.get(parent, SymbolColumn.visibility) === visibilities.indexOf('private');
}

/** C, and the part of C++ that it shares. All branches of `#if` are taken: a name may be declared in each. */
export const c: LanguageSpec = {
  language: 'c',
  grammar: 'c',
  level: 'typed',
  metrics: cMetrics,
  comments: ['comment'],
  wrappers: ['declaration', 'type_definition', 'linkage_specification'],
  modifierNodes: ['storage_class_specifier', 'type_qualifier'],
  modifiers: { static: { flags: SymbolFlag.static } },
  exported: (x, _name, visibility, parent) => visibility === 'public' && (parent === 0 || !isHidden(x, parent)),
  blocks: ['compound_statement', 'for_statement', 'case_statement'],
  symbols: {
    enumerator: {
      kind: 'enum-member',
      then: (x, _node, symbol) => {
        const parent = x.facts.symbols.get(symbol, SymbolColumn.parent);
        if (x.kindOf(parent) === 'enum')
          x.facts.symbols.set(symbol, SymbolColumn.declaredType, x.facts.symbols.get(parent, SymbolColumn.name));
      },
    },
  },
  spreads: [],
  expressions: {
    identifier: { op: 'name' },
    field_expression: { op: 'member', object: 'argument', name: 'field' },
    call_expression: (x, node) => {
      const callee = x.expression(x.child(node, 'function'));
      return callee < 0 ? -1 : x.addExpression(ExpressionOp.call, callee, argumentCount(x, x.child(node, 'arguments')));
    },
    cast_expression: (x, node) => {
      const type = descriptorType(x, x.child(node, 'type'));
      const text = typeText(x, type >= 0 ? type : x.child(node, 'type'));
      return text < 0 ? -1 : x.addExpression(ExpressionOp.type, text);
    },
    compound_literal_expression: (x, node) => {
      const text = typeText(x, x.child(node, 'type'));
      return text < 0 ? -1 : x.addExpression(ExpressionOp.type, text);
    },
    pointer_expression: { op: 'pass', of: 'argument' },
    parenthesized_expression: { op: 'pass' },
    subscript_expression: { op: 'element', of: 'argument' },
    assignment_expression: { op: 'pass', of: 'right' },
    conditional_expression: { op: 'pass', of: 'consequence' },
    string_literal: { op: 'literal', type: 'char *' },
    number_literal: { op: 'literal', type: 'int' },
    char_literal: { op: 'literal', type: 'char' },
  },
  names: ['identifier'],
  writes: { assignment_expression: 'left', update_expression: 'argument' },
  typeNames: ['type_identifier'],
  builtinNames: ['NULL', 'true', 'false', 'defined'],
  visit: {
    preproc_include: (x, node) => {
      const path = x.child(node, 'path');
      const text = x.slice(path);
      x.import('include', node, text.startsWith('"') ? text.slice(1, -1) : text);
      x.skip(node);
    },
    preproc_def: macro,
    preproc_function_def: macro,
    function_definition: functionDefinition,
    declaration,
    field_declaration: declaration,
    type_definition: typeDefinition,
    struct_specifier: typeSpecifier('struct'),
    union_specifier: typeSpecifier('union'),
    enum_specifier: typeSpecifier('enum'),
    call_expression: (x, node) => {
      const callee = strip(x, x.child(node, 'function'));
      const count = argumentCount(x, x.child(node, 'arguments'));
      if (x.is(callee, 'identifier')) x.reference('call', callee, -1, count);
      else if (x.is(callee, 'field_expression'))
        x.reference('call', x.child(callee, 'field'), x.child(callee, 'argument'), count);
    },
    preproc_ifdef: (x, node) => x.claim(x.child(node, 'name')),
    goto_statement: (x, node) => x.claim(x.child(node, 'label')),
  },
};
