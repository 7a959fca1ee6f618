import { type Assertion, joinFields, strength } from './assertion.ts';
import type { Kill, Kills } from './find-kills.ts';
import type { Observed } from './observe.ts';
import type { ProvenTest } from './proven-test.ts';
import { testCost } from './test-cost.ts';

export interface Choice {
  readonly tests: readonly ProvenTest[];
  /** Mutants that some kept test kills, and reached ones that none kills. */
  readonly killed: readonly number[];
  readonly survived: readonly number[];
  readonly timedOut: readonly number[];
  /** The time was over before they were tried. */
  readonly untried: readonly number[];
}

/**
 * Keeps a test only if it reaches something new or kills a mutant that no kept test kills, and an assertion only if it is needed
 * for a kill; a test that kills nothing keeps its strongest one.
 */
export function chooseTests(observed: readonly Observed[], kills: Kills, isWanted: (goal: number) => boolean): Choice {
  const waiting = new Map(
    observed.map((one) => [
      one,
      {
        goals: (one.seen.hits ?? []).filter(isWanted),
        mine: kills.by.get(one) ?? [],
        cost: 6 + testCost(one.candidate),
      },
    ]),
  );
  const reached = new Set<number>();
  const seen = new Set<number>();
  const tests: ProvenTest[] = [];
  for (;;) {
    let best: Observed | undefined;
    let most = 0;
    for (const [one, { goals, mine, cost }] of waiting) {
      let gain = 0;
      for (const goal of goals) if (!reached.has(goal)) gain++;
      for (const { mutant } of mine) if (!seen.has(mutant)) gain++;
      if (gain === 0) waiting.delete(one);
      else if (gain / cost > most) [best, most] = [one, gain / cost];
    }
    if (!best) break;
    const { goals, mine } = waiting.get(best)!;
    const reaches = goals.filter((goal) => !reached.has(goal));
    const fresh = mine.filter(({ mutant }) => !seen.has(mutant));
    for (const goal of reaches) reached.add(goal);
    for (const { mutant } of fresh) seen.add(mutant);
    waiting.delete(best);
    const assertions = neededAssertions(best.assertions, fresh.length > 0 ? fresh : mine);
    tests.push({
      candidate: best.candidate,
      seen: best.seen,
      assertions: joinFields(assertions),
      reaches,
      kills: fresh.map(({ mutant }) => mutant),
      sees: mine.filter((kill) => kill.assertions.some((one) => assertions.includes(one))).map(({ mutant }) => mutant),
      fixes: best.fixes,
    });
  }
  return {
    tests,
    killed: [...seen],
    survived: kills.survived.map(({ id }) => id),
    timedOut: kills.timedOut,
    untried: kills.untried.map(({ id }) => id),
  };
}

/** Fewest that together see every mutant of this test; greedy, the stronger first among equals. */
function neededAssertions(all: readonly Assertion[], kills: readonly Kill[]): Assertion[] {
  const left = new Set(kills);
  const chosen = new Set<Assertion>();
  while (left.size > 0) {
    let best: Assertion | undefined;
    let most = 0;
    for (const assertion of all) {
      let gain = 0;
      for (const kill of left) if (kill.assertions.includes(assertion)) gain++;
      const worth = gain + strength(assertion) / 100 + assertionPlace(assertion) / 1000;
      if (gain > 0 && worth > most) [best, most] = [assertion, worth];
    }
    if (!best) break;
    chosen.add(best);
    for (const kill of left) if (kill.assertions.includes(best)) left.delete(kill);
  }
  if (chosen.size === 0) {
    const strongest = all.reduce((a, b) =>
      strength(b) + assertionPlace(b) / 10 > strength(a) + assertionPlace(a) / 10 ? b : a,
    );
    chosen.add(strongest);
  }
  return all.filter((assertion) => chosen.has(assertion));
}

/** Later steps are what a sequence leads to. */
function assertionPlace(assertion: Assertion): number {
  return 'step' in assertion ? assertion.step : 5;
}
