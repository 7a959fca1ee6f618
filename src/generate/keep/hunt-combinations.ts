import type { Candidate } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { type Combination, combineModules, spansModules } from '../strategies/combine-modules.ts';
import type { SearchState } from '../strategies/strategy.ts';
import { assertionsOf } from './assertion.ts';
import type { MutantExecutor, MutantPoint } from './find-kills.ts';
import { firstKiller, whichSee } from './hunt-survivors.ts';
import { shrinkBy } from './shrink-candidate.ts';

const BATCH = 60;
const MOST_ROUNDS = 16;
const MOST_PER_MUTANT = 8;

/** Sequences over two or more modules that see mutants which no test of one module sees; made small while they still do. */
export async function huntCombinations(
  survivors: readonly MutantPoint[],
  state: SearchState,
  combinations: readonly Combination[],
  executor: Executor & MutantExecutor,
  within: () => boolean,
): Promise<Candidate[]> {
  const left = new Map(survivors.filter(({ atLoad }) => !atLoad).map((mutant) => [mutant.id, mutant]));
  const found: Candidate[] = [];
  const usual = { now: SEEN_TIME, random: 0 };
  for (let round = 0; round < MOST_ROUNDS && combinations.length > 0 && left.size > 0 && within(); round++) {
    const batch = combineModules(state, combinations, BATCH).filter(spansModules);
    const base = await executor.run(batch, { full: true, ...usual });
    const usable = batch.flatMap((candidate, i) => {
      const seen = base[i];
      // What fails before the other module is reached shows nothing of the two together.
      const isWhole = seen && isUsable(seen) && seen.steps.slice(0, -1).every(({ outcome }) => outcome === 'returned');
      return isWhole ? [{ candidate, hits: new Set(seen.hits), assertions: assertionsOf(seen) }] : [];
    });
    const tasks = [...left.values()].flatMap(({ id, goal }) => {
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
      if (!killer) continue;
      if (!killers.has(killer)) killers.set(killer, left.get(run.mutant)!);
      left.delete(run.mutant);
    }
    for (const [candidate, mutant] of killers)
      found.push(
        within()
          ? await shrinkBy(candidate, async (smaller) => {
              const see = await whichSee(smaller, mutant, executor);
              return smaller.map((one, i) => see[i]! && spansModules(one));
            })
          : candidate,
      );
  }
  return found;
}
