/** Code of like meaning: near vectors, and rare words in common. */
import type { SearchFilters, SearchSignal } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { stopWords } from '#text/stop-words.ts';
import { wordsOf } from '#text/words.ts';
import { cloneTokens, jaccard } from './clone-tokens.ts';
import { acceptor } from './document-kinds.ts';
import type { QueryEncoder } from './encode-query.ts';
import type { RankedDocument } from './rank.ts';
import { ScoreBoard, scoreWords } from './score-words.ts';
import { rankingWeights } from './ranking-weights.ts';
import type { SearchIndex } from './search-index.ts';
import { vectorsOf } from './vector-layer.ts';

export interface SimilarRequest {
  readonly snapshot: Snapshot;
  readonly index: SearchIndex;
  readonly filters: SearchFilters;
  /** Its text, and where it stands; without a place it is a piece of code from elsewhere. */
  readonly text: string;
  readonly document: number | undefined;
  readonly encoder: QueryEncoder | undefined;
  readonly limit: number;
}

/** Words of the text that are looked up: the rarest ones. */
const TELLING_WORDS = 40;
const CANDIDATES = 120;
/** Of a candidate. */
const SHAPE_LINES = 200;
/** Shares of meaning, of words in common and of the shape of the code; without a model the first falls to the others. */
const MEANING = 0.5;
const WORDS = 0.25;
const SHAPE = 0.25;
/** A reason that is worth less is none. */
const LEAST_SHOWN = 0.02;

export function similarDocuments(request: SimilarRequest): RankedDocument[] {
  const { snapshot, index, filters, text, document, encoder, limit } = request;
  const accepts = acceptor(index, filters);
  const isOther = (other: number): boolean => accepts(other) && !overlaps(index, document, other);
  const shared = sharedWords(index, text);
  const best = [...shared.scores.entries()]
    .filter(([, score]) => score > 0)
    .map(([other, score]) => ({ other, score }))
    .filter(({ other }) => isOther(other))
    .sort((a, b) => b.score - a.score || a.other - b.other)
    .slice(0, CANDIDATES);
  const layer = encoder && vectorsOf(snapshot, index, encoder);
  const vector = layer && vectorOf(index, document, text, encoder);
  const near = new Map<number, number>();
  if (layer && vector)
    for (const { document: other, score } of layer.nearest(vector, CANDIDATES, isOther)) near.set(other, score);
  const pool = new Set([...near.keys(), ...best.map(({ other }) => other)]);
  const shapes = new Shapes(snapshot, index, text);
  const ranked = [...pool].map((other): RankedDocument => {
    const cosine = near.get(other) ?? (vector ? cosineTo(index, other, vector) : 0);
    const words = Math.min(1, shared.scores[other]! / shared.highest);
    const shape = shapes.like(other);
    const score = (vector ? MEANING * Math.max(0, cosine) : 0) + WORDS * words + SHAPE * shape;
    const signals: SearchSignal[] = [
      ...(vector ? [{ name: 'meaning', reason: `near in meaning (cosine ${cosine.toFixed(2)})`, value: cosine }] : []),
      { name: 'shape', reason: `${Math.round(shape * 100)} % of it written alike, names aside`, value: shape },
      { name: 'words', reason: `${Math.round(words * 100)} % of its telling words`, value: words },
    ];
    return { document: other, score, signals: signals.filter(({ value }) => value >= LEAST_SHOWN) };
  });
  return ranked
    .sort((a, b) => b.score - a.score || index.file[a.document]! - index.file[b.document]! || a.document - b.document)
    .slice(0, limit);
}

/** Itself, what it stands in and what stands in it are not like it: they are it. */
function overlaps(index: SearchIndex, document: number | undefined, other: number): boolean {
  return (
    document !== undefined &&
    index.file[document] === index.file[other] &&
    index.startLine(document) <= index.endLine(other) &&
    index.startLine(other) <= index.endLine(document)
  );
}

function sharedWords(index: SearchIndex, text: string): { readonly scores: Float64Array; readonly highest: number } {
  const board = new ScoreBoard(index);
  const words = [...new Set(wordsOf(text))].filter((word) => !stopWords.has(word) && word.length > 2);
  const rarity = (word: string): number => index.postingsOf(word).reduce((sum, { from, to }) => sum + to - from, 0);
  const telling = words
    .map((word) => ({ word, size: rarity(word) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => a.size - b.size || (a.word < b.word ? -1 : 1))
    .slice(0, TELLING_WORDS)
    .map(({ word }) => ({ word, weight: 1 }));
  const found = scoreWords(index, telling, rankingWeights.words.fields, board);
  // What a document that holds every word a few times would have.
  const highest = found.reduce((sum, { idf }) => sum + idf * 2, 1e-9);
  return { scores: board.scores, highest };
}

function vectorOf(
  index: SearchIndex,
  document: number | undefined,
  text: string,
  encoder: QueryEncoder,
): Float32Array | undefined {
  const row = document === undefined ? undefined : index.vector(document);
  return row ? Float32Array.from(row) : encoder.encode(text);
}

function cosineTo(index: SearchIndex, document: number, vector: Float32Array): number {
  const row = index.vector(document);
  if (!row) return 0;
  let [product, left, right] = [0, 0, 0];
  for (let at = 0; at < row.length; at++) {
    product += row[at]! * vector[at]!;
    left += row[at]! * row[at]!;
    right += vector[at]! * vector[at]!;
  }
  return product / (Math.sqrt(left * right) || 1);
}

/** How much of a text's shape, names and literals aside, others share. */
class Shapes {
  readonly #snapshot: Snapshot;
  readonly #index: SearchIndex;
  readonly #own: Float64Array;
  readonly #lines = new Map<number, readonly string[]>();

  constructor(snapshot: Snapshot, index: SearchIndex, text: string) {
    this.#snapshot = snapshot;
    this.#index = index;
    this.#own = cloneTokens(text, []).grams;
  }

  like(document: number): number {
    const index = this.#index;
    const file = index.file[document]!;
    let lines = this.#lines.get(file);
    if (!lines) this.#lines.set(file, (lines = this.#snapshot.text(file)?.split(/\r\n|\n|\r/) ?? []));
    const last = Math.min(index.endLine(document), index.startLine(document) + SHAPE_LINES);
    const text = lines.slice(index.startLine(document) - 1, last).join('\n');
    return this.#own.length === 0 ? 0 : jaccard(this.#own, cloneTokens(text, []).grams);
  }
}
