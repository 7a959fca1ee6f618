import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec, SymbolRule } from '../declarative/language-spec.ts';
import { childrenIn, inFunction, namedChildren, setParameters } from '../declarative/symbol-parts.ts';
import { typeReference } from '../declarative/type-references.ts';

const value = (flags: number): SymbolRule => ({
  kind: (x) => (inFunction(x) ? undefined : 'variable'),
  name: (x, node) => (x.is(x.child(node, 'pattern'), 'identifier') ? x.child(node, 'pattern') : x.child(node, 'name')),
  type: 'type',
  value: 'value',
  flags,
});
const method = (flags: number): SymbolRule => ({
  kind: 'function',
  parameters: () => -1,
  returns: 'return_type',
  flags,
  then: parameterLists,
});

/** Scala 2 and 3, by name. An object is a class with `static` set. */
export const scala: LanguageSpec = {
  language: 'scala',
  grammar: 'scala',
  level: 'names',
  comments: ['comment', 'block_comment'],
  modifierNodes: ['modifiers'],
  annotations: ['annotation'],
  modifiers: {
    private: { visibility: 'private' },
    protected: { visibility: 'protected' },
    abstract: { flags: SymbolFlag.abstract },
    sealed: {},
    final: { flags: SymbolFlag.final },
    override: { flags: SymbolFlag.override },
  },
  symbols: {
    class_definition: { kind: 'class', parameters: () => -1, then: classParameters },
    object_definition: { kind: 'class', flags: SymbolFlag.static },
    trait_definition: { kind: 'trait' },
    enum_definition: { kind: 'enum' },
    simple_enum_case: { kind: 'enum-member' },
    full_enum_case: { kind: 'enum-member' },
    function_definition: method(0),
    function_declaration: method(SymbolFlag.declaration | SymbolFlag.abstract),
    val_definition: value(SymbolFlag.readonly),
    val_declaration: value(SymbolFlag.readonly | SymbolFlag.abstract | SymbolFlag.declaration),
    var_definition: value(0),
    var_declaration: value(SymbolFlag.abstract | SymbolFlag.declaration),
    given_definition: { kind: 'constant' },
    type_definition: { kind: 'type', type: 'type' },
  },
  typeParameters: {},
  calls: { call_expression: { callee: 'function' } },
  expressions: {
    identifier: { op: 'name' },
    field_expression: { op: 'member', object: 'value', name: 'field' },
    call_expression: { op: 'call' },
    generic_function: { op: 'pass', of: 'function' },
    instance_expression: { op: 'type' },
    parenthesized_expression: { op: 'pass' },
  },
  typeNames: ['type_identifier'],
  qualifiedTypes: ['stable_type_identifier'],
  typeArguments: ['type_arguments'],
  builtinTypes: [
    'Int',
    'Long',
    'Short',
    'Byte',
    'Char',
    'Float',
    'Double',
    'Boolean',
    'Unit',
    'String',
    'Any',
    'AnyRef',
    'AnyVal',
    'Nothing',
    'Null',
  ],
  visit: {
    package_clause: (x, node) => x.facts.symbols.set(0, SymbolColumn.declaredType, x.name(x.child(node, 'name'))),
    extends_clause: (x, node) => {
      for (const type of childrenIn(x, node, 'type')) typeReference(x, type, 'inherit');
    },
    instance_expression: (x, node) =>
      typeReference(x, x.firstNamed(node), 'instantiate', namedChildren(x, x.childOfType(node, 'arguments')).length),
    infix_expression: (x, node) => {
      const operator = x.child(node, 'operator');
      if (x.is(operator, 'identifier')) x.reference('call', operator, x.child(node, 'left'), 1);
    },
    import_declaration: importDeclaration,
    lambda_expression: (x, node) => {
      x.enter(node);
      const parameters = x.child(node, 'parameters');
      if (x.is(parameters, 'identifier')) x.local(parameters, -1);
    },
  },
};

function parameterLists(x: Extraction, node: number, symbol: number): void {
  const parameters = childrenIn(x, node, 'parameters')
    .flatMap((list) => namedChildren(x, list))
    .filter((at) => x.is(at, 'parameter'));
  setParameters(
    x,
    symbol,
    parameters.map((at) => ({
      node: x.child(at, 'name'),
      type: x.child(at, 'type'),
      default: x.child(at, 'default_value'),
      kind: x.is(x.child(at, 'type'), 'repeated_parameter_type') ? 'variadic' : 'positional',
    })),
  );
  if (x.nameOf(symbol) === 'main') x.addFlags(symbol, SymbolFlag.entryPoint);
}

/** `val` parameters, and all of a case class, are fields. */
function classParameters(x: Extraction, node: number, symbol: number): void {
  const list = x.child(node, 'class_parameters');
  const parameters = namedChildren(x, list).filter((at) => x.is(at, 'class_parameter'));
  setParameters(
    x,
    symbol,
    parameters.map((at) => ({
      node: x.child(at, 'name'),
      type: x.child(at, 'type'),
      default: x.child(at, 'default_value'),
    })),
  );
  const isCase = /^(?:\w+\s+)*case\s+class\b/.test(
    x.oneLine(x.tree.start[node]!, x.tree.start[list < 0 ? node : list]!, 200),
  );
  for (const at of parameters) {
    if (!isCase && !/\b(?:val|var)\b/.test(x.oneLine(x.tree.start[at]!, x.tree.start[x.child(at, 'name')]!, 80)))
      continue;
    x.declare({ node: at, kind: 'field', nameNode: x.child(at, 'name'), declaredType: x.name(x.child(at, 'type')) });
  }
}

function importDeclaration(x: Extraction, node: number): void {
  const path = childrenIn(x, node, 'path')
    .map((at) => x.slice(at))
    .join('.');
  const selectors = x.childOfType(node, 'namespace_selectors');
  if (x.childOfType(node, 'namespace_wildcard') >= 0) x.import('star', node, path);
  else if (selectors < 0) x.import('member', node, path.replace(/\.?[^.]*$/, ''), /[^.]*$/.exec(path)![0]);
  for (const at of namedChildren(x, selectors)) {
    if (x.is(at, 'identifier')) x.import('member', at, path, x.slice(at));
    else if (x.is(at, 'namespace_wildcard')) x.import('star', at, path);
    else if (x.slice(x.child(at, 'alias')) !== '_')
      x.import('member', at, path, x.slice(x.child(at, 'name')), x.slice(x.child(at, 'alias')));
  }
  x.skip(node);
}
