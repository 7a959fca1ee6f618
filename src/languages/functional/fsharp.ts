import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, type ParameterPart, setParameters } from '../declarative/symbol-parts.ts';

const typeName = (x: Extraction, node: number): number => x.child(x.childOfType(node, 'type_name'), 'type_name');
const typeRule = (kind: SymbolKind): LanguageSpec['symbols'][string] => ({ kind, name: typeName });
const builtins = new Set([
  'not',
  'ignore',
  'raise',
  'failwith',
  'fst',
  'snd',
  'id',
  'ref',
  'printfn',
  'sprintf',
  'printf',
  'string',
  'int',
  'float',
]);

/** F# by name. Applications are calls, piped ones too. */
export const fsharp: LanguageSpec = {
  language: 'fsharp',
  grammar: 'fsharp',
  level: 'names',
  comments: ['line_comment', 'block_comment', 'xml_doc'],
  documentation: ['///'],
  wrappers: ['declaration_expression', 'type_definition', 'member_defn'],
  modifiers: {
    private: { visibility: 'private' },
    internal: { visibility: 'internal' },
    public: { visibility: 'public' },
  },
  modifierNodes: ['access_modifier'],
  symbols: {
    module_defn: { kind: 'namespace', name: (x, node) => x.childOfType(node, 'identifier', 'long_identifier') },
    named_module: { kind: 'namespace' },
    record_type_defn: typeRule('struct'),
    union_type_defn: typeRule('enum'),
    enum_type_defn: typeRule('enum'),
    type_abbrev_defn: typeRule('type'),
    anon_type_defn: {
      kind: (x, node) =>
        x.childOfType(node, 'primary_constr_args') < 0 && isInterface(x, node) ? 'interface' : 'class',
      name: typeName,
      then: (x, node, symbol) => setParameters(x, symbol, patterns(x, x.childOfType(node, 'primary_constr_args'))),
    },
    record_field: {
      kind: 'field',
      name: (x, node) => x.childOfType(node, 'identifier'),
      type: (x, node) => x.childOfType(node, 'simple_type', 'generic_type', 'postfix_type'),
    },
    union_type_case: { kind: 'enum-member', name: (x, node) => x.childOfType(node, 'identifier') },
  },
  expressions: { long_identifier_or_op: { op: 'path' } },
  visit: {
    namespace: (x, node) => x.facts.symbols.set(0, SymbolColumn.declaredType, x.name(x.child(node, 'name'))),
    import_decl: (x, node) => x.import('star', node, x.slice(x.firstNamed(node))),
    function_or_value_defn: binding,
    member_defn: member,
    class_inherits_decl: (x, node) => {
      const name = lastIdentifier(x, x.childOfType(node, 'simple_type', 'generic_type'));
      if (name >= 0) x.reference('inherit', name);
    },
    interface_implementation: (x, node) => implementation(x, x.firstNamed(node)),
    simple_type: (x, node) => {
      const name = lastIdentifier(x, node);
      if (
        name >= 0 &&
        !x.isClaimed(name) &&
        !/^(?:int|float|string|bool|unit|obj|char|byte|decimal|int64|double|'.*)$/.test(x.slice(name))
      )
        x.reference('type', name);
    },
    application_expression: (x, node) => {
      if (x.is(x.parent(node), 'application_expression') && x.firstNamed(x.parent(node)) === node) return;
      let callee = x.firstNamed(node);
      let count = namedChildren(x, node).length - 1;
      while (x.is(callee, 'application_expression')) {
        count += namedChildren(x, callee).length - 1;
        callee = x.firstNamed(callee);
      }
      called(x, callee, count);
    },
    infix_expression: (x, node) => {
      const [, operator, right] = namedChildren(x, node);
      if (operator === undefined || right === undefined || !x.is(operator, 'infix_op')) return;
      if (/^(?:\|>|>>)$/.test(x.slice(operator)) && !x.is(right, 'application_expression')) called(x, right, 1);
    },
    fun_expression: (x, node) => {
      x.enter(node);
      for (const part of patterns(x, x.childOfType(node, 'argument_patterns')))
        if (part.binding !== undefined && part.binding >= 0) x.local(part.binding, -1);
    },
  },
};

function isInterface(x: Extraction, node: number): boolean {
  let members = 0;
  for (const elements of namedChildren(x, node)) {
    for (const at of namedChildren(x, elements)) {
      if (!x.is(at, 'member_defn')) continue;
      members++;
      if (x.childOfType(at, 'member_signature') < 0) return false;
    }
  }
  return members > 0;
}

function lastIdentifier(x: Extraction, node: number): number {
  let last = -1;
  for (let at = node; node >= 0 && at < x.tree.subtreeEnd[node]!; at++) {
    if (x.is(at, 'type_arguments')) at = x.tree.subtreeEnd[at]! - 1;
    else if (x.is(at, 'identifier')) last = at;
  }
  return last;
}

function called(x: Extraction, callee: number, count: number): void {
  let name = -1;
  if (x.is(callee, 'long_identifier_or_op') || x.is(callee, 'long_identifier')) name = lastIdentifier(x, callee);
  else if (x.is(callee, 'dot_expression')) name = lastIdentifier(x, callee);
  if (name < 0 || builtins.has(x.slice(name))) return;
  const prefix = x.text.slice(x.tree.start[callee], x.tree.start[name]).replace(/\.$/, '').trim();
  if (prefix === '') x.reference('call', name, -1, count);
  else x.referenceNamed('call', x.name(name), name, x.typeExpression(prefix.slice(0, 120)), count);
}

/** Parameters of curried and tupled patterns. */
function patterns(x: Extraction, list: number): ParameterPart[] {
  const parts: ParameterPart[] = [];
  const add = (at: number): void => {
    if (x.is(at, 'typed_pattern')) {
      const [name, type] = namedChildren(x, at);
      parts.push({ node: name!, binding: lastIdentifier(x, name!), ...(type === undefined ? {} : { type }) });
    } else if (
      x.is(at, 'repeat_pattern') ||
      x.is(at, 'paren_pattern') ||
      x.is(at, 'argument_patterns') ||
      x.is(at, 'tuple_pattern')
    )
      namedChildren(x, at).forEach(add);
    else if (!x.is(at, 'const') && !x.is(at, 'unit'))
      parts.push({
        node: at,
        binding: x.is(at, 'identifier_pattern') || x.is(at, 'long_identifier') ? lastIdentifier(x, at) : -1,
      });
  };
  if (list >= 0) namedChildren(x, list).forEach(add);
  return parts;
}

function binding(x: Extraction, node: number): void {
  const left = x.firstNamed(node);
  const body = x.child(node, 'body');
  const result = x.childOfType(node, 'simple_type', 'generic_type', 'postfix_type', 'function_type');
  const above = x.is(x.parent(node), 'declaration_expression') ? x.parent(node) : node;
  const access = x.slice(x.childOfType(left, 'access_modifier') < 0 ? left : x.childOfType(left, 'access_modifier'));
  const isMember = /^(?:class|struct|enum)$/.test(x.kindOf(x.symbol));
  const visibility =
    access === 'private' || isMember
      ? ('private' as const)
      : access === 'internal'
        ? ('internal' as const)
        : ('public' as const);
  if (x.is(left, 'function_declaration_left')) {
    const nameNode = x.firstNamed(left);
    const named = x.is(nameNode, 'access_modifier') ? x.nextNamed(nameNode) : nameNode;
    const name = x.slice(named).replace(/^\(\s*|\s*\)$/g, '');
    const symbol = x.declare({
      node,
      kind: isMember ? 'method' : 'function',
      nameNode: named,
      name,
      body,
      visibility,
      documented: above,
      returnType: result < 0 ? -1 : x.name(result),
      flags:
        (x.is(named, 'op_identifier') ? SymbolFlag.operator : 0) |
        (decorated(x, above, 'EntryPoint') ? SymbolFlag.entryPoint : 0),
    });
    // What stands behind `in` is not inside the function: its scope is the body.
    const scope = x.childOfType(left, 'argument_patterns');
    x.enter(node, symbol);
    setParameters(x, symbol, patterns(x, scope));
    return;
  }
  const name = lastIdentifier(x, left);
  if (name < 0 || !x.is(left, 'value_declaration_left')) return;
  if (inFunction(x)) {
    x.local(name, -1);
    return;
  }
  const isMutable =
    /^(?:let\s+)?mutable\b/.test(x.oneLine(x.tree.start[node]!, x.tree.start[name]!, 80)) ||
    /\bmutable\b/.test(x.oneLine(x.tree.start[above]!, x.tree.start[name]!, 80));
  x.declare({
    node,
    kind: isMember ? 'field' : isMutable ? 'variable' : 'constant',
    nameNode: name,
    body,
    visibility,
    documented: above,
    declaredType: result < 0 ? -1 : x.name(result),
    flags: isMutable ? 0 : SymbolFlag.readonly,
  });
}

function decorated(x: Extraction, node: number, attribute: string): boolean {
  const attributes = x.childOfType(node, 'attributes');
  return attributes >= 0 && x.slice(attributes).includes(attribute);
}

function member(x: Extraction, node: number): void {
  const definition = x.childOfType(node, 'method_or_prop_defn');
  const head = x.oneLine(x.tree.start[node]!, x.tree.end[node]!, 60);
  const flags =
    (/^static\b/.test(head) ? SymbolFlag.static : 0) |
    (/^override\b/.test(head) ? SymbolFlag.override : 0) |
    (/^abstract\b/.test(head) ? SymbolFlag.abstract | SymbolFlag.declaration : 0);
  const visibility = /\bprivate\b/.test(head)
    ? ('private' as const)
    : /\binternal\b/.test(head)
      ? ('internal' as const)
      : ('public' as const);
  if (definition >= 0) {
    const label = x.child(definition, 'name');
    const name = x.child(label, 'method') >= 0 ? x.child(label, 'method') : lastIdentifier(x, label);
    const list = x.child(definition, 'args');
    const symbol = x.declare({
      node,
      kind: list < 0 ? 'property' : 'method',
      nameNode: name,
      flags,
      visibility,
      body: lastChild(x, definition),
    });
    x.enter(node, symbol);
    if (list >= 0)
      setParameters(
        x,
        symbol,
        patterns(x, x.is(list, 'paren_pattern') ? list : x.parent(list)).filter(
          (part) => part.node >= list && part.node < x.tree.subtreeEnd[list]!,
        ),
      );
    return;
  }
  const signature = x.childOfType(node, 'member_signature');
  const label = signature >= 0 ? x.childOfType(signature, 'identifier') : x.childOfType(node, 'property_or_ident');
  const name = lastIdentifier(x, label);
  if (name < 0) return;
  const isMethod = signature >= 0 && x.childOfType(signature, 'curried_spec') >= 0;
  x.declare({
    node,
    kind: isMethod ? 'method' : 'property',
    nameNode: name,
    flags: signature >= 0 ? flags | SymbolFlag.abstract | SymbolFlag.declaration : flags,
    visibility,
  });
}

function lastChild(x: Extraction, node: number): number {
  return x.lastNamed(node);
}

function implementation(x: Extraction, type: number): void {
  const name = lastIdentifier(x, type);
  if (name >= 0) x.reference('implement', name);
}
