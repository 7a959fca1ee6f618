import type { Candidate } from '../model/candidate.ts';
import { isMarked, isWhole, mapParts, sizeOf, type Value } from '../model/value.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { assertionsOf, holds } from './assertion.ts';
import type { MutantExecutor, MutantPoint } from './find-kills.ts';
import type { ProvenTest } from './proven-test.ts';
import { dropStep, shrinkBy, withSteps } from './shrink-candidate.ts';
import { readingCost } from './test-cost.ts';

/** Of the mutants that a test is kept for so many must still be seen; the choice that follows looks at all. */
const MOST_MUTANTS = 6;
/** A call with one plain argument. */
const PLAIN = 4;
const MOST_INLINED = 12;

/**
 * Plainer variants of kept tests: without the steps and arguments that nothing depends on, with results written out instead of
 * made by another call, and with values that are easier to read. Each still reaches and sees what its test is kept for.
 */
export async function simplifyTests(
  tests: readonly ProvenTest[],
  mutants: ReadonlyMap<number, MutantPoint>,
  executor: Executor & MutantExecutor,
  within: () => boolean,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const costly = tests
    .filter(({ candidate, property }) => !property && candidate.origin !== 'examples' && readingCost(candidate) > PLAIN)
    .sort((a, b) => readingCost(b.candidate) - readingCost(a.candidate));
  for (const test of costly) {
    if (!within()) break;
    const wanted = spread(test.kills, MOST_MUTANTS).flatMap((id) => mutants.get(id) ?? []);
    const areGood = (candidates: readonly Candidate[]): Promise<boolean[]> =>
      stillShow(candidates, test, wanted, executor);
    let start = test.candidate;
    const inlined = inlineResults(test);
    if (inlined && (await areGood([inlined]))[0]) start = inlined;
    const plainer = await shrinkBy(start, areGood, { costOf: readingCost, enough: PLAIN });
    if (plainer !== test.candidate) found.push(plainer);
  }
  return found;
}

function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]!);
}

async function stillShow(
  candidates: readonly Candidate[],
  { reaches }: ProvenTest,
  mutants: readonly MutantPoint[],
  executor: Executor & MutantExecutor,
): Promise<boolean[]> {
  const usual = { now: SEEN_TIME, random: 0 };
  const seen = await executor.run(candidates, { full: true, ...usual });
  const assertions = seen.map((one) => assertionsOf(one));
  const good = candidates.map((_, i) => {
    if (!seen[i] || !isUsable(seen[i]) || assertions[i]!.length === 0) return false;
    const hits = new Set(seen[i].hits);
    return reaches.every((goal) => hits.has(goal));
  });
  const left = candidates.flatMap((_, i) => (good[i] ? [i] : []));
  if (left.length === 0 || mutants.length === 0) return good;
  await executor.prepare(
    left.map((i) => candidates[i]!),
    usual,
  );
  const numbers = [...left.keys()];
  const tasks = mutants.map(({ id, atLoad }) => ({ id, tests: numbers, load: atLoad }));
  for (const { runs } of await executor.kill(tasks, numbers.length)) {
    const sees = new Set(
      runs
        .filter(({ test, seen: other }) => !other.hung && assertions[left[test]!]!.some((one) => !holds(one, other)))
        .map(({ test }) => left[test]!),
    );
    for (const i of left) if (!sees.has(i)) good[i] = false;
  }
  return good;
}

/** With what an earlier call gave in its place; a round trip that gives back its input says more as it is. */
function inlineResults({ candidate, seen }: ProvenTest): Candidate | undefined {
  const { steps, note } = candidate;
  const last = seen.steps.at(-1)?.value;
  if (note === 'round trip' && JSON.stringify(last) === JSON.stringify(steps[0]?.with?.[0])) return undefined;
  let inlined = 0;
  const inline = (value: Value): Value => {
    if (!isMarked(value) || value.$ !== 'step') return mapParts(value, inline);
    const result = seen.steps[value.i];
    if (result?.outcome !== 'returned' || result.awaited || !isPlain(result.value)) return value;
    inlined++;
    return result.value;
  };
  let written = steps.map((step) => ({
    ...step,
    ...(step.with ? { with: step.with.map(inline) } : {}),
    ...(step.named ? { named: step.named.map(([name, value]) => [name, inline(value)] as const) } : {}),
  }));
  if (inlined === 0) return undefined;
  for (let i = written.length - 2; i >= 0; i--) written = dropStep(written, i) ?? written;
  return withSteps(candidate, written);
}

function isPlain(value: Value | undefined): value is Value {
  if (value === undefined || !isWhole(value) || sizeOf(value) > MOST_INLINED) return false;
  return !/"\$":"(?:step|class|error|import|hole)"/.test(JSON.stringify(value));
}
