import { SymbolFlag } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, type ParameterPart, setParameters } from '../declarative/symbol-parts.ts';
import { typeReference } from '../declarative/type-references.ts';

/** Julia by name. Every method of a function is a symbol of its own; `Base.show(…) = …` has `Base` as owner. */
export const julia: LanguageSpec = {
  language: 'julia',
  grammar: 'julia',
  level: 'names',
  comments: ['line_comment', 'block_comment'],
  exported: (x, name, _visibility, parent) =>
    x.memory.has(`export ${name}`) || (parent > 0 && /^(?:struct)$/.test(x.kindOf(parent))),
  visibility: (_x, _node, name) => (name.startsWith('_') ? 'private' : 'public'),
  symbols: {
    module_definition: { kind: 'namespace' },
    struct_definition: { kind: 'struct', name: headName, then: structParts },
    abstract_definition: {
      kind: 'type',
      name: headName,
      flags: SymbolFlag.abstract,
      then: (x, node) => supertype(x, x.childOfType(node, 'type_head')),
    },
    primitive_definition: { kind: 'type', name: headName },
  },
  expressions: {
    identifier: { op: 'name' },
    field_expression: { op: 'member', object: 'value', name: (x, node) => x.lastNamed(node) },
  },
  start: (x) => {
    for (let at = 0; at < x.tree.count; at++) {
      if (x.is(at, 'export_statement') || x.is(at, 'public_statement'))
        for (const name of namedChildren(x, at)) x.memory.set(`export ${x.slice(name)}`, 1);
    }
  },
  visit: {
    field_expression: () => undefined,
    export_statement: (x, node) => x.skip(node),
    import_statement: importRows,
    using_statement: importRows,
    function_definition: (x, node) => {
      const signature = x.childOfType(node, 'signature');
      define(x, node, signature, 'function');
    },
    macro_definition: (x, node) => define(x, node, x.childOfType(node, 'signature'), 'macro'),
    assignment: (x, node) => {
      const left = x.firstNamed(node);
      const head = callHead(x, left);
      if (head >= 0) define(x, node, left, 'function');
      else if (x.is(left, 'identifier') && inFunction(x)) x.local(left, -1);
      else if (
        x.is(left, 'identifier') &&
        (x.is(x.parent(node), 'source_file') ||
          x.is(x.parent(node), 'module_definition') ||
          x.is(x.parent(node), 'const_statement')) &&
        !x.memory.has(`variable ${x.symbol} ${x.slice(left)}`)
      ) {
        x.memory.set(`variable ${x.symbol} ${x.slice(left)}`, 1);
        const isConst = x.is(x.parent(node), 'const_statement');
        x.declare({
          node,
          kind: isConst ? 'constant' : 'variable',
          nameNode: left,
          flags: isConst ? SymbolFlag.readonly : 0,
          ...docs(x, isConst ? x.parent(node) : node),
        });
      }
    },
    arrow_function_expression: (x, node) => {
      x.enter(node);
      const parameters = x.firstNamed(node);
      if (x.is(parameters, 'identifier')) x.local(parameters, -1);
      else for (const at of namedChildren(x, parameters)) if (x.is(at, 'identifier')) x.local(at, -1);
    },
    for_binding: (x, node) => {
      const name = x.firstNamed(node);
      if (x.is(name, 'identifier')) x.local(name, -1);
    },
    call_expression: call,
    broadcast_call_expression: call,
    macrocall_expression: (x, node) => {
      const name = x.firstNamed(x.childOfType(node, 'macro_identifier'));
      if (name >= 0)
        x.reference(
          'call',
          name,
          -1,
          namedChildren(x, x.childOfType(node, 'macro_argument_list', 'argument_list')).length,
        );
    },
    typed_expression: (x, node) => {
      const type = x.lastNamed(node);
      if (type !== x.firstNamed(node)) typeUse(x, type);
    },
  },
};

function headName(x: Extraction, node: number): number {
  return x.descendantOfType(x.childOfType(node, 'type_head'), 'identifier');
}

function typeUse(x: Extraction, node: number): void {
  const name = x.is(node, 'identifier') ? node : x.descendantOfType(node, 'identifier');
  if (
    name >= 0 &&
    !x.isClaimed(name) &&
    !/^(?:Int\d*|UInt\d*|Float\d*|String|Bool|Any|Nothing|Symbol|Char|Number|Real|Integer|Vector|Array|Dict|Tuple|Function)$/.test(
      x.slice(name),
    )
  )
    x.reference('type', name);
}

function supertype(x: Extraction, head: number): void {
  const expression = x.firstNamed(head);
  if (!x.is(expression, 'binary_expression')) return;
  const type = x.lastNamed(expression);
  const name = x.is(type, 'identifier') ? type : x.descendantOfType(type, 'identifier');
  if (name >= 0) x.reference('inherit', name);
}

function structParts(x: Extraction, node: number): void {
  supertype(x, x.childOfType(node, 'type_head'));
  for (const at of namedChildren(x, node)) {
    if (x.is(at, 'identifier')) x.declare({ node: at, kind: 'field', nameNode: at });
    else if (x.is(at, 'typed_expression') && x.is(x.firstNamed(at), 'identifier'))
      x.declare({ node: at, kind: 'field', nameNode: x.firstNamed(at), declaredType: x.name(x.lastNamed(at)) });
  }
}

/** `f(x)`, `f(x)::T`, `f(x) where T`: the call that is the head of a definition. */
function callHead(x: Extraction, node: number): number {
  let at = node;
  for (let steps = 0; steps < 6 && at >= 0; steps++) {
    if (x.is(at, 'call_expression')) return at;
    if (!x.is(at, 'signature') && !x.is(at, 'where_expression') && !x.is(at, 'typed_expression')) return -1;
    at = x.firstNamed(at);
  }
  return -1;
}

function parameter(x: Extraction, at: number): ParameterPart {
  if (x.is(at, 'typed_expression')) {
    const name = x.firstNamed(at);
    const type = x.lastNamed(at);
    return name === type ? { node: -1, type } : { node: name, type };
  }
  if (x.is(at, 'named_argument')) return { ...parameter(x, x.firstNamed(at)), default: x.lastNamed(at) };
  if (x.is(at, 'splat_expression')) return { ...parameter(x, x.firstNamed(at)), kind: 'variadic' };
  return { node: at };
}

/** The string in front of a definition is its documentation. */
function docs(x: Extraction, node: number): { readonly documentation?: string } {
  const above = x.parent(node);
  let before = -1;
  for (let at = x.firstNamed(above); at >= 0 && at !== node; at = x.nextNamed(at)) before = at;
  if (!x.is(before, 'string_literal')) return {};
  return { documentation: x.slice(x.firstNamed(before)).trim() };
}

function define(x: Extraction, node: number, signature: number, kind: 'function' | 'macro'): void {
  const head = callHead(x, signature);
  const target = head < 0 ? x.firstNamed(signature) : x.firstNamed(head);
  if (target < 0) return;
  const qualified = x.is(target, 'field_expression');
  const nameNode = qualified ? x.lastNamed(target) : target;
  const holder = x.kindOf(x.symbol);
  const typed = x.is(signature, 'signature') ? x.firstNamed(signature) : signature;
  const result = x.is(typed, 'where_expression') ? x.firstNamed(typed) : typed;
  const symbol = x.declare({
    node,
    kind: holder === 'struct' ? 'constructor' : kind,
    nameNode,
    flags: x.is(nameNode, 'operator') ? SymbolFlag.operator : 0,
    returnType: x.is(result, 'typed_expression') ? x.name(x.lastNamed(result)) : -1,
    ...(qualified ? { owner: x.slice(x.firstNamed(target)) } : {}),
    ...docs(x, node),
    visibility: inFunction(x) ? 'private' : 'public',
    body: x.nextNamed(x.is(signature, 'signature') ? signature : x.firstNamed(node)),
  });
  x.claim(head);
  x.enter(node, symbol);
  if (head >= 0)
    setParameters(
      x,
      symbol,
      namedChildren(x, x.childOfType(head, 'argument_list')).map((at) => parameter(x, at)),
    );
}

function call(x: Extraction, node: number): void {
  if (x.isClaimed(node)) return;
  const callee = x.firstNamed(node);
  const count = argumentCount(x, x.childOfType(node, 'argument_list'));
  if (x.is(callee, 'identifier')) {
    if (x.slice(callee) !== 'new') x.reference('call', callee, -1, count);
    if (x.slice(callee) === 'include') {
      const path = x.descendantOfType(node, 'content');
      if (path >= 0) x.import('include', node, x.slice(path));
    }
  } else if (x.is(callee, 'field_expression'))
    x.reference('call', x.lastNamed(callee), x.child(callee, 'value'), count);
  else if (x.is(callee, 'parametrized_type_expression')) typeReference(x, x.firstNamed(callee), 'instantiate', count);
}

function importRows(x: Extraction, node: number): void {
  for (const at of namedChildren(x, node)) {
    if (x.is(at, 'selected_import')) {
      const [module, ...names] = namedChildren(x, at);
      for (const name of names) {
        if (x.is(name, 'import_alias'))
          x.import('member', name, x.slice(module!), x.slice(x.firstNamed(name)), x.slice(x.lastNamed(name)));
        else x.import('member', name, x.slice(module!), x.slice(name));
      }
    } else if (x.is(at, 'import_alias'))
      x.import('module', at, x.slice(x.firstNamed(at)), undefined, x.slice(x.lastNamed(at)));
    else x.import(x.is(node, 'using_statement') ? 'star' : 'module', at, x.slice(at));
  }
  x.skip(node);
}
