import type { Candidate } from '../model/candidate.ts';
import type { Executor } from '../search/goal.ts';
import { neighbourOf } from '../strategies/branch-search.ts';
import { callSequences } from '../strategies/call-sequences.ts';
import type { SearchState } from '../strategies/strategy.ts';
import type { MutantExecutor, MutantPoint } from './find-kills.ts';
import { huntRound, whichSee } from './hunt-round.ts';
import { shrinkBy } from './shrink-candidate.ts';

const BATCH = 60;
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
  for (let round = 0; left.size > 0 && within(); round++) {
    const sought = rotate([...left.values()], round * MUTANTS_A_ROUND).slice(0, MUTANTS_A_ROUND);
    const batch = propose(state, sought, round);
    if (batch.length === 0) break;
    const { killers, killed, missed } = await huntRound(batch, sought, executor);
    for (const id of killed) left.delete(id);
    for (const [id, ran] of missed) {
      const count = (misses.get(id) ?? 0) + ran;
      misses.set(id, count);
      if (count > MOST_MISSES) left.delete(id);
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
