import type { Shape } from '../model/surface.ts';
import { isList, isMarked, type Value } from '../model/value.ts';

/** Whether a value is what a shape allows; where that cannot be told, it is. `awaited`: the value is what a promise gave. */
export function fitsShape(value: Value, shape: Shape, awaited = false): boolean {
  const marked = isMarked(value) ? value.$ : undefined;
  // Results of steps, instances and what was cut could be anything.
  if (marked !== undefined && ['step', 'cut', 'cycle', 'instance', 'import', 'probe', 'class', 'make'].includes(marked))
    return true;
  switch (shape.kind) {
    case 'any':
    case 'file':
    case 'stream':
    case 'instance':
    case 'class':
      return true;
    case 'string':
    case 'boolean':
      return typeof value === shape.kind;
    case 'number':
    case 'integer':
      return (
        typeof value === 'number' || marked === 'number' || (shape.kind === 'integer' && typeof value === 'boolean')
      );
    case 'null':
      return value === null;
    case 'undefined':
      return value === null || marked === 'undefined';
    case 'bigint':
    case 'symbol':
    case 'regexp':
    case 'date':
    case 'bytes':
    case 'error':
      return marked === shape.kind;
    case 'function':
      return marked === 'function' || marked === 'callback';
    case 'one-of':
      return shape.values.some((one) => JSON.stringify(one) === JSON.stringify(value));
    case 'list':
      return isList(value)
        ? value.every((item) => fitsShape(item, shape.of))
        : marked === 'tuple' || marked === 'iterable';
    case 'tuple':
      return isList(value) || marked === 'tuple';
    case 'iterable':
      return (
        isList(value) ||
        typeof value === 'string' ||
        ['set', 'map', 'tuple', 'iterable', 'record'].includes(marked ?? '')
      );
    case 'async-iterable':
      return marked === 'iterable' || marked === 'function';
    case 'promise':
      return awaited ? fitsShape(value, shape.of) : marked === 'promise';
    case 'set':
      return marked === 'set';
    case 'map':
      return marked === 'map' || marked === 'record';
    case 'record':
      if (isMarked(value) && value.$ === 'record') {
        const held = new Map(value.e);
        return shape.fields.every(({ name, shape: of, optional }) =>
          held.has(name) ? fitsShape(held.get(name)!, of) : optional,
        );
      }
      return marked === 'map' || marked === 'error' || marked === 'function';
    case 'union':
      return shape.of.some((one) => fitsShape(value, one, awaited));
  }
}
