import type { Candidate, Seen } from '../model/candidate.ts';
import type { Executor } from '../search/goal.ts';
import { type Combination, combineModules, spansModules } from '../strategies/combine-modules.ts';
import type { SearchState } from '../strategies/strategy.ts';
import type { MutantExecutor, MutantPoint } from './find-kills.ts';
import { huntRound, whichSee } from './hunt-round.ts';
import { shrinkBy } from './shrink-candidate.ts';

const BATCH = 60;
const MOST_ROUNDS = 16;

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
  for (let round = 0; round < MOST_ROUNDS && combinations.length > 0 && left.size > 0 && within(); round++) {
    const batch = combineModules(state, combinations, BATCH).filter(spansModules);
    const { killers, killed } = await huntRound(batch, [...left.values()], executor, isWhole);
    for (const id of killed) left.delete(id);
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

/** What fails before the other module is reached shows nothing of the two together. */
function isWhole({ steps }: Seen): boolean {
  return steps.slice(0, -1).every(({ outcome }) => outcome === 'returned');
}
