/** What a function or class is called by the place that it is assigned to. */
import { SymbolFlag } from '#model/vocabulary.ts';
import type { AssignmentExpression, Expression, MemberExpression } from './estree.ts';
import { bare, keyName } from './estree.ts';
import type { DeclarePass, NameHint } from './declare-pass.ts';
import { lookup } from './scope.ts';

/** Symbol of the local function, class or variable that an identifier is bound to; −1. */
export function symbolOf(pass: DeclarePass, node: Expression): number {
  const inner = bare(node);
  return inner.type === 'Identifier' ? (lookup(pass.scope, inner.name)?.symbol ?? -1) : -1;
}

export function isFree(pass: DeclarePass, name: string): boolean {
  return lookup(pass.scope, name) === undefined;
}

/** `module.exports` of CommonJS. */
export function isModuleExports(pass: DeclarePass, node: Expression): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'exports' &&
    isFree(pass, 'module')
  );
}

/** `exports` or `module.exports`. */
export function isExportsObject(pass: DeclarePass, node: Expression): boolean {
  const inner = bare(node);
  if (inner.type === 'Identifier') return inner.name === 'exports' && isFree(pass, 'exports');
  return isModuleExports(pass, inner);
}

export function hintOfAssignment(pass: DeclarePass, node: AssignmentExpression): NameHint | undefined {
  const { left } = node;
  if (left.type === 'Identifier') {
    return {
      name: left.name,
      parent: pass.symbol,
      start: node.start,
      end: node.end,
      nameStart: left.start,
      flags: 0,
      statementStart: pass.statementStart,
    };
  }
  return left.type === 'MemberExpression' ? hintOfMember(pass, left, node) : undefined;
}

function hintOfMember(pass: DeclarePass, left: MemberExpression, node: AssignmentExpression): NameHint | undefined {
  const name = keyName(left.property, left.computed);
  if (name === undefined) return undefined;
  const place = {
    start: node.start,
    end: node.end,
    nameStart: left.property.start,
    statementStart: pass.statementStart,
  };
  const object = bare(left.object);
  if (isModuleExports(pass, left))
    return { ...place, name: 'exports', parent: pass.symbol, flags: SymbolFlag.exported };
  if (isExportsObject(pass, object))
    return { ...place, name, kind: 'function', parent: pass.symbol, flags: SymbolFlag.exported };
  if (object.type === 'ThisExpression') {
    return { ...place, name, kind: 'method', parent: pass.classUnit?.symbol ?? pass.symbol, flags: 0 };
  }
  if (
    object.type === 'MemberExpression' &&
    !object.computed &&
    object.property.type === 'Identifier' &&
    object.property.name === 'prototype'
  ) {
    const owner = symbolOf(pass, object.object);
    return { ...place, name, kind: 'method', parent: owner >= 0 ? owner : pass.symbol, flags: 0 };
  }
  const owner = symbolOf(pass, object);
  if (owner >= 0) return { ...place, name, kind: 'method', parent: owner, flags: SymbolFlag.static };
  return { ...place, name, kind: 'method', parent: pass.symbol, flags: 0 };
}
