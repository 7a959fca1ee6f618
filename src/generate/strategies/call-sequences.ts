import type { Candidate } from '../model/candidate.ts';
import type { Callable } from '../model/surface.ts';
import type { Random } from '../values/random.ts';
import { CandidateBuilder } from './build-candidate.ts';
import { callableKey, type SearchState, type Strategy } from './strategy.ts';

/**
 * Feedback-directed sequences (after Pacheco and others, "Feedback-directed random test generation", 2007): a call on the module,
 * a constructor and methods of its result, or a sequence that reached something new, carried on by members of what it gave.
 */
export const callSequences: Strategy = {
  name: 'call sequences',
  propose(state, count) {
    const candidates: Candidate[] = [];
    for (let i = 0; i < count; i++) {
      const made = propose(state);
      if (made) candidates.push(made);
    }
    return candidates;
  },
};

/** Share of calls on what a module offers, where it keeps other things to itself. */
const OFFERED = 0.7;

function propose(state: SearchState): Candidate | undefined {
  const { random, archive } = state;
  const carriesOn = archive.entries.length > 0 && random.chance(0.3) ? carryOn(state) : undefined;
  if (carriesOn) return carriesOn;
  const surface = state.surfaces[state.focus]!;
  const callables =
    surface.callables.length > 0 ? surface.callables : state.surfaces.flatMap(({ callables: all }) => all);
  if (callables.length === 0) return undefined;
  const offered = callables.filter(({ aside }) => !aside);
  const callable = random.pick(offered.length > 0 && random.chance(OFFERED) ? offered : callables);
  const builder = new CandidateBuilder(state);
  const step = builder.call(surface.callables.length > 0 ? surface.module : 0, callable);
  if (callable.kind === 'class' && callable.members.length > 0) {
    const calls = random.chance(0.25) ? 4 + random.below(5) : 1 + random.below(4);
    for (let i = 0; i < calls; i++) {
      const member = pickMember(callable.members, random);
      if (!member) break;
      builder.member(step, member, callableKey(surface.module, member, callable));
    }
  }
  // A decorator, or what makes one.
  if (callable.kind === 'function' && state.makers.has(callable.path.at(-1) ?? '') && random.chance(0.7)) {
    const made = builder.member(step, MADE, `made by ${callable.name}`);
    const uses = random.below(3);
    for (let i = 0; i < uses; i++) builder.member(made, MADE, 'made twice');
  }
  return builder.done('call sequences');
}

function pickMember(members: readonly Callable[], random: Random): Callable | undefined {
  const usable = members.filter(({ name }) => !/^(constructor|__proto__|prototype)$/.test(name));
  return usable.length === 0 ? undefined : random.pick(usable);
}

/** A function that a call gave: nothing is known of what it takes. */
const MADE: Callable = {
  path: [],
  name: '',
  kind: 'method',
  parameters: [0, 1, 2].map((i) => ({
    name: i === 0 ? 'fn' : '',
    shape:
      i === 0
        ? { kind: 'union', of: [{ kind: 'any' }, { kind: 'function', parameters: [], returns: { kind: 'any' } }] }
        : { kind: 'any' },
    optional: true,
    variadic: false,
    declared: false,
  })),
  returns: { kind: 'any' },
  members: [],
};

/** Members that the results of a sequence were seen to have. */
function carryOn(state: SearchState): Candidate | undefined {
  const { random, archive } = state;
  const entry = random.pick(archive.entries.slice(-200));
  if (entry.candidate.steps.length > 8) return undefined;
  if (entry.iterables.length > 0 && random.chance(0.5)) {
    const builder = new CandidateBuilder(state, entry.candidate.steps);
    builder.steps.push({ op: 'collect', on: { step: random.pick(entry.iterables), path: [] } });
    return builder.done('call sequences');
  }
  if (entry.functions.length > 0 && random.chance(0.6)) {
    const builder = new CandidateBuilder(state, entry.candidate.steps);
    const made = random.pick(entry.functions);
    const calls = 1 + random.below(3);
    for (let i = 0; i < calls; i++) builder.member(made, MADE, `made ${made}`);
    return builder.done('call sequences');
  }
  const holders = entry.members.flatMap((members, step) =>
    members && Object.keys(members).length > 0 ? [{ members, step }] : [],
  );
  if (holders.length === 0) return undefined;
  const { members, step } = random.pick(holders);
  // Python tells of no other names with two underscores than those of operators.
  const isPython = state.pool.language === 'python';
  const names = Object.keys(members).filter((name) => !name.startsWith('_') || (isPython && /^__\w+__$/.test(name)));
  if (names.length === 0) return undefined;
  const builder = new CandidateBuilder(state, entry.candidate.steps);
  const calls = 1 + random.below(3);
  for (let i = 0; i < calls; i++) {
    const name = random.pick(names);
    const [kind, arity] = members[name]!;
    const known = knownMember(state, name);
    const parameters =
      known?.callable.parameters ??
      Array.from({ length: arity ?? 0 }, () => ({
        name: '',
        shape: { kind: 'any' as const },
        optional: false,
        variadic: false,
        declared: false,
      }));
    const member: Callable = {
      path: [name],
      name,
      kind: kind === 'method' ? 'method' : 'get',
      parameters,
      returns: { kind: 'any' },
      members: [],
    };
    builder.member(step, member, known?.key ?? `any ${name}`);
  }
  if (random.chance(0.1)) builder.steps.push({ op: 'collect', on: { step, path: [] }, limit: 10 });
  return builder.done('call sequences');
}

function knownMember(
  state: SearchState,
  name: string,
): { readonly callable: Callable; readonly key: string } | undefined {
  for (const { module, callables } of state.surfaces) {
    for (const owner of callables) {
      const callable = owner.members.find((member) => member.name === name);
      if (callable) return { callable, key: callableKey(module, callable, owner) };
    }
  }
  return undefined;
}
