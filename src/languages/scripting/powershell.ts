import { SymbolFlag } from '#model/vocabulary.ts';
import type { Extraction } from '../declarative/extraction.ts';
import type { LanguageSpec } from '../declarative/language-spec.ts';
import { inFunction, namedChildren, type ParameterPart, setParameters } from '../declarative/symbol-parts.ts';

const elements = (x: Extraction, node: number): readonly number[] =>
  namedChildren(x, x.childOfType(node, 'command_elements')).filter((at) => !x.is(at, 'command_argument_sep'));

/** PowerShell by name: functions and filters, classes, enums, script variables, commands as calls. */
export const powershell: LanguageSpec = {
  language: 'powershell',
  grammar: 'powershell',
  level: 'names',
  comments: ['comment'],
  modifierNodes: ['class_attribute'],
  modifiers: { static: { flags: SymbolFlag.static }, hidden: { visibility: 'private' } },
  symbols: {
    function_statement: {
      kind: 'function',
      name: (x, node) => x.childOfType(node, 'function_name'),
      body: (x, node) => x.childOfType(node, 'script_block'),
      then: functionParameters,
    },
    enum_statement: { kind: 'enum', name: (x, node) => x.childOfType(node, 'simple_name') },
    enum_member: { kind: 'enum-member', name: (x, node) => x.childOfType(node, 'simple_name') },
  },
  expressions: {},
  visit: {
    class_statement: (x, node) => {
      const [name, parent] = namedChildren(x, node).filter((at) => x.is(at, 'simple_name'));
      if (name === undefined) return;
      const symbol = x.declare({ node, kind: 'class', nameNode: name });
      x.enter(node, symbol);
      if (parent !== undefined) x.reference('inherit', parent);
    },
    class_property_definition: (x, node) => {
      const name = x.childOfType(node, 'variable');
      if (name >= 0)
        x.declare({ node, kind: 'field', nameNode: name, name: plainName(x, name), declaredType: typeOf(x, node) });
    },
    class_method_definition: (x, node) => {
      const name = x.childOfType(node, 'simple_name');
      if (name < 0) return;
      const symbol = x.declare({
        node,
        kind: x.slice(name) === x.nameOf(x.symbol) ? 'constructor' : 'method',
        nameNode: name,
        returnType: typeOf(x, node),
        body: x.childOfType(node, 'script_block'),
      });
      x.enter(node, symbol);
      parameterRows(x, symbol, namedChildren(x, x.childOfType(node, 'class_method_parameter_list')));
    },
    command: command,
    invokation_expression: (x, node) => {
      const name = x.firstNamed(x.childOfType(node, 'member_name'));
      const type = x.descendantOfType(x.childOfType(node, 'type_literal'), 'type_identifier');
      if (name < 0) return;
      if (type >= 0 && x.slice(name).toLowerCase() === 'new') x.reference('instantiate', type);
      else
        x.referenceNamed(
          'call',
          x.name(name),
          name,
          x.typeExpression(type < 0 ? x.slice(x.firstNamed(node)).slice(0, 80) : x.slice(type)),
          -1,
        );
    },
    assignment_expression: (x, node) => {
      const name = x.descendantOfType(node, 'variable');
      const left = x.firstNamed(node);
      if (name < 0 || x.tree.start[name] !== x.tree.start[left] || x.tree.end[name] !== x.tree.end[left]) return;
      const written = x.slice(name);
      const isScript = /^\$(?:script|global):/i.test(written);
      if ((inFunction(x) || x.symbol !== 0) && !isScript) return;
      const key = `variable ${plainName(x, name).toLowerCase()}`;
      if (x.memory.has(key)) return;
      x.memory.set(key, 1);
      x.declare({ node, kind: 'variable', nameNode: name, name: plainName(x, name), parent: 0 });
    },
  },
};

const plainName = (x: Extraction, node: number): string => x.slice(node).replace(/^\$(?:\w+:)?/, '');

function typeOf(x: Extraction, node: number): number {
  const type = x.childOfType(node, 'type_literal');
  return type < 0 ? -1 : x.facts.string(x.slice(type).replace(/^\[|\]$/g, ''));
}

function functionParameters(x: Extraction, node: number, symbol: number): void {
  const head = x.childOfType(node, 'function_parameter_declaration');
  const block = x.childOfType(x.childOfType(node, 'script_block'), 'param_block');
  parameterRows(x, symbol, namedChildren(x, x.childOfType(head >= 0 ? head : block, 'parameter_list')));
}

function parameterRows(x: Extraction, symbol: number, list: readonly number[]): void {
  const parts = list.filter((at) => x.is(at, 'script_parameter') || x.is(at, 'class_method_parameter'));
  setParameters(
    x,
    symbol,
    parts.map((at): ParameterPart => {
      const fallback = x.firstNamed(x.childOfType(at, 'script_parameter_default'));
      const type = x.descendantOfType(at, 'type_literal');
      return {
        node: x.childOfType(at, 'variable'),
        type: type < 0 ? -1 : x.descendantOfType(type, 'type_name'),
        default: fallback,
      };
    }),
  );
}

function command(x: Extraction, node: number): void {
  const holder = x.child(node, 'command_name');
  if (holder < 0) return;
  const name = x.slice(holder);
  const values = elements(x, node);
  const [first] = values;
  if (x.childOfType(node, 'command_invokation_operator') >= 0 && /\.ps1["']?$/i.test(name))
    x.import('include', node, name.replace(/^["']|["']$/g, ''));
  else if (/^using$/i.test(name))
    x.import(
      /^namespace$/i.test(first === undefined ? '' : x.slice(first)) ? 'star' : 'module',
      node,
      x.slice(values[1] ?? holder),
    );
  else if (/^import-module$/i.test(name) && first !== undefined)
    x.import('module', node, x.slice(values.find((at) => !x.slice(at).startsWith('-')) ?? first));
  else if (x.is(holder, 'command_name')) x.reference('call', holder, -1, values.length);
}
