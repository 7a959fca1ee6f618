import type { Candidate, Seen } from '../model/candidate.ts';
import { SEEN_TIME } from '../search/goal.ts';
import { type Assertion, holds } from './assertion.ts';
import type { Observed } from './observe.ts';
import { testCost } from './test-cost.ts';

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
  /** Met, and seen by none of the tests that meet them. */
  readonly survived: readonly MutantPoint[];
  /** Endless under the mutant: told apart from kills, as a test that would see it has to wait. */
  readonly timedOut: readonly number[];
  /** The time was over before a test that meets them ran. */
  readonly untried: readonly MutantPoint[];
}

/** A mutant with the tests that meet it, by number, in the order in which they run. */
export interface MutantTask {
  readonly id: number;
  readonly tests: readonly number[];
  readonly load: boolean;
}

export interface MutantRun {
  readonly mutant: number;
  /** How many of the tests ran. */
  readonly ran: number;
  /** Of the tests that saw something else than they see without the mutant. */
  readonly runs: readonly { readonly test: number; readonly seen: Seen }[];
}

/** A process that holds tests and runs them against mutants. */
export interface MutantExecutor {
  /** The tests that `kill` means by their numbers. */
  prepare(tests: readonly Candidate[], options: { readonly now: number; readonly random: number }): Promise<void>;
  /** A mutant's tests run until `most` of them saw a difference. */
  kill(tasks: readonly MutantTask[], most: number): Promise<readonly MutantRun[]>;
}

/** Of the tests that meet a mutant so many are tried before the next mutant has its turn, and in the end. */
const FIRST_TESTS = 12;
const MOST_TESTS = 80;
/** So many tests that see a mutant are enough to choose from. */
const ENOUGH = 3;
const CHUNK = 24;

/** Which tests see which mutants; mutants that no test meets are in none of the lists. Executors share the work. */
export async function findKills(
  observed: readonly Observed[],
  mutants: readonly MutantPoint[],
  executors: readonly MutantExecutor[],
  within: () => boolean,
): Promise<Kills> {
  const tests = observed
    .map((one) => ({ one, hits: new Set(one.seen.hits), cost: testCost(one.candidate), kills: 0 }))
    .sort((a, b) => a.cost - b.cost);
  const by = new Map<Observed, Kill[]>();
  const survived: MutantPoint[] = [];
  const timedOut: number[] = [];
  const untried: MutantPoint[] = [];
  const queue = mutants.filter(({ atLoad, goal }) => tests.some(({ hits }) => atLoad || hits.has(goal)));
  /** Mutants that resisted the first tests, with the others. */
  const later: { readonly mutant: MutantPoint; readonly tests: readonly number[] }[] = [];
  if (queue.length === 0) return { by, survived, timedOut, untried };

  /** Tests that meet a mutant; those that see many mutants come first. */
  const meeting = ({ atLoad, goal }: MutantPoint): number[] =>
    tests
      .flatMap(({ hits, kills, cost }, number) =>
        atLoad || hits.has(goal) ? [{ number, worth: (1 + kills) / cost }] : [],
      )
      .sort((a, b) => b.worth - a.worth)
      .slice(0, MOST_TESTS)
      .map(({ number }) => number);

  /** What is left to do for a mutant: tests that did not run. */
  const settle = (
    mutant: MutantPoint,
    { runs }: MutantRun,
    task: MutantTask,
    others: readonly number[],
  ): MutantTask | undefined => {
    let [killed, late] = [false, false];
    for (const { test, seen } of runs) {
      const { one } = tests[test]!;
      if (seen.hung) {
        late = true;
        continue;
      }
      const failing = one.assertions.filter((assertion) => !holds(assertion, seen));
      if (failing.length === 0) continue;
      killed = true;
      tests[test]!.kills++;
      by.set(one, [...(by.get(one) ?? []), { mutant: mutant.id, assertions: failing }]);
    }
    if (killed) return undefined;
    // What differed may be nothing that is asserted: then the others have their turn.
    const last = late ? -1 : task.tests.indexOf(runs.at(-1)?.test ?? -1);
    const rest = last < 0 ? [] : task.tests.slice(last + 1);
    if (runs.length >= ENOUGH && rest.length > 0) return { ...task, tests: rest };
    if (late) timedOut.push(mutant.id);
    else if (others.length > 0) later.push({ mutant, tests: others });
    else survived.push(mutant);
    return undefined;
  };

  const work = async (executor: MutantExecutor): Promise<void> => {
    await executor.prepare(
      tests.map(({ one }) => one.candidate),
      { now: SEEN_TIME, random: 0 },
    );
    const run = async (
      chunk: readonly { readonly mutant: MutantPoint; readonly tests: readonly number[] }[],
      first: number,
    ): Promise<void> => {
      const points = new Map(chunk.map(({ mutant }) => [mutant.id, mutant]));
      const others = new Map(chunk.map(({ mutant, tests: all }) => [mutant.id, all.slice(first)]));
      let tasks = chunk.map(({ mutant, tests: all }): MutantTask => ({
        id: mutant.id,
        tests: all.slice(0, first),
        load: mutant.atLoad,
      }));
      while (tasks.length > 0) {
        const given = new Map(tasks.map((task) => [task.id, task]));
        const found = await executor.kill(tasks, ENOUGH);
        tasks = found.flatMap(
          (one) => settle(points.get(one.mutant)!, one, given.get(one.mutant)!, others.get(one.mutant)!) ?? [],
        );
      }
    };
    while (queue.length > 0 && within())
      await run(
        queue.splice(0, CHUNK).map((mutant) => ({ mutant, tests: meeting(mutant) })),
        FIRST_TESTS,
      );
    while (later.length > 0 && within()) await run(later.splice(0, CHUNK), MOST_TESTS);
  };
  await Promise.all(executors.map(work));
  survived.push(...later.map(({ mutant }) => mutant));
  untried.push(...queue);
  return { by, survived, timedOut, untried };
}

/** As if both had been found at once. */
export function joinKills(one: Kills, other: Kills): Kills {
  const by = new Map(one.by);
  for (const [test, kills] of other.by) by.set(test, [...(by.get(test) ?? []), ...kills]);
  const killed = new Set([...by.values()].flat().map(({ mutant }) => mutant));
  const tried = new Set([...other.survived.map(({ id }) => id), ...other.timedOut]);
  const open = (list: readonly MutantPoint[]): MutantPoint[] => list.filter(({ id }) => !killed.has(id));
  return {
    by,
    survived: [
      ...new Map([...open(one.survived), ...open(other.survived)].map((mutant) => [mutant.id, mutant])).values(),
    ],
    timedOut: [...new Set([...one.timedOut, ...other.timedOut])].filter((id) => !killed.has(id)),
    untried: open(one.untried).filter(({ id }) => !tried.has(id)),
  };
}
