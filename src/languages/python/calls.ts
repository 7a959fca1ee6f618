/** Calls: callee, arguments, and the builtins that name attributes or modules by constants. */
import { Binding } from '#model/facts.ts';
import { ArgumentKind, CallFlag, FlowOp, NEXT_PLACE } from '#model/flow.ts';
import type { Context } from './context.ts';
import { Kind } from './grammar.ts';
import { addDynamicImport } from './import-rows.ts';
import { filledFormat, templateConstant } from './templates.ts';
import { ScopeKind } from './scope-table.ts';

interface Arguments {
  /** Index into flowLists. */
  readonly list: number;
  readonly isSpread: boolean;
  readonly slots: readonly number[];
}

export function evaluateCall(context: Context, node: number): number {
  const { unit, flow } = context;
  const callee = unit.child(node, unit.fields.function);
  const argumentsNode = unit.child(node, unit.fields.arguments);
  if (callee < 0) return -1;
  const count = countArguments(context, argumentsNode);
  let slot: number;
  let reference: number;
  const kind = unit.kind(callee);
  if (kind === Kind.identifier) {
    slot = context.readName(callee, 'call', count);
    reference = context.lastReference;
    const special = specialCall(context, node, callee, argumentsNode);
    if (special !== undefined) return special;
  } else if (kind === Kind.attribute) {
    slot = context.loadAttribute(callee, 'call', count);
    reference = context.lastReference;
    const attribute = unit.child(callee, unit.fields.attribute);
    if (attribute >= 0 && unit.textOf(attribute) === 'import_module') {
      const imported = dynamicImport(context, node, argumentsNode);
      if (imported !== undefined) {
        evaluateArguments(context, argumentsNode);
        return imported;
      }
    }
  } else {
    slot = context.evaluate(callee);
    reference = context.reference('call', -1, argumentsNode < 0 ? node : argumentsNode, Binding.open, -1, count);
  }
  const given = evaluateArguments(context, argumentsNode);
  if (kind === Kind.attribute) {
    const name = given.slots.length === 1 ? formattedName(context, callee, given.slots[0]!) : -1;
    const template = context.flow.union([templateConstant(context, node), name]);
    if (template >= 0) return template;
  }
  if (slot < 0) return -1;
  const list = kind === Kind.attribute ? withPlace(context, callee, given) : given.list;
  const result = flow.slot();
  flow.emit(FlowOp.call | ((given.isSpread ? CallFlag.spread : 0) << 8), result, slot, -1, list, reference);
  return result;
}

/** `"get_{}".format(name)` */
function formattedName(context: Context, callee: number, hole: number): number {
  const { unit } = context;
  const object = unit.child(callee, unit.fields.object);
  const attribute = unit.child(callee, unit.fields.attribute);
  if (attribute < 0 || unit.kind(object) !== Kind.string || unit.textOf(attribute) !== 'format') return -1;
  return filledFormat(context, unit.plainString(object), /\{0?\}/, hole);
}

/** `items.append(x)` on a list that was written out just before: the place at which the element comes to stand is known. */
function withPlace(context: Context, callee: number, given: Arguments): number {
  const { unit, flow } = context;
  const object = unit.child(callee, unit.fields.object);
  const attribute = unit.child(callee, unit.fields.attribute);
  if (given.slots.length !== 1 || given.isSpread || attribute < 0 || unit.kind(object) !== Kind.identifier)
    return given.list;
  if (unit.textOf(attribute) !== 'append') return given.list;
  const variable = context.variable(unit.name(object));
  const list = variable < 0 ? -1 : context.slotOf(variable);
  const length = list < 0 ? -1 : flow.lengthOf(list);
  if (length < 0) return given.list;
  flow.setLength(list, length + 1);
  const place = [2, ArgumentKind.positional, given.slots[0]!, -1];
  place.push(ArgumentKind.keyword, flow.position(length), unit.facts.string(NEXT_PLACE));
  return unit.facts.flowLists.list(place);
}

/** Number of arguments; −1 with a spread. */
function countArguments(context: Context, node: number): number {
  const { unit } = context;
  if (node < 0) return 0;
  if (unit.kind(node) !== Kind.argument_list) return 1;
  let count = 0;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    const kind = unit.kind(child);
    if (kind === Kind.list_splat || kind === Kind.dictionary_splat) return -1;
    count++;
  }
  return count;
}

function evaluateArguments(context: Context, node: number): Arguments {
  const { unit } = context;
  const list = [0];
  const slots: number[] = [];
  let isSpread = false;
  const add = (kind: number, slot: number, name: number): void => {
    list.push(kind, slot, name);
    slots.push(slot);
  };
  if (node >= 0 && unit.kind(node) !== Kind.argument_list) add(ArgumentKind.positional, context.evaluate(node), -1);
  else if (node >= 0) {
    for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
      switch (unit.kind(child)) {
        case Kind.keyword_argument: {
          const name = unit.child(child, unit.fields.name);
          const value = unit.child(child, unit.fields.value);
          add(
            ArgumentKind.keyword,
            value < 0 ? -1 : context.evaluate(value),
            name < 0 ? -1 : unit.nameString(unit.name(name)),
          );
          break;
        }
        case Kind.list_splat:
          isSpread = true;
          add(ArgumentKind.spread, context.evaluate(unit.firstNamed(child)), -1);
          break;
        case Kind.dictionary_splat:
          add(ArgumentKind.keywordSpread, context.evaluate(unit.firstNamed(child)), -1);
          break;
        default:
          add(ArgumentKind.positional, context.evaluate(child), -1);
      }
    }
  }
  list[0] = slots.length;
  return { list: unit.facts.flowLists.list(list), isSpread, slots };
}

/** `super`, `getattr`, `setattr`, `__import__`, `import_module`; undefined for any other call. The callee's reference is written. */
function specialCall(context: Context, node: number, callee: number, argumentsNode: number): number | undefined {
  const { unit, flow } = context;
  const name = unit.textOf(callee);
  if (name !== 'super' && name !== 'getattr' && name !== 'setattr' && name !== '__import__' && name !== 'import_module')
    return undefined;
  if (name !== 'import_module' && context.variable(unit.name(callee)) >= 0) return undefined;
  if (name === 'super') return superCall(context, argumentsNode);
  if (name === '__import__' || name === 'import_module') {
    const imported = dynamicImport(context, node, argumentsNode);
    if (imported !== undefined) evaluateArguments(context, argumentsNode);
    return imported;
  }
  const first = argumentsNode < 0 ? -1 : unit.firstNamed(argumentsNode);
  const second = first < 0 ? -1 : unit.nextNamed(first, argumentsNode);
  const attribute = second < 0 ? undefined : unit.plainString(second);
  if (attribute === undefined || unit.kind(first) === Kind.list_splat) return undefined;
  const { slots } = evaluateArguments(context, argumentsNode);
  const base = slots[0]!;
  if (base < 0) return -1;
  const reference = context.reference(
    name === 'getattr' ? 'read' : 'write',
    unit.facts.string(attribute),
    second,
    Binding.member,
    -1,
  );
  if (name === 'setattr') {
    flow.emit(
      FlowOp.store,
      base,
      unit.facts.string(attribute),
      slots[2] === undefined || slots[2] < 0 ? flow.slot() : slots[2],
      reference,
    );
    return -1;
  }
  const loaded = flow.slot();
  flow.emit(FlowOp.load, loaded, base, unit.facts.string(attribute), reference);
  return flow.union([loaded, slots[2] ?? -1]);
}

function superCall(context: Context, argumentsNode: number): number {
  const { unit, flow, scopes } = context;
  const { slots } = evaluateArguments(context, argumentsNode);
  let classRow = context.classRow;
  let receiver = slots[1] ?? -1;
  if (slots.length > 0) {
    const first = unit.firstNamed(argumentsNode);
    const variable = unit.kind(first) === Kind.identifier ? context.variable(unit.name(first)) : -1;
    const symbol = variable < 0 ? -1 : scopes.variableSymbol[variable]!;
    classRow = context.classRowOf.get(symbol) ?? classRow;
  } else {
    let scope = context.runsIn;
    while (scope > 0 && scopes.selfName[scope]! < 0) scope = scopes.runsIn[scopes.parent[scope]!]!;
    const self = scope > 0 ? scopes.own(scope, scopes.selfName[scope]!) : -1;
    // `__new__` and other static methods have no self by name: their first parameter serves.
    receiver = self >= 0 ? context.slotOf(self) : (context.body.parameters[0]?.slot ?? -1);
  }
  if (classRow < 0 || receiver < 0) return -1;
  const slot = flow.slot();
  flow.emit(FlowOp.super, slot, classRow, receiver);
  return slot;
}

/** `import_module("..b", "a.c")` is `b` seen from the package `a.c`. */
function absoluteModule(specifier: string, anchor: string): string {
  const name = specifier.replace(/^\.+/, '');
  const packages = anchor.split('.');
  const kept = packages.slice(0, packages.length - (specifier.length - name.length - 1));
  return [...kept, ...(name === '' ? [] : [name])].join('.');
}

function dynamicImport(context: Context, node: number, argumentsNode: number): number | undefined {
  const { unit, flow, scopes } = context;
  const first = argumentsNode < 0 ? -1 : unit.firstNamed(argumentsNode);
  let specifier = first < 0 ? undefined : unit.plainString(first);
  if (specifier === undefined) return undefined;
  if (specifier.startsWith('.')) {
    const second = unit.nextNamed(first, argumentsNode);
    const value =
      second >= 0 && unit.kind(second) === Kind.keyword_argument ? unit.child(second, unit.fields.value) : second;
    const anchor = value < 0 ? undefined : unit.plainString(value);
    // Of a package that is no constant (`__package__`): seen from the file itself.
    if (anchor !== undefined) specifier = absoluteModule(specifier, anchor);
  }
  const inFunction = scopes.kind[context.runsIn] !== ScopeKind.module;
  const row = addDynamicImport(unit, node, context.symbol, inFunction, specifier);
  const slot = flow.slot();
  flow.emit(FlowOp.import, slot, row);
  return slot;
}
