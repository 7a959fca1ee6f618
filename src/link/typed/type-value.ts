import { typeParameter } from './file-indexes.ts';
import type { Resolution } from './resolution.ts';
import { parseType, type TypeNode } from './type-text.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

/** The value of a type as written, seen from a symbol. Inside a type parameter's bound, parameters have no bounds of their own: `T extends Comparable<T>` would never end. */
export function typeValue(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  node: TypeNode,
  bounds = true,
): Value | undefined {
  switch (node.shape) {
    case 'array':
      return { kind: 'array', element: typeValue(resolution, file, row, node.element, bounds) };
    case 'tuple':
      return { kind: 'tuple', items: node.items.map((item) => typeValue(resolution, file, row, item, bounds)) };
    case 'function':
      return { kind: 'function', result: node.result && typeValue(resolution, file, row, node.result, bounds) };
    case 'named':
      break;
  }
  const { dialect } = file;
  const last = node.name.slice(Math.max(node.name.lastIndexOf('.'), node.name.lastIndexOf(':')) + 1);
  if (dialect.transparent.has(last) && node.args.length > 0)
    return typeValue(resolution, file, row, node.args[0]!, bounds);
  const parameter = typeParameter(file, row, node.name);
  if (parameter) {
    const written = bounds && parameter.bound !== undefined ? parseType(parameter.bound) : undefined;
    const bound = written && typeValue(resolution, file, row, written, false);
    return { kind: 'parameter', index: parameter.index, bound };
  }
  const value = resolution.path(file, row, node.name, 'type');
  if (value === undefined) return undefined;
  const args = node.args.map((arg) => typeValue(resolution, file, row, arg, bounds));
  if (value.kind === 'type') return { kind: 'instance', type: value.type, args };
  if (value.kind === 'external') return { kind: 'external', name: value.name, instance: true, args };
  return value.kind === 'instance' || value.kind === 'package' || value.kind === 'parameter' || value.kind === 'array'
    ? value
    : undefined;
}
