import type { Candidate, Seen } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { type Assertion, assertionsOf, holds } from './assertion.ts';

export interface Observed {
  readonly candidate: Candidate;
  readonly seen: Seen;
  readonly assertions: readonly Assertion[];
  readonly fixes: readonly ('time' | 'random')[];
}

/** Seeds: the first draws lie apart. */
const OTHER_CHANCES = [99991, 3, 4242424243];
/** After and before all that is now, an evening and a morning. */
const OTHER_TIMES = [1899999999321, 978334999123];
/** A slow machine between two looks at the clock. */
const TICK = 250;

/** Runs in other surroundings. */
export interface Surroundings {
  /** A fresh process with the usual surroundings. */
  readonly fresh: Executor;
  /** Fresh processes with another time zone, locale and hash seed. */
  readonly others: readonly Executor[];
}

/**
 * What is asserted must hold in fresh processes, in another order, time zone, locale and hash seed. What changes with the clock
 * or with chance is asserted only with these fixed.
 */
export async function observe(candidates: readonly Candidate[], { fresh, others }: Surroundings): Promise<Observed[]> {
  const usual = { full: true, now: SEEN_TIME, random: 0 };
  const base = await fresh.run(candidates, usual);
  const again = [...(await fresh.run(candidates.toReversed(), usual))].toReversed();
  const elsewhere: (readonly Seen[])[] = [again];
  for (const executor of others) elsewhere.push(await executor.run(candidates, usual));
  const byTime: (readonly Seen[])[] = [];
  for (const now of OTHER_TIMES) byTime.push(await fresh.run(candidates, { ...usual, now }));
  byTime.push(await fresh.run(candidates, { ...usual, tick: TICK }));
  const byChance: (readonly Seen[])[] = [];
  for (const random of OTHER_CHANCES) byChance.push(await fresh.run(candidates, { ...usual, random }));
  return candidates.flatMap((candidate, i): Observed[] => {
    const seen = base[i];
    if (!seen || !isUsable(seen)) return [];
    const stable = assertionsOf(seen).filter((assertion) =>
      elsewhere.every((run) => run[i] !== undefined && holds(assertion, run[i])),
    );
    if (stable.length === 0) return [];
    const fixes: ('time' | 'random')[] = [];
    const free = (...runs: readonly (readonly Seen[])[]): Assertion[] =>
      stable.filter((assertion) => runs.every((run) => run[i] !== undefined && holds(assertion, run[i])));
    let kept: readonly Assertion[] = stable;
    if (free(...byTime).length < stable.length) fixes.push('time');
    if (free(...byChance).length < stable.length) fixes.push('random');
    // Randomness from elsewhere than Math.random cannot be fixed, nor can a clock that is read another way.
    if (fixes.includes('random') && !seen.effects['random']) kept = free(...byChance);
    if (fixes.includes('time') && !seen.effects['time']) kept = free(...byTime);
    return kept.length === 0 ? [] : [{ candidate, seen, assertions: kept, fixes }];
  });
}
