import type { Candidate, Seen, Step } from '../model/candidate.ts';
import { isList, isMarked, mapParts, sizeOf, type Value } from '../model/value.ts';
import { candidateSize, SMALL_ENOUGH } from '../search/archive.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { shiftSteps } from '../strategies/branch-search.ts';

const ROUNDS = 12;
const MOST_TRIES = 24;

/**
 * A smaller candidate that still does what is wanted of it: steps and arguments are left out, texts and lists halved, values
 * replaced by plainer ones, as long as `stillGood` holds of what is seen (delta debugging, bounded).
 */
export async function shrinkCandidate(
  candidate: Candidate,
  executor: Executor,
  stillGood: (seen: Seen) => boolean,
): Promise<Candidate> {
  return shrinkBy(candidate, async (candidates) => {
    const seen = await executor.run(candidates, { now: SEEN_TIME, random: 0 });
    return candidates.map((_, i) => seen[i] !== undefined && isUsable(seen[i]) && stillGood(seen[i]));
  });
}

export interface Shrinking {
  /** What is to become less; by default its size. */
  readonly costOf?: (candidate: Candidate) => number;
  /** From here on nothing more is gained. */
  readonly enough?: number;
}

/** As above, by what `areGood` says of each. */
export async function shrinkBy(
  candidate: Candidate,
  areGood: (candidates: readonly Candidate[]) => Promise<boolean[]>,
  { costOf = candidateSize, enough = SMALL_ENOUGH }: Shrinking = {},
): Promise<Candidate> {
  let best = candidate;
  if (candidate.origin === 'examples') return best;
  const tried = new Set<string>([JSON.stringify(candidate.steps)]);
  for (let round = 0; round < ROUNDS && costOf(best) > enough; round++) {
    const smaller = reductions(best)
      .filter((steps) => {
        const key = JSON.stringify(steps);
        return !tried.has(key) && tried.add(key);
      })
      .map((steps) => withSteps(best, steps))
      .filter((one) => costOf(one) < costOf(best))
      .slice(0, MOST_TRIES);
    if (smaller.length === 0) break;
    const good = await areGood(smaller);
    const kept = smaller.filter((_, i) => good[i]);
    if (kept.length > 0) best = kept.reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
    else if (smaller.length < MOST_TRIES) break;
  }
  return best;
}

/** A note speaks of all steps together; what was left out may have been looks, and no step counts as a look that is none. */
export function withSteps({ note, ...candidate }: Candidate, steps: readonly Step[]): Candidate {
  const gone = candidate.steps.length - steps.length;
  const isWhole = note !== undefined && gone === 0;
  const looks = candidate.looks === undefined ? {} : { looks: Math.max(0, candidate.looks - gone) };
  return { ...candidate, steps, ...looks, ...(isWhole ? { note } : {}) };
}

/** Smaller variants, the boldest first. */
function reductions({ steps }: Candidate): Step[][] {
  const found: Step[][] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const without = dropStep(steps, i);
    if (without && without.length > 0) found.push(without);
  }
  for (const [i, step] of steps.entries()) {
    const values = step.with ?? [];
    const put = (next: readonly Value[]): Step[] => steps.map((one, at) => (at === i ? { ...one, with: next } : one));
    if (values.length > 0) found.push(put(values.slice(0, -1)));
    for (const [at, value] of values.entries()) {
      for (const plainer of plainerValues(value)) found.push(put(values.map((one, j) => (j === at ? plainer : one))));
    }
    for (const name of (step.named ?? []).keys()) {
      found.push(steps.map((one, at) => (at === i ? { ...one, named: one.named!.filter((_, j) => j !== name) } : one)));
    }
  }
  return found;
}

export function dropStep(steps: readonly Step[], index: number): Step[] | undefined {
  const kept: Step[] = [];
  for (const [i, step] of steps.entries()) {
    if (i === index) continue;
    if ('step' in step.on && step.on.step === index) return undefined;
    if (JSON.stringify([step.with, step.named]).includes(`{"$":"step","i":${index}}`)) return undefined;
    kept.push(i > index ? shiftSteps(step, index + 1, -1) : step);
  }
  return kept;
}

function plainerValues(value: Value): Value[] {
  if (typeof value === 'string') return plainerTexts(value);
  if (typeof value === 'number')
    return [0, 1, 2, Math.trunc(value), Math.trunc(value / 10)].filter(
      (n) => n !== value && Math.abs(n) < Math.abs(value) + 1,
    );
  if (value === null || typeof value === 'boolean') return [];
  if (isList(value)) return plainerLists(value).map((list) => list as Value);
  if (!isMarked(value)) return [];
  switch (value.$) {
    case 'record':
      return [...value.e.keys()]
        .map((i): Value => ({ ...value, e: value.e.filter((_, at) => at !== i) }))
        .concat(inside(value));
    case 'map':
      return [...value.e.keys()]
        .map((i): Value => ({ ...value, e: value.e.filter((_, at) => at !== i) }))
        .concat(inside(value));
    case 'set':
    case 'iterable':
      return plainerLists(value.v).map((v): Value => ({ ...value, v }));
    case 'callback':
      return value.returns !== undefined && sizeOf(value.returns) > 1
        ? [
            { $: 'callback', id: value.id },
            { ...value, returns: 1 },
          ]
        : [];
    case 'bytes':
      return value.v.length > 2 ? [{ ...value, v: value.v.slice(0, value.v.length >> 1) }] : [];
    case 'date':
    case 'bigint':
    case 'symbol':
    case 'regexp':
    case 'number':
      return [1, 'a'];
    default:
      return inside(value);
  }
}

function inside(value: Value): Value[] {
  const found: Value[] = [];
  let parts = 0;
  mapParts(value, (part) => (parts++, part));
  for (let i = 0; i < Math.min(parts, 8); i++) {
    let at = 0;
    let options: Value[] = [];
    mapParts(value, (part) => {
      if (at++ === i) options = plainerValues(part);
      return part;
    });
    for (const option of options.slice(0, 6)) {
      let place = 0;
      found.push(mapParts(value, (part) => (place++ === i ? option : part)));
    }
  }
  return found;
}

function plainerTexts(text: string): string[] {
  if (text === '') return [];
  const half = text.length >> 1;
  const options = ['', 'a', text.slice(0, half), text.slice(half), text.trim()];
  if (text.length <= 24) {
    for (let i = 0; i < text.length; i++) options.push(text.slice(0, i) + text.slice(i + 1));
  } else {
    const quarter = text.length >> 2;
    for (let i = 0; i < 4; i++) options.push(text.slice(0, i * quarter) + text.slice((i + 1) * quarter));
  }
  // What cannot be read in a report is plainer as a letter.
  if (/[^\x20-\x7e]/.test(text)) options.push(text.replaceAll(/[^\x20-\x7e]/g, 'a'));
  return [...new Set(options)].filter((option) => option !== text && option.length <= text.length);
}

function plainerLists(list: readonly Value[]): (readonly Value[])[] {
  const options: (readonly Value[])[] = [];
  if (list.length > 2) options.push([], list.slice(0, list.length >> 1), list.slice(list.length >> 1));
  for (const i of list.keys()) options.push(list.filter((_, at) => at !== i));
  for (const [i, item] of list.entries()) {
    for (const plainer of plainerValues(item).slice(0, 4))
      options.push(list.map((one, at) => (at === i ? plainer : one)));
  }
  return options.slice(0, 30);
}
