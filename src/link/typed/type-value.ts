import { typeParameter } from './file-indexes.ts';
import type { Resolution } from './resolution.ts';
import { parseType, type TypeNode } from './type-text.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

/** The value of a type as written, seen from a symbol; `owner` has the type parameters. Inside a type parameter's bound, parameters have no bounds of their own: `T extends Comparable<T>` would never end. */
export function typeValue(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  node: TypeNode,
  bounds = true,
  owner = row,
): Value | undefined {
  const inside = (part: TypeNode): Value | undefined => typeValue(resolution, file, row, part, bounds, owner);
  switch (node.shape) {
    case 'array':
      return { kind: 'array', element: inside(node.element) };
    case 'tuple':
      return { kind: 'tuple', items: node.items.map(inside) };
    case 'function':
      return { kind: 'function', result: node.result && inside(node.result) };
    case 'named':
      break;
  }
  const { dialect } = file;
  const last = node.name.slice(Math.max(node.name.lastIndexOf('.'), node.name.lastIndexOf(':')) + 1);
  if (dialect.transparent.has(last) && node.args.length > 0) return inside(node.args[0]!);
  const parameter = typeParameter(file, owner, node.name);
  if (parameter) {
    const written = bounds && parameter.bound !== undefined ? parseType(parameter.bound) : undefined;
    const bound = written && typeValue(resolution, file, row, written, false, owner);
    return { kind: 'parameter', index: parameter.index, bound };
  }
  const value = resolution.path(file, row, node.name, 'type');
  if (value === undefined) return undefined;
  const args = node.args.map(inside);
  if (value.kind === 'type') return { kind: 'instance', type: value.type, args };
  if (value.kind === 'external') return { kind: 'external', name: value.name, instance: true, args };
  return value.kind === 'instance' || value.kind === 'package' || value.kind === 'parameter' || value.kind === 'array'
    ? value
    : undefined;
}
