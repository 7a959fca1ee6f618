import { SymbolFlag } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, setParameters } from '../declarative/symbol-parts.ts';

const builtins = new Set([
  'c',
  'list',
  'return',
  'function',
  'representation',
  'standardGeneric',
  'missing',
  'stop',
  'warning',
  'invisible',
  'UseMethod',
  'NextMethod',
  'callNextMethod',
  'switch',
]);

/** R by name: what `<-` or `=` binds to a function is one; S4, reference and R6 classes by the functions that make them. */
export const r: LanguageSpec = {
  language: 'r',
  grammar: 'r',
  level: 'names',
  comments: ['comment'],
  symbols: {},
  expressions: {
    identifier: { op: 'name' },
    namespace_operator: { op: 'path' },
    extract_operator: { op: 'member', object: 'lhs', name: 'rhs' },
  },
  visit: {
    extract_operator: () => undefined,
    binary_operator: assignment,
    function_definition: (x, node) => {
      if (!x.isClaimed(node)) openFunction(x, node, method(x, node));
    },
    call,
  },
};

const unquoted = (x: Extraction, node: number): string => x.slice(node).replace(/^[`"']|[`"']$/g, '');

function openFunction(x: Extraction, node: number, symbol: number): void {
  x.claim(node);
  if (symbol < 0) x.enter(node);
  else x.enter(node, symbol);
  const parameters = namedChildren(x, x.child(node, 'parameters')).filter((at) => x.is(at, 'parameter'));
  if (symbol >= 0)
    setParameters(
      x,
      symbol,
      parameters.map((at) => ({
        node: x.child(at, 'name'),
        default: x.child(at, 'default'),
        kind: x.is(x.child(at, 'name'), 'dots') ? 'variadic' : 'positional',
      })),
    );
  else for (const at of parameters) if (x.is(x.child(at, 'name'), 'identifier')) x.local(x.child(at, 'name'), -1);
}

function assignment(x: Extraction, node: number): void {
  const operator = x.slice(x.child(node, 'operator'));
  const right = operator === '->' || operator === '->>';
  if (!right && operator !== '<-' && operator !== '=' && operator !== '<<-') return;
  const target = x.child(node, right ? 'rhs' : 'lhs');
  const value = x.child(node, right ? 'lhs' : 'rhs');
  if (!x.is(target, 'identifier') && !x.is(target, 'string')) return;
  const name = unquoted(x, target);
  if (x.is(value, 'function_definition')) {
    const symbol = x.declare({
      node,
      kind: 'function',
      nameNode: target,
      name,
      body: x.child(value, 'body'),
      visibility: inFunction(x) || name.startsWith('.') ? 'private' : 'public',
      flags: name.startsWith('%') ? SymbolFlag.operator : 0,
    });
    openFunction(x, value, symbol);
    return;
  }
  const className = classCall(x, value);
  if (className >= 0) {
    x.memory.set(`class ${value}`, 1);
    openClass(x, node, value, target, name);
  } else if (inFunction(x)) x.local(target, -1);
  else if (!x.memory.has(`variable ${x.symbol} ${name}`)) {
    x.memory.set(`variable ${x.symbol} ${name}`, 1);
    x.declare({ node, kind: /^[A-Z][A-Z0-9_.]+$/.test(name) ? 'constant' : 'variable', nameNode: target, name });
  }
}

/** The call's function where it makes a class. */
function classCall(x: Extraction, node: number): number {
  if (!x.is(node, 'call')) return -1;
  const name = x.child(node, 'function');
  const leaf = x.is(name, 'namespace_operator') ? x.child(name, 'rhs') : name;
  return x.is(leaf, 'identifier') && /^(?:R6Class|setRefClass|setClass)$/.test(x.slice(leaf)) ? leaf : -1;
}

function openClass(x: Extraction, node: number, value: number, nameNode: number, name: string): void {
  const symbol = x.declare({ node, kind: 'class', nameNode, name });
  x.enter(value, symbol);
  for (const argument of namedChildren(x, x.child(value, 'arguments'))) {
    const section = x.child(argument, 'name') < 0 ? '' : x.slice(x.child(argument, 'name'));
    const held = x.child(argument, 'value');
    if (section === 'inherit' || section === 'contains') {
      const parent = x.is(held, 'string') ? x.childOfType(held, 'string_content') : held;
      if (parent >= 0 && x.isLeaf(parent)) x.reference('inherit', parent);
    } else if (
      /^(?:public|private|active|methods|fields|representation|slots)$/.test(section) ||
      (section === '' && x.is(held, 'call') && x.slice(x.child(held, 'function')) === 'representation')
    ) {
      members(x, held, section === 'private' ? 'private' : 'public');
    }
  }
}

function members(x: Extraction, list: number, visibility: 'public' | 'private'): void {
  for (const member of namedChildren(x, x.child(list, 'arguments'))) {
    const name = x.child(member, 'name');
    const value = x.child(member, 'value');
    if (name < 0) continue;
    if (x.is(value, 'function_definition')) x.memory.set(`member ${value}`, visibility === 'private' ? 2 : 1);
    else x.declare({ node: member, kind: 'field', nameNode: name, name: unquoted(x, name), visibility });
  }
}

/** The symbol of a function that stands in a class's list of members; −1 for others. */
function method(x: Extraction, node: number): number {
  const mark = x.memory.get(`member ${node}`);
  if (mark === undefined) return -1;
  const argument = x.parent(node);
  const name = x.child(argument, 'name');
  return x.declare({
    node: argument,
    kind: 'method',
    nameNode: name,
    name: unquoted(x, name),
    visibility: mark === 2 ? 'private' : 'public',
    body: x.child(node, 'body'),
  });
}

function call(x: Extraction, node: number): void {
  const callee = x.child(node, 'function');
  const list = x.child(node, 'arguments');
  const values = namedChildren(x, list).map((at) => x.child(at, 'value'));
  const count = argumentCount(x, list) - namedChildren(x, list).filter((at) => x.is(at, 'comma')).length;
  const [first] = values;
  if (x.is(callee, 'identifier')) {
    const name = x.slice(callee);
    if (/^(?:library|require|requireNamespace|loadNamespace)$/.test(name) && first !== undefined && first >= 0)
      x.import(name === 'library' || name === 'require' ? 'star' : 'module', node, unquoted(x, first));
    else if (name === 'source' && x.is(first ?? -1, 'string')) x.import('include', node, unquoted(x, first!));
    else if (classCall(x, node) >= 0 && !x.memory.has(`class ${node}`) && x.is(first ?? -1, 'string'))
      openClass(x, node, node, first!, unquoted(x, first!));
    else if (/^(?:setGeneric|setMethod|setValidity)$/.test(name) && x.is(first ?? -1, 'string')) {
      const body = values.find((at) => x.is(at, 'function_definition'));
      const symbol = x.declare({
        node,
        kind: name === 'setMethod' ? 'method' : 'function',
        nameNode: first!,
        name: unquoted(x, first!),
        ...(name === 'setMethod' && x.is(values[1] ?? -1, 'string') ? { owner: unquoted(x, values[1]!) } : {}),
      });
      if (body !== undefined) openFunction(x, body, symbol);
    } else if (!builtins.has(name)) x.reference('call', callee, -1, count);
  } else if (x.is(callee, 'namespace_operator'))
    x.reference('call', x.child(callee, 'rhs'), x.child(callee, 'lhs'), count);
  else if (x.is(callee, 'extract_operator')) x.reference('call', x.child(callee, 'rhs'), x.child(callee, 'lhs'), count);
}
