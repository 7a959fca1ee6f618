import { testCost } from './test-cost.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { type Assertion, holds } from './assertion.ts';
import type { Observed } from './observe.ts';

/** What may be wrong in the code under test: a change of one expression that instrumentation compiled in. */
export interface MutantPoint {
  readonly id: number;
  /** The goal that a test must reach to meet it. */
  readonly goal: number;
  /** Takes effect while the module is loaded. */
  readonly atLoad: boolean;
  /** Number of the instrumented file. */
  readonly file: number;
}

export interface Kill {
  readonly mutant: number;
  /** Assertions that fail on it. */
  readonly assertions: readonly Assertion[];
}

export interface Kills {
  readonly by: ReadonlyMap<Observed, readonly Kill[]>;
  readonly survived: readonly MutantPoint[];
  /** Endless under the mutant: told apart from kills, as a test that would see it has to wait. */
  readonly timedOut: readonly number[];
}

/** Of the tests that meet a mutant so many are tried: examples from documentation, then small ones. */
const MOST_TESTS = 24;

/** Which tests see which mutants; mutants that no test meets are in none of the lists. */
export async function findKills(
  observed: readonly Observed[],
  mutants: readonly MutantPoint[],
  executor: Executor,
  within: () => boolean,
): Promise<Kills> {
  const order = observed
    .map((one) => ({ one, hits: new Set(one.seen.hits), size: testCost(one.candidate) }))
    .sort((a, b) => a.size - b.size);
  const by = new Map<Observed, Kill[]>();
  const survived: MutantPoint[] = [];
  const timedOut: number[] = [];
  for (const mutant of mutants) {
    const meeting = order.filter(({ hits }) => mutant.atLoad || hits.has(mutant.goal)).map(({ one }) => one);
    if (meeting.length === 0) continue;
    let [killed, late] = [false, false];
    for (let at = 0; at < meeting.length && !(killed || late) && within(); at += MOST_TESTS) {
      const batch = meeting.slice(at, at + MOST_TESTS);
      const seen = await executor.run(
        batch.map(({ candidate }) => candidate),
        {
          full: true,
          mutant: mutant.id,
          reopen: true,
          ...(mutant.atLoad ? { reload: true } : {}),
          now: SEEN_TIME,
          random: 0,
        },
      );
      for (const [i, one] of batch.entries()) {
        const run = seen[i];
        if (!run || run.hung) {
          late = true;
          continue;
        }
        const failing = one.assertions.filter((assertion) => !holds(assertion, run));
        if (failing.length === 0) continue;
        killed = true;
        const list = by.get(one) ?? [];
        list.push({ mutant: mutant.id, assertions: failing });
        by.set(one, list);
      }
    }
    if (killed) continue;
    if (late) timedOut.push(mutant.id);
    else survived.push(mutant);
  }
  return { by, survived, timedOut };
}
