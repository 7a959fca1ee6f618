import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { Healer, Repair } from './draft.ts';

type Fix = ProvenTest['fixes'][number];

/**
 * A test that held where time and chance stood still fails where they do not: it is given a clock or a chance that stands still
 * as well. What reaches for the network is no test and was left out before.
 */
export const missingMocks: Healer = {
  kind: 'missing mocks',
  recognises: ({ test }) => test !== undefined && missing(test).length > 0,
  repairs(draft, { test }) {
    const lacking = missing(test!);
    const choices: Fix[][] = [...lacking.map((fix) => [fix]), ...(lacking.length > 1 ? [lacking] : [])];
    return choices.map((fixes): Repair => ({
      what: `fixes ${fixes.map((fix) => (fix === 'time' ? 'the time' : 'chance')).join(' and ')}`,
      draft: {
        ...draft,
        tests: draft.tests.map((one) => (one === test ? { ...one, fixes: [...one.fixes, ...fixes] } : one)),
      },
    }));
  },
};

function missing({ seen, fixes, property }: ProvenTest): Fix[] {
  if (property) return [];
  return (['time', 'random'] as const).filter((fix) => (seen.effects[fix] ?? 0) > 0 && !fixes.includes(fix));
}
