/** What a module offers to a test, and what is known of the inputs that it takes. */
import type { Value } from './value.ts';

/** What a parameter takes, as far as it is known. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'undefined' | 'bigint' | 'symbol' }
  | { readonly kind: 'regexp' | 'date' | 'bytes' | 'error' | 'class' }
  /** The path of a file that is there; something that is read or written like one. */
  | { readonly kind: 'file' | 'stream' }
  /** One of these values, exactly. */
  | { readonly kind: 'one-of'; readonly values: readonly Value[] }
  | { readonly kind: 'list' | 'set' | 'iterable' | 'async-iterable' | 'promise'; readonly of: Shape }
  | { readonly kind: 'tuple'; readonly items: readonly Shape[] }
  | { readonly kind: 'map'; readonly key: Shape; readonly of: Shape }
  | { readonly kind: 'record'; readonly fields: readonly RecordField[] }
  | { readonly kind: 'function'; readonly parameters: readonly Shape[]; readonly returns: Shape }
  | { readonly kind: 'instance'; readonly of: string }
  | { readonly kind: 'union'; readonly of: readonly Shape[] };

export interface RecordField {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
  readonly variadic: boolean;
  /** Python: only by name. */
  readonly keywordOnly?: boolean;
  /** Where the shape comes from: a declaration says what is allowed, the rest is surmised. */
  readonly declared: boolean;
}

export interface Callable {
  /** From the module, or for members from the class or object. */
  readonly path: readonly string[];
  readonly kind: 'function' | 'class' | 'method' | 'get';
  readonly parameters: readonly Parameter[];
  readonly returns: Shape;
  /** Classes: called with `new` only (JavaScript). */
  readonly members: readonly Callable[];
  /** The class's name, for parameters that take its instances. */
  readonly name: string;
  readonly documentation?: string;
  /** Not meant for others than the module itself: tried less often. */
  readonly aside?: true;
}

export interface Constant {
  readonly path: readonly string[];
  readonly value: Value;
}

export interface ModuleSurface {
  readonly module: number;
  readonly callables: readonly Callable[];
  /** Objects with state or methods that are offered as they are. */
  readonly constants: readonly Constant[];
}

export const anyShape: Shape = { kind: 'any' };

export function union(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.of : [shape]));
  const distinct = [...new Map(flat.map((shape) => [JSON.stringify(shape), shape])).values()];
  if (distinct.length === 0) return anyShape;
  return distinct.length === 1 ? distinct[0]! : { kind: 'union', of: distinct };
}
