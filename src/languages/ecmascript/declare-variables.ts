import { declareObject } from './declare-functions.ts';
import { declareRequiredNames } from './declare-modules.ts';
import { type DeclarePass, type NameHint, takeExportFlags, write } from './declare-pass.ts';
import { declarePattern, isConstant, type PatternContext, visitTarget } from './declare-patterns.ts';
import type { ForStatementLeft, VariableDeclaration } from './estree.ts';
import { bare, isClass, isFunction } from './estree.ts';
import { declareValue } from './scope.ts';

export function declareVariables(pass: DeclarePass, node: VariableDeclaration): void {
  const flags = takeExportFlags(pass);
  const statementStart = flags ? pass.statementStart : node.start;
  const scope = node.kind === 'var' ? pass.scope.hoist : pass.scope;
  const base = { kind: node.kind === 'var' ? 'var' : 'lexical', scope, flags } as const;
  node.declarations.forEach((declarator, order) => {
    const { id, init } = declarator;
    const start = order === 0 ? statementStart : declarator.start;
    const inner = init ? bare(init) : undefined;
    if (id.type === 'Identifier' && inner && (isFunction(inner) || isClass(inner))) {
      const binding = declareValue(scope, id.name, base.kind);
      write(pass, id.name, id.start);
      const hint: NameHint = {
        name: id.name,
        parent: scope.container > 0 ? scope.container : pass.symbol,
        start: declarator.start,
        end: declarator.end,
        nameStart: id.start,
        statementStart: start,
        flags,
      };
      binding.symbol = isFunction(inner) ? pass.declareFunction(inner, hint) : pass.declareClass(inner, hint);
      return;
    }
    const context: PatternContext = {
      ...base,
      statementStart: start,
      written: init !== null || node.declare === true,
      constant: node.kind === 'const' && isConstant(id.type === 'Identifier' ? id.name : undefined, init),
      signatureEnd: declarator.end - declarator.start <= 160 && id.type === 'Identifier' ? declarator.end : 0,
    };
    declarePattern(pass, id, context);
    if (!init) return;
    declareRequiredNames(pass, declarator);
    if (id.type !== 'Identifier') return pass.value(init, undefined);
    const symbol = scope.values.get(id.name)?.symbol ?? -1;
    if (inner?.type === 'ObjectExpression')
      declareObject(pass, inner, scope.container >= 0 && symbol >= 0 ? symbol : undefined);
    else
      pass.value(init, {
        name: id.name,
        parent: pass.symbol,
        start: declarator.start,
        end: declarator.end,
        nameStart: id.start,
        statementStart: start,
        flags,
      });
  });
}

export function declareLoopVariable(pass: DeclarePass, left: ForStatementLeft): void {
  if (left.type !== 'VariableDeclaration') return visitTarget(pass, left);
  const scope = left.kind === 'var' ? pass.scope.hoist : pass.scope;
  for (const { id } of left.declarations) {
    declarePattern(pass, id, {
      kind: left.kind === 'var' ? 'var' : 'lexical',
      scope,
      written: true,
      flags: 0,
      constant: false,
      statementStart: left.start,
      signatureEnd: 0,
    });
  }
}
