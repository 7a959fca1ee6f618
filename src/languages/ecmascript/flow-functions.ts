import { FlowFunctionColumn, FlowFunctionFlag, FlowOp } from '#model/flow.ts';
import { parameterKinds } from '#model/vocabulary.ts';
import type { FunctionNode, ParamPattern, TSType } from './estree.ts';
import { annotatedType } from './estree.ts';
import { assignTarget } from './flow-patterns.ts';
import { type FlowPass, inScope } from './flow-pass.ts';
import { annotateSlot, referTypes, typed } from './flow-types.ts';
import { documentedType } from './flow-documented-types.ts';
import type { FunctionState } from './flow-writer.ts';
import { lookup } from './scope.ts';

const positional = parameterKinds.indexOf('positional');
const variadic = parameterKinds.indexOf('variadic');
const keywordOnly = parameterKinds.indexOf('keyword-only');

/** The function object, created here; its body is walked at once. `classRow`: it is a member of that class. */
export function evaluateFunction(pass: FlowPass, node: FunctionNode, classRow: number, flags = 0): number {
  const { writer, unit } = pass;
  const slot = writer.slot();
  const outerState = writer.state;
  const state = writer.openFunction();
  writer.emit(FlowOp.function, slot, state.row);
  const symbol = unit.symbols.get(node) ?? pass.frame.symbol;
  const arrow = node.type === 'ArrowFunctionExpression';
  const functionUnit = unit.functions.get(node);
  const outer = { frame: pass.frame, dead: writer.dead };
  writer.state = state;
  writer.dead = false;
  const home = arrow ? (outer.frame.home ?? -1) : pass.home;
  pass.home = -1;
  const sent = node.generator ? writer.slot() : -1;
  pass.frame = {
    home,
    sent,
    symbol,
    receiver: arrow ? outer.frame.receiver : writer.slot(),
    returns: writer.slot(),
    yields: node.generator ? writer.slot() : -1,
    arguments: arrow ? outer.frame.arguments : functionUnit?.usesArguments ? writer.slot() : -1,
    classRow,
  };
  const mark = writer.mark();
  inScope(pass, node, () => {
    // A function expression may call itself by its own name.
    const self =
      node.type === 'FunctionExpression' && node.id ? pass.scope.parent?.values.get(node.id.name) : undefined;
    if (self && self.scope.unit === functionUnit) writer.assign(self, slot);
    if (node.typeParameters) referTypes(pass, node.typeParameters);
    const parameters = [node.params.length];
    for (const parameter of node.params) addParameter(pass, parameter, parameters, symbol, node);
    if (sent >= 0) {
      // No argument fills it: values come in by `next`.
      parameters[0]!++;
      parameters.push(keywordOnly, sent, unit.facts.string('#sent'), -1);
    }
    const returnType = annotatedType(node.returnType);
    if (returnType) annotateReturns(pass, node, returnType);
    else if (!unit.language.startsWith('t')) documentedType(pass, symbol, 'return', pass.frame.returns);
    if (node.body) {
      if (node.body.type === 'BlockStatement') pass.statements(node.body.body);
      else writer.copy(pass.frame.returns, pass.value(node.body));
    }
    const { frame } = pass;
    const row = unit.facts.flowFunctions;
    row.set(state.row, FlowFunctionColumn.symbol, symbol);
    row.set(state.row, FlowFunctionColumn.owner, outerState.row);
    row.set(state.row, FlowFunctionColumn.class, arrow ? -1 : classRow);
    row.set(
      state.row,
      FlowFunctionColumn.flags,
      flags |
        (arrow ? FlowFunctionFlag.arrow : 0) |
        (node.async ? FlowFunctionFlag.async : 0) |
        (node.generator ? FlowFunctionFlag.generator : 0),
    );
    row.set(state.row, FlowFunctionColumn.receiver, frame.receiver);
    row.set(state.row, FlowFunctionColumn.returns, frame.returns);
    row.set(state.row, FlowFunctionColumn.yields, frame.yields);
    row.set(state.row, FlowFunctionColumn.arguments, arrow ? -1 : frame.arguments);
    row.set(state.row, FlowFunctionColumn.parameters, unit.facts.flowLists.list(parameters));
  });
  writer.collect(mark);
  pass.frame = outer.frame;
  writer.state = outerState;
  writer.dead = outer.dead;
  return slot;
}

function annotateReturns(pass: FlowPass, node: FunctionNode, type: TSType): void {
  const { writer, frame } = pass;
  referTypes(pass, type);
  let inner = type;
  // An async function's declared promise is what its callers see; what it returns is the value.
  if (
    node.async &&
    type.type === 'TSTypeReference' &&
    type.typeName.type === 'Identifier' &&
    type.typeName.name === 'Promise'
  )
    inner = type.typeArguments?.params[0] ?? type;
  if (inner.type === 'TSThisType') return writer.copy(frame.returns, frame.receiver);
  if (node.generator) return;
  writer.copy(frame.returns, typed(pass, inner));
}

function addParameter(
  pass: FlowPass,
  parameter: ParamPattern,
  list: number[],
  symbol: number,
  node: FunctionNode,
): void {
  const { writer, unit } = pass;
  const slot = writer.slot();
  let pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  let initial = -1;
  if (pattern.type === 'AssignmentPattern') {
    initial = pass.value(pattern.right);
    pattern = pattern.left;
  }
  const isRest = pattern.type === 'RestElement';
  const name = pattern.type === 'Identifier' ? pattern.name : '';
  list.push(isRest ? variadic : positional, slot, unit.facts.string(name), initial);
  if (pattern.type === 'RestElement') {
    const type = annotatedType(pattern.typeAnnotation);
    assignTarget(pass, pattern.argument, type ? annotateSlot(pass, slot, type) : slot, true);
  } else {
    if (pattern.type === 'Identifier' && !pattern.typeAnnotation && node.type !== 'TSDeclareFunction')
      documentedType(pass, symbol, pattern.name, slot);
    assignTarget(pass, pattern, slot, true);
  }
  if (parameter.type === 'TSParameterProperty' && pattern.type === 'Identifier') {
    const binding = lookup(pass.scope, pattern.name);
    if (binding) writer.store(pass.frame.receiver, pattern.name, writer.read(binding));
  }
}

/** A function without a body: a signature of an interface, a declaration. */
export function declaredFunction(
  pass: FlowPass,
  symbol: number,
  classRow: number,
  params: readonly ParamPattern[],
  returns: TSType | undefined,
  flags: number,
): number {
  const { writer, unit } = pass;
  const slot = writer.slot();
  const outerState = writer.state;
  const state: FunctionState = writer.openFunction();
  writer.emit(FlowOp.function, slot, state.row);
  const outer = pass.frame;
  writer.state = state;
  pass.frame = { symbol, receiver: writer.slot(), returns: writer.slot(), yields: -1, arguments: -1, classRow };
  const parameters = [params.length];
  for (const parameter of params) {
    parameters.push(
      parameter.type === 'RestElement' ? variadic : positional,
      writer.slot(),
      unit.facts.string(parameter.type === 'Identifier' ? parameter.name : ''),
      -1,
    );
    if ('typeAnnotation' in parameter && parameter.typeAnnotation) referTypes(pass, parameter.typeAnnotation);
  }
  if (returns) {
    referTypes(pass, returns);
    if (returns.type === 'TSThisType') writer.copy(pass.frame.returns, pass.frame.receiver);
    else writer.copy(pass.frame.returns, typed(pass, returns));
  }
  const row = unit.facts.flowFunctions;
  row.set(state.row, FlowFunctionColumn.symbol, symbol);
  row.set(state.row, FlowFunctionColumn.owner, outerState.row);
  row.set(state.row, FlowFunctionColumn.class, classRow);
  row.set(state.row, FlowFunctionColumn.flags, flags);
  row.set(state.row, FlowFunctionColumn.receiver, pass.frame.receiver);
  row.set(state.row, FlowFunctionColumn.returns, pass.frame.returns);
  row.set(state.row, FlowFunctionColumn.parameters, unit.facts.flowLists.list(parameters));
  pass.frame = outer;
  writer.state = outerState;
  return slot;
}
