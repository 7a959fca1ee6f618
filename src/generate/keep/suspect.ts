import type { Candidate, Seen, SeenStep, Step } from '../model/candidate.ts';
import type { Callable, ModuleSurface, Parameter } from '../model/surface.ts';
import { isList, isMarked, isWhole, sizeOf, type Value } from '../model/value.ts';
import { fitsShape } from './fits-shape.ts';

/** A step whose behaviour looks like a bug, and why. */
export interface Suspect {
  readonly candidate: Candidate;
  readonly step: number;
  readonly seen: SeenStep;
  readonly kind: 'documentation' | 'round trip' | 'crash' | 'declared type' | 'revision';
  readonly why: string;
}

export interface Run {
  readonly candidate: Candidate;
  readonly seen: Seen;
}

/** What engines say when code stumbles, where its author would have said what is wrong. */
const STUMBLES =
  /^(?:Cannot read propert(?:y|ies) of|Cannot set propert(?:y|ies) of|.{1,80} is not (?:a function|iterable|a constructor|defined)|Cannot access .* before initialization|'NoneType' object (?:has no attribute|is not)|local variable .* referenced before assignment|cannot access local variable|name '\w+' is not defined|list index out of range|string index out of range|tuple index out of range|integer division or modulo by zero|division by zero)/;
/** Wrong whatever is given. */
const ALWAYS_WRONG =
  /^(?:\w+ is not defined$|Cannot access '.*' before initialization|local variable .* referenced before assignment|cannot access local variable|name '\w+' is not defined)/;
/** Of the round trips of a pair so many must hold before one that does not is strange. */
const HOLDING = 0.8;

/** All that looks like a bug in runs. */
export function findSuspects(runs: readonly Run[], surfaces: readonly ModuleSurface[]): Suspect[] {
  const found = runs.flatMap((run) => [
    ...documentedOtherwise(run),
    ...run.candidate.steps.flatMap((step, i) => stepSuspects(run, step, i, surfaces)),
  ]);
  return [...found, ...brokenRoundTrips(runs)];
}

/** One for each function and kind, with the smallest input. */
export function smallestSuspects(found: readonly Suspect[]): Suspect[] {
  const best = new Map<string, Suspect>();
  for (const suspect of found) {
    const key = `${suspect.kind} ${JSON.stringify(suspect.candidate.steps[suspect.step]!.on)} ${suspect.kind === 'documentation' ? JSON.stringify(suspect.candidate.steps) : ''}`;
    const held = best.get(key);
    if (!held || cost(suspect) < cost(held)) best.set(key, suspect);
  }
  return [...best.values()];
}

function cost({ candidate }: Suspect): number {
  return candidate.steps.reduce(
    (sum, step) => sum + 2 + (step.with ?? []).reduce<number>((s, v) => s + sizeOf(v), 0),
    0,
  );
}

function documentedOtherwise({ candidate, seen }: Run): Suspect[] {
  const { documented } = candidate;
  const step = candidate.steps.length - 1;
  const last = seen.steps[step];
  if (documented === undefined || !last) return [];
  if (last.outcome === 'threw')
    return [{ candidate, step, seen: last, kind: 'documentation', why: 'documentation shows a result' }];
  if (last.outcome !== 'returned' || last.value === undefined || !isWhole(last.value)) return [];
  if (alike(documented, last.value)) return [];
  return [{ candidate, step, seen: last, kind: 'documentation', why: 'documentation shows another result' }];
}

/** Equal as documentation means it: order of keys, prototypes and the last digits do not count. */
function alike(one: Value, other: Value): boolean {
  const number = (value: Value): number | undefined =>
    typeof value === 'number' ? value : isMarked(value) && value.$ === 'number' ? Number(value.v) : undefined;
  const [a, b] = [number(one), number(other)];
  if (a !== undefined && b !== undefined)
    return Object.is(a, b) || Math.abs(a - b) <= 0.01 * Math.max(1e-9, Math.abs(a), Math.abs(b));
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, i) => alike(item, other[i]!));
  if (isMarked(one) && isMarked(other) && (one.$ === 'record' || one.$ === 'map') && one.$ === other.$) {
    const fields = (value: { readonly e: readonly (readonly [Value, Value])[] }): Map<string, Value> =>
      new Map(
        value.e
          .filter(([, item]) => !(isMarked(item) && item.$ === 'undefined'))
          .map(([key, item]) => [JSON.stringify(key), item]),
      );
    const [left, right] = [fields(one), fields(other)];
    return left.size === right.size && [...left].every(([key, item]) => right.has(key) && alike(item, right.get(key)!));
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

function stepSuspects({ candidate, seen }: Run, given: Step, i: number, surfaces: readonly ModuleSurface[]): Suspect[] {
  const run = seen.steps[i];
  if (!run || given.op === 'get' || given.op === 'collect' || given.op === 'await') return [];
  const callable = callableOf(given, candidate.steps, surfaces);
  const step = withResults(given, seen);
  if (run.outcome === 'threw' && run.value !== undefined && isMarked(run.value) && run.value.$ === 'error') {
    const message = run.value.m;
    const plausible = callable !== undefined && isPlausible(step, callable.parameters);
    if (
      ALWAYS_WRONG.test(message) ||
      (plausible &&
        STUMBLES.test(message) &&
        /^(?:Type|Reference|Attribute|Index|UnboundLocal|Name|ZeroDivision)Error$|^ZeroDivisionError$/.test(
          run.value.c,
        ))
    )
      return [
        {
          candidate,
          step: i,
          seen: run,
          kind: 'crash',
          why: plausible ? 'it stumbles over input that its declared types allow' : 'it uses a name that is not there',
        },
      ];
    return [];
  }
  if (run.outcome !== 'returned' || callable === undefined || run.value === undefined || callable.kind === 'class')
    return [];
  if (callable.returns.kind === 'any' || !isPlausible(step, callable.parameters)) return [];
  if (fitsShape(run.value, callable.returns, run.awaited === true)) return [];
  return [
    {
      candidate,
      step: i,
      seen: run,
      kind: 'declared type',
      why: `it is declared to give ${callable.returns.kind === 'one-of' ? 'one of some values' : callable.returns.kind}`,
    },
  ];
}

/** What earlier steps gave stands for itself. */
function withResults(step: Step, seen: Seen): Step {
  if (!step.with) return step;
  const given = step.with.map((value) => {
    const result = isMarked(value) && value.$ === 'step' ? seen.steps[value.i]?.value : undefined;
    return result === undefined || (isMarked(result) && result.$ === 'step') ? value : result;
  });
  return { ...step, with: given };
}

/** Whether all that is passed is what declarations allow: only then is a crash not the caller's fault. */
function isPlausible({ with: given = [], named = [] }: Step, parameters: readonly Parameter[]): boolean {
  if (parameters.length === 0 || parameters.some(({ declared }) => !declared)) return false;
  const needed = parameters.filter(({ optional, keywordOnly, variadic }) => !optional && !keywordOnly && !variadic);
  if (given.length < needed.length || (given.length > parameters.length && !parameters.at(-1)!.variadic)) return false;
  const byName = named.every(([name, value]) => {
    const parameter = parameters.find((one) => one.name === name);
    return parameter !== undefined && fitsShape(value, parameter.shape);
  });
  return (
    byName &&
    given.every((value, i) => isSane(value) && fitsShape(value, parameters[Math.min(i, parameters.length - 1)]!.shape))
  );
}

/** Not what nobody passes on purpose. */
function isSane(value: Value): boolean {
  return (
    !JSON.stringify(value).includes('__proto__') &&
    !(isMarked(value) && value.$ === 'number' && /nan|inf/i.test(value.v))
  );
}

function callableOf(step: Step, steps: readonly Step[], surfaces: readonly ModuleSurface[]): Callable | undefined {
  if ('module' in step.on) {
    const { module, path } = step.on;
    return surfaces[module]?.callables.find((one) => one.path.join('.') === path.join('.'));
  }
  const maker = steps[step.on.step];
  if (maker?.op !== 'new' || step.on.path.length !== 1) return undefined;
  const owner = callableOf(maker, steps, surfaces);
  // What was made from nonsense may do what it likes.
  if (!owner || (owner.parameters.length > 0 && !isPlausible(maker, owner.parameters))) return undefined;
  return owner.members.find(
    ({ name, kind }) => kind === 'method' && name === (step.on as { readonly path: readonly string[] }).path[0],
  );
}

function brokenRoundTrips(runs: readonly Run[]): Suspect[] {
  const pairs = new Map<string, { holding: number; broken: Suspect[] }>();
  for (const { candidate, seen } of runs) {
    if (candidate.note !== 'round trip' && candidate.note !== 'idempotent') continue;
    const [there, back] = candidate.steps.slice(-2);
    const [first, second] = seen.steps.slice(-2);
    const input = candidate.note === 'round trip' ? there?.with?.[0] : first?.value;
    if (!there || !back || !first || !second || input === undefined || candidate.steps.length !== 2) continue;
    if (first.outcome !== 'returned' || first.value === undefined || !isWhole(first.value)) continue;
    const key = JSON.stringify([there.on, back.on]);
    const pair = pairs.get(key) ?? { holding: 0, broken: [] };
    pairs.set(key, pair);
    if (second.outcome === 'returned' && second.value !== undefined && alike(input, second.value)) pair.holding++;
    else
      pair.broken.push({
        candidate,
        step: 1,
        seen: second,
        kind: 'round trip',
        why:
          candidate.note === 'round trip'
            ? 'the way back does not lead to what was put in'
            : 'a second time changes the result',
      });
  }
  return [...pairs.values()].flatMap(({ holding, broken }) =>
    holding >= 5 && holding / (holding + broken.length) >= HOLDING ? broken : [],
  );
}
