/**
 * The numbers of the ranking, tuned on one half of the evaluation set in bench/search and judged on the other. Scores are
 * relative to the best word score of the answer, 1.
 */
import { searchFields } from '#model/search-segment.ts';
import type { FieldWeights } from './score-words.ts';

export interface RankingWeights {
  readonly fields: FieldWeights;
  /** Two or three words of the query that are one identifier in the code. */
  readonly joined: number;
  /** What a word's neighbour counts, where the word itself counts 1 and the two were the same. */
  readonly related: number;
  /** Share of the query's words that the name holds, and of the name's words that the query holds. */
  readonly nameCover: number;
  readonly namePrecision: number;
  /** Share of the query's words found anywhere. */
  readonly coverage: number;
  /** A name as written in the query. */
  readonly exactName: number;
  readonly exactNameFolded: number;
  readonly qualifier: number;
  /** Words of the path. */
  readonly path: number;
  /** A file whose whole name the query holds. */
  readonly fileName: number;
  /** Best cosine of the answer, 1 standard deviation above the mean. */
  readonly dense: number;
  /** Other hits in the same file. */
  readonly coherence: number;
  /** The words of all that its file holds. */
  readonly wholeFile: number;
  /** The best three hits inside a class or module. */
  readonly members: number;
  /** Words of questions about how things are made, which say little of the thing. */
  readonly weakWord: number;
  /** Users of the definition, by their logarithm. */
  readonly users: number;
  /** Neighbours among the best hits in the graph. */
  readonly neighbours: number;
  /** Factors by what a document is. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly roles: Readonly<
    Record<
      'test' | 'generated' | 'vendored' | 'example' | 'legacy' | 'declaration' | 'duplicate' | 'nested' | 'changelog',
      number
    >
  >;
  /** Factor for each further hit of the same file. */
  readonly sameFile: number;
}

const byField = (values: Readonly<Record<(typeof searchFields)[number], number>>): readonly number[] =>
  searchFields.map((field) => values[field]);

const fields: FieldWeights = {
  weight: byField({ name: 8, container: 1.2, signature: 1, documentation: 1.2, body: 1, string: 0.7, prose: 1 }),
  b: byField({ name: 0.4, container: 0.3, signature: 0.7, documentation: 0.6, body: 0.9, string: 0.75, prose: 0.75 }),
  k1: 2.5,
};

const words: RankingWeights = {
  fields,
  joined: 0.7,
  related: 0.5,
  nameCover: 0.35,
  namePrecision: 0.15,
  coverage: 0.375,
  exactName: 0.8,
  exactNameFolded: 0.4,
  qualifier: 0.6,
  path: 0.35,
  fileName: 0.1,
  dense: 0.03,
  coherence: 0,
  wholeFile: 0.3,
  members: 0.08,
  weakWord: 0.6,
  users: 0.03,
  neighbours: 0.05,
  kinds: {
    class: 1.05,
    interface: 0.75,
    trait: 1.05,
    struct: 1.05,
    enum: 1,
    type: 0.65,
    namespace: 0.9,
    module: 0.95,
    function: 1,
    method: 1,
    constructor: 0.95,
    property: 0.75,
    field: 0.55,
    'enum-member': 0.5,
    constant: 0.7,
    variable: 0.7,
    macro: 0.95,
    section: 0.6,
    union: 1,
    prose: 0.6,
    configuration: 0.4,
    code: 0.8,
    snippet: 0.6,
    comment: 0.7,
    docstring: 0.7,
  },
  roles: {
    test: 0.45,
    generated: 0.4,
    vendored: 0.35,
    example: 0.6,
    legacy: 0.7,
    declaration: 0.6,
    duplicate: 0.7,
    nested: 0.7,
    changelog: 0.4,
  },
  sameFile: 0.85,
};

const symbol: RankingWeights = {
  ...words,
  related: 0,
  nameCover: 0.6,
  namePrecision: 0.5,
  exactName: 3,
  exactNameFolded: 1.5,
  qualifier: 1.5,
  dense: 0,
  coherence: 0.05,
  wholeFile: 0,
  members: 0,
  weakWord: 1,
  users: 0.08,
  neighbours: 0,
  path: 0.2,
  fileName: 0,
  sameFile: 1,
};

const architecture: RankingWeights = {
  ...words,
  coherence: 0.45,
  wholeFile: 0,
  fileName: 0.2,
  members: 0.15,
  weakWord: 0.25,
  users: 0.05,
  path: 0.5,
  sameFile: 0.7,
  kinds: { ...words.kinds, module: 1.1, class: 1.15, interface: 1.1, trait: 1.1, struct: 1.1, prose: 0.75, field: 0.4 },
};

export const rankingWeights = { words, symbol, architecture } as const;
