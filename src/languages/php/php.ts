import { ExpressionOp } from '#model/declared-types.ts';
import { ParameterColumn, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import { isTypeKind, typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { bindParameters } from '../declarative/parameters.ts';
import { phpMetrics } from './php-metrics.ts';

const type = (kind: SymbolKind): SymbolRule => ({ kind, parameters: () => -1 });

const callable: SymbolRule = {
  kind: 'function',
  returns: 'return_type',
  then: (x, node, symbol) => {
    const name = x.nameOf(symbol);
    const isMethod = isTypeKind(x.kindOf(x.facts.symbols.get(symbol, SymbolColumn.parent)));
    if (isMethod && x.child(node, 'body') < 0) x.addFlags(symbol, SymbolFlag.declaration | SymbolFlag.abstract);
    if (isMethod && name.startsWith('test')) x.addFlags(symbol, SymbolFlag.test);
    documentedTypes(x, symbol);
    if (name === '__construct') promoted(x, node, symbol);
  },
};

/** PHP. Names of variables keep their `$`; the module's declared type is the file's namespace. */
export const php: LanguageSpec = {
  language: 'php',
  grammar: 'php',
  level: 'typed',
  metrics: phpMetrics,
  comments: ['comment'],
  documentation: ['/**'],
  annotations: ['attribute'],
  modifierNodes: [
    'attribute_list',
    'visibility_modifier',
    'static_modifier',
    'abstract_modifier',
    'final_modifier',
    'readonly_modifier',
  ],
  modifiers: {
    public: { visibility: 'public' },
    protected: { visibility: 'protected' },
    private: { visibility: 'private' },
    static: { flags: SymbolFlag.static },
    abstract: { flags: SymbolFlag.abstract },
    final: { flags: SymbolFlag.final },
    readonly: { flags: SymbolFlag.readonly },
  },
  blocks: [],
  symbols: {
    class_declaration: type('class'),
    interface_declaration: type('interface'),
    trait_declaration: type('trait'),
    enum_declaration: type('enum'),
    enum_case: {
      kind: 'enum-member',
      then: (x, _node, symbol) => {
        x.facts.symbols.set(
          symbol,
          SymbolColumn.declaredType,
          x.facts.symbols.get(x.facts.symbols.get(symbol, SymbolColumn.parent), SymbolColumn.name),
        );
      },
    },
    method_declaration: {
      ...callable,
      kind: (x, node) => (x.slice(x.child(node, 'name')) === '__construct' ? 'constructor' : 'method'),
    },
    function_definition: callable,
    const_element: { kind: 'constant', name: (x, node) => x.firstNamed(node) },
  },
  parameters: {
    simple_parameter: { type: 'type', default: 'default_value' },
    variadic_parameter: { type: 'type', variadic: true },
    property_promotion_parameter: { type: 'type', default: 'default_value' },
  },
  calls: {
    member_call_expression: { name: plainName, object: 'object' },
    nullsafe_member_call_expression: { name: plainName, object: 'object' },
  },
  spreads: ['variadic_unpacking'],
  expressions: {
    variable_name: (x, node) => {
      const text = x.slice(node);
      if (text === '$this') return x.addExpression(ExpressionOp.self, -1);
      const name = x.name(node);
      const local = x.scopes.find(name);
      return local < 0 ? -1 : x.addExpression(ExpressionOp.name, name, local);
    },
    name: (x, node) => x.addExpression(ExpressionOp.path, x.name(node)),
    qualified_name: (x, node) => x.addExpression(ExpressionOp.path, x.name(node)),
    relative_scope: (x, node) => x.addExpression(ExpressionOp.path, x.name(node)),
    member_access_expression: { op: 'member', object: 'object', name: plainName },
    nullsafe_member_access_expression: { op: 'member', object: 'object', name: plainName },
    member_call_expression: { op: 'call' },
    nullsafe_member_call_expression: { op: 'call' },
    scoped_call_expression: (x, node) => {
      const object = x.expression(x.child(node, 'scope'));
      const name = plainName(x, node);
      if (object < 0 || name < 0) return -1;
      return x.addExpression(
        ExpressionOp.call,
        x.addExpression(ExpressionOp.member, object, x.name(name)),
        argumentCount(x, x.child(node, 'arguments')),
      );
    },
    scoped_property_access_expression: (x, node) => {
      const object = x.expression(x.child(node, 'scope'));
      const name = x.firstNamed(x.child(node, 'name'));
      return object < 0 || name < 0 ? -1 : x.addExpression(ExpressionOp.member, object, x.name(name));
    },
    class_constant_access_expression: (x, node) => {
      const object = x.expression(x.firstNamed(node));
      const name = x.lastNamed(node);
      return object < 0 || !x.is(name, 'name') ? -1 : x.addExpression(ExpressionOp.member, object, x.name(name));
    },
    function_call_expression: (x, node) => {
      const callee = x.expression(x.child(node, 'function'));
      return callee < 0 ? -1 : x.addExpression(ExpressionOp.call, callee, argumentCount(x, x.child(node, 'arguments')));
    },
    object_creation_expression: (x, node) => {
      const created = x.firstNamed(node);
      return x.is(created, 'name') || x.is(created, 'qualified_name')
        ? x.addExpression(ExpressionOp.type, x.name(created))
        : -1;
    },
    parenthesized_expression: { op: 'pass' },
    clone_expression: { op: 'pass' },
    assignment_expression: { op: 'pass', of: 'right' },
    conditional_expression: { op: 'pass', of: 'body' },
    subscript_expression: { op: 'element' },
  },
  visit: {
    namespace_definition: (x, node) => {
      const name = x.child(node, 'name');
      const body = x.child(node, 'body');
      const text = name < 0 ? '' : x.slice(name);
      if (body < 0) {
        x.facts.symbols.set(0, SymbolColumn.declaredType, x.facts.string(text));
        x.skip(node);
      } else if (text) x.enter(node, x.declare({ node, kind: 'namespace', nameNode: name, name: text, body }));
    },
    namespace_use_declaration: useDeclaration,
    use_declaration: (x, node) => {
      for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) if (isName(x, at)) named(x, at, 'inherit');
    },
    base_clause: (x, node) => eachName(x, node, (at) => named(x, at, 'inherit')),
    class_interface_clause: (x, node) => eachName(x, node, (at) => named(x, at, 'implement')),
    named_type: (x, node) => {
      const name = x.firstNamed(node);
      if (!/^(?:self|static|parent)$/.test(x.slice(name))) named(x, name, 'type');
    },
    attribute: (x, node) => {
      const name = x.firstNamed(node);
      if (x.parent(x.parent(node)) < 0) named(x, name, 'decorate');
    },
    property_declaration: (x, node) => {
      const written = typeText(x, x.child(node, 'type'));
      for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
        if (!x.is(at, 'property_element')) continue;
        const symbol = x.declare({
          node,
          kind: 'field',
          nameNode: x.firstNamed(x.child(at, 'name')),
          declaredType: written,
        });
        if (written < 0) {
          const documented = /@var\s+([\w\\|?]+)/.exec(
            x.facts.strings[x.facts.symbols.get(symbol, SymbolColumn.documentation)] ?? '',
          )?.[1];
          if (documented) x.facts.symbols.set(symbol, SymbolColumn.declaredType, x.facts.string(documented));
          else x.memory.set(`field ${x.symbol} ${x.nameOf(symbol)}`, symbol);
        }
      }
    },
    assignment_expression: assignment,
    foreach_statement: (x, node) => {
      const source = x.firstNamed(node);
      let target = x.nextNamed(source);
      if (x.is(target, 'pair')) target = x.lastNamed(target);
      if (!x.is(target, 'variable_name')) return;
      const value = x.expression(source);
      x.local(target, -1, value < 0 ? -1 : x.addExpression(ExpressionOp.element, value));
    },
    catch_clause: (x, node) => {
      const name = x.child(node, 'name');
      if (name >= 0) x.local(name, typeText(x, x.firstNamed(x.child(node, 'type'))));
    },
    anonymous_function: closure,
    arrow_function: closure,
    function_call_expression: (x, node) => {
      const callee = x.child(node, 'function');
      const count = argumentCount(x, x.child(node, 'arguments'));
      if (x.is(callee, 'name')) x.reference('call', callee, -1, count);
      else if (x.is(callee, 'qualified_name') || x.is(callee, 'relative_name')) {
        const text = x.slice(callee);
        const cut = text.lastIndexOf('\\');
        x.referenceNamed(
          'call',
          x.facts.string(text.slice(cut + 1)),
          callee,
          x.addExpression(ExpressionOp.path, x.facts.string(text.slice(0, cut) || '\\')),
          count,
        );
      }
    },
    scoped_call_expression: (x, node) => {
      const name = plainName(x, node);
      const receiver = x.expression(x.child(node, 'scope'));
      if (name >= 0 && receiver >= 0)
        x.referenceNamed('call', x.name(name), name, receiver, argumentCount(x, x.child(node, 'arguments')));
    },
    scoped_property_access_expression: (x, node) => {
      const receiver = x.expression(x.child(node, 'scope'));
      const name = x.firstNamed(x.child(node, 'name'));
      if (receiver >= 0 && name >= 0)
        x.referenceNamed(isTarget(x, node) ? 'write' : 'read', x.name(name), name, receiver);
    },
    member_access_expression: memberAccess,
    nullsafe_member_access_expression: memberAccess,
    class_constant_access_expression: (x, node) => {
      const receiver = x.expression(x.firstNamed(node));
      const name = x.lastNamed(node);
      if (x.is(x.firstNamed(node), 'name') || x.is(x.firstNamed(node), 'qualified_name'))
        named(x, x.firstNamed(node), 'type');
      if (receiver >= 0 && x.is(name, 'name') && x.slice(name) !== 'class')
        x.referenceNamed('read', x.name(name), name, receiver);
    },
    object_creation_expression: (x, node) => {
      const created = x.firstNamed(node);
      const list = x.childOfType(node, 'arguments');
      if (x.is(created, 'anonymous_class')) return;
      if (!isName(x, created)) return;
      if (/^(?:static|self)$/.test(x.slice(created))) {
        x.referenceNamed('instantiate', x.name(created), created, x.typeExpression('self'), argumentCount(x, list));
      } else named(x, created, 'instantiate', argumentCount(x, list));
    },
    anonymous_class: (x, node) =>
      x.enter(
        node,
        x.declare({ node, kind: 'class', nameNode: -1, name: '', flags: SymbolFlag.anonymous, visibility: 'private' }),
      ),
    binary_expression: (x, node) => {
      const right = x.child(node, 'right');
      if (isName(x, right) && /\binstanceof\s*$/.test(x.text.slice(x.tree.start[node], x.tree.start[right])))
        named(x, right, 'type');
    },
    include_expression: include,
    include_once_expression: include,
    require_expression: include,
    require_once_expression: include,
  },
};

function plainName(x: Extraction, node: number): number {
  const name = x.child(node, 'name');
  return x.is(name, 'name') ? name : -1;
}

function isName(x: Extraction, node: number): boolean {
  return x.is(node, 'name') || x.is(node, 'qualified_name');
}

function eachName(x: Extraction, node: number, visit: (at: number) => void): void {
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) if (isName(x, at)) visit(at);
}

function named(
  x: Extraction,
  node: number,
  role: 'inherit' | 'implement' | 'type' | 'instantiate' | 'decorate',
  count = -1,
): void {
  if (node < 0 || x.isClaimed(node)) return;
  x.claim(node);
  const text = x.slice(node);
  const cut = text.lastIndexOf('\\');
  if (cut < 0) x.referenceNamed(role, x.name(node), node, -1, count);
  else x.referenceNamed(role, x.facts.string(text.slice(cut + 1)), node, x.typeExpression(text), count);
}

function isTarget(x: Extraction, node: number): boolean {
  return x.fieldIs(node, 'left') && x.is(x.parent(node), 'assignment_expression');
}

function memberAccess(x: Extraction, node: number): void {
  const name = plainName(x, node);
  if (name >= 0) x.reference(isTarget(x, node) ? 'write' : 'read', name, x.child(node, 'object'));
}

/** A variable's last assignment says what it holds; an untyped field's first one in the constructor. */
function assignment(x: Extraction, node: number): void {
  const left = x.child(node, 'left');
  const right = x.child(node, 'right');
  if (x.is(left, 'variable_name')) x.local(left, -1, x.expression(right));
  else if (
    x.is(left, 'member_access_expression') &&
    x.slice(x.child(left, 'object')) === '$this' &&
    x.kindOf(x.symbol) === 'constructor'
  ) {
    const name = plainName(x, left);
    const key = name < 0 ? '' : `field ${x.facts.symbols.get(x.symbol, SymbolColumn.parent)} ${x.slice(name)}`;
    const field = x.memory.get(key);
    if (field === undefined) return;
    x.memory.delete(key);
    const local = x.is(right, 'variable_name') ? x.scopes.find(x.name(right)) : -1;
    // The parameter's own type where it has one: rows of other functions cannot be named from outside.
    const written = local < 0 ? -1 : x.facts.locals.get(local, 2);
    if (written >= 0) x.facts.symbols.set(field, SymbolColumn.declaredType, written);
    else if (local < 0) x.initializer(field, x.expression(right));
  }
}

function closure(x: Extraction, node: number): void {
  x.enter(node);
  bindParameters(x, x.child(node, 'parameters'));
}

/** `__construct(private Bar $bar)` declares the field as well. */
function promoted(x: Extraction, node: number, symbol: number): void {
  const list = x.child(node, 'parameters');
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'property_promotion_parameter')) continue;
    x.declare({
      node: at,
      kind: 'field',
      nameNode: x.firstNamed(x.child(at, 'name')),
      parent: x.facts.symbols.get(symbol, SymbolColumn.parent),
      declaredType: typeText(x, x.child(at, 'type')),
    });
  }
}

/** Types that only the documentation tells: `@return`, `@param`. */
function documentedTypes(x: Extraction, symbol: number): void {
  const text = x.facts.strings[x.facts.symbols.get(symbol, SymbolColumn.documentation)];
  if (text === undefined || !text.includes('@')) return;
  const returned = /@return\s+([\w\\|?$]+)/.exec(text)?.[1];
  if (returned && x.facts.symbols.get(symbol, SymbolColumn.returnType) < 0)
    x.facts.symbols.set(symbol, SymbolColumn.returnType, x.facts.string(returned));
  const first = x.facts.symbols.get(symbol, SymbolColumn.parameters);
  const count = x.facts.symbols.get(symbol, SymbolColumn.parameterCount);
  for (const [, written, name] of text.matchAll(/@param\s+([\w\\|?]+)\s+(\$\w+)/g)) {
    for (let row = first; row < first + count; row++) {
      if (
        x.facts.strings[x.facts.parameters.get(row, ParameterColumn.name)] !== name ||
        x.facts.parameters.get(row, ParameterColumn.type) >= 0
      )
        continue;
      x.facts.parameters.set(row, ParameterColumn.type, x.facts.string(written));
      const local = x.scopes.find(x.facts.string(name));
      if (local >= 0 && x.facts.locals.get(local, 2) < 0) x.facts.locals.set(local, 2, x.facts.string(written));
    }
  }
}

function useDeclaration(x: Extraction, node: number): void {
  const group = x.childOfType(node, 'namespace_use_group');
  const prefix = group >= 0 ? x.slice(x.firstNamed(node)) : '';
  const holder = group >= 0 ? group : node;
  for (let at = x.firstNamed(holder); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'namespace_use_clause')) continue;
    const target = x.firstNamed(at);
    const alias = x.child(at, 'alias');
    const full = (prefix ? `${prefix}\\` : '') + x.slice(target);
    const path = full.replace(/^\\/, '').replace(/\s+/g, '');
    const cut = path.lastIndexOf('\\');
    x.import(
      'member',
      at,
      cut < 0 ? '' : path.slice(0, cut),
      path.slice(cut + 1),
      alias < 0 ? undefined : x.slice(alias),
    );
  }
  x.skip(node);
}

/** A constant path, from `__DIR__` or as it stands. */
function include(x: Extraction, node: number): void {
  const text = x
    .slice(node)
    .replace(/^\w+\s*\(?\s*/, '')
    .replace(/\)?\s*$/, '');
  const path = /^(?:(?:__DIR__|dirname\(__FILE__\))\s*\.\s*)?(['"])([^'"$]+)\1$/.exec(text)?.[2];
  if (path !== undefined) x.import('include', node, path);
}
