import { type CopyClass, placeOfCopy } from '#duplication/duplication.ts';
import type { FoundProblem } from '#model/finding.ts';
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
  async find({ snapshot, signal }) {
    return duplicationOf(snapshot, { signal }).classes.map((each) => ({
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
