/** What compilers and bundlers write in place of syntax: star exports, classes, fields. */
import type { CallExpression, Expression } from './estree.ts';
import { bare, constantText, keyName } from './estree.ts';
import { isModuleExports, readMember, readName } from './flow-members.ts';
import type { FlowPass } from './flow-pass.ts';
import { FlowOp } from '#model/flow.ts';
import { lookup } from './scope.ts';

/** `define(object, "name", value)` */
const definers: ReadonlySet<string> = new Set([
  '_defineProperty',
  '__publicField',
  '_define_property',
  '__defNormalProp',
]);
const classMakers: ReadonlySet<string> = new Set(['_createClass', '_create_class', '__createClass', 'createClass']);
/** Helpers whose result is the module that they are given. */
const importStars: ReadonlySet<string> = new Set([
  '__importStar',
  '__toESM',
  '__toCommonJS',
  '_interopRequireWildcard',
]);
const starExports: ReadonlySet<string> = new Set([
  '__copyProps',
  '__exportStar',
  '__reExport',
  '_export_star',
  '_exportStar',
]);

/** Their loops over names would mix all properties: they are called without arguments, and what they do is modelled. */
const helpers: ReadonlySet<string> = new Set([
  ...definers,
  ...classMakers,
  ...importStars,
  ...starExports,
  '__createBinding',
  '__setModuleDefault',
]);

export function isHelper(node: CallExpression): boolean {
  return helpers.has(calledName(node.callee));
}

function calledName(callee: Expression): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
}

/** What compilers and bundlers write for star exports: `define(to, key, { get: all[key] })`, `{ get: () => from[key] }`, `__exportStar(from, to)`. */
export function copyProperties(pass: FlowPass, { callee, arguments: args }: CallExpression): void {
  const called = calledName(callee);
  const [target, key, descriptor] = args;
  if (!target || !key || target.type === 'SpreadElement' || key.type === 'SpreadElement') return;
  if (definers.has(called) && descriptor && descriptor.type !== 'SpreadElement') {
    const value = bare(descriptor);
    if (
      key.type === 'Identifier' &&
      value.type === 'MemberExpression' &&
      value.computed &&
      value.property.type === 'Identifier' &&
      value.property.name === key.name
    ) {
      pass.writer.builtin('Object', 'assign', [evaluateQuietly(pass, target), evaluateQuietly(pass, value.object)]);
    }
    return;
  }
  if (starExports.has(called)) {
    const [from, to] = called === '__reExport' || called === '__copyProps' ? [key, target] : [target, key];
    pass.writer.builtin('Object', 'assign', [evaluateQuietly(pass, to), evaluateQuietly(pass, from)]);
    return;
  }
  if (key.type !== 'Identifier' || descriptor?.type !== 'ObjectExpression') return;
  const getter = descriptor.properties.find(
    (property) => property.type === 'Property' && keyName(property.key, property.computed) === 'get',
  );
  if (getter?.type !== 'Property') return;
  const value = bare(getter.value);
  const source = returnedMember(value) ?? value;
  if (
    source.type !== 'MemberExpression' ||
    !source.computed ||
    source.property.type !== 'Identifier' ||
    source.property.name !== key.name
  )
    return;
  const from = bare(source.object);
  if (from.type !== 'Identifier' || target.type !== 'Identifier') return;
  pass.writer.builtin('Object', source === value ? '#copyGetters' : 'assign', [
    evaluateQuietly(pass, target),
    evaluateQuietly(pass, from),
  ]);
}

/** Values of plain names and of calls that import, without adding uses a second time. */
function evaluateQuietly(pass: FlowPass, node: Expression): number {
  const inner = bare(node);
  if (inner.type === 'Identifier') {
    const binding = lookup(pass.scope, inner.name);
    if (binding) return pass.writer.read(binding);
    return inner.name === 'exports' ? readName(pass, 'exports', inner.start, 'read').slot : -1;
  }
  const row = pass.unit.importRows.get(inner);
  if (row === undefined || row < 0) return isModuleExports(pass, inner) ? readMember(pass, inner as never) : -1;
  const slot = pass.writer.slot();
  pass.writer.emit(FlowOp.import, slot, row);
  return slot;
}

function returnedMember(node: Expression): Expression | undefined {
  if (node.type !== 'FunctionExpression' && node.type !== 'ArrowFunctionExpression') return undefined;
  if (!node.body) return undefined;
  if (node.body.type !== 'BlockStatement') return bare(node.body);
  const only = node.body.body.length === 1 ? node.body.body[0] : undefined;
  return only?.type === 'ReturnStatement' && only.argument ? bare(only.argument) : undefined;
}

/** What a helper's call gives back or does beyond what its body would show; −1 for other calls. `list`: its arguments. */
export function helperResult(pass: FlowPass, node: CallExpression, list: number): number {
  const called = calledName(node.callee);
  const [first, second] = node.arguments;
  if (!first || first.type === 'SpreadElement') return -1;
  if (importStars.has(called)) return evaluateQuietly(pass, first);
  const slot = (position: number): number => pass.unit.facts.flowLists.get(list + 2 + position * 3, 0);
  if (definers.has(called) && second && second.type !== 'SpreadElement') {
    const name = constantText(bare(second));
    if (name !== undefined && node.arguments.length > 2) pass.writer.store(slot(0), name, slot(2));
    return slot(0);
  }
  if (!classMakers.has(called)) return -1;
  const { writer } = pass;
  [writer.load(slot(0), 'prototype'), slot(0)].forEach((target, position) => {
    const members = node.arguments[position + 1];
    const array = members && members.type !== 'SpreadElement' ? bare(members) : undefined;
    if (array?.type !== 'ArrayExpression') return;
    array.elements.forEach((element, index) => {
      if (element?.type !== 'ObjectExpression') return;
      const key = element.properties.find(
        (property) => property.type === 'Property' && keyName(property.key, property.computed) === 'key',
      );
      const name = key?.type === 'Property' ? constantText(bare(key.value)) : undefined;
      if (name === undefined) return;
      const descriptor = writer.slot();
      writer.emit(FlowOp.loadElement, descriptor, slot(position + 1), writer.position(index));
      writer.builtin('Object', 'defineProperty', [target, writer.constant(name), descriptor]);
    });
  });
  return slot(0);
}

/** `items.push(x)` on an array that was written out just before: the place at which `x` comes to stand; −1 where it is not known. */
export function nextPlace(pass: FlowPass, { callee, arguments: args }: CallExpression, receiver: number): number {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') return -1;
  if (callee.property.type !== 'Identifier' || callee.property.name !== 'push') return -1;
  const length = receiver < 0 ? -1 : pass.writer.lengthOf(receiver);
  if (length < 0 || args.some(({ type }) => type === 'SpreadElement')) return -1;
  pass.writer.setLength(receiver, length + args.length);
  return length;
}
