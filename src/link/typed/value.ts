import type { Container, SymbolRef } from './declarations.ts';

/** What an expression denotes, as far as declared types tell. */
export type Value =
  /** An instance of a type of the tree. */
  | { readonly kind: 'instance'; readonly type: Container; readonly args: readonly (Value | undefined)[] }
  /** The type itself. */
  | { readonly kind: 'type'; readonly type: Container; readonly args: readonly (Value | undefined)[] }
  /** Members are looked up in the supertypes only. */
  | { readonly kind: 'super'; readonly type: Container }
  | { readonly kind: 'package'; readonly container: Container }
  /** Functions or methods of one name; the call picks the overload. `receiver` gives type arguments. */
  | { readonly kind: 'callable'; readonly refs: readonly SymbolRef[]; readonly receiver: Value | undefined }
  /** A field, variable, constant or property: its type is asked for when needed. */
  | { readonly kind: 'variable'; readonly refs: readonly SymbolRef[]; readonly receiver: Value | undefined }
  | { readonly kind: 'array'; readonly element: Value | undefined }
  | { readonly kind: 'tuple'; readonly items: readonly (Value | undefined)[] }
  /** A type parameter, to be filled in from the receiver's arguments; −1: not from those. */
  | { readonly kind: 'parameter'; readonly index: number; readonly bound: Value | undefined }
  | { readonly kind: 'function'; readonly result: Value | undefined }
  /** Something outside the tree: `name` without the ecosystem. `instance`: a value of that type. */
  | {
      readonly kind: 'external';
      readonly name: string;
      readonly instance: boolean;
      readonly args: readonly (Value | undefined)[];
    };

const transparentResults = new Set([
  'get',
  'next',
  'first',
  'last',
  'pop',
  'peek',
  'poll',
  'take',
  'remove',
  'element',
  'getFirst',
  'getLast',
  'orElse',
  'orElseThrow',
  'orElseGet',
  'unwrap',
  'expect',
  'unwrap_or',
  'unwrap_or_default',
  'unwrap_or_else',
  'getOrDefault',
  'front',
  'back',
  'at',
  'value',
  'First',
  'FirstOrDefault',
  'Last',
  'LastOrDefault',
  'Single',
  'SingleOrDefault',
  'Dequeue',
  'Pop',
  'Peek',
  'firstOrNull',
  'lastOrNull',
  'single',
  'getValue',
  'pollFirst',
  'pollLast',
  'join',
  'load',
  'Load',
  'computeIfAbsent',
  'nth',
  'Find',
  'find',
  'findFirst',
  'findAny',
  'removeFirst',
  'removeLast',
  'Result',
  'Value',
  'call',
]);
const sameContainer = new Set([
  'iter',
  'iter_mut',
  'into_iter',
  'iterator',
  'listIterator',
  'values',
  'stream',
  'filter',
  'as_ref',
  'as_mut',
  'clone',
  'cloned',
  'copied',
  'skip',
  'limit',
  'sorted',
  'distinct',
  'toList',
  'ToList',
  'ToArray',
  'Where',
  'OrderBy',
  'Skip',
  'Take',
  'Reverse',
  'reversed',
  'subList',
  'descendingIterator',
  'peekable',
  'rev',
  'drain',
  'chain',
  'asList',
  'asSequence',
  'borrow',
  'borrow_mut',
  'lock',
  'read',
  'write',
  'to_vec',
  'begin',
  'end',
  'values_mut',
  'ok',
  'take_while',
  'as_deref',
  'parallelStream',
  'collect',
  'collectAsList',
  'entrySet',
  'AsEnumerable',
  'ConfigureAwait',
  'ok_or',
  'ok_or_else',
  'map_err',
  'or',
  'or_else',
]);

const pointerMethods = new Set([
  'lock',
  'read',
  'write',
  'borrow',
  'borrow_mut',
  'as_ref',
  'as_mut',
  'unwrap',
  'expect',
  'clone',
  'get',
  'get_mut',
  'upgrade',
  'into_inner',
  'deref',
  'to_owned',
  'load',
  'value',
]);

/** What a call of a method on a container from outside the tree yields: an element, the same container, or nothing known. */
export function externalResult(receiver: Value | undefined, method: string): Value | undefined {
  if (receiver?.kind === 'array') {
    if (transparentResults.has(method)) return receiver.element;
    return sameContainer.has(method) ? receiver : undefined;
  }
  // A smart pointer that stands for what it holds: its own methods give that again.
  if (receiver?.kind === 'instance') return pointerMethods.has(method) ? receiver : undefined;
  if (receiver?.kind !== 'external' || !receiver.instance || receiver.args.length === 0) return undefined;
  if (transparentResults.has(method)) return elementOf(receiver);
  return sameContainer.has(method) ? receiver : undefined;
}

/** An element of a container: of a map its value; of a result or optional what it holds. */
export function elementOf(value: Value | undefined): Value | undefined {
  if (value?.kind === 'array') return value.element;
  if (value?.kind !== 'external' || !value.instance) return undefined;
  if (/(?:^|[.:])Result$/.test(value.name)) return value.args[0];
  return value.args.at(-1);
}

/** Fills type parameters in with the arguments of the receiver's type. */
export function substitute(value: Value | undefined, receiver: Value | undefined): Value | undefined {
  switch (value?.kind) {
    case 'parameter': {
      const args = receiver?.kind === 'instance' || receiver?.kind === 'type' ? receiver.args : [];
      return args[value.index] ?? value.bound;
    }
    case 'array': {
      const element = substitute(value.element, receiver);
      return element === value.element ? value : { kind: 'array', element };
    }
    case 'instance':
    case 'external': {
      if (value.args.length === 0) return value;
      const args = value.args.map((arg) => substitute(arg, receiver));
      return args.every((arg, i) => arg === value.args[i]) ? value : { ...value, args };
    }
    case 'tuple':
      return { kind: 'tuple', items: value.items.map((item) => substitute(item, receiver)) };
    default:
      return value;
  }
}
