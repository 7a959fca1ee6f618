import type { Candidate, Step } from '../model/candidate.ts';
import { anyShape, type Parameter, type Shape } from '../model/surface.ts';
import { isMarked, mapParts, type Value } from '../model/value.ts';
import type { Entry } from '../search/archive.ts';
import { mutateValue } from '../values/mutate-value.ts';
import { CandidateBuilder, shapeOf } from './build-candidate.ts';
import { callableKey, type SearchState, type Strategy } from './strategy.ts';

/**
 * Many-objective search: each branch that a condition leads to, and that is not taken yet, has the candidate that came nearest;
 * its neighbours are tried, with the constants that the code compared its inputs with. Goals that were tried long get fewer tries.
 */
export const branchSearch: Strategy = {
  name: 'branch search',
  propose(state, count) {
    const candidates: Candidate[] = [];
    for (let i = 0; i < count; i++) {
      const parent = chooseParent(state);
      if (!parent) break;
      parent.tries++;
      candidates.push(neighbourOf(state, parent.candidate));
    }
    return candidates;
  },
};

function chooseParent({ random, archive, isPreferred }: SearchState): Entry | undefined {
  const all = [...archive.nearest];
  const preferred = isPreferred ? all.filter(([goal]) => isPreferred(goal)) : [];
  const near = (preferred.length > 0 && random.chance(0.8) ? preferred : all).map(([, approach]) => approach);
  if (near.length > 0 && random.chance(0.7)) {
    let best = random.pick(near);
    for (let i = 0; i < 2; i++) {
      const other = random.pick(near);
      if (other.entry.tries < best.entry.tries) best = other;
    }
    return best.entry;
  }
  const { entries } = archive;
  if (entries.length === 0) return undefined;
  const one = random.pick(entries);
  const other = entries[entries.length - 1 - random.below(Math.min(60, entries.length))]!;
  return one.tries < other.tries ? one : other;
}

/** A candidate with one to three small changes. */
export function neighbourOf(state: SearchState, parent: Candidate): Candidate {
  const { random, archive } = state;
  let steps = [...parent.steps];
  if (random.chance(0.12) && archive.entries.length > 1)
    steps = splice(steps, random.pick(archive.entries).candidate.steps, state);
  const changes = 1 + (random.chance(0.4) ? random.below(3) : 0);
  for (let i = 0; i < changes; i++) steps = changeOne(steps, state);
  return { steps, origin: 'branch search', ...(parent.scene ? { scene: parent.scene } : {}) };
}

function changeOne(steps: readonly Step[], state: SearchState): Step[] {
  const { random } = state;
  const callers = steps.flatMap((step, index) => (step.op === 'call' || step.op === 'new' ? [index] : []));
  if (callers.length === 0) return [...steps];
  const index = random.chance(0.6) ? callers.at(-1)! : random.pick(callers);
  if (steps.length > 2 && random.chance(0.06)) return dropStep(steps, random.below(steps.length));
  const step = steps[index]!;
  const { key, parameters } = knownParameters(step, steps, state);
  const builder = new CandidateBuilder(state, steps.slice(0, index));
  const values = [...(step.with ?? [])];
  const learned = state.learned.get(key);
  const shape = (at: number): Shape => {
    const parameter = parameters[Math.min(at, parameters.length - 1)];
    return parameter ? shapeOf(parameter, learned?.[at]?.shapes) : anyShape;
  };
  const roll = random.next();
  if (values.length < parameters.length && roll < 0.2)
    values.push(mutateValue(null, shape(values.length), builder.making));
  else if (
    values.length > 0 &&
    roll < 0.26 &&
    (parameters.length === 0 || parameters[values.length - 1]?.optional !== false)
  )
    values.pop();
  else if (values.length === 0) return [...steps];
  else {
    const at = random.below(values.length);
    if (values.length > 1 && roll > 0.92) values[at] = values[random.below(values.length)]!;
    values[at] = mutateValue(values[at]!, shape(at), builder.making);
  }
  const added = builder.steps.length - index;
  const changed: Step = { ...step, with: values };
  const later = steps.slice(index + 1).map((other) => shiftSteps(other, index, added));
  return [...builder.steps, changed, ...later].slice(0, 14);
}

/** References to steps from `from` on move by `by`. */
export function shiftSteps(step: Step, from: number, by: number): Step {
  if (by === 0) return step;
  const move = (value: Value): Value =>
    isMarked(value) && value.$ === 'step'
      ? { $: 'step', i: value.i >= from ? value.i + by : value.i }
      : mapParts(value, move);
  const on = 'step' in step.on && step.on.step >= from ? { ...step.on, step: step.on.step + by } : step.on;
  return {
    ...step,
    on,
    ...(step.with ? { with: step.with.map(move) } : {}),
    ...(step.named ? { named: step.named.map(([name, value]) => [name, move(value)] as const) } : {}),
  };
}

function dropStep(steps: readonly Step[], index: number): Step[] {
  const kept: Step[] = [];
  for (const [i, step] of steps.entries()) {
    if (i === index) continue;
    if ('step' in step.on && step.on.step === index) return [...steps];
    if (JSON.stringify(step.with ?? []).includes(`{"$":"step","i":${index}}`)) return [...steps];
    kept.push(i > index ? shiftSteps(step, index + 1, -1) : step);
  }
  return kept;
}

/** The other's steps follow; later ones may use what came before. */
function splice(steps: readonly Step[], other: readonly Step[], { random }: SearchState): Step[] {
  if (steps.length + other.length > 10) return [...steps];
  const first = random.chance(0.5);
  const [head, tail] = first ? [steps, other] : [other, steps];
  return [...head, ...tail.map((step) => otherCallbacks(shiftSteps(step, 0, head.length)))];
}

/** Callbacks of joined candidates stay different ones. */
function otherCallbacks(step: Step): Step {
  const move = (value: Value): Value => {
    const moved = mapParts(value, move);
    return isMarked(moved) && moved.$ === 'callback' ? { ...moved, id: moved.id + 1000 } : moved;
  };
  return { ...step, ...(step.with ? { with: step.with.map(move) } : {}) };
}

function knownParameters(
  step: Step,
  steps: readonly Step[],
  state: SearchState,
): { readonly key: string; readonly parameters: readonly Parameter[] } {
  if ('module' in step.on) {
    const { module, path } = step.on;
    const callable = state.surfaces[module]?.callables.find((one) => one.path.join('.') === path.join('.'));
    return callable
      ? { key: callableKey(module, callable), parameters: callable.parameters }
      : { key: '', parameters: [] };
  }
  const name = step.on.path.at(-1);
  const maker = steps[step.on.step];
  const surfaces =
    maker && 'module' in maker.on ? [state.surfaces[maker.on.module]!, ...state.surfaces] : state.surfaces;
  for (const surface of surfaces) {
    if (!surface) continue;
    for (const owner of surface.callables) {
      const member = owner.members.find((one) => one.name === name);
      if (member) return { key: callableKey(surface.module, member, owner), parameters: member.parameters };
    }
  }
  return { key: `any ${name}`, parameters: [] };
}
