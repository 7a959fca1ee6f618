import type { Candidate, ProbeLog, Seen } from '../model/candidate.ts';
import { anyShape, type Callable, type Shape, union } from '../model/surface.ts';
import type { Value } from '../model/value.ts';
import { CandidateBuilder } from './build-candidate.ts';
import { callableKey, type SearchState, type Strategy } from './strategy.ts';

/**
 * Calls each function once with things that record what is asked of them: property names read, calls, iteration. It tells what a
 * parameter without a type is for, and which options an options object has.
 */
export function probeParameters(): Strategy {
  let queue: (() => { readonly candidate: Candidate; readonly key: string })[] | undefined;
  const keys = new WeakMap<Candidate, string>();
  return {
    name: 'probes',
    propose(state, count) {
      queue ??= allCalls(state);
      return queue.splice(0, count).map((make) => {
        const { candidate, key } = make();
        keys.set(candidate, key);
        return candidate;
      });
    },
    learn(state, candidate, seen) {
      const key = keys.get(candidate);
      if (key !== undefined) learnFrom(state, key, seen);
    },
  };
}

function allCalls(state: SearchState): (() => { readonly candidate: Candidate; readonly key: string })[] {
  const calls: (() => { readonly candidate: Candidate; readonly key: string })[] = [];
  for (const { module, callables } of state.surfaces) {
    for (const callable of callables) {
      if (callable.kind === 'get') continue;
      const key = callableKey(module, callable);
      for (const probing of patterns(callable)) {
        calls.push(() => {
          const builder = new CandidateBuilder(state);
          builder.call(module, callable, probing(builder, key));
          return { candidate: builder.done('probes'), key };
        });
      }
      for (const member of callable.members) {
        if (member.kind === 'get' || member.parameters.length === 0) continue;
        const memberKey = callableKey(module, member, callable);
        for (const probing of patterns(member)) {
          calls.push(() => {
            const builder = new CandidateBuilder(state);
            const step = builder.call(module, callable);
            builder.member(step, member, memberKey, probing(builder, memberKey));
            return { candidate: builder.done('probes'), key: memberKey };
          });
        }
      }
    }
  }
  return calls;
}

type Probing = (builder: CandidateBuilder, key: string) => Value[];

/** All parameters as objects; each as a function with plain values before it; the last as an object after plain values. */
function patterns({ parameters }: Callable): Probing[] {
  const count = Math.min(6, Math.max(1, parameters.length));
  const probe = (id: number, callable: boolean): Value => ({ $: 'probe', id, callable });
  const all: Probing[] = [
    () => Array.from({ length: count }, (_, i) => probe(i, false)),
    () => Array.from({ length: count }, (_, i) => probe(i, true)),
  ];
  for (let i = 0; i < count; i++) {
    for (const callable of [false, true]) {
      for (let time = 0; time < 2; time++) {
        all.push((builder, key) => {
          const values = builder.arguments(
            key,
            parameters.map((parameter) => ({ ...parameter, optional: false })),
          );
          while (values.length < i) values.push(null);
          values[i] = probe(i, callable);
          return values;
        });
      }
    }
  }
  return all;
}

const STRING_METHODS = new Set(
  'charAt charCodeAt codePointAt toLowerCase toUpperCase trim split replace replaceAll substring substr match startsWith endsWith padStart padEnd normalize localeCompare trimStart trimEnd lower upper strip splitlines encode startswith endswith isdigit isalpha'.split(
    ' ',
  ),
);
const LIST_METHODS = new Set(
  'push pop shift unshift map forEach filter reduce some every splice sort reverse join concat append extend find findIndex flat flatMap'.split(
    ' ',
  ),
);
const DATE_METHODS = new Set(
  'getTime getFullYear getMonth getDate getDay getHours toISOString getUTCFullYear strftime isoformat timetuple'.split(
    ' ',
  ),
);
/** Python's dates have them as attributes. */
const DATE_FIELDS = new Set(['tzinfo', 'utcoffset']);
/** A field that is read and nothing more: most are switches, and `=== true` asks for the very value. */
const SWITCH: Shape = union([{ kind: 'boolean' }, anyShape]);
const BUILT_IN = new Set('length name prototype arguments caller bind call apply'.split(' '));

function learnFrom(state: SearchState, key: string, seen: Seen): void {
  for (const [id, log] of Object.entries(seen.probes ?? {})) {
    const shape = shapeOfLog(log, state);
    if (!shape) continue;
    const parameters = state.learned.get(key) ?? [];
    state.learned.set(key, parameters);
    const index = Number(id);
    while (parameters.length <= index) parameters.push({ shapes: [] });
    merge(parameters[index]!.shapes, shape);
  }
}

/** Fields of records of several runs join; other shapes stand side by side. */
function merge(shapes: Shape[], shape: Shape): void {
  const record = shapes.findIndex(({ kind }) => kind === 'record');
  if (shape.kind === 'record' && record >= 0) {
    const held = shapes[record] as Shape & { kind: 'record' };
    const names = new Set(held.fields.map(({ name }) => name));
    shapes[record] = {
      kind: 'record',
      fields: [...held.fields, ...shape.fields.filter(({ name }) => !names.has(name))].slice(0, 60),
    };
    return;
  }
  const text = JSON.stringify(shape);
  if (!shapes.some((other) => JSON.stringify(other) === text)) shapes.push(shape);
}

function shapeOfLog(log: ProbeLog, state: SearchState): Shape | undefined {
  const reads = Object.keys(log.reads ?? {}).filter((name) => !BUILT_IN.has(name));
  // An option may be called like a method (`sort`, `match`): only a call tells.
  const calls = (methods: ReadonlySet<string>): boolean =>
    reads.some((name) => methods.has(name) && log.reads![name]!.called !== undefined);
  if (calls(DATE_METHODS) || reads.some((name) => DATE_FIELDS.has(name))) return { kind: 'date' };
  if (calls(STRING_METHODS)) return { kind: 'string' };
  if (calls(LIST_METHODS) || log.iterated) return { kind: 'list', of: anyShape };
  if (reads.length > 0) {
    for (const name of reads) if (!state.pool.keys.includes(name)) state.pool.keys.push(name);
    const fields = reads.map((name) => ({
      name,
      shape: shapeOfLog(log.reads![name]!, state) ?? SWITCH,
      optional: true,
    }));
    return { kind: 'record', fields };
  }
  if (log.called !== undefined) return { kind: 'function', parameters: [], returns: anyShape };
  if (log.listed) return { kind: 'record', fields: [] };
  if (log.converted === 'number') return { kind: 'number' };
  return undefined;
}
