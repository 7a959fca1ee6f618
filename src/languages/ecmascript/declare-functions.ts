import { SymbolFlag } from '#model/vocabulary.ts';
import type { FunctionNode, ObjectExpression, TSTypeParameterDeclaration } from './estree.ts';
import { bare, constantText, isClass, isFunction, keyName } from './estree.ts';
import { declarePattern } from './declare-patterns.ts';
import type { DeclarePass, NameHint } from './declare-pass.ts';
import { takeExportFlags, within } from './declare-pass.ts';
import { declareType, declareValue, type FunctionUnit, openScope, type Scope } from './scope.ts';
import { addSymbol, oneLine } from './symbol-rows.ts';

export const ANONYMOUS = 'λ';

/** Symbol, scope, parameters and body of a function that stands in an expression or declaration. Returns its symbol row. */
export function declareFunction(pass: DeclarePass, node: FunctionNode, hint: NameHint | undefined): number {
  const isDeclaration = node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction';
  const exported = takeExportFlags(pass);
  const own = node.id?.name;
  const name =
    (hint?.name === 'exports' ? own : undefined) ??
    hint?.name ??
    own ??
    (exported & SymbolFlag.default ? 'default' : undefined);
  const nameStart = hint?.nameStart ?? node.id?.start ?? node.start;
  const start = hint?.start ?? node.start;
  const symbol = addSymbol(pass.unit, {
    kind: hint?.kind ?? 'function',
    name: name ?? ANONYMOUS,
    parent: hint?.parent ?? pass.symbol,
    start,
    end: Math.max(hint?.end ?? 0, node.end),
    nameStart,
    flags: functionFlags(node) | exported | (hint?.flags ?? 0) | (name === undefined ? SymbolFlag.anonymous : 0),
    statementStart: hint?.statementStart ?? (isDeclaration || exported ? pass.statementStart : start),
    signatureStart: start,
    signatureEnd: node.body
      ? node.type === 'ArrowFunctionExpression'
        ? arrowEnd(pass, node)
        : node.body.start
      : node.end,
    function: node,
    body: node.body,
  });
  if (isDeclaration && node.id) {
    const binding = declareValue(pass.scope, node.id.name, 'function');
    // The implementation stands for its overloads.
    if (binding.symbol < 0 || node.body) binding.symbol = symbol;
  }
  declareBody(pass, node, symbol);
  return symbol;
}

/** Up to the arrow, or through the whole of a short expression body. */
function arrowEnd(pass: DeclarePass, node: FunctionNode): number {
  const { body } = node;
  if (!body) return node.end;
  return body.type === 'BlockStatement' ||
    body.end - body.start > 80 ||
    isFunction(body) ||
    pass.unit.text.slice(body.start, body.end).includes('\n')
    ? body.start
    : body.end;
}

export function functionFlags(node: FunctionNode): number {
  return (
    (node.async ? SymbolFlag.async : 0) |
    (node.generator ? SymbolFlag.generator : 0) |
    (node.body ? 0 : SymbolFlag.declaration)
  );
}

export function declareTypeParameters(scope: Scope, parameters: TSTypeParameterDeclaration | null | undefined): void {
  for (const { name } of parameters?.params ?? []) declareType(scope, name.name);
}

/** The function's own scope and what is in it. */
export function declareBody(pass: DeclarePass, node: FunctionNode, symbol: number): void {
  const { unit } = pass;
  const arrow = node.type === 'ArrowFunctionExpression';
  const made: FunctionUnit = { node, symbol, owner: pass.owner, arrow, usesArguments: false };
  unit.functions.set(node, made);
  unit.symbols.set(node, symbol);
  let outer = pass.scope;
  // A function expression's own name is visible inside it alone.
  if (node.type === 'FunctionExpression' && node.id) {
    outer = openScope(pass.scope, made, {});
    const self = declareValue(outer, node.id.name, 'function');
    self.symbol = symbol;
    self.writes = 1;
  }
  const scope = openScope(outer, made, { hoists: true });
  declareTypeParameters(scope, node.typeParameters);
  const before = { symbol: pass.symbol, classUnit: pass.classUnit };
  pass.symbol = symbol;
  if (!arrow && node.type !== 'FunctionExpression') pass.classUnit = undefined;
  within(pass, node, scope, () => {
    for (const parameter of node.params) {
      if (parameter.type !== 'Identifier' && 'decorators' in parameter)
        for (const { expression } of parameter.decorators ?? []) pass.visit(expression);
      declarePattern(pass, parameter, {
        kind: 'parameter',
        scope,
        written: true,
        flags: 0,
        constant: false,
        statementStart: 0,
        signatureEnd: 0,
      });
    }
    if (!node.body) return;
    if (node.body.type === 'BlockStatement') pass.statements(node.body.body);
    else pass.value(node.body, undefined);
  });
  pass.symbol = before.symbol;
  pass.classUnit = before.classUnit;
}

/** `{ key: "name", value: function () {} }`: what compilers write for a method. */
function describedKey(node: ObjectExpression): string | undefined {
  const key = node.properties[0];
  if (key?.type !== 'Property' || keyName(key.key, key.computed) !== 'key') return undefined;
  return constantText(bare(key.value));
}

/** Members of an object literal: functions and classes always have symbols, other properties when `owner` is a symbol of its own. */
export function declareObject(pass: DeclarePass, node: ObjectExpression, owner: number | undefined): void {
  const outer = pass.symbol;
  const described = describedKey(node);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      pass.visit(property.argument);
      continue;
    }
    if (property.computed) pass.visit(property.key);
    const value = bare(property.value);
    const callable = isFunction(value) || isClass(value);
    const known = keyName(property.key, property.computed);
    const name =
      known !== undefined && !known.startsWith('@@')
        ? known
        : property.computed && callable
          ? `[${oneLine(pass.unit.text.slice(property.key.start, property.key.end))}]`
          : undefined;
    if (name === undefined || (!callable && owner === undefined)) {
      pass.value(property.value, undefined);
      continue;
    }
    const accessor = property.kind === 'get' ? SymbolFlag.getter : property.kind === 'set' ? SymbolFlag.setter : 0;
    const hint: NameHint = {
      name:
        described !== undefined && callable && (name === 'value' || name === 'get' || name === 'set')
          ? described
          : name,
      kind: isClass(value) ? 'class' : 'method',
      parent: owner ?? outer,
      start: property.start,
      end: property.end,
      nameStart: property.key.start,
      flags: accessor,
    };
    if (callable) {
      pass.value(property.value, hint);
    } else if (property.shorthand) {
      pass.value(property.value, undefined);
    } else {
      const symbol = addSymbol(pass.unit, {
        kind: 'property',
        name,
        parent: hint.parent,
        start: property.start,
        end: property.end,
        nameStart: property.key.start,
      });
      if (value.type === 'ObjectExpression') declareObject(pass, value, symbol);
      else pass.value(property.value, undefined);
    }
  }
}
