import { SymbolFlag } from '#model/vocabulary.ts';
import type { AssignmentTarget, BindingPattern, Expression, ParamPattern } from './estree.ts';
import { bare } from './estree.ts';
import type { DeclarePass } from './declare-pass.ts';
import { use, write } from './declare-pass.ts';
import type { Binding, BindingKind, Scope } from './scope.ts';
import { declareValue } from './scope.ts';
import { addSymbol, typeText } from './symbol-rows.ts';

export interface PatternContext {
  readonly kind: BindingKind;
  readonly scope: Scope;
  /** The pattern receives a value: it is initialised, a parameter, or a loop's variable. */
  readonly written: boolean;
  readonly flags: number;
  readonly constant: boolean;
  readonly statementStart: number;
  readonly signatureEnd: number;
}

/** Declares every name of a pattern; visits its defaults and computed keys. */
export function declarePattern(
  pass: DeclarePass,
  pattern: BindingPattern | ParamPattern,
  context: PatternContext,
): void {
  switch (pattern.type) {
    case 'Identifier': {
      const binding = declareValue(context.scope, pattern.name, context.kind);
      if (context.written)
        write(pass, pattern.name, pattern.start, context.scope === pass.scope ? pass.scope : context.scope);
      if (context.scope.container >= 0 && binding.symbol < 0)
        addVariable(
          pass,
          pattern.name,
          binding,
          pattern.start,
          pattern.typeAnnotation?.end ?? pattern.end,
          typeText(pass.unit, pattern.typeAnnotation),
          context,
        );
      return;
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') declarePattern(pass, property.argument, context);
        else {
          if (property.computed) pass.visit(property.key);
          declarePattern(pass, property.value, context);
        }
      }
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element) declarePattern(pass, element.type === 'RestElement' ? element.argument : element, context);
      }
      return;
    case 'AssignmentPattern': {
      declarePattern(pass, pattern.left, { ...context, written: true });
      const { left, right } = pattern;
      pass.value(
        right,
        left.type === 'Identifier'
          ? { name: left.name, parent: pass.symbol, start: left.start, nameStart: left.start, flags: 0 }
          : undefined,
      );
      return;
    }
    case 'RestElement':
      declarePattern(pass, pattern.argument, context);
      return;
    case 'TSParameterProperty':
      declarePattern(pass, pattern.parameter, context);
      return;
  }
}

function addVariable(
  pass: DeclarePass,
  name: string,
  binding: Binding,
  start: number,
  end: number,
  declaredType: string | undefined,
  context: PatternContext,
): void {
  binding.symbol = addSymbol(pass.unit, {
    kind: context.constant ? 'constant' : 'variable',
    name,
    start,
    end: Math.max(end, context.signatureEnd),
    declaredType,
    parent: context.scope.container,
    statementStart: context.statementStart,
    signatureStart: start,
    signatureEnd: Math.max(end, context.signatureEnd),
    flags: context.flags | (context.constant ? SymbolFlag.readonly : 0),
  });
}

/** Names in capitals, and primitive literals, are constants where `const` declares them. */
export function isConstant(name: string | undefined, init: Expression | null): boolean {
  if (name !== undefined && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name) && name.length > 1) return true;
  if (!init) return false;
  const value = bare(init);
  if (value.type === 'Literal') return true;
  if (value.type === 'TemplateLiteral') return value.expressions.length === 0;
  return value.type === 'UnaryExpression' && value.argument.type === 'Literal';
}

/** An assignment's target: names are written, members are read up to their last step. */
export function visitTarget(pass: DeclarePass, target: AssignmentTarget): void {
  switch (target.type) {
    case 'Identifier':
      use(pass, target.name);
      write(pass, target.name, target.start);
      return;
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'RestElement') visitTarget(pass, property.argument);
        else {
          if (property.computed) pass.visit(property.key);
          visitMaybeDefault(pass, property.value);
        }
      }
      return;
    case 'ArrayPattern':
      for (const element of target.elements) {
        if (element?.type === 'RestElement') visitTarget(pass, element.argument);
        else if (element) visitMaybeDefault(pass, element);
      }
      return;
    default:
      pass.visit(target);
  }
}

function visitMaybeDefault(
  pass: DeclarePass,
  target: AssignmentTarget | { type: 'AssignmentPattern'; left: AssignmentTarget; right: Expression },
): void {
  if (target.type === 'AssignmentPattern') {
    visitTarget(pass, target.left);
    pass.visit(target.right);
  } else {
    visitTarget(pass, target);
  }
}
