import {
  anyShape,
  type Callable,
  type Constant,
  type ModuleSurface,
  type Parameter,
  type Shape,
} from '../model/surface.ts';
import type { Value } from '../model/value.ts';
import type { DeclaredTypes } from './declared-types.ts';
import { readParameterList } from './parameter-list.ts';
import { shapeFromDefault, shapeFromName } from './parameter-names.ts';

/** What the harness says of one thing that a JavaScript module offers. */
export interface OfferedEntry {
  readonly path: readonly string[];
  readonly kind: 'function' | 'class' | 'object' | 'value';
  readonly name?: string;
  readonly arity?: number;
  readonly source?: string;
  /** Kind, number of parameters, text. */
  readonly members?: Readonly<Record<string, readonly [string, number?, string?]>>;
  readonly value?: Value;
}

/** Joins what a module offers when it is loaded with what is declared of it; what neither says is surmised from names. */
export function buildSurface(
  module: number,
  entries: readonly OfferedEntry[],
  declared: DeclaredTypes | undefined,
): ModuleSurface {
  const callables: Callable[] = [];
  const constants: Constant[] = [];
  for (const entry of entries) {
    const known =
      declared?.callables.get(entry.path.join('.')) ?? declared?.callables.get(['default', ...entry.path].join('.'));
    if (entry.kind === 'function' || entry.kind === 'class') callables.push(callableOf(entry, known));
    else if (entry.kind === 'value') constants.push({ path: entry.path, value: entry.value! });
    else
      callables.push(
        ...membersOf(entry, undefined).map((member) => ({
          ...member,
          path: [...entry.path, ...member.path],
          kind: member.kind === 'get' ? ('get' as const) : ('function' as const),
        })),
      );
  }
  return { module, callables, constants };
}

function callableOf(entry: OfferedEntry, known: Callable | undefined): Callable {
  const written = writtenParameters(entry.source, entry.arity ?? 0);
  return {
    path: entry.path,
    name: entry.name ?? entry.path.at(-1) ?? '',
    kind: entry.kind === 'class' ? 'class' : 'function',
    parameters: joinParameters(written, known?.parameters),
    returns: known?.returns ?? anyShape,
    members: entry.kind === 'class' ? membersOf(entry, known) : [],
    ...(known?.documentation === undefined ? {} : { documentation: known.documentation }),
  };
}

function membersOf(entry: OfferedEntry, known: Callable | undefined): Callable[] {
  return Object.entries(entry.members ?? {})
    .filter(([name]) => !name.startsWith('_') && !name.startsWith('#'))
    .map(([name, [kind, arity, source]]) => {
      const declared = known?.members.find((member) => member.name === name);
      return {
        path: [name],
        name,
        kind: kind === 'method' ? ('method' as const) : ('get' as const),
        parameters:
          kind === 'method' ? joinParameters(writtenParameters(source, arity ?? 0), declared?.parameters) : [],
        returns: declared?.returns ?? anyShape,
        members: [],
      };
    });
}

function writtenParameters(source: string | undefined, arity: number): Parameter[] {
  const written = source === undefined ? undefined : readParameterList(source);
  if (!written) return Array.from({ length: arity }, (_, i) => parameter(`argument${i}`, anyShape, false));
  const usesRest = /\barguments\b/.test(source ?? '') && written.length === 0;
  const list = written.map(({ name, keys, default: fallback, variadic }): Parameter => {
    const shape: Shape =
      keys.length > 0
        ? { kind: 'record', fields: keys.map((key) => ({ name: key, shape: shapeFromName(key), optional: true })) }
        : ((fallback === undefined ? undefined : shapeFromDefault(fallback)) ?? shapeFromName(name));
    return { ...parameter(name, shape, fallback !== undefined || variadic), variadic };
  });
  return usesRest ? [{ ...parameter('values', anyShape, true), variadic: true }] : list;
}

function parameter(name: string, shape: Shape, optional: boolean): Parameter {
  return { name, shape, optional, variadic: false, declared: false };
}

function joinParameters(
  written: readonly Parameter[],
  declared: readonly Parameter[] | undefined,
): readonly Parameter[] {
  if (!declared || declared.length === 0) return written;
  const length = Math.max(written.length, declared.length);
  return Array.from({ length }, (_, i): Parameter => {
    const one = declared[i];
    const other = written[i];
    if (!one) return other!;
    if (!other || one.shape.kind !== 'any') return one;
    return { ...one, shape: other.shape };
  });
}
