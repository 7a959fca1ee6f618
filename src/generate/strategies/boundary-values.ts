import type { Candidate } from '../model/candidate.ts';
import type { Callable, Shape } from '../model/surface.ts';
import { undefinedValue, type Value } from '../model/value.ts';
import { pythonFloat } from '../values/make-value.ts';
import { CandidateBuilder } from './build-candidate.ts';
import { callableKey, type SearchState, type Strategy } from './strategy.ts';

/** Each parameter in turn takes empty, extreme, unusual and wrong values, while the others stay plain; then no arguments at all. */
export function boundaryValues(): Strategy {
  let queue: (() => Candidate)[] | undefined;
  let focus = -1;
  return {
    name: 'boundary values',
    propose(state, count) {
      if (focus !== state.focus) [queue, focus] = [undefined, state.focus];
      queue ??= boundaryCalls(state);
      return queue.splice(0, count).map((make) => make());
    },
  };
}

/** The first of each callable, then the second of each: should the time end, none was left out. */
function boundaryCalls(state: SearchState): (() => Candidate)[] {
  const surface = state.surfaces[state.focus];
  if (!surface) return [];
  const { module } = surface;
  const lists: (() => Candidate)[][] = [];
  for (const callable of surface.callables) {
    lists.push(
      callsOf(state, callable, callableKey(module, callable), (builder, values) =>
        builder.call(module, callable, values),
      ),
    );
    for (const member of callable.members) {
      const key = callableKey(module, member, callable);
      lists.push(
        callsOf(state, member, key, (builder, values) =>
          builder.member(builder.call(module, callable), member, key, values),
        ),
      );
    }
  }
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

function callsOf(
  state: SearchState,
  callable: Callable,
  key: string,
  call: (builder: CandidateBuilder, values: readonly Value[]) => number,
): (() => Candidate)[] {
  const made = (values: (builder: CandidateBuilder) => readonly Value[]) => (): Candidate => {
    const builder = new CandidateBuilder(state);
    call(builder, values(builder));
    return builder.done('boundary values');
  };
  if (callable.kind === 'get') return [made(() => [])];
  const calls = [made(() => [])];
  for (const [index, parameter] of callable.parameters.entries()) {
    for (const value of boundariesOf(parameter.shape, state.pool.language)) {
      calls.push(
        made((builder) => {
          const values = builder.arguments(
            key,
            callable.parameters.map((one, i) => ({ ...one, optional: i > index && one.optional })),
          );
          while (values.length < index) values.push(null);
          values[index] = value;
          return values;
        }),
      );
    }
  }
  return calls;
}

const TEXTS: readonly Value[] = [
  '',
  ' ',
  'a',
  'Hello World',
  '0',
  'null',
  'é',
  '😀',
  'a\nb',
  '<b>"&\'',
  'a'.repeat(40),
  '-1.5',
  'true',
  '2020-02-30',
];

function boundariesOf(shape: Shape, language: 'ecmascript' | 'python'): readonly Value[] {
  const python = language === 'python';
  const nothing: Value[] = python ? [null] : [null, undefinedValue];
  const numbers: Value[] = python
    ? [0, 1, -1, 2, 1000000, pythonFloat(0.5), pythonFloat(-1.5), { $: 'number', v: 'inf' }, { $: 'number', v: 'nan' }]
    : [
        0,
        1,
        -1,
        2,
        0.5,
        -1.5,
        1e21,
        9007199254740991,
        { $: 'number', v: 'NaN' },
        { $: 'number', v: 'Infinity' },
        { $: 'number', v: '-0' },
      ];
  switch (shape.kind) {
    case 'string':
      return [...TEXTS, ...nothing, 5];
    case 'number':
    case 'integer':
      return [...numbers, ...nothing, 'abc', '7'];
    case 'boolean':
      return [true, false, ...nothing];
    case 'list':
    case 'iterable':
    case 'tuple':
      return [[], [1], [3, 1, 2], ['b', 'a'], [null], [[1, [2]], []], ...nothing, 'abc'];
    case 'record':
    case 'map':
      return [
        { $: 'record', e: [] },
        { $: 'record', e: [['a', 1]] },
        { $: 'record', e: [['a', { $: 'record', e: [['b', [1, 2]]] }]] },
        ...nothing,
        [],
      ];
    case 'file':
    case 'stream':
      return fileLike(shape.kind, python);
    case 'one-of':
      return [...shape.values, 'unknown', ...nothing];
    case 'union':
      return dedupe(shape.of.flatMap((option) => boundariesOf(option, language)));
    case 'function':
      return [
        { $: 'callback', id: 0, argument: 0 },
        { $: 'callback', id: 0 },
        { $: 'callback', id: 0, throws: 'callback failed' },
        ...nothing,
      ];
    case 'any':
      return [
        ...nothing,
        true,
        false,
        ...numbers,
        ...TEXTS,
        [],
        [1, 2, 3],
        { $: 'record', e: [] },
        { $: 'record', e: [['a', 1]] },
        ...(python ? [] : OBJECTS),
      ];
    default:
      return [...nothing, {}.toString()];
  }
}

function fileLike(kind: 'file' | 'stream', python: boolean): Value[] {
  const texts = ['', 'first line\nsecond line\n', '{"name": "value"}\n', '[section]\nkey = value\n'];
  if (kind === 'file') return texts.map((v) => ({ $: 'file', n: 'notes.txt', v }));
  return python ? texts.map((text) => ({ $: 'make', c: 'io.StringIO', v: [text] })) : [];
}

const OBJECTS: readonly Value[] = [
  { $: 'date', v: 951782400000 },
  { $: 'regexp', s: 'a+', f: 'g' },
  { $: 'map', e: [['a', 1]] },
  { $: 'set', v: [1] },
  { $: 'symbol', v: 'key' },
  { $: 'bigint', v: '10' },
  { $: 'error', c: 'Error', m: 'failed' },
  { $: 'callback', id: 0, argument: 0 },
  { $: 'bytes', c: 'Uint8Array', v: [1, 2] },
];

function dedupe(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
