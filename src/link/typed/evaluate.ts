import { EXPRESSION_STRIDE, ExpressionOp, LOCAL_STRIDE, LocalColumn } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { fileOf, refOf, type SymbolRef } from './declarations.ts';
import type { Wanted } from './dialect.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';
import { type Argument, byArguments } from './overloads.ts';
import { elementOf, externalResult, substitute, type Value } from './value.ts';

/** Values of a file's expressions and locals while it is linked. */
export interface Memo {
  readonly expressions: (Value | null | undefined)[];
  readonly locals: (Value | null | undefined)[];
}

/** The value of an expression row, seen from a symbol of the same file. With a memo, rows are computed once. */
export function evaluate(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  row: number,
  memo?: Memo,
): Value | undefined {
  if (row < 0) return undefined;
  if (memo) {
    const known = memo.expressions[row];
    if (known !== undefined) return known ?? undefined;
    // A row that needs itself has no value.
    memo.expressions[row] = null;
  }
  const value = compute(resolution, file, symbol, row, memo);
  if (memo) memo.expressions[row] = isScopeFree(file, row) ? (value ?? null) : undefined;
  return value;
}

/** Whether the row means the same in every function: rows are shared by all uses in a file. */
function isScopeFree(file: TypedFile, row: number): boolean {
  const { expressions } = file.facts;
  const op = expressions[row * EXPRESSION_STRIDE]!;
  if (op === ExpressionOp.name) return expressions[row * EXPRESSION_STRIDE + 2]! >= 0;
  if (op === ExpressionOp.self || op === ExpressionOp.super || op === ExpressionOp.type || op === ExpressionOp.path)
    return false;
  return isScopeFree(file, expressions[row * EXPRESSION_STRIDE + 1]!);
}

function compute(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  row: number,
  memo: Memo | undefined,
): Value | undefined {
  const { expressions, strings } = file.facts;
  const at = row * EXPRESSION_STRIDE;
  const a = expressions[at + 1]!;
  const b = expressions[at + 2]!;
  switch (expressions[at]) {
    case ExpressionOp.name:
      if (b >= 0) return localValue(resolution, file, b, memo);
      return (
        lentMember(resolution, file, symbol, row, 'any', memo) ??
        (file.dialect.callablesApart ? resolution.named(file, symbol, strings[a]!, 'value') : undefined) ??
        resolution.named(file, symbol, strings[a]!, 'any')
      );
    case ExpressionOp.member: {
      const object = evaluate(resolution, file, symbol, a, memo);
      if (!object) return undefined;
      const variable = file.dialect.callablesApart && resolution.memberOf(object, strings[b]!, 'value', file);
      if (variable && variable.kind !== 'external') return variable;
      return resolution.memberOf(object, strings[b]!, 'any', file) ?? (variable || undefined);
    }
    case ExpressionOp.call: {
      const callee = evaluateCallee(resolution, file, symbol, a, memo);
      return (
        callee && callResult(resolution, callee, b, calleeName(file, a), receiverOf(resolution, file, symbol, a, memo))
      );
    }
    case ExpressionOp.type:
      return typeOrBuiltin(resolution, file, symbol, strings[a]!);
    case ExpressionOp.self: {
      const type = resolution.enclosingType(file, symbol);
      const isStatic =
        file.dialect.staticApart &&
        (symbol === 0 ||
          resolution.isType(refOf(file.number, symbol)) ||
          resolution.hasFlag(refOf(file.number, symbol), SymbolFlag.static));
      return type && { kind: isStatic ? 'type' : 'instance', type, args: [] };
    }
    case ExpressionOp.super: {
      const type = resolution.enclosingType(file, symbol);
      return type && { kind: 'super', type };
    }
    case ExpressionOp.element: {
      const value = settled(resolution, evaluate(resolution, file, symbol, a, memo));
      return elementOf(value) ?? iterated(resolution, value);
    }
    case ExpressionOp.unwrap: {
      const value = settled(resolution, evaluate(resolution, file, symbol, a, memo));
      return value?.kind === 'external' ? value.args[0] : value;
    }
    case ExpressionOp.path:
      return resolution.path(file, symbol, strings[a]!, 'any');
    default:
      return undefined;
  }
}

/** What a bare name means as a member of the value that the lambda around it has for its receiver. */
function lentMember(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  row: number,
  wanted: Wanted,
  memo: Memo | undefined,
): Value | undefined {
  const { expressions, strings } = file.facts;
  const lent = -2 - expressions[row * EXPRESSION_STRIDE + 2]!;
  const object = lent < 0 ? undefined : evaluate(resolution, file, symbol, lent, memo);
  const member =
    object && resolution.memberOf(object, strings[expressions[row * EXPRESSION_STRIDE + 1]!]!, wanted, file);
  return member?.kind === 'external' ? undefined : member;
}

/** The callee, by name looked up as one that is called: methods and fields may share a name. */
function evaluateCallee(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  row: number,
  memo: Memo | undefined,
): Value | undefined {
  const { expressions, strings } = file.facts;
  const at = row * EXPRESSION_STRIDE;
  if (expressions[at] === ExpressionOp.name && expressions[at + 2]! < 0) {
    const name = strings[expressions[at + 1]!]!;
    return (
      lentMember(resolution, file, symbol, row, 'call', memo) ??
      resolution.named(file, symbol, name, 'call') ??
      resolution.named(file, symbol, name, 'any')
    );
  }
  if (expressions[at] === ExpressionOp.member) {
    const object = evaluate(resolution, file, symbol, expressions[at + 1]!, memo);
    const name = strings[expressions[at + 2]!]!;
    if (object) {
      const member = resolution.memberOf(object, name, 'call', file);
      if (member && member.kind !== 'external') return member;
      const extension = file.dialect.extension?.(resolution, file, symbol, object, name);
      return extension ?? member ?? { kind: 'external', name: '?', instance: false, args: [] };
    }
    return undefined;
  }
  return evaluate(resolution, file, symbol, row, memo);
}

function calleeName(file: TypedFile, row: number): string | undefined {
  const { expressions, strings } = file.facts;
  const at = row * EXPRESSION_STRIDE;
  return expressions[at] === ExpressionOp.member ? strings[expressions[at + 2]!] : undefined;
}

function receiverOf(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  row: number,
  memo: Memo | undefined,
): Value | undefined {
  const { expressions } = file.facts;
  const at = row * EXPRESSION_STRIDE;
  if (expressions[at] !== ExpressionOp.member) return undefined;
  return settled(resolution, evaluate(resolution, file, symbol, expressions[at + 1]!, memo));
}

/**
 * The type of an expression as written where that says more than its value: of literals, locals, fields and calls. Only basic
 * types and strings, which are the same in every file.
 */
export function writtenType(
  resolution: Resolution,
  file: TypedFile,
  symbol: number,
  row: number,
  memo?: Memo,
): string | undefined {
  const { expressions, locals, strings } = file.facts;
  const at = row * EXPRESSION_STRIDE;
  const b = expressions[at + 2]!;
  const op = expressions[at];
  if (op === ExpressionOp.type) return strings[expressions[at + 1]!];
  if (op === ExpressionOp.name && b >= 0) {
    const type = strings[locals[b * LOCAL_STRIDE + LocalColumn.type]!];
    if (type !== undefined) return type;
    const initializer = locals[b * LOCAL_STRIDE + LocalColumn.initializer]!;
    return initializer < 0 || locals[b * LOCAL_STRIDE + LocalColumn.position] !== 0 || initializer >= row
      ? undefined
      : plain(writtenType(resolution, file, symbol, initializer, memo));
  }
  if (op === ExpressionOp.name || op === ExpressionOp.member) {
    const value = evaluate(resolution, file, symbol, row, memo);
    return value?.kind === 'variable' && value.refs.length === 1
      ? plain(resolution.text(value.refs[0]!, SymbolColumn.declaredType))
      : undefined;
  }
  if (op !== ExpressionOp.call) return undefined;
  const callee = evaluateCallee(resolution, file, symbol, expressions[at + 1]!, memo);
  const name = calleeName(file, expressions[at + 1]!);
  if (callee?.kind === 'callable') {
    const types = new Set(
      choose(resolution, callee.refs, b, callee.receiver).map((ref) => resolution.text(ref, SymbolColumn.returnType)),
    );
    return types.size === 1 ? plain([...types][0]) : undefined;
  }
  if (name !== undefined && (callee === undefined || callee.kind === 'external'))
    return file.dialect.externalResult?.(name);
  return undefined;
}

const plainTypes = /^(?:byte|short|char|int|long|float|double|boolean|bool|string|String|decimal)$/;

function plain(type: string | undefined): string | undefined {
  return type !== undefined && plainTypes.test(type) ? type : undefined;
}

/** A variable's type in place of the variable. */
export function settled(resolution: Resolution, value: Value | undefined): Value | undefined {
  return value?.kind === 'variable'
    ? resolution.variableType(value)
    : value?.kind === 'parameter'
      ? value.bound
      : value;
}

/** What a call yields. */
function callResult(
  resolution: Resolution,
  callee: Value,
  count: number,
  name: string | undefined,
  receiver: Value | undefined,
): Value | undefined {
  switch (callee.kind) {
    case 'callable': {
      const chosen = choose(resolution, callee.refs, count, callee.receiver);
      const first = chosen[0];
      if (first === undefined) return undefined;
      const written = resolution.text(first, SymbolColumn.returnType);
      if (chosen.some((ref) => resolution.text(ref, SymbolColumn.returnType) !== written)) return undefined;
      return resolution.resultOf(first, callee.receiver);
    }
    case 'type':
      return { kind: 'instance', type: callee.type, args: callee.args };
    case 'function':
      return callee.result;
    case 'variable': {
      const type = resolution.variableType(callee);
      // An enum's variant that is called makes a value of the enum.
      if (callee.refs[0] !== undefined && resolution.kind(callee.refs[0]) === 'enum-member') return type;
      return type?.kind === 'function' ? type.result : undefined;
    }
    case 'instance': {
      // A named function type.
      const named = resolution.supers(callee.type).find((base) => base.kind === 'function');
      return named?.kind === 'function' ? named.result : undefined;
    }
    case 'external':
      return name === undefined
        ? undefined
        : (externalResult(outsideBase(resolution, receiver), name) ?? externalResult(receiver, name));
    default:
      return undefined;
  }
}

/** The definitions that fit a call: prototypes give way to definitions, then the number of arguments decides. */
export function choose(
  resolution: Resolution,
  refs: readonly SymbolRef[],
  count: number,
  receiver: Value | undefined,
  given?: readonly Argument[],
): readonly SymbolRef[] {
  if (refs.length < 2) return refs;
  let left = refs;
  if (count >= 0) {
    const fitting = left.filter((ref) => accepts(resolution, ref, count, receiver));
    if (fitting.length > 0) left = fitting;
  }
  if (given && left.length > 1) left = byArguments(resolution, left, given, receiver);
  const { dialect } = resolution.declarations.file(fileOf(left[0]!))!;
  // Where files are chosen by platform, a function without a body is written in assembler: as much a variant as any.
  if (dialect.prefer) return left.length > 1 ? dialect.prefer(resolution, left) : left;
  const definitions = left.filter(
    (ref) => !resolution.isDeclarationOnly(ref) || resolution.hasFlag(ref, SymbolFlag.abstract),
  );
  if (definitions.length > 0) left = definitions;
  else if (left.length > 1 && left.every((ref) => resolution.isDeclarationOnly(ref)) && sameSignature(resolution, left))
    left = left.slice(0, 1);
  return left;
}

function sameSignature(resolution: Resolution, refs: readonly SymbolRef[]): boolean {
  const [first, ...others] = refs.map((ref) => resolution.arity(ref).join());
  return others.every((other) => other === first);
}

function accepts(resolution: Resolution, ref: SymbolRef, count: number, receiver: Value | undefined): boolean {
  const [least, most] = resolution.arity(ref);
  const { dialect } = resolution.declarations.file(fileOf(ref))!;
  const given = count + dialect.hiddenArguments(resolution, ref, receiver);
  return given >= least && (most < 0 || given <= most);
}

function localValue(resolution: Resolution, file: TypedFile, local: number, memo: Memo | undefined): Value | undefined {
  if (memo) {
    const known = memo.locals[local];
    if (known !== undefined) return known ?? undefined;
    memo.locals[local] = null;
  }
  const { locals, strings } = file.facts;
  const at = local * LOCAL_STRIDE;
  const symbol = locals[at + LocalColumn.symbol]!;
  const type = locals[at + LocalColumn.type]!;
  const position = locals[at + LocalColumn.position]!;
  let value: Value | undefined;
  if (position === -1) value = type >= 0 ? resolution.typeNamed(file, symbol, strings[type]!) : undefined;
  else if (type >= 0) value = typeOrBuiltin(resolution, file, symbol, strings[type]!);
  else {
    value = settled(resolution, evaluate(resolution, file, symbol, locals[at + LocalColumn.initializer]!, memo));
    if (value?.kind === 'tuple') value = value.items[position];
    else if (position > 0) value = undefined;
  }
  if (value?.kind === 'parameter') value = value.bound;
  if (memo) memo.locals[local] = value ?? null;
  return value;
}

/** The type as written; where it is not of the tree, something outside of that name. */
function typeOrBuiltin(resolution: Resolution, file: TypedFile, symbol: number, text: string): Value | undefined {
  if (/^(?:Self|self|static|\$this)$/.test(text)) {
    const type = resolution.enclosingType(file, symbol);
    return type && { kind: 'instance', type, args: [] };
  }
  return resolution.typeNamed(file, symbol, text);
}

/** A type of the tree that can be walked: what its iterator or index method yields. */
function iterated(resolution: Resolution, value: Value | undefined): Value | undefined {
  return elementOf(outsideBase(resolution, value));
}

/** The nearest supertype outside of the tree that has type arguments, with those of this instance filled in. */
function outsideBase(resolution: Resolution, value: Value | undefined, depth = 0): Value | undefined {
  if (value?.kind !== 'instance' || depth > MOST_BASES) return undefined;
  const bases = resolution.supers(value.type).map((base) => substitute(base, value));
  const outside = bases.find((base) => base?.kind === 'external' && base.args.length > 0);
  if (outside) return outside.kind === 'external' ? { ...outside, instance: true } : outside;
  for (const base of bases) {
    const found = base?.kind === 'instance' && base.type !== value.type && outsideBase(resolution, base, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const MOST_BASES = 8;
