import {
  anyShape,
  type Callable,
  type Constant,
  type ModuleSurface,
  type Parameter,
  type Shape,
  union,
} from '../model/surface.ts';
import { isList, isMarked, type Value } from '../model/value.ts';
import { shapeFromName } from './parameter-names.ts';

interface PythonParameter {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
  readonly variadic: boolean;
  readonly declared: boolean;
  readonly keywordOnly?: boolean;
  readonly default?: Value;
}

/** What the harness says of one thing that a Python module offers. */
export interface PythonEntry {
  readonly path: readonly string[];
  readonly kind: 'function' | 'class' | 'value';
  readonly name?: string;
  readonly parameters?: readonly PythonParameter[];
  readonly returns?: Shape;
  readonly documentation?: string;
  /** Not offered: private, or not among `__all__`. */
  readonly aside?: true;
  readonly members?: readonly {
    readonly name: string;
    readonly kind: 'method' | 'get';
    readonly parameters: readonly PythonParameter[];
    readonly returns: Shape;
  }[];
  readonly value?: Value;
}

export function pythonSurface(module: number, entries: readonly PythonEntry[]): ModuleSurface {
  const callables: Callable[] = [];
  const constants: Constant[] = [];
  for (const entry of entries) {
    if (entry.kind === 'value') {
      constants.push({ path: entry.path, value: entry.value ?? null });
      continue;
    }
    callables.push({
      path: entry.path,
      name: entry.name ?? entry.path.at(-1)!,
      kind: entry.kind,
      parameters: (entry.parameters ?? []).map(parameterOf),
      returns: entry.returns ?? anyShape,
      members: (entry.members ?? []).map((member): Callable => ({
        path: [member.name],
        name: member.name,
        kind: member.kind,
        parameters: member.parameters.map(parameterOf),
        returns: member.returns,
        members: [],
      })),
      ...(entry.aside ? { aside: true as const } : {}),
      ...(entry.documentation ? { documentation: entry.documentation } : {}),
    });
  }
  return { module, callables, constants };
}

/** What only the standard library makes, by the names that parameters have for it. */
const MADE: readonly (readonly [RegExp, Value])[] = [
  [/^_?(?:r?lock|mutex)$/, { $: 'make', c: 'threading.RLock', v: [] }],
  [/^_?(?:cond|condition)$/, { $: 'make', c: 'threading.Condition', v: [] }],
  [/^_?(?:logger|log)$/, { $: 'make', c: 'logging.getLogger', v: ['test'] }],
  [/^(?:queue|q)$/, { $: 'make', c: 'queue.Queue', v: [] }],
];

function parameterOf({
  name,
  shape,
  optional,
  variadic,
  declared,
  keywordOnly,
  default: fallback,
}: PythonParameter): Parameter {
  const made = MADE.find(([pattern]) => pattern.test(name))?.[1];
  const known = declared
    ? shape
    : made
      ? union([{ kind: 'one-of', values: [made, null] }, shape])
      : fallback === undefined
        ? shapeFromName(name)
        : union([shapeOfDefault(fallback), ...(shapeFromName(name).kind === 'any' ? [] : [shapeFromName(name)])]);
  return { name, shape: known, optional, variadic, declared, ...(keywordOnly ? { keywordOnly } : {}) };
}

function shapeOfDefault(value: Value): Shape {
  if (typeof value === 'string') return { kind: 'string' };
  if (typeof value === 'boolean') return { kind: 'boolean' };
  if (typeof value === 'number') return { kind: 'integer' };
  if (isList(value)) return { kind: 'list', of: anyShape };
  if (isMarked(value) && value.$ === 'number') return { kind: 'number' };
  if (isMarked(value) && value.$ === 'tuple') return { kind: 'tuple', items: value.v.map(shapeOfDefault) };
  if (isMarked(value) && (value.$ === 'record' || value.$ === 'map')) return { kind: 'record', fields: [] };
  if (isMarked(value) && value.$ === 'function') return { kind: 'function', parameters: [], returns: anyShape };
  if (isMarked(value) && value.$ === 'make') return { kind: 'one-of', values: [value] };
  return anyShape;
}
