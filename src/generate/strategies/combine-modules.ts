import type { Candidate } from '../model/candidate.ts';
import type { Callable, Shape } from '../model/surface.ts';
import { isMarked, type Value } from '../model/value.ts';
import type { OfModule } from '../properties/find-pairs.ts';
import { CandidateBuilder } from './build-candidate.ts';
import { callableKey, type SearchState } from './strategy.ts';

/** What one module gives, and a parameter of another module that takes it. */
export interface Combination {
  readonly maker: OfModule;
  readonly taker: OfModule;
  /** Of the taker, where it is a class. */
  readonly member: Callable | undefined;
  readonly parameter: number;
  /** How likely they belong together. */
  readonly weight: number;
}

export interface Together {
  readonly areNeighbours: (one: number, other: number) => boolean;
  /** Some function calls both. */
  readonly areCalledTogether: (one: OfModule, other: OfModule) => boolean;
}

const MOST = 400;

/** Pairs over module boundaries: by declared types, and by callers that use both. */
export function findCombinations(
  { surfaces }: Pick<SearchState, 'surfaces'>,
  subjects: readonly number[],
  together: Together,
): Combination[] {
  const all = surfaces.flatMap(({ module, callables }) =>
    callables.filter(({ kind }) => kind !== 'get').map((callable): OfModule => ({ module, callable })),
  );
  const found: Combination[] = [];
  for (const maker of all) {
    for (const taker of all) {
      if (maker.module === taker.module || !(subjects.includes(maker.module) || subjects.includes(taker.module)))
        continue;
      const isUsed = together.areCalledTogether(maker, taker);
      if (!isUsed && !together.areNeighbours(maker.module, taker.module)) continue;
      const members = [undefined, ...(taker.callable.kind === 'class' ? taker.callable.members : [])];
      for (const member of members) {
        for (const [parameter, { shape }] of (member ?? taker.callable).parameters.entries()) {
          const fit = fitOf(maker.callable, shape);
          const weight =
            fit === 'no' ? 0 : (fit === 'yes' ? 3 : 0) + (isUsed ? 4 : 0) + (fit === 'perhaps' && isUsed ? 1 : 0);
          if (weight > 0) found.push({ maker, taker, member, parameter, weight });
        }
      }
    }
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, MOST);
}

function fitOf({ kind, name, returns }: Callable, shape: Shape): 'yes' | 'perhaps' | 'no' {
  if (shape.kind === 'union') {
    const fits = shape.of.map((one) => fitOf({ kind, name, returns } as Callable, one));
    return fits.includes('yes') ? 'yes' : fits.includes('perhaps') ? 'perhaps' : 'no';
  }
  if (kind === 'class')
    return shape.kind === 'instance' && shape.of === name ? 'yes' : shape.kind === 'any' ? 'perhaps' : 'no';
  if (shape.kind === 'any' || returns.kind === 'any') return 'perhaps';
  if (shape.kind === 'instance') return returns.kind === 'instance' && returns.of === shape.of ? 'yes' : 'no';
  const plain = (one: Shape): string => (one.kind === 'integer' ? 'number' : one.kind);
  return plain(shape) === plain(returns) ? 'yes' : 'no';
}

/** A result of one module, passed to another. */
export function combineModules(state: SearchState, combinations: readonly Combination[], count: number): Candidate[] {
  const { random } = state;
  const whole = combinations.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length: combinations.length === 0 ? 0 : count }, () => {
    let at = random.next() * whole;
    const chosen = combinations.find(({ weight }) => (at -= weight) <= 0) ?? combinations[0]!;
    return combine(state, chosen);
  });
}

function combine(state: SearchState, { maker, taker, member, parameter }: Combination): Candidate {
  const { random } = state;
  const builder = new CandidateBuilder(state);
  const made = builder.call(maker.module, maker.callable);
  const { members } = maker.callable;
  if (maker.callable.kind === 'class' && members.length > 0)
    for (let calls = random.below(3); calls > 0; calls--) {
      const one = random.pick(members);
      builder.member(made, one, callableKey(maker.module, one, maker.callable));
    }
  const key = callableKey(taker.module, taker.callable);
  if (!member) {
    builder.call(taker.module, taker.callable, withResult(builder, key, taker.callable, parameter, made));
    if (taker.callable.kind === 'class' && taker.callable.members.length > 0) {
      const one = random.pick(taker.callable.members);
      builder.member(builder.steps.length - 1, one, callableKey(taker.module, one, taker.callable));
    }
  } else {
    const owner = builder.call(taker.module, taker.callable);
    const own = callableKey(taker.module, member, taker.callable);
    builder.member(owner, member, own, withResult(builder, own, member, parameter, made));
  }
  return builder.done('integration');
}

function withResult(
  builder: CandidateBuilder,
  key: string,
  { parameters }: Callable,
  parameter: number,
  made: number,
): Value[] {
  const needed = parameters.map((one, i) => (i <= parameter ? { ...one, optional: false } : one));
  const values = builder.arguments(key, needed);
  while (values.length <= parameter) values.push(null);
  values[parameter] = { $: 'step', i: made };
  return values;
}

/** Whether what one module gives is passed to another, or a method is called on it there. */
export function spansModules({ steps }: Candidate): boolean {
  const roots = steps.map((step, i) => rootOf(steps, i, step.on));
  return steps.some((step, i) =>
    (step.with ?? []).some((value) => isMarked(value) && value.$ === 'step' && roots[value.i] !== roots[i]),
  );
}

function rootOf(steps: Candidate['steps'], index: number, on: Candidate['steps'][number]['on']): number {
  return 'module' in on ? on.module : on.step < index ? rootOf(steps, on.step, steps[on.step]!.on) : -1;
}
