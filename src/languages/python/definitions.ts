/** Functions, lambdas and classes: objects created where they are defined, bodies walked later (functions) or at once (classes). */
import { Binding, ReferenceColumn, SymbolColumn } from '#model/facts.ts';
import { ArgumentKind, CallFlag, FlowFunctionColumn, FlowFunctionFlag, FlowOp, MemberFlag } from '#model/flow.ts';
import { parameterKinds, SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import { annotate, annotateYields } from './annotations.ts';
import type { Context, FunctionBody } from './context.ts';
import { classShape, decoratorsOf, isGenerator } from './definition-shape.ts';
import { Kind } from './grammar.ts';
import { parametersOf } from './symbol-rows.ts';
import { assignTarget } from './targets.ts';

const variadic = parameterKinds.indexOf('variadic');
const keywordVariadic = parameterKinds.indexOf('keyword-variadic');
const keywordOnly = parameterKinds.indexOf('keyword-only');
const methodLike = new Set(['method', 'constructor', 'property'].map((kind) => symbolKinds.indexOf(kind as 'method')));

const enumMember = symbolKinds.indexOf('enum-member');
const field = symbolKinds.indexOf('field');

export function defineFunction(context: Context, node: number): void {
  const { unit, flow, scopes } = context;
  const symbol = context.declarations.symbolOf.get(node)!;
  const inClass = methodLike.has(unit.facts.symbols.get(symbol, SymbolColumn.kind));
  const shape = context.declarations.functionShapes.get(node)!;
  const decorators = evaluateDecorators(context, node);
  const slot = openFunction(context, node, symbol, shape.parameters, inClass, flowFlags(shape.flags));
  const value = decorate(context, decorators, slot, shape.name);
  if (shape.nameNode < 0) return;
  if (shape.isCompanion) {
    // A setter or overload leaves the name with what it held; the setter is a member beside the getter.
    if ((shape.flags & SymbolFlag.setter) !== 0 && context.classRow >= 0) {
      flow.emit(FlowOp.member, context.classRow, unit.nameString(unit.name(shape.nameNode)), slot, MemberFlag.setter);
    }
    if (shape.isDeleter && context.classRow >= 0)
      flow.emit(FlowOp.member, context.classRow, unit.facts.string(`${shape.name}@deleter`), slot, 0);
    const variable = scopes.bind(context.scope, unit.name(shape.nameNode));
    if ((shape.flags & SymbolFlag.declaration) === 0 || flow.read(variable) >= 0) return;
    flow.assign(variable, value);
    return;
  }
  flow.assign(scopes.bind(context.scope, unit.name(shape.nameNode)), value);
}

function flowFlags(flags: number): number {
  return (
    ((flags & SymbolFlag.async) !== 0 ? FlowFunctionFlag.async : 0) |
    ((flags & SymbolFlag.generator) !== 0 ? FlowFunctionFlag.generator : 0) |
    ((flags & SymbolFlag.static) !== 0 ? FlowFunctionFlag.static : 0) |
    ((flags & SymbolFlag.classmethod) !== 0 ? FlowFunctionFlag.classmethod : 0) |
    ((flags & SymbolFlag.getter) !== 0 ? FlowFunctionFlag.property : 0) |
    ((flags & SymbolFlag.setter) !== 0 ? FlowFunctionFlag.setter : 0) |
    ((flags & SymbolFlag.abstract) !== 0 ? FlowFunctionFlag.abstract : 0)
  );
}

export function defineLambda(context: Context, node: number): number {
  const { unit } = context;
  const symbol = context.declarations.symbolOf.get(node)!;
  const body = unit.child(node, unit.fields.body);
  return openFunction(
    context,
    node,
    symbol,
    unit.child(node, unit.fields.parameters),
    false,
    isGenerator(unit, body) ? FlowFunctionFlag.generator : 0,
  );
}

/** Creates the function object and queues its body. Defaults are evaluated here, in the scope around the function. */
function openFunction(
  context: Context,
  node: number,
  symbol: number,
  parametersNode: number,
  isMethod: boolean,
  flags: number,
): number {
  const { unit, flow, scopes } = context;
  const { facts } = unit;
  const parameters = parametersOf(unit, parametersNode);
  const list = [parameters.length];
  const slots = parameters.map((parameter) => {
    const value = parameter.value < 0 ? -1 : context.evaluate(parameter.value);
    const slot = flow.slot();
    const name = unit.kind(parameter.target) === Kind.identifier ? unit.nameString(unit.name(parameter.target)) : -1;
    list.push(parameter.kind, slot, name, value);
    return { parameter, slot };
  });
  const isGenerated = (flags & FlowFunctionFlag.generator) !== 0;
  const sent = isGenerated ? flow.slot() : -1;
  if (isGenerated) {
    // No argument fills it: values come in by `send`.
    list[0]!++;
    list.push(keywordOnly, sent, facts.string('#sent'), -1);
  }
  const returns = flow.slot();
  const yields = (flags & FlowFunctionFlag.generator) !== 0 ? flow.slot() : -1;
  const row = facts.flowFunctions.rows;
  const classRow = context.classRow;
  facts.flowFunctions.add(
    symbol,
    context.body.row,
    isMethod ? classRow : -1,
    flags,
    -1,
    returns,
    yields,
    facts.flowLists.list(list),
    0,
    0,
    -1,
  );
  context.pending.push({
    row,
    node,
    scope: scopes.of(node),
    symbol,
    classRow,
    returns,
    yields,
    sent,
    parameters: slots,
  });
  const slot = flow.slot();
  flow.emit(FlowOp.function, slot, row);
  return slot;
}

/** Walks a queued body: its operations follow those of all functions before it. */
export function walkBody(context: Context, body: FunctionBody): void {
  const { unit, flow, scopes } = context;
  const { facts, fields } = unit;
  context.body = body;
  context.classRow = body.classRow;
  flow.beginFunction();
  facts.flowFunctions.set(body.row, FlowFunctionColumn.firstOperation, facts.flow.rows);
  context.symbol = body.symbol;
  // Annotations belong to the scope around the function.
  context.scope = scopes.parent[body.scope]!;
  for (const { parameter, slot } of body.parameters) {
    if (parameter.type < 0) continue;
    if (parameter.kind === variadic || parameter.kind === keywordVariadic) {
      const element = flow.slot();
      annotate(context, element, parameter.type);
      flow.emit(FlowOp.storeElement, slot, -1, element);
    } else annotate(context, slot, parameter.type);
  }
  const returnType = unit.child(body.node, fields.return_type);
  if (returnType >= 0) {
    if (body.yields >= 0) annotateYields(context, body.yields, returnType);
    else annotate(context, body.returns, returnType);
  }
  context.scope = body.scope;
  for (const { parameter, slot } of body.parameters) {
    if (unit.kind(parameter.target) === Kind.identifier)
      flow.assign(scopes.bind(body.scope, unit.name(parameter.target)), slot);
    else assignTarget(context, parameter.target, slot);
  }
  const code = unit.child(body.node, fields.body);
  if (code >= 0) {
    if (unit.kind(body.node) === Kind.lambda) flow.copy(body.returns, context.evaluate(code));
    else context.execute(code);
  }
  facts.flowFunctions.set(
    body.row,
    FlowFunctionColumn.operationCount,
    facts.flow.rows - facts.flowFunctions.get(body.row, FlowFunctionColumn.firstOperation),
  );
}

interface AppliedDecorator {
  readonly node: number;
  readonly slot: number;
  readonly reference: number;
  readonly name: string;
}

/** Evaluates decorator expressions in order, the outermost first. */
function evaluateDecorators(context: Context, node: number): AppliedDecorator[] {
  const { unit } = context;
  return decoratorsOf(unit, node).map((decorator) => {
    const expression = unit.firstNamed(decorator);
    if (expression < 0) return { node: decorator, slot: -1, reference: -1, name: '' };
    const kind = unit.kind(expression);
    if (kind === Kind.identifier) {
      const slot = context.readName(expression, 'decorate', 1);
      return { node: decorator, slot, reference: context.lastReference, name: unit.textOf(expression) };
    }
    if (kind === Kind.attribute) {
      const slot = context.loadAttribute(expression, 'decorate', 1);
      return { node: decorator, slot, reference: context.lastReference, name: unit.textOf(expression) };
    }
    const slot = context.evaluate(expression);
    let named = kind === Kind.call ? unit.child(expression, unit.fields.function) : expression;
    if (named >= 0 && unit.kind(named) === Kind.attribute) named = unit.child(named, unit.fields.attribute);
    if (named < 0) named = expression;
    const isName = unit.kind(named) === Kind.identifier;
    const reference = context.reference(
      'decorate',
      isName ? unit.nameString(unit.name(named)) : -1,
      named,
      isName ? Binding.member : Binding.open,
      -1,
      1,
    );
    return { node: decorator, slot, reference, name: '' };
  });
}

const builtinDecorators = new Set([
  'property',
  'staticmethod',
  'classmethod',
  'abstractmethod',
  'overload',
  'override',
  'final',
]);

function decorate(
  context: Context,
  decorators: readonly AppliedDecorator[],
  slot: number,
  definedName: string,
): number {
  const { flow, unit } = context;
  let value = slot;
  for (const { slot: callee, reference, name } of decorators.toReversed()) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (
      builtinDecorators.has(last) ||
      (name.startsWith(`${definedName}.`) && (last === 'setter' || last === 'deleter' || last === 'getter'))
    )
      continue;
    if (callee < 0) continue;
    const result = flow.slot();
    const list = unit.facts.flowLists.list([1, 0, value, -1]);
    flow.emit(FlowOp.call | (CallFlag.decorator << 8), result, callee, -1, list, reference);
    value = result;
  }
  return value;
}

export function defineClass(context: Context, node: number): void {
  const { unit, flow, scopes } = context;
  const { facts } = unit;
  const symbol = context.declarations.symbolOf.get(node)!;
  const shape = classShape(unit, node);
  const decorators = evaluateDecorators(context, node);
  const bases: number[] = [];
  const keywords: number[] = [];
  let metaclass = -1;
  if (shape.superclasses >= 0) {
    for (
      let child = unit.firstNamed(shape.superclasses);
      child >= 0;
      child = unit.nextNamed(child, shape.superclasses)
    ) {
      const kind = unit.kind(child);
      if (kind === Kind.keyword_argument) {
        const value = unit.child(child, unit.fields.value);
        const valueSlot = value < 0 ? -1 : context.evaluate(value);
        const name = unit.child(child, unit.fields.name);
        if (name >= 0 && unit.textOf(name) === 'metaclass') metaclass = valueSlot;
        else if (name >= 0) keywords.push(ArgumentKind.keyword, valueSlot, unit.nameString(unit.name(name)));
      } else {
        const base = evaluateBase(context, child, symbol);
        if (base >= 0) bases.push(base);
      }
    }
  }
  const slot = flow.slot();
  const row = facts.flowClasses.rows;
  facts.flowClasses.add(symbol, slot, facts.flowLists.list([bases.length, ...bases]), metaclass, context.body.row);
  context.classRowOf.set(symbol, row);
  const given = keywords.length === 0 ? -1 : facts.flowLists.list([keywords.length / 3, ...keywords]);
  flow.emit(FlowOp.class, slot, row, given);
  const outer = { scope: context.scope, symbol: context.symbol, classRow: context.classRow };
  context.scope = scopes.of(node);
  context.symbol = symbol;
  context.classRow = row;
  if (shape.body >= 0) context.execute(shape.body);
  for (const [name, variable] of scopes.variablesOf(context.scope)) {
    const value = flow.read(variable);
    if (value < 0) continue;
    emitMember(context, row, slot, name, value, scopes.variableSymbol[variable]!);
  }
  context.scope = outer.scope;
  context.symbol = outer.symbol;
  context.classRow = outer.classRow;
  const value = decorate(context, decorators, slot, shape.name);
  if (shape.nameNode >= 0) flow.assign(scopes.bind(context.scope, unit.name(shape.nameNode)), value);
}

function emitMember(
  context: Context,
  row: number,
  classSlot: number,
  name: number,
  value: number,
  symbol: number,
): void {
  const { unit, flow } = context;
  const { symbols } = unit.facts;
  const kind = symbol < 0 ? -1 : symbols.get(symbol, SymbolColumn.kind);
  let held = value;
  if (kind === enumMember) {
    // A member of an enumeration is an instance of it that carries the value.
    held = flow.slot();
    flow.emit(FlowOp.annotate, held, classSlot);
    flow.emit(FlowOp.store, held, unit.facts.string('value'), value, -1);
  }
  const isGetter = symbol >= 0 && (symbols.get(symbol, SymbolColumn.flags) & SymbolFlag.getter) !== 0;
  const isField = kind === field && symbols.get(symbol, SymbolColumn.declaredType) >= 0;
  flow.emit(
    FlowOp.member,
    row,
    unit.nameString(name),
    held,
    (isGetter ? MemberFlag.getter : 0) | (isField ? MemberFlag.field : 0),
  );
}

/** A base class; of `Generic[T]` and its kin, the class that is subscripted. */
function evaluateBase(context: Context, node: number, symbol: number): number {
  const { unit } = context;
  const outer = context.symbol;
  let base = node;
  const indices: number[] = [];
  while (base >= 0 && unit.kind(base) === Kind.subscript) {
    const value = unit.child(base, unit.fields.value);
    for (let child = unit.firstNamed(base); child >= 0; child = unit.nextNamed(child, base))
      if (child !== value) indices.push(child);
    base = value;
  }
  if (base < 0) return -1;
  const kind = unit.kind(base);
  let slot: number;
  if (kind === Kind.identifier || kind === Kind.attribute) {
    if (kind === Kind.attribute) {
      slot = context.loadAttribute(base, 'inherit');
      if (context.lastReference >= 0) unit.facts.references.set(context.lastReference, ReferenceColumn.symbol, symbol);
    } else {
      context.symbol = symbol;
      slot = context.readName(base, 'inherit');
      context.symbol = outer;
    }
  } else slot = context.evaluate(base);
  for (const index of indices) context.evaluate(index);
  return slot;
}
