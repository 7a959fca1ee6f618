/** Statements, in the order in which they run. */
import { Binding } from '#model/facts.ts';
import { FlowOp } from '#model/flow.ts';
import { annotate, mentionType } from './annotations.ts';
import type { Context } from './context.ts';
import { defineClass, defineFunction } from './definitions.ts';
import type { Way } from './flow-writer.ts';
import { Kind } from './grammar.ts';
import { evaluateTest } from './expressions.ts';
import { assume } from './narrowing.ts';
import { matchStatement } from './match-statement.ts';
import { augmentedValue } from './operators.ts';
import { assignTarget, deleteTarget } from './targets.ts';
import { RAISED, tryStatement } from './try-statement.ts';

export function execute(context: Context, node: number): void {
  const { unit, flow } = context;
  const { fields } = unit;
  switch (unit.kind(node)) {
    case Kind.function_definition:
      defineFunction(context, node);
      break;
    case Kind.class_definition:
      defineClass(context, node);
      break;
    case Kind.decorated_definition: {
      const definition = unit.child(node, fields.definition);
      if (definition >= 0) execute(context, definition);
      break;
    }
    case Kind.expression_statement:
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
        const kind = unit.kind(child);
        if (kind === Kind.assignment) assignment(context, child);
        else if (kind === Kind.augmented_assignment) augmentedAssignment(context, child);
        else if (kind !== Kind.string) context.evaluate(child);
        else if (unit.tree.subtreeEnd[child]! - child > 4) context.evaluate(child);
      }
      break;
    case Kind.assignment:
      assignment(context, node);
      break;
    case Kind.augmented_assignment:
      augmentedAssignment(context, node);
      break;
    case Kind.return_statement: {
      const value = unit.firstNamed(node);
      if (value >= 0) flow.copy(context.body.returns, context.evaluate(value));
      flow.dead = true;
      break;
    }
    case Kind.raise_statement:
      raise(context, node);
      flow.dead = true;
      break;
    case Kind.if_statement:
      ifStatement(context, node);
      break;
    case Kind.for_statement:
      forStatement(context, node);
      break;
    case Kind.while_statement:
      whileStatement(context, node);
      break;
    case Kind.try_statement:
      tryStatement(context, node);
      break;
    case Kind.with_statement:
      withStatement(context, node);
      break;
    case Kind.match_statement:
      matchStatement(context, node);
      break;
    case Kind.break_statement:
      flow.breakLoop();
      break;
    case Kind.continue_statement:
      flow.continueLoop();
      break;
    case Kind.delete_statement:
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
        deleteTarget(context, child);
      break;
    case Kind.import_statement:
    case Kind.import_from_statement:
    case Kind.future_import_statement:
      importStatement(context, node);
      break;
    case Kind.assert_statement:
      expressions(context, node);
      assume(context, unit.firstNamed(node), true);
      break;
    case Kind.type_alias_statement: {
      const right = unit.child(node, fields.right);
      if (right >= 0) mentionType(context, right);
      break;
    }
    case Kind.global_statement:
    case Kind.nonlocal_statement:
    case Kind.comment:
      break;
    case Kind.block:
    case Kind.module:
    case Kind.ERROR:
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) execute(context, child);
      break;
    case Kind.print_statement:
    case Kind.exec_statement:
      expressions(context, node);
      break;
    default:
      context.evaluate(node);
  }
}

function expressions(context: Context, node: number): void {
  const { unit } = context;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) context.evaluate(child);
}

/** `raise Type` makes the instance itself: a call without arguments. */
function raise(context: Context, node: number): void {
  const { unit, flow } = context;
  const raised = unit.firstNamed(node);
  if (raised < 0) return;
  const isName = unit.kind(raised) === Kind.identifier || unit.kind(raised) === Kind.attribute;
  const slot = context.evaluate(raised);
  const name = unit.facts.string(RAISED);
  if (slot >= 0) flow.emit(FlowOp.store, slot, name, slot, -1);
  if (isName && slot >= 0 && context.lastReference >= 0) {
    const made = flow.slot();
    flow.emit(FlowOp.call, made, slot, -1, 0, context.lastReference);
    flow.emit(FlowOp.store, made, name, made, -1);
  }
  for (let cause = unit.nextNamed(raised, node); cause >= 0; cause = unit.nextNamed(cause, node))
    context.evaluate(cause);
}

/** Returns the value's slot, for chains. */
function assignment(context: Context, node: number): number {
  const { unit, flow } = context;
  const { fields } = unit;
  const left = unit.child(node, fields.left);
  const right = unit.child(node, fields.right);
  const type = unit.child(node, fields.type);
  if (left < 0) return -1;
  if (right < 0) {
    if (type < 0) return -1;
    const slot = flow.slot();
    annotate(context, slot, type);
    if (unit.kind(left) === Kind.identifier) {
      const variable = context.scopes.bind(context.scope, unit.name(left));
      if (flow.read(variable) < 0) flow.assign(variable, slot);
    } else assignTarget(context, left, slot);
    return -1;
  }
  if (unit.kind(right) !== Kind.assignment && type < 0 && pairwise(context, left, right)) return -1;
  let value = unit.kind(right) === Kind.assignment ? assignment(context, right) : context.evaluate(right);
  if (type >= 0) {
    const annotated = flow.slot();
    flow.copy(annotated, value);
    annotate(context, annotated, type);
    value = annotated;
  }
  assignTarget(context, left, value);
  return value;
}

/** `a, b = x, y` assigns each to each; false where the sides do not pair. */
function pairwise(context: Context, left: number, right: number): boolean {
  const { unit } = context;
  const targets = elements(context, left);
  const values = targets && elements(context, right);
  if (!targets || !values || targets.length !== values.length) return false;
  if (
    [...targets, ...values].some(
      (child) => unit.kind(child) === Kind.list_splat_pattern || unit.kind(child) === Kind.list_splat,
    )
  )
    return false;
  const slots = values.map((value) => context.evaluate(value));
  targets.forEach((target, index) => assignTarget(context, target, slots[index]!));
  return true;
}

function elements(context: Context, node: number): number[] | undefined {
  const { unit } = context;
  const kind = unit.kind(node);
  const isList =
    kind === Kind.pattern_list ||
    kind === Kind.tuple_pattern ||
    kind === Kind.list_pattern ||
    kind === Kind.expression_list ||
    kind === Kind.tuple ||
    kind === Kind.list;
  if (!isList) return undefined;
  const found: number[] = [];
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) found.push(child);
  return found;
}

function augmentedAssignment(context: Context, node: number): void {
  const { unit } = context;
  const left = unit.child(node, unit.fields.left);
  const right = unit.child(node, unit.fields.right);
  const operator = unit.child(node, unit.fields.operator);
  if (left < 0 || right < 0 || operator < 0) return;
  const before = context.evaluate(left);
  const value = context.evaluate(right);
  assignTarget(context, left, augmentedValue(context, left, before, operator, value));
}

function ifStatement(context: Context, node: number): void {
  const { unit, flow } = context;
  const { fields, tree } = unit;
  const condition = unit.child(node, fields.condition);
  if (condition >= 0) evaluateTest(context, condition);
  const wasDead = flow.dead;
  const ways: (Way | undefined)[] = [];
  const start = flow.mark();
  let hasElse = false;
  const branch = (test: number, body: number): void => {
    flow.dead = wasDead;
    const mark = flow.mark();
    if (test >= 0) assume(context, test, true);
    if (body >= 0) execute(context, body);
    ways.push(flow.collect(mark, start));
    if (test >= 0) assume(context, test, false);
  };
  branch(condition, unit.child(node, fields.consequence));
  for (let child = node + 1; child < tree.subtreeEnd[node]!; child = tree.subtreeEnd[child]!) {
    const kind = unit.kind(child);
    if (!unit.isNamed(child)) continue;
    if (kind === Kind.elif_clause) {
      const test = unit.child(child, fields.condition);
      if (test >= 0) evaluateTest(context, test);
      branch(test, unit.child(child, fields.consequence));
    } else if (kind === Kind.else_clause) {
      hasElse = true;
      branch(-1, unit.child(child, fields.body));
    }
  }
  flow.dead = false;
  const last = flow.collect(start);
  if (!hasElse) ways.push(last);
  flow.join(ways);
  if (wasDead) flow.dead = true;
}

function forStatement(context: Context, node: number): void {
  const { unit, flow } = context;
  const { fields } = unit;
  const left = unit.child(node, fields.left);
  const right = unit.child(node, fields.right);
  const body = unit.child(node, fields.body);
  const source = right < 0 ? -1 : context.evaluate(right);
  const element = context.placed(FlowOp.iterate, source, right < 0 ? node : right);
  const loop = flow.beginLoop(node, body < 0 ? node : unit.tree.subtreeEnd[body]!, context.runsIn);
  if (left >= 0) assignTarget(context, left, element);
  if (body >= 0) execute(context, body);
  flow.endLoopBody(loop);
  const alternative = unit.child(node, fields.alternative);
  if (alternative >= 0) execute(context, unit.child(alternative, fields.body));
  flow.endLoop(loop);
}

function whileStatement(context: Context, node: number): void {
  const { unit, flow } = context;
  const { fields } = unit;
  const condition = unit.child(node, fields.condition);
  const body = unit.child(node, fields.body);
  const loop = flow.beginLoop(node, body < 0 ? node : unit.tree.subtreeEnd[body]!, context.runsIn);
  if (condition >= 0) {
    evaluateTest(context, condition);
    assume(context, condition, true);
  }
  if (body >= 0) execute(context, body);
  flow.endLoopBody(loop);
  const alternative = unit.child(node, fields.alternative);
  if (alternative >= 0) execute(context, unit.child(alternative, fields.body));
  flow.endLoop(loop);
}

function withStatement(context: Context, node: number): void {
  const { unit } = context;
  const clause = unit.childOfKind(node, Kind.with_clause);
  for (let item = clause < 0 ? -1 : unit.firstNamed(clause); item >= 0; item = unit.nextNamed(item, clause))
    withItem(context, item);
  const body = unit.child(node, unit.fields.body);
  if (body >= 0) execute(context, body);
}

function withItem(context: Context, item: number): void {
  const { unit } = context;
  const value = unit.kind(item) === Kind.with_item ? unit.child(item, unit.fields.value) : item;
  if (value < 0) return;
  // `with (a as b, c):` is a tuple of patterns to the grammar.
  if (unit.kind(value) === Kind.tuple && unit.childOfKind(value, Kind.as_pattern) >= 0) {
    for (let each = unit.firstNamed(value); each >= 0; each = unit.nextNamed(each, value)) withItem(context, each);
    return;
  }
  const isBound = unit.kind(value) === Kind.as_pattern;
  const manager = isBound ? unit.firstNamed(value) : value;
  const source = manager < 0 ? -1 : context.evaluate(manager);
  const entered = context.placed(FlowOp.enter, source, manager);
  const target = isBound ? unit.child(value, unit.fields.alias) : -1;
  if (target >= 0) assignTarget(context, target, entered);
}

function importStatement(context: Context, node: number): void {
  const { unit, flow, scopes } = context;
  for (const [nameNode, row] of context.declarations.importedNames.get(node) ?? []) {
    const variable = scopes.bind(context.scope, unit.name(nameNode));
    const slot = flow.slot();
    flow.emit(FlowOp.import, slot, row);
    flow.assign(variable, slot);
    context.reference('import', unit.nameString(unit.name(nameNode)), nameNode, Binding.imported, row);
  }
}
