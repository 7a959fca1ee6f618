/** The ranking with its signals taken away, one group after the other: what each is worth. */
import { searchFields } from '../../src/model/search-segment.ts';
import { type RankingWeights, rankingWeights } from '../../src/search/ranking-weights.ts';

export type AllWeights = Record<keyof typeof rankingWeights, RankingWeights>;

const even = searchFields.map(() => 1);
const ones = <Key extends string>(record: Readonly<Record<Key, number>>): Record<Key, number> =>
  Object.fromEntries(Object.keys(record).map((key) => [key, 1])) as Record<Key, number>;

const wordsOnly = (weights: RankingWeights): RankingWeights => ({
  ...weights,
  joined: 0,
  related: 0,
  nameCover: 0,
  namePrecision: 0,
  coverage: 0,
  exactName: 0,
  exactNameFolded: 0,
  qualifier: 0,
  path: 0,
  fileName: 0,
  dense: 0,
  coherence: 0,
  wholeFile: 0,
  members: 0,
  weakWord: 1,
  users: 0,
  neighbours: 0,
  kinds: ones(weights.kinds),
  roles: ones(weights.roles),
  sameFile: 1,
});

const fielded = (weights: RankingWeights): RankingWeights => ({
  ...weights,
  related: 0,
  dense: 0,
  coherence: 0,
  wholeFile: 0,
  members: 0,
  users: 0,
  neighbours: 0,
  roles: ones(weights.roles),
  sameFile: 1,
});

type Variant = readonly [name: string, change: (weights: RankingWeights) => RankingWeights];

/** From least to most; each holds what the one before holds. */
const variants: readonly Variant[] = [
  [
    'BM25 (k1 1.2, b 0.75)',
    (weights) => ({ ...wordsOnly(weights), fields: { weight: even, b: even.map(() => 0.75), k1: 1.2 } }),
  ],
  [
    'BM25, tuned (name counted 8 times, k1 3, b 0.9)',
    (weights) => ({
      ...wordsOnly(weights),
      fields: { weight: searchFields.map((field) => (field === 'name' ? 8 : 1)), b: even.map(() => 0.9), k1: 3 },
    }),
  ],
  ['+ fields, names, paths, kinds', fielded],
  ['+ graph and files', (weights) => ({ ...weights, related: 0, dense: 0, roles: ones(weights.roles), sameFile: 1 })],
  ['+ demotions', (weights) => ({ ...weights, related: 0, dense: 0 })],
  ['+ vectors', (weights) => ({ ...weights, related: 0 })],
  ['+ related words', (weights) => weights],
];

export const ablation: readonly { readonly name: string; readonly weights: AllWeights }[] = variants.map(
  ([name, change]) => ({
    name,
    weights: {
      words: change(rankingWeights.words),
      symbol: change(rankingWeights.symbol),
      architecture: change(rankingWeights.architecture),
    },
  }),
);
