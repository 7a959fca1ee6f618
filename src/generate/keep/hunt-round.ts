import type { Candidate, Seen } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { type Assertion, assertionsOf, holds } from './assertion.ts';
import type { MutantExecutor, MutantPoint, MutantRun } from './find-kills.ts';

const MOST_PER_MUTANT = 8;

export interface HuntRound {
  /** Candidates that see mutants, each with the first one that it sees. */
  readonly killers: ReadonlyMap<Candidate, MutantPoint>;
  /** Mutants that some candidate sees. */
  readonly killed: ReadonlySet<number>;
  /** Mutants that were met and not seen, with how many candidates met them. */
  readonly missed: ReadonlyMap<number, number>;
}

/** Runs candidates, and those that could be tests against the mutants that they meet. */
export async function huntRound(
  batch: readonly Candidate[],
  sought: readonly MutantPoint[],
  executor: Executor & MutantExecutor,
  isWanted: (seen: Seen) => boolean = () => true,
): Promise<HuntRound> {
  const usual = { now: SEEN_TIME, random: 0 };
  const base = await executor.run(batch, { full: true, ...usual });
  const usable = batch.flatMap((candidate, i) => {
    const seen = base[i];
    if (!seen || !isUsable(seen) || !isWanted(seen)) return [];
    return [{ candidate, hits: new Set(seen.hits), assertions: assertionsOf(seen) }];
  });
  const tasks = sought.flatMap(({ id, goal }) => {
    const tests = usable.flatMap(({ hits }, number) => (hits.has(goal) ? [number] : [])).slice(0, MOST_PER_MUTANT);
    return tests.length === 0 ? [] : [{ id, tests, load: false }];
  });
  const killers = new Map<Candidate, MutantPoint>();
  const killed = new Set<number>();
  const missed = new Map<number, number>();
  if (tasks.length === 0) return { killers, killed, missed };
  const points = new Map(sought.map((mutant) => [mutant.id, mutant]));
  await executor.prepare(
    usable.map(({ candidate }) => candidate),
    usual,
  );
  for (const run of await executor.kill(tasks, MOST_PER_MUTANT)) {
    const killer = firstKiller(run, usable);
    if (!killer) {
      missed.set(run.mutant, run.ran);
      continue;
    }
    killed.add(run.mutant);
    if (!killers.has(killer)) killers.set(killer, points.get(run.mutant)!);
  }
  return { killers, killed, missed };
}

type Usable = readonly { readonly candidate: Candidate; readonly assertions: readonly Assertion[] }[];

function firstKiller({ runs }: MutantRun, usable: Usable): Candidate | undefined {
  return runs
    .filter(({ seen }) => !seen.hung)
    .map(({ test, seen }) => ({ one: usable[test]!, seen }))
    .find(({ one, seen }) => one.assertions.some((assertion) => !holds(assertion, seen)))?.one.candidate;
}

/** Which candidates see a mutant. */
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
