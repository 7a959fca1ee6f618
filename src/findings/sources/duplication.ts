import { type CopyClass, placeOfCopy } from '#duplication/duplication.ts';
import type { FoundProblem } from '#model/finding.ts';
import { fingerprintOf } from '#judge/fingerprint.ts';
import type { Baseline } from '#judge/baseline.ts';
import { duplicationOf } from '../duplication-of.ts';
import type { FindingSource } from '../finding-source.ts';

export const source: FindingSource = {
  name: 'duplication: statements with names and literals made alike',
  rules: [
    {
      id: 'duplicated-code',
      title: 'Duplicated code',
      reason:
        'The same statements stand in several places: a change to one must find the others. Extract what they share, or say why they may part.',
      category: 'duplication',
      severity: 3,
      references: ['Fowler: Duplicated Code'],
      languages: [],
    },
  ],
  ofTree: true,
  async find({ snapshot, memory, signal }) {
    return duplicationOf(snapshot, { signal, copies: memory.copies }).classes.map((each) => ({
      rule: 'duplicated-code',
      problem: problemOf(each),
    }));
  },
};

const words = { exact: 'the same', renamed: 'the same but for names', gapped: 'nearly the same' } as const;

export function problemOf({ kind, lines, tokens, places, shape, similarity }: CopyClass): FoundProblem {
  const [first, ...others] = places;
  const elsewhere = others.slice(0, 3).map(({ path, startLine }) => `${path}:${startLine}`);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return {
    message: `${lines} lines (${tokens} tokens) are ${words[kind]} at ${elsewhere.join(', ')}${more}`,
    place: placeOfCopy(first!),
    related: others.map((place) => placeOfCopy(place, 'a copy')),
    identity: `copy ${shape}`,
    severity: tokens >= 200 || places.length > 3 ? 3 : 2,
    confidence: kind === 'gapped' ? similarity : 1,
    minutes: Math.min(120, 10 + Math.round((lines * places.length) / 4)),
  };
}

/** Copies with the fingerprints of their findings; those that the baseline has are not new, as often as it counts them. */
export function withBaseline(
  classes: readonly CopyClass[],
  baseline: Baseline | undefined,
): (CopyClass & { readonly fingerprint: string; readonly isNew: boolean })[] {
  const left = new Map<string, number>();
  for (const { fingerprint, count } of baseline?.findings ?? [])
    left.set(fingerprint, (left.get(fingerprint) ?? 0) + count);
  return classes.map((each) => {
    const fingerprint = fingerprintOf('duplicated-code', problemOf(each).identity!);
    const known = left.get(fingerprint) ?? 0;
    if (known > 0) left.set(fingerprint, known - 1);
    return { ...each, fingerprint, isNew: known === 0 };
  });
}
