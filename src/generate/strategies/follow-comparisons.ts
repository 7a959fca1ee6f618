import type { Candidate, Seen } from '../model/candidate.ts';
import type { Scene } from '../model/scene.ts';
import { isMarked, mapParts, type Value } from '../model/value.ts';
import { sampleRegularExpression } from '../values/regular-expression-sample.ts';
import type { SearchState, Strategy } from './strategy.ts';

const MOST_A_LEAD = 30;
const MOST_LEADS = 400;
const SAMPLES = 3;
/** Python's flag of patterns with comments and blanks. */
const VERBOSE = 64;

/**
 * Where one side of a comparison that failed stands in an input, the other side takes its place (Aschermann and others,
 * "REDQUEEN: Fuzzing with Input-to-State Correspondence", 2019); where a regular expression did not match a text of an input, a
 * text that it may match does.
 */
export function followComparisons(): Strategy {
  const tried = new Set<string>();
  const queue: Candidate[] = [];
  return {
    name: 'comparisons',
    propose(state, count) {
      while (queue.length < count && state.leads.length > 0) {
        const { candidate, seen } = state.leads.pop()!;
        for (const one of variants(state, candidate, seen)) {
          const key = JSON.stringify([one.steps, one.scene]);
          if (tried.has(key)) continue;
          tried.add(key);
          queue.push(one);
        }
      }
      return queue.splice(0, count);
    },
  };
}

/** Remembers a candidate that led on, with what it was compared with. */
export function addLead(state: SearchState, candidate: Candidate, seen: Seen): void {
  if ((seen.pairs?.length ?? 0) + (seen.unmatched?.length ?? 0) === 0) return;
  state.leads.push({ candidate, seen });
  if (state.leads.length > MOST_LEADS) state.leads.splice(0, MOST_LEADS / 4);
}

function variants({ random }: SearchState, candidate: Candidate, { pairs, unmatched }: Seen): Candidate[] {
  const swaps: (readonly [Value, Value])[] = [];
  for (const [text, pattern, flags] of unmatched ?? []) {
    const source = typeof flags === 'number' && flags & VERBOSE ? withoutBlanks(pattern) : pattern;
    for (let i = 0; i < SAMPLES; i++) {
      const sample = sampleRegularExpression(source, random);
      if (sample !== undefined) swaps.push([text, sample]);
    }
  }
  for (const [one, other] of pairs ?? []) {
    swaps.push([one, other], [other, one]);
    if (typeof one === 'number' && typeof other === 'number')
      swaps.push([one, other + 1], [one, other - 1], [other, one + 1], [other, one - 1]);
  }
  const made: Candidate[] = [];
  for (const [from, to] of swaps) {
    for (const scene of scenes(candidate.scene, from, to)) made.push({ ...candidate, scene, origin: 'comparisons' });
    for (const [index, step] of candidate.steps.entries()) {
      for (const [place, value] of (step.with ?? []).entries()) {
        for (const changed of replaced(value, from, to)) {
          if (made.length >= MOST_A_LEAD) return made;
          const given = step.with!.map((one, at) => (at === place ? changed : one));
          const steps = candidate.steps.map((one, at) => (at === index ? { ...one, with: given } : one));
          made.push({ ...candidate, steps, origin: 'comparisons' });
        }
      }
    }
  }
  return made;
}

/** Surroundings in which one text is another. */
function scenes(scene: Candidate['scene'], from: Value, to: Value): Partial<Scene>[] {
  if (!scene || typeof from !== 'string' || typeof to !== 'string') return [];
  const { argv, environment, input, answer } = scene;
  const texts = (text: string): string[] => replaced(text, from, to).filter((one) => typeof one === 'string');
  return [
    ...(argv ?? []).flatMap((word, i) =>
      texts(word).map((one) => ({ ...scene, argv: argv!.map((other, at) => (at === i ? one : other)) })),
    ),
    ...(environment ?? []).flatMap(([name, value], i) =>
      texts(value).map((one) => ({
        ...scene,
        environment: environment!.map((other, at) => (at === i ? ([name, one] as const) : other)),
      })),
    ),
    ...(input === undefined ? [] : texts(input).map((one) => ({ ...scene, input: one }))),
    ...(answer === undefined ? [] : texts(answer.body).map((body) => ({ ...scene, answer: { ...answer, body } }))),
  ];
}

/** The value with one part that stands for `from` changed to `to`: as a whole, or inside of a text. */
function replaced(value: Value, from: Value, to: Value): Value[] {
  if (typeof value === 'number') return value === from ? [to] : [];
  if (typeof value === 'string') {
    if (typeof from === 'number') return value.includes(String(from)) ? [value.replace(String(from), String(to))] : [];
    if (typeof from !== 'string' || typeof to !== 'string') return [];
    if (from === '') return value === '' ? [to] : [value + to];
    const at = value.toLowerCase().indexOf(from.toLowerCase());
    return at < 0 ? [] : [(value.slice(0, at) + to + value.slice(at + from.length)).slice(0, 600)];
  }
  if (value === null || typeof value === 'boolean') return [];
  if (isMarked(value) && ['step', 'import', 'callback', 'make'].includes(value.$)) return [];
  const found: Value[] = [];
  let parts = 0;
  mapParts(value, (part) => (parts++, part));
  for (let i = 0; i < Math.min(parts, 12); i++) {
    let at = 0;
    let options: Value[] = [];
    mapParts(value, (part) => {
      if (at++ === i) options = replaced(part, from, to);
      return part;
    });
    for (const option of options) {
      let place = 0;
      found.push(mapParts(value, (part) => (place++ === i ? option : part)));
    }
  }
  return found;
}

function withoutBlanks(pattern: string): string {
  return pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|#[^\n]*|\s+/g, (part) => (/^(?:#|\s)/.test(part) ? '' : part));
}
