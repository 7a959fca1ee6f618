import type { Candidate } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { neighbourOf } from '../strategies/branch-search.ts';
import { callSequences } from '../strategies/call-sequences.ts';
import type { SearchState } from '../strategies/strategy.ts';
import { type Assertion, assertionsOf, holds } from './assertion.ts';
import type { MutantExecutor, MutantPoint, MutantRun } from './find-kills.ts';
import { shrinkBy } from './shrink-candidate.ts';

const BATCH = 60;
const MOST_PER_MUTANT = 8;
/** What resists so many candidates is probably no change of behaviour at all. */
const MOST_MISSES = 240;
const MUTANTS_A_ROUND = 60;

/**
 * Candidates that see mutants which no test sees yet: neighbours of candidates that meet them. Each is made smaller while it
 * still sees its mutant. Deterministic but for how much fits into the time.
 */
export async function huntSurvivors(
  survivors: readonly MutantPoint[],
  state: SearchState,
  executor: Executor & MutantExecutor,
  within: () => boolean,
): Promise<Candidate[]> {
  const left = new Map(survivors.filter(({ atLoad }) => !atLoad).map((mutant) => [mutant.id, mutant]));
  const misses = new Map<number, number>();
  const found: Candidate[] = [];
  const usual = { now: SEEN_TIME, random: 0 };
  for (let round = 0; left.size > 0 && within(); round++) {
    const sought = rotate([...left.values()], round * MUTANTS_A_ROUND).slice(0, MUTANTS_A_ROUND);
    const batch = propose(state, sought, round);
    if (batch.length === 0) break;
    const base = await executor.run(batch, { full: true, ...usual });
    const usable = batch.flatMap((candidate, i) =>
      base[i] && isUsable(base[i])
        ? [{ candidate, hits: new Set(base[i].hits), assertions: assertionsOf(base[i]) }]
        : [],
    );
    const tasks = sought.flatMap(({ id, goal }) => {
      const tests = usable.flatMap(({ hits }, number) => (hits.has(goal) ? [number] : [])).slice(0, MOST_PER_MUTANT);
      return tests.length === 0 ? [] : [{ id, tests, load: false }];
    });
    if (tasks.length === 0) continue;
    await executor.prepare(
      usable.map(({ candidate }) => candidate),
      usual,
    );
    const killers = new Map<Candidate, MutantPoint>();
    for (const run of await executor.kill(tasks, MOST_PER_MUTANT)) {
      const killer = firstKiller(run, usable);
      if (killer) {
        if (!killers.has(killer)) killers.set(killer, left.get(run.mutant)!);
        left.delete(run.mutant);
        continue;
      }
      const count = (misses.get(run.mutant) ?? 0) + run.ran;
      misses.set(run.mutant, count);
      if (count > MOST_MISSES) left.delete(run.mutant);
    }
    for (const [candidate, mutant] of killers)
      found.push(
        within() ? await shrinkBy(candidate, (candidates) => whichSee(candidates, mutant, executor)) : candidate,
      );
  }
  return found;
}

function rotate<T>(list: readonly T[], by: number): T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

type Usable = readonly { readonly candidate: Candidate; readonly assertions: readonly Assertion[] }[];

export function firstKiller({ runs }: MutantRun, usable: Usable): Candidate | undefined {
  return runs
    .filter(({ seen }) => !seen.hung)
    .map(({ test, seen }) => ({ one: usable[test]!, seen }))
    .find(({ one, seen }) => one.assertions.some((assertion) => !holds(assertion, seen)))?.one.candidate;
}

export async function whichSee(
  candidates: readonly Candidate[],
  mutant: MutantPoint,
  executor: Executor & MutantExecutor,
): Promise<boolean[]> {
  const base = await executor.run(candidates, { full: true, now: SEEN_TIME, random: 0 });
  await executor.prepare(candidates, { now: SEEN_TIME, random: 0 });
  const [changed] = await executor.kill(
    [{ id: mutant.id, tests: [...candidates.keys()], load: false }],
    candidates.length,
  );
  const seen = new Map(changed?.runs.map((run) => [run.test, run.seen]));
  return candidates.map((_, i) => {
    const [one, other] = [base[i], seen.get(i)];
    return (
      one !== undefined &&
      other !== undefined &&
      isUsable(one) &&
      !other.hung &&
      assertionsOf(one).some((assertion) => !holds(assertion, other))
    );
  });
}

function propose(state: SearchState, mutants: readonly MutantPoint[], round: number): Candidate[] {
  const { random, archive } = state;
  const candidates: Candidate[] = [];
  for (let i = 0; i < BATCH; i++) {
    const samples = archive.samples.get(random.pick(mutants).goal);
    if (!samples) continue;
    const parent = random.pick(samples);
    if (round < 2 || random.chance(0.1)) candidates.push(parent);
    else candidates.push(neighbourOf(state, parent));
  }
  if (round % 4 === 3) candidates.push(...callSequences.propose(state, 12));
  return candidates;
}
