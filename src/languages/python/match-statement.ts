/** `match`: each case is a way of its own; patterns bind what the subject holds at their place. */
import { Binding } from '#model/facts.ts';
import { ElementFlag, FlowOp } from '#model/flow.ts';
import type { Context } from './context.ts';
import type { Way } from './flow-writer.ts';
import { Kind } from './grammar.ts';

export function matchStatement(context: Context, node: number): void {
  const { unit, flow } = context;
  const { fields, tree } = unit;
  let subject = -1;
  let subjects = 0;
  for (let child = node + 1; child < tree.subtreeEnd[node]!; child = tree.subtreeEnd[child]!) {
    if (tree.field[child] !== fields.subject) continue;
    const slot = context.evaluate(child);
    subject = subjects++ === 0 ? slot : -1;
  }
  const body = unit.child(node, fields.body);
  const wasDead = flow.dead;
  const ways: (Way | undefined)[] = [];
  for (let child = body < 0 ? -1 : unit.firstNamed(body); child >= 0; child = unit.nextNamed(child, body)) {
    if (unit.kind(child) !== Kind.case_clause) {
      context.execute(child);
      continue;
    }
    flow.dead = wasDead;
    const mark = flow.mark();
    for (let part = unit.firstNamed(child); part >= 0; part = unit.nextNamed(part, child)) {
      const kind = unit.kind(part);
      if (kind === Kind.case_pattern) pattern(context, part, subject);
      else if (kind === Kind.block) context.execute(part);
      else context.evaluate(part);
    }
    ways.push(flow.collect(mark));
  }
  ways.push(new Map());
  flow.join(ways);
  if (wasDead) flow.dead = true;
}

function bind(context: Context, name: number, slot: number): void {
  if (context.unit.textOf(name) === '_') return;
  context.flow.assign(context.scopes.bind(context.scope, context.unit.name(name)), slot);
}

function pattern(context: Context, node: number, subject: number): void {
  const { unit, flow } = context;
  switch (unit.kind(node)) {
    case Kind.dotted_name: {
      const first = unit.firstNamed(node);
      if (first >= 0 && unit.tree.subtreeEnd[first] === unit.tree.subtreeEnd[node]) bind(context, first, subject);
      else dottedValue(context, node, 'read');
      break;
    }
    case Kind.as_pattern: {
      let name = -1;
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
        if (unit.kind(child) === Kind.identifier) name = child;
        else pattern(context, child, subject);
      }
      if (name >= 0) bind(context, name, subject);
      break;
    }
    case Kind.class_pattern:
      classPattern(context, node, subject);
      break;
    case Kind.list_pattern:
    case Kind.tuple_pattern: {
      let position = 0;
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
        const element = flow.slot();
        if (subject >= 0)
          flow.emit(FlowOp.loadElement | (ElementFlag.unpack << 8), element, subject, flow.position(position++));
        pattern(context, child, element);
      }
      break;
    }
    case Kind.dict_pattern: {
      let key = -1;
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
        if (unit.tree.field[child] === unit.fields.key) key = context.evaluate(child);
        else {
          const element = flow.slot();
          if (subject >= 0) flow.emit(FlowOp.loadElement, element, subject, key);
          pattern(context, child, element);
        }
      }
      break;
    }
    case Kind.splat_pattern: {
      const name = unit.firstNamed(node);
      if (name >= 0) bind(context, name, subject);
      break;
    }
    case Kind.identifier:
      break;
    default:
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
        pattern(context, child, subject);
  }
}

function classPattern(context: Context, node: number, subject: number): void {
  const { unit, flow } = context;
  const name = unit.firstNamed(node);
  if (name < 0) return;
  const type = unit.kind(name) === Kind.dotted_name ? dottedValue(context, name, 'type') : -1;
  const instance = flow.slot();
  flow.copy(instance, subject);
  if (type >= 0) flow.emit(FlowOp.annotate, instance, type);
  let position = 0;
  for (let child = unit.nextNamed(name, node); child >= 0; child = unit.nextNamed(child, node)) {
    const keyword = unit.kind(child) === Kind.case_pattern ? unit.childOfKind(child, Kind.keyword_pattern) : -1;
    if (keyword < 0) {
      const matched = flow.slot();
      flow.emit(FlowOp.load, matched, instance, unit.facts.string(`#match ${position++}`), -1);
      pattern(context, child, matched);
      continue;
    }
    const attribute = unit.firstNamed(keyword);
    const value = unit.nextNamed(attribute, keyword);
    const loaded = flow.slot();
    flow.emit(FlowOp.load, loaded, instance, unit.nameString(unit.name(attribute)), -1);
    if (value >= 0) pattern(context, value, loaded);
  }
}

/** `a.b.C` in a pattern. */
function dottedValue(context: Context, node: number, role: 'read' | 'type'): number {
  const { unit, flow } = context;
  const first = unit.firstNamed(node);
  let slot = context.readName(first, role);
  for (let child = unit.nextNamed(first, node); child >= 0; child = unit.nextNamed(child, node)) {
    const name = unit.nameString(unit.name(child));
    const reference = context.reference(role, name, child, Binding.member, -1);
    if (slot < 0) continue;
    const loaded = flow.slot();
    flow.emit(FlowOp.load, loaded, slot, name, reference);
    slot = loaded;
  }
  return slot;
}
