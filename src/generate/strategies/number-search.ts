import type { Candidate, Step } from '../model/candidate.ts';
import { isList, isMarked, mapParts, type Value } from '../model/value.ts';
import { pythonFloat } from '../values/make-value.ts';
import type { Strategy } from './strategy.ts';

/** Small ones for limits, large ones for units: seconds of an hour, a day and a year among them. */
const STEPS = [1, 2, 5, 10, 30, 100, 300, 1000, 3600, 10_000, 86_400, 300_000, 1e6, 1e7, 31_536_000, 1e9];
const MOST_NUMBERS = 3;

/**
 * Moves single numbers of the candidate that came nearest to a goal, by steps of many sizes at once: the nearest of them is where
 * the next turn goes on (after Korel's alternating variable method, "Automated Software Test Data Generation", 1990).
 */
export function numberSearch(): Strategy {
  const done = new Set<string>();
  return {
    name: 'numbers',
    propose({ archive, random, pool }, count) {
      const candidates: Candidate[] = [];
      const goals = [...archive.nearest];
      const from = random.below(Math.max(1, goals.length));
      for (let i = 0; i < goals.length && candidates.length < count; i++) {
        const [goal, { entry }] = goals[(from + i) % goals.length]!;
        const key = `${goal} ${JSON.stringify(entry.candidate.steps)}`;
        if (done.has(key)) continue;
        done.add(key);
        candidates.push(...moved(entry.candidate, pool.language === 'python'));
      }
      return candidates;
    },
  };
}

function moved(candidate: Candidate, python: boolean): Candidate[] {
  const { steps } = candidate;
  const found: Candidate[] = [];
  let numbers = 0;
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!;
    const total = (step.with ?? []).reduce<number>((sum, value) => sum + countNumbers(value), 0);
    for (let which = 0; which < total && numbers < MOST_NUMBERS; which++, numbers++) {
      for (const by of STEPS.flatMap((size) => [size, -size])) {
        const changed: Step = { ...step, with: withNumber(step.with!, which, by, python) };
        found.push({ ...candidate, steps: steps.map((one, i) => (i === at ? changed : one)), origin: 'branch search' });
      }
    }
  }
  return found;
}

const isFloat = (value: Value): value is Value & { $: 'number'; v: string } =>
  isMarked(value) && value.$ === 'number' && Number.isFinite(Number(value.v));

function countNumbers(value: Value): number {
  if (typeof value === 'number' || isFloat(value)) return 1;
  let count = 0;
  if (isList(value) || isMarked(value))
    mapParts(value, (part) => {
      count += countNumbers(part);
      return part;
    });
  return count;
}

/** With the number at that place, counted through all arguments, moved. */
function withNumber(values: readonly Value[], which: number, by: number, python: boolean): Value[] {
  let at = 0;
  const change = (value: Value): Value => {
    if (typeof value === 'number') return at++ === which ? value + by : value;
    if (isFloat(value)) return at++ === which ? moveFloat(Number(value.v) + by, python) : value;
    return isList(value) || isMarked(value) ? mapParts(value, change) : value;
  };
  return values.map(change);
}

function moveFloat(number: number, python: boolean): Value {
  return python ? pythonFloat(number) : number;
}
