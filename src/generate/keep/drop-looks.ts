import { stepsUsed } from '../model/candidate.ts';
import { shiftSteps } from '../strategies/branch-search.ts';
import type { Assertion } from './assertion.ts';
import type { ProvenTest } from './proven-test.ts';

/** Without the looks at its object that nothing is asserted of. */
export function dropLooks(test: ProvenTest): ProvenTest {
  const { candidate, seen, assertions } = test;
  const first = candidate.steps.length - (candidate.looks ?? 0);
  const asserted = new Set(assertions.flatMap(stepsOf));
  const idle = candidate.steps.flatMap((_, i) => (i >= first && !asserted.has(i) ? [i] : [])).toReversed();
  // What is counted over all steps needs all of them.
  if (idle.length === 0 || assertions.some((assertion) => !('step' in assertion))) return test;
  let { steps } = candidate;
  let seenSteps = seen.steps;
  let kept = assertions;
  for (const index of idle) {
    if (steps.some((step) => stepsUsed(step).includes(index))) continue;
    const without = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== index);
    steps = without(steps).map((step, i) => (i >= index ? shiftSteps(step, index + 1, -1) : step));
    seenSteps = without(seenSteps);
    kept = kept.map((assertion) => moved(assertion, index));
  }
  return {
    ...test,
    candidate: { ...candidate, steps, looks: 0 },
    seen: { ...seen, steps: seenSteps },
    assertions: kept,
  };
}

function stepsOf(assertion: Assertion): number[] {
  if (!('step' in assertion)) return [];
  return assertion.kind === 'same' ? [assertion.step, assertion.other] : [assertion.step];
}

function moved(assertion: Assertion, dropped: number): Assertion {
  const move = (step: number): number => (step > dropped ? step - 1 : step);
  if (!('step' in assertion)) return assertion;
  if (assertion.kind === 'same') return { ...assertion, step: move(assertion.step), other: move(assertion.other) };
  return { ...assertion, step: move(assertion.step) };
}
