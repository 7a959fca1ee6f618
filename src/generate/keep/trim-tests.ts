import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { holds } from './assertion.ts';
import { dropLooks } from './drop-looks.ts';
import type { ProvenTest } from './proven-test.ts';

/**
 * Tests without the steps that nothing is asserted of, where all that is asserted holds without them: looks at an object, and of
 * tests from documentation and callers any step; an example shows much at once, a test one thing.
 */
export async function trimTests(tests: readonly ProvenTest[], executor: Executor): Promise<ProvenTest[]> {
  return trim(await trim(tests, dropLooks, executor), dropIdle, executor);
}

function dropIdle(test: ProvenTest): ProvenTest {
  const { candidate, property } = test;
  if (candidate.origin !== 'examples' || property) return test;
  return dropLooks({ ...test, candidate: { ...candidate, looks: candidate.steps.length } });
}

async function trim(
  tests: readonly ProvenTest[],
  shorter: (test: ProvenTest) => ProvenTest,
  executor: Executor,
): Promise<ProvenTest[]> {
  const trimmed = tests.map(shorter);
  const changed = trimmed.filter((test, i) => test.candidate.steps.length < tests[i]!.candidate.steps.length);
  const seen = await executor.run(
    changed.map(({ candidate }) => candidate),
    { full: true, now: SEEN_TIME, random: 0 },
  );
  const fine = new Set(
    changed.filter(({ assertions }, i) => seen[i] && assertions.every((assertion) => holds(assertion, seen[i]!))),
  );
  return trimmed.map((test, i) => (fine.has(test) ? test : tests[i]!));
}
