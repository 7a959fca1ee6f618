import { ExpressionOp } from '#model/declared-types.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { argumentCount, strip } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { qualifiedTypeReference, typeReference } from '../declarative/type-references.ts';
import { accessSpecifier, lambdaParameters, memberVisibility, typeSpecifier } from './c-declarations.ts';
import { c } from './c.ts';
import { lastNameOf, qualifierOf, readDeclarator } from './declarators.ts';

/** C++: C, and classes, namespaces (`a::b` is one symbol), templates, out-of-class definitions (their class is the owner). */
export const cpp: LanguageSpec = {
  ...c,
  language: 'cpp',
  grammar: 'cpp',
  wrappers: [...c.wrappers!, 'template_declaration'],
  modifiers: {
    ...c.modifiers,
    constexpr: { flags: SymbolFlag.readonly },
    override: { flags: SymbolFlag.override },
    final: { flags: SymbolFlag.final },
  },
  visibility: memberVisibility,
  overloads: true,
  blocks: [...c.blocks!, 'template_declaration', 'for_range_loop', 'if_statement', 'while_statement', 'catch_clause'],
  symbols: {
    ...c.symbols,
    alias_declaration: { kind: 'type', type: 'type', parameters: () => -1 },
    concept_definition: { kind: 'type', parameters: () => -1 },
  },
  typeParameters: {
    type_parameter_declaration: { name: (x, node) => x.childOfType(node, 'type_identifier') },
    optional_type_parameter_declaration: { name: (x, node) => x.child(node, 'name') },
    variadic_type_parameter_declaration: { name: (x, node) => x.childOfType(node, 'type_identifier') },
  },
  spreads: ['parameter_pack_expansion'],
  qualifiedTypes: ['qualified_identifier'],
  typeArguments: ['template_argument_list'],
  expressions: {
    ...c.expressions,
    this: { op: 'self' },
    new_expression: { op: 'type', type: 'type' },
    qualified_identifier: (x, node) => {
      const name = lastNameOf(x, node);
      const scope = qualifierOf(x, node);
      const text = x.slice(name);
      return x.addExpression(ExpressionOp.path, x.facts.string(scope ? `${scope}::${text}` : text));
    },
    template_function: { op: 'pass', of: 'name' },
    call_expression: (x, node) => {
      const callee = x.child(node, 'function');
      const named = lastNameOf(x, callee);
      const template = x.is(callee, 'template_function')
        ? callee
        : x.is(callee, 'qualified_identifier')
          ? x.descendantOfType(callee, 'template_function')
          : -1;
      // The type that is asked for: casts and the standard's makers.
      if (
        template >= 0 &&
        /^(?:(?:static|dynamic|reinterpret|const)_cast|make_unique|make_shared)$/.test(x.slice(named))
      ) {
        const type = typeText(x, x.child(x.firstNamed(x.child(template, 'arguments')), 'type'));
        if (type >= 0) return x.addExpression(ExpressionOp.type, type);
      }
      const of = x.expression(callee);
      return of < 0 ? -1 : x.addExpression(ExpressionOp.call, of, argumentCount(x, x.child(node, 'arguments')));
    },
    co_await_expression: { op: 'unwrap' },
  },
  visit: {
    ...c.visit,
    class_specifier: typeSpecifier('class'),
    access_specifier: accessSpecifier,
    namespace_definition: (x, node) => {
      const name = x.child(node, 'name');
      const symbol = x.declare({
        node,
        kind: 'namespace',
        nameNode: name,
        body: x.child(node, 'body'),
        ...(name < 0 ? { name: '', flags: SymbolFlag.anonymous } : { name: x.slice(name).replace(/\s+/g, '') }),
      });
      x.enter(node, symbol);
    },
    base_class_clause: (x, node) => {
      for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at))
        if (!x.is(at, 'access_specifier')) baseType(x, at);
    },
    using_declaration: (x, node) => {
      const target = x.firstNamed(node);
      const text = x.slice(target).replace(/\s+/g, '');
      if (/^using\s+namespace\b/.test(x.text.slice(x.tree.start[node], x.tree.start[target])))
        x.import('star', node, text);
      else {
        const cut = text.lastIndexOf('::');
        x.import('member', node, cut < 0 ? '' : text.slice(0, cut), text.slice(cut < 0 ? 0 : cut + 2));
      }
      x.skip(node);
    },
    namespace_alias_definition: (x, node) => {
      x.import('module', node, x.slice(x.lastNamed(node)), undefined, x.slice(x.child(node, 'name')));
      x.skip(node);
    },
    friend_declaration: (x, node) => x.skip(node),
    call_expression: (x, node) => {
      const callee = strip(x, x.child(node, 'function'));
      const count = argumentCount(x, x.child(node, 'arguments'));
      if (x.is(callee, 'field_expression')) {
        const field = x.child(callee, 'field');
        const name = lastNameOf(x, field);
        const explicit = x.is(field, 'qualified_identifier') ? qualifierOf(x, field) : '';
        x.claim(field);
        if (explicit)
          x.referenceNamed(
            'call',
            x.name(name),
            name,
            x.addExpression(ExpressionOp.type, x.facts.string(explicit)),
            count,
          );
        else x.reference('call', name, x.child(callee, 'argument'), count);
        return;
      }
      const name = lastNameOf(x, callee);
      if (x.is(callee, 'qualified_identifier')) {
        x.claim(callee);
        x.claim(name);
        x.referenceNamed(
          'call',
          x.name(name),
          name,
          x.addExpression(ExpressionOp.path, x.facts.string(qualifierOf(x, callee))),
          count,
        );
      } else if (x.is(name, 'identifier') && !x.slice(name).endsWith('_cast')) x.reference('call', name, -1, count);
      else if (x.is(name, 'type_identifier')) x.reference('call', name, -1, count);
    },
    new_expression: (x, node) =>
      typeReference(x, x.child(node, 'type'), 'instantiate', argumentCount(x, x.child(node, 'arguments'))),
    compound_literal_expression: (x, node) =>
      typeReference(x, x.child(node, 'type'), 'instantiate', argumentCount(x, x.child(node, 'value'))),
    qualified_identifier: (x, node) => {
      if (x.isClaimed(node) || x.is(x.parent(node), 'qualified_identifier')) return;
      const name = lastNameOf(x, node);
      if (x.is(name, 'type_identifier')) qualifiedTypeReference(x, node);
      else if (x.is(name, 'identifier') && !x.isClaimed(name)) {
        x.claim(name);
        x.referenceNamed(
          'read',
          x.name(name),
          name,
          x.addExpression(ExpressionOp.path, x.facts.string(qualifierOf(x, node))),
        );
      }
    },
    field_initializer: (x, node) => {
      const target = x.firstNamed(node);
      const name = lastNameOf(x, target);
      const count = argumentCount(x, x.childOfType(node, 'argument_list', 'initializer_list'));
      // A base's constructor or a field: link tells which.
      if (name >= 0) x.referenceNamed('write', x.name(name), name, x.addExpression(ExpressionOp.self, -1), count);
      x.claim(name);
    },
    for_range_loop: (x, node) => {
      const declarator = readDeclarator(x, x.child(node, 'declarator'));
      if (declarator.name < 0) return;
      const type = x.child(node, 'type');
      const auto = x.is(type, 'placeholder_type_specifier');
      const value = auto ? x.expression(x.child(node, 'right')) : -1;
      x.local(
        declarator.name,
        auto ? -1 : typeText(x, type),
        value < 0 ? -1 : x.addExpression(ExpressionOp.element, value),
      );
    },
    catch_clause: (x, node) => {
      const parameter = x.firstNamed(x.child(node, 'parameters'));
      const declarator = readDeclarator(x, x.child(parameter, 'declarator'));
      if (declarator.name >= 0) x.local(declarator.name, typeText(x, x.child(parameter, 'type')));
    },
    lambda_expression: (x, node) => {
      x.enter(node);
      lambdaParameters(x, node);
    },
  },
};

function baseType(x: Extraction, node: number): void {
  if (x.is(node, 'qualified_identifier')) {
    const name = lastNameOf(x, node);
    const scope = qualifierOf(x, node);
    x.claim(node);
    x.claim(name);
    x.referenceNamed('inherit', x.name(name), name, x.typeExpression(`${scope}::${x.slice(name)}`));
  } else typeReference(x, node, 'inherit');
}
