/** Scopes and bindings by the language's rules; the temporal dead zone is ignored. */
import type { FunctionNode, Program } from './estree.ts';

export type BindingKind =
  'var' | 'lexical' | 'function' | 'class' | 'parameter' | 'import' | 'catch' | 'enum' | 'namespace' | 'type';

/** A function, or the module body: what owns variables. Field initializers run later than the class and count as one. */
export interface FunctionUnit {
  readonly node: FunctionNode | Program | undefined;
  readonly symbol: number;
  readonly owner: FunctionUnit | undefined;
  readonly arrow: boolean;
  usesArguments: boolean;
}

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: Scope;
  /** Symbol row, −1 for parameters and local variables. */
  symbol: number;
  /** Import row, −1. */
  importRow: number;
  /** A nested function uses it: all its versions share one slot. */
  captured: boolean;
  /** Places that give it a value. */
  writes: number;
  /** Slot of its present version, −1 before the first. */
  slot: number;
  /** Slot in which versions meet while a loop or another construct with jumps is open, −1. */
  meeting: number;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly unit: FunctionUnit;
  /** Where `var` declarations go. */
  readonly hoist: Scope;
  readonly values: Map<string, Binding>;
  types: Map<string, Binding> | undefined;
  /** Row of the module or namespace symbol whose members the bindings are, −1 in functions and blocks. */
  readonly container: number;
}

export function openScope(
  parent: Scope | undefined,
  unit: FunctionUnit,
  options: { hoists?: boolean; container?: number } = {},
): Scope {
  const scope: Omit<Scope, 'hoist'> & { hoist?: Scope } = {
    parent,
    unit,
    values: new Map(),
    types: undefined,
    container: options.container ?? -1,
  };
  const self = scope as Scope;
  scope.hoist = options.hoists || !parent ? self : parent.hoist;
  return self;
}

/** Declares a value; a second declaration of the name in the scope is the same binding. */
export function declareValue(scope: Scope, name: string, kind: BindingKind): Binding {
  const known = scope.values.get(name);
  if (known) return known;
  const made: Binding = {
    name,
    kind,
    scope,
    symbol: -1,
    importRow: -1,
    captured: false,
    writes: 0,
    slot: -1,
    meeting: -1,
  };
  scope.values.set(name, made);
  return made;
}

export function declareType(scope: Scope, name: string, binding?: Binding): Binding {
  const types = (scope.types ??= new Map());
  const known = types.get(name);
  if (known) return known;
  const made: Binding = binding ?? {
    name,
    kind: 'type',
    scope,
    symbol: -1,
    importRow: -1,
    captured: false,
    writes: 1,
    slot: -1,
    meeting: -1,
  };
  types.set(name, made);
  return made;
}

export function lookup(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.values.get(name);
    if (found) return found;
  }
  return undefined;
}

/** In type positions: interfaces and aliases, then what is value and type at once. */
export function lookupType(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.types?.get(name) ?? at.values.get(name);
    if (
      found &&
      (found.kind === 'type' ||
        found.kind === 'class' ||
        found.kind === 'enum' ||
        found.kind === 'import' ||
        found.kind === 'namespace' ||
        found.kind === 'function')
    )
      return found;
  }
  return undefined;
}
