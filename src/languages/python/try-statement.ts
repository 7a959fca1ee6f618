/** `try`: a handler sees every version that the guarded code may have left behind; `finally` sees all. */
import { FlowOp } from '#model/flow.ts';
import type { Context } from './context.ts';
import type { Way } from './flow-writer.ts';
import { Kind } from './grammar.ts';
import { assignTarget } from './targets.ts';

/** Under this name link keeps, at a class, what is raised of it. */
export const RAISED = '#raised';

export function tryStatement(context: Context, node: number): void {
  const { unit, flow } = context;
  const { fields, tree } = unit;
  const body = unit.child(node, fields.body);
  const final = unit.childOfKind(node, Kind.finally_clause);
  const guarded = final < 0 ? [] : flow.boundWithin(node, final, context.runsIn);
  const beforeAll = flow.watch(guarded);
  const tried = body < 0 ? [] : flow.boundWithin(body, tree.subtreeEnd[body]!, context.runsIn);
  const before = flow.watch(tried);
  const wasDead = flow.dead;
  const ways: (Way | undefined)[] = [];
  const mark = flow.mark();
  if (body >= 0) context.execute(body);
  const caught = flow.stopWatching(tried, before);
  for (let child = node + 1; child < tree.subtreeEnd[node]!; child = tree.subtreeEnd[child]!) {
    if (!unit.isNamed(child) || unit.kind(child) !== Kind.else_clause) continue;
    const alternative = unit.child(child, fields.body);
    if (alternative >= 0) context.execute(alternative);
  }
  ways.push(flow.collect(mark));
  for (let child = node + 1; child < tree.subtreeEnd[node]!; child = tree.subtreeEnd[child]!) {
    if (!unit.isNamed(child) || unit.kind(child) !== Kind.except_clause) continue;
    const start = flow.mark();
    flow.take(caught);
    handler(context, child);
    ways.push(flow.collect(start));
  }
  flow.join(ways);
  if (final >= 0) {
    const all = flow.stopWatching(guarded, beforeAll);
    const isDead = flow.dead;
    flow.dead = false;
    flow.take(all);
    const block = unit.childOfKind(final, Kind.block);
    if (block >= 0) context.execute(block);
    if (isDead) flow.dead = true;
  }
  if (wasDead) flow.dead = true;
}

function handler(context: Context, node: number): void {
  const { unit } = context;
  let alias = -1;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    const kind = unit.kind(child);
    if (kind === Kind.block) {
      context.execute(child);
      continue;
    }
    const isBound = kind === Kind.as_pattern;
    const types = isBound ? unit.firstNamed(child) : child;
    const slots = types < 0 ? [] : exceptionTypes(context, types);
    if (!isBound) continue;
    alias = unit.child(child, unit.fields.alias);
    if (alias < 0) continue;
    const caught = context.flow.slot();
    const type = context.flow.union(slots);
    if (type >= 0) {
      context.flow.emit(FlowOp.load, caught, type, unit.facts.string(RAISED), -1);
      context.flow.emit(FlowOp.annotate, caught, type);
    }
    assignTarget(context, alias, caught);
  }
  const name = alias < 0 ? -1 : unit.firstNamed(alias);
  if (name >= 0 && unit.kind(name) === Kind.identifier)
    context.flow.unbind(context.scopes.bind(context.scope, unit.name(name)));
}

function exceptionTypes(context: Context, node: number): number[] {
  const { unit } = context;
  if (unit.kind(node) === Kind.parenthesized_expression) return exceptionTypes(context, unit.firstNamed(node));
  if (unit.kind(node) !== Kind.tuple) return [context.evaluate(node)];
  const found: number[] = [];
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
    found.push(context.evaluate(child));
  return found;
}
