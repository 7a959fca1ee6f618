import type { Candidate } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { neighbourOf } from '../strategies/branch-search.ts';
import { callSequences } from '../strategies/call-sequences.ts';
import type { SearchState } from '../strategies/strategy.ts';
import { assertionsOf, holds } from './assertion.ts';
import type { MutantPoint } from './find-kills.ts';
import { shrinkBy } from './shrink-candidate.ts';

const BATCH = 40;
const MOST_PER_MUTANT = 6;

/**
 * Candidates that see mutants which no test sees yet: neighbours of candidates that meet them. Each is made smaller while it
 * still sees its mutant. Deterministic but for how much fits into the time.
 */
export async function huntSurvivors(
  survivors: readonly MutantPoint[],
  state: SearchState,
  executor: Executor,
  within: () => boolean,
): Promise<Candidate[]> {
  const left = new Map(survivors.filter(({ atLoad }) => !atLoad).map((mutant) => [mutant.id, mutant]));
  const misses = new Map<number, number>();
  const found: Candidate[] = [];
  for (let round = 0; left.size > 0 && within(); round++) {
    const batch = propose(state, [...left.values()], round);
    if (batch.length === 0) break;
    const base = await executor.run(batch, { full: true, now: SEEN_TIME, random: 0 });
    const usable = batch.flatMap((candidate, i) =>
      base[i] && isUsable(base[i])
        ? [{ candidate, hits: new Set(base[i].hits), assertions: assertionsOf(base[i]) }]
        : [],
    );
    for (const mutant of left.values()) {
      if (!within()) break;
      const meeting = usable.filter(({ hits }) => hits.has(mutant.goal)).slice(0, MOST_PER_MUTANT);
      if (meeting.length === 0) continue;
      const seen = await executor.run(
        meeting.map(({ candidate }) => candidate),
        { full: true, mutant: mutant.id, reopen: true, now: SEEN_TIME, random: 0 },
      );
      const killer = meeting.find(
        (one, i) => seen[i] && !seen[i].hung && one.assertions.some((assertion) => !holds(assertion, seen[i]!)),
      );
      if (!killer) {
        // What resists for long is probably no change of behaviour at all.
        const count = (misses.get(mutant.id) ?? 0) + meeting.length;
        misses.set(mutant.id, count);
        if (count > 150) left.delete(mutant.id);
        continue;
      }
      left.delete(mutant.id);
      found.push(await shrinkBy(killer.candidate, (candidates) => whichSee(candidates, mutant, executor)));
    }
  }
  return found;
}

async function whichSee(candidates: readonly Candidate[], mutant: MutantPoint, executor: Executor): Promise<boolean[]> {
  const base = await executor.run(candidates, { full: true, now: SEEN_TIME, random: 0 });
  const changed = await executor.run(candidates, {
    full: true,
    mutant: mutant.id,
    reopen: true,
    now: SEEN_TIME,
    random: 0,
  });
  return candidates.map((_, i) => {
    const [one, other] = [base[i], changed[i]];
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
    if (round < 3 || random.chance(0.1)) candidates.push(parent);
    else candidates.push(neighbourOf(state, parent));
  }
  if (round % 4 === 3) candidates.push(...callSequences.propose(state, 12));
  return candidates;
}
