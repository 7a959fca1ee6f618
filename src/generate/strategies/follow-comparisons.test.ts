import { expect, it } from 'vitest';
import type { Candidate, Seen } from '../model/candidate.ts';
import { makeRandom } from '../values/random.ts';
import { addLead, followComparisons } from './follow-comparisons.ts';
import type { SearchState } from './strategy.ts';

function stateWith(candidate: Candidate, seen: Partial<Seen>): SearchState {
  const state = { random: makeRandom(1), leads: [] } as Partial<SearchState> as SearchState;
  addLead(state, candidate, { steps: [], effects: {}, ...seen });
  return state;
}

const call = (...given: readonly (string | number)[]): Candidate => ({
  steps: [{ op: 'call', on: { module: 0, path: ['f'] }, with: given }],
  origin: 'boundary values',
});
const inputs = (candidates: readonly Candidate[]): unknown[] => candidates.map(({ steps }) => steps[0]!.with);

it('the side of a comparison that stands in an input gives way to the other side', () => {
  const state = stateWith(call('colour: red', 7), {
    pairs: [
      ['Red', 'blue'],
      [7, 40],
    ],
  });
  const proposed = inputs(followComparisons().propose(state, 60));
  expect(proposed).toContainEqual(['colour: blue', 7]);
  expect(proposed).toContainEqual(['colour: red', 40]);
  expect(proposed).toContainEqual(['colour: red', 41]);
});

it('a text that a regular expression did not match becomes one that it may match', () => {
  const verbose = '(\\d+)  # hours\n : (\\d{2})';
  const state = stateWith(call('x-y'), { unmatched: [['y', verbose, 64]] });
  const proposed = inputs(followComparisons().propose(state, 60)).flat();
  expect(proposed.length).toBeGreaterThan(0);
  for (const text of proposed) expect(text).toMatch(/^x-\d+:\d{2}$/);
});

it('proposes nothing twice', () => {
  const strategy = followComparisons();
  const state = stateWith(call('a'), { pairs: [['a', 'b']] });
  addLead(state, call('a'), { steps: [], effects: {}, pairs: [['a', 'b']] });
  expect(inputs(strategy.propose(state, 60))).toEqual([['b']]);
});
