/** Second pass, its state: references and flow operations. */
import { Binding as BindingKind } from '#model/facts.ts';
import { type ReferenceRole, referenceRoles } from '#model/vocabulary.ts';
import type { Class, Expression, FunctionNode, Node, Statement, TSType } from './estree.ts';
import type { FlowWriter, FunctionState } from './flow-writer.ts';
import { type Binding, lookup, type Scope } from './scope.ts';
import type { Unit } from './unit.ts';

/** The function whose body is walked. */
export interface Frame {
  /** Symbol that calls and other uses belong to. */
  readonly symbol: number;
  /** Slot of `this`, −1 where there is none. */
  readonly receiver: number;
  readonly returns: number;
  readonly yields: number;
  /** Slot of `arguments`, −1. */
  readonly arguments: number;
  /** Class whose bases `super` means, −1. */
  readonly classRow: number;
  /** Slot of what callers send into the generator. */
  readonly sent?: number;
  /** Object literal whose method this is: `super` means its prototype. */
  readonly home?: number;
}

export interface FlowPass {
  readonly unit: Unit;
  readonly writer: FlowWriter;
  scope: Scope;
  frame: Frame;
  /** Slots of `exports` and of `module.exports`; −1 until a CommonJS module names them. */
  readonly moduleState: FunctionState;
  exportsSlot: number;
  moduleExportsSlot: number;
  /** Texts of constants, by binding. */
  readonly texts: Map<Binding, string>;
  /** Where a value came from, if by a computed key: `v = src[k]`. */
  readonly copies: Map<number, { readonly base: number; readonly key: string }>;
  /** Object literal whose method is evaluated next, −1. */
  home: number;
  /** Slots of what the open `try` blocks may throw. */
  readonly thrown: number[];
  /** Slot of what the file's functions throw outside of all `try`. */
  readonly uncaught: number;
  readonly value: (node: Expression) => number;
  readonly callable: (node: FunctionNode, classRow: number) => number;
  readonly classValue: (node: Class) => number;
  readonly statements: (body: readonly Statement[]) => void;
  readonly type: (node: TSType) => void;
}

const roles = new Map(referenceRoles.map((role, index) => [role, index]));
const builtins = new Set([
  'Object',
  'Array',
  'Function',
  'String',
  'Number',
  'Boolean',
  'Symbol',
  'BigInt',
  'Math',
  'JSON',
  'Date',
  'RegExp',
  'Promise',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Proxy',
  'Reflect',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
  'ArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Atomics',
  'Intl',
  'globalThis',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'decodeURIComponent',
  'encodeURI',
  'decodeURI',
  'escape',
  'unescape',
  'eval',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'structuredClone',
  'process',
  'Buffer',
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
  'Iterator',
  'Partial',
  'Required',
  'Readonly',
  'Record',
  'Pick',
  'Omit',
  'Exclude',
  'Extract',
  'NonNullable',
  'Parameters',
  'ReturnType',
  'InstanceType',
  'ReadonlyArray',
  'PromiseLike',
  'ArrayLike',
  'Iterable',
  'IterableIterator',
  'AsyncIterable',
  'AsyncIterator',
  'Generator',
  'AsyncGenerator',
  'Awaited',
  'ReadonlyMap',
  'ReadonlySet',
  'ThisType',
  'Uppercase',
  'Lowercase',
  'Capitalize',
  'PropertyKey',
  'ConstructorParameters',
  'AsyncGeneratorFunction',
]);

/** Adds a reference row of the identifier at `offset`. */
export function refer(
  pass: FlowPass,
  role: ReferenceRole,
  name: string,
  offset: number,
  binding: number,
  target: number,
  args = -1,
): number {
  const { facts, index } = pass.unit;
  const line = index.line(offset);
  return facts.references.add(
    roles.get(role)!,
    facts.string(name),
    line,
    index.column(offset, line),
    pass.frame.symbol,
    binding,
    target,
    -1,
    args,
    -1,
  );
}

/** A reference to a name as scope binds it. Plain reads and writes of local variables have no row: −1. */
export function referName(
  pass: FlowPass,
  role: ReferenceRole,
  name: string,
  offset: number,
  args = -1,
  found: Binding | undefined = lookup(pass.scope, name),
): number {
  if (!found)
    return refer(pass, role, name, offset, builtins.has(name) ? BindingKind.builtin : BindingKind.open, -1, args);
  if (found.importRow >= 0) return refer(pass, role, name, offset, BindingKind.imported, found.importRow, args);
  if (found.symbol >= 0) return refer(pass, role, name, offset, BindingKind.local, found.symbol, args);
  if (role === 'read' || role === 'write') return -1;
  return refer(pass, role, name, offset, BindingKind.variable, -1, args);
}

export function referMember(pass: FlowPass, role: ReferenceRole, name: string, offset: number, args = -1): number {
  return refer(pass, role, name, offset, BindingKind.member, -1, args);
}

/** Runs `body` in the scope that the first pass opened for the node. */
export function inScope(pass: FlowPass, node: Node, body: () => void): void {
  const outer = pass.scope;
  pass.scope = pass.unit.scopes.get(node) ?? outer;
  body();
  pass.scope = outer;
}

/** `module`, `exports` and `require` mean CommonJS in files that are no ES modules. */
export function isCommon(pass: FlowPass, name: string): boolean {
  return !pass.unit.isModule && lookup(pass.scope, name) === undefined;
}
