/**
 * Settings of ../shared/corpus/CALIBRATION.md on repositories that no model trained on. A: the function's name is kept in the
 * code; B: as A, and the name, as one identifier, is taken out of the question; C: out of the code as well. Each question (a
 * function's description) is ranked among 999 functions drawn from all repositories, and among all functions of its own.
 */
import { TableEncoder } from '../../src/embedders/table/table-encoder.ts';
import type { TableModel } from '../../src/embedders/table/table-model.ts';
import { stopWords } from '../../src/text/stop-words.ts';
import type { WordBag } from '../../src/text/word-bag.ts';
import { meanReciprocalRank, rankOf, singleGain } from '../../src/train/metrics.ts';
import { Random } from '../../src/train/numeric/random.ts';
import { runOf } from '../../src/train/training-pairs.ts';
import type { Corpus, CorpusField } from './corpus.ts';

export const judgedSettings = ['A', 'B', 'C'] as const;
export type JudgedSetting = (typeof judgedSettings)[number];
export const methods = ['BM25, tuned', 'model', 'hybrid', 'hybrid, with paths'] as const;
export type Method = (typeof methods)[number];

export interface Judgement {
  readonly repository: string;
  readonly functions: number;
  readonly questions: number;
  readonly scores: Readonly<
    Record<Method, Readonly<Record<JudgedSetting, { readonly mrr: number; readonly nDCG: number }>>>
  >;
}

const K1 = 3;
const B = 0.9;
const NAME_COUNT = 8;
const PATH_COUNT = 2;
/** Share of the model in the hybrid, and weight of the path's vector. */
const DENSE = 0.75;
const PATH = 0.3;
const OTHERS = 999;

export function judge(corpus: Corpus, model: TableModel, questionsEach: number): Judgement[] {
  const { entries, isDescribed } = corpus;
  const count = entries.length;
  const dense = new DenseSide(corpus, model);
  const everything = Int32Array.from({ length: count }, (_, i) => i);
  const pool = { named: new Postings(corpus, everything, true, 0), masked: new Postings(corpus, everything, false, 0) };
  const poolPaths = {
    named: new Postings(corpus, everything, true, PATH_COUNT),
    masked: new Postings(corpus, everything, false, PATH_COUNT),
  };
  const byRepository = Map.groupBy(everything, (i) => entries[i]!.repo);
  return Array.from(byRepository, ([repository, list]) => {
    const members = Int32Array.from(list);
    const random = new Random(7);
    const asked = members.filter((i) => isDescribed[i]!);
    random.shuffle(asked);
    const own = { named: new Postings(corpus, members, true, 0), masked: new Postings(corpus, members, false, 0) };
    const ownPaths = {
      named: new Postings(corpus, members, true, PATH_COUNT),
      masked: new Postings(corpus, members, false, PATH_COUNT),
    };
    const ranks = new Map<string, { pooled: number[]; gains: number[] }>();
    for (const question of asked.subarray(0, questionsEach)) {
      const candidates = Int32Array.from({ length: OTHERS + 1 }, (_, i) => (i === 0 ? question : random.below(count)));
      const at = members.indexOf(question);
      for (const setting of judgedSettings) {
        const words = runOf(corpus.words[setting === 'A' ? 'description' : 'described'], question);
        if (words.length === 0) continue;
        const side = setting === 'C' ? 'masked' : 'named';
        const told = words.filter((word) => !stopWords.has(corpus.table.word(word)));
        const cases = [
          {
            key: 'pooled',
            docs: candidates,
            lexical: pick(pool[side].scores(told), candidates),
            paths: pick(poolPaths[side].scores(told), candidates),
            own: 0,
          },
          { key: 'gains', docs: members, lexical: own[side].scores(told), paths: ownPaths[side].scores(told), own: at },
        ] as const;
        for (const { key, docs, lexical, paths, own: place } of cases) {
          const vectors = dense.scores(words, docs, side);
          const withPath = dense.scores(words, docs, side, PATH);
          const scores: Record<Method, Float64Array> = {
            'BM25, tuned': lexical,
            model: vectors,
            hybrid: mixed(vectors, lexical),
            'hybrid, with paths': mixed(withPath, paths),
          };
          for (const method of methods) {
            const found = ranks.get(method + setting) ?? { pooled: [], gains: [] };
            ranks.set(method + setting, found);
            const rank = rankOf(scores[method], place);
            found[key].push(key === 'pooled' ? rank : singleGain(rank));
          }
        }
      }
    }
    const scores = Object.fromEntries(
      methods.map((method) => [
        method,
        Object.fromEntries(
          judgedSettings.map((setting) => {
            const { pooled, gains } = ranks.get(method + setting) ?? { pooled: [], gains: [] };
            return [
              setting,
              { mrr: meanReciprocalRank(pooled), nDCG: gains.reduce((sum, gain) => sum + gain, 0) / gains.length },
            ];
          }),
        ),
      ]),
    ) as unknown as Judgement['scores'];
    return { repository, functions: members.length, questions: Math.min(asked.length, questionsEach), scores };
  });
}

const pick = (scores: Float64Array, at: Int32Array): Float64Array => Float64Array.from(at, (i) => scores[i]!);

/** Per question: each side less its mean, over its deviation. */
function mixed(dense: Float64Array, lexical: Float64Array): Float64Array {
  const [a, b] = [standard(dense), standard(lexical)];
  return a.map((value, i) => DENSE * value + (1 - DENSE) * b[i]!);
}

function standard(scores: Float64Array): Float64Array {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length) || 1;
  return scores.map((score) => (score - mean) / deviation);
}

const codeFields: readonly CorpusField[] = ['code', 'comments', 'strings'];

function bagOf(corpus: Corpus, i: number, fields: readonly (readonly [CorpusField, number])[]): WordBag {
  const counts = new Map<number, number>();
  for (const [field, weight] of fields)
    for (const word of runOf(corpus.words[field], i)) counts.set(word, (counts.get(word) ?? 0) + weight);
  return { words: Int32Array.from(counts.keys()), counts: Int32Array.from(counts.values()) };
}

/** BM25 over the functions of `members`, whose numbers are their places there. */
class Postings {
  readonly #size: number;
  readonly #lists = new Map<number, { readonly places: number[]; readonly weights: number[] }>();

  constructor(corpus: Corpus, members: Int32Array, named: boolean, pathCount: number) {
    this.#size = members.length;
    const fields: (readonly [CorpusField, number])[] = codeFields.map((field) => [field, 1]);
    if (named) fields.push(['name', NAME_COUNT]);
    if (pathCount > 0) fields.push(['place', pathCount]);
    const bags = Array.from(members, (i) => bagOf(corpus, i, fields));
    const lengths = bags.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
    const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
    bags.forEach(({ words, counts }, place) =>
      words.forEach((word, i) => {
        const list = this.#lists.get(word) ?? { places: [], weights: [] };
        this.#lists.set(word, list);
        list.places.push(place);
        list.weights.push((counts[i]! * (K1 + 1)) / (counts[i]! + K1 * (1 - B + (B * lengths[place]!) / average)));
      }),
    );
    for (const { places, weights } of this.#lists.values()) {
      const rarity = Math.log(1 + (this.#size - places.length + 0.5) / (places.length + 0.5));
      weights.forEach((weight, i) => (weights[i] = weight * rarity));
    }
  }

  scores(words: Int32Array): Float64Array {
    const scores = new Float64Array(this.#size);
    for (const word of words) {
      const list = this.#lists.get(word);
      list?.places.forEach((place, i) => (scores[place]! += list.weights[i]!));
    }
    return scores;
  }
}

class DenseSide {
  readonly #encoder: TableEncoder;
  readonly #dimensions: number;
  readonly #vectors: Readonly<Record<'named' | 'masked' | 'paths', Float32Array>>;
  readonly #question: Float32Array;

  constructor(corpus: Corpus, model: TableModel) {
    const count = corpus.entries.length;
    const { dimensions } = model;
    this.#dimensions = dimensions;
    this.#encoder = new TableEncoder(model, corpus.table);
    this.#question = new Float32Array(dimensions);
    const room = (): Float32Array => new Float32Array(count * dimensions);
    this.#vectors = { named: room(), masked: room(), paths: room() };
    const masked: (readonly [CorpusField, number])[] = codeFields.map((field) => [field, 1]);
    for (let i = 0; i < count; i++) {
      const name = runOf(corpus.words.name, i);
      const at = i * dimensions;
      this.#encoder.code({ name, body: bagOf(corpus, i, [...masked, ['name', 1]]) }, this.#vectors.named, at);
      this.#encoder.code({ name: [], body: bagOf(corpus, i, masked) }, this.#vectors.masked, at);
      this.#encoder.query(runOf(corpus.words.place, i), this.#vectors.paths, at);
    }
  }

  scores(words: Int32Array, members: Int32Array, side: 'named' | 'masked', path = 0): Float64Array {
    this.#encoder.query(words, this.#question, 0);
    const product = (vectors: Float32Array, i: number): number => {
      let sum = 0;
      for (let k = 0, at = i * this.#dimensions; k < this.#dimensions; k++)
        sum += this.#question[k]! * vectors[at + k]!;
      return sum;
    };
    return Float64Array.from(
      members,
      (i) => product(this.#vectors[side], i) + (path > 0 ? path * product(this.#vectors.paths, i) : 0),
    );
  }
}
