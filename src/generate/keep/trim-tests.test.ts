import { expect, test } from 'vitest';
import type { Candidate, Seen, Step } from '../model/candidate.ts';
import type { Executor } from '../search/goal.ts';
import { assertionsOf } from './assertion.ts';
import type { ProvenTest } from './proven-test.ts';
import { withSteps } from './shrink-candidate.ts';
import { trimTests } from './trim-tests.ts';

const make: Step = { op: 'new', on: { module: 0, path: ['Box'] }, with: [] };
const put: Step = { op: 'call', on: { step: 0, path: ['put'] }, with: ['a'] };
const size: Step = { op: 'get', on: { step: 0, path: ['size'] } };
const shape: Step = { op: 'get', on: { step: 0, path: ['shape'] } };

/** A box whose size is how often something was put into it. */
const run = ({ steps }: Candidate): Seen => {
  let held = 0;
  return {
    hits: [],
    effects: {},
    steps: steps.map(({ op, on }) => {
      if (op === 'call') held++;
      const name = on.path.at(-1);
      const value = op === 'get' ? (name === 'size' ? held : 'square') : { $: 'undefined' as const };
      return { outcome: 'returned' as const, value };
    }),
  } as Seen;
};
const executor: Executor = { run: (candidates) => Promise.resolve(candidates.map(run)) };

function proven(candidate: Candidate, asserted: readonly number[]): ProvenTest {
  const seen = run(candidate);
  const assertions = assertionsOf(seen).filter((one) => 'step' in one && asserted.includes(one.step));
  return { candidate, seen, assertions, reaches: [], kills: [], sees: [], fixes: [] };
}

test('looks that nothing is asserted of go; steps that what is asserted rests on stay', async () => {
  const looking = proven({ steps: [make, put, shape, size], origin: 'search', looks: 2 }, [3]);
  const wrongly = proven({ steps: [make, put, size], origin: 'search', looks: 2 }, [2]);
  const [first, second] = await trimTests([looking, wrongly], executor);
  expect(first!.candidate.steps).toEqual([make, put, size]);
  expect(second!.candidate.steps).toEqual([make, put, size]);
  expect(second!.assertions).toMatchObject([{ kind: 'equals', step: 2, value: 1 }]);
});

test('a candidate that lost steps has as many fewer looks at most', () => {
  const candidate: Candidate = { steps: [make, put, shape, size], origin: 'search', looks: 2 };
  expect(withSteps(candidate, [make, put, size]).looks).toBe(1);
  expect(withSteps(candidate, [make]).looks).toBe(0);
  expect(withSteps(candidate, candidate.steps).looks).toBe(2);
});
