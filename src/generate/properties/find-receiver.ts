import type { Candidate, Step } from '../model/candidate.ts';
import type { Callable } from '../model/surface.ts';
import type { Value } from '../model/value.ts';
import { candidateSize } from '../search/archive.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { CandidateBuilder } from '../strategies/build-candidate.ts';
import { callableKey, type SearchState } from '../strategies/strategy.ts';
import type { Receiver } from './relation.ts';

const MOST_TRIES = 24;

/** How an object of a class is made with few and plain arguments; undefined where none was found. */
export async function findReceiver(
  module: number,
  owner: Callable,
  state: SearchState,
  executor: Executor,
): Promise<Receiver | undefined> {
  const path = owner.path.join('.');
  const tries = new Map<string, readonly Value[]>();
  const add = (given: readonly Value[]): void => void tries.set(JSON.stringify(given), given);
  add([]);
  for (const { candidate } of state.archive.entries)
    for (const { op, on, with: given = [], named = [] } of candidate.steps)
      if (op === 'new' && 'module' in on && on.module === module && on.path.join('.') === path && named.length === 0)
        add(given);
  for (let i = 0; i < MOST_TRIES / 3; i++)
    add(new CandidateBuilder(state).arguments(callableKey(module, owner), owner.parameters));
  const made = [...tries.values()]
    .filter((given) => !/"\$":"(?:step|callback|probe|import|instance|undefined)"/.test(JSON.stringify(given)))
    .map((given): Candidate => {
      const step: Step = { op: 'new', on: { module, path: owner.path }, with: given };
      return { steps: [step], origin: 'properties' };
    })
    .sort((one, other) => candidateSize(one) - candidateSize(other))
    .slice(0, MOST_TRIES);
  const seen = await executor.run(made, { now: SEEN_TIME, random: 0 });
  const works = made.find((_, i) => seen[i] && isUsable(seen[i]) && seen[i].steps[0]?.outcome === 'returned');
  return works && { path: owner.path, with: works.steps[0]!.with ?? [] };
}
