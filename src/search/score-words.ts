/**
 * BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): counts of a word in a document's fields are
 * weighted and normalised by the field's length, added, and only then saturated.
 */
import { COUNTS_FOLLOW, FIELD_COUNT, lengthOfCode } from '#model/search-segment.ts';
import type { SearchIndex } from './search-index.ts';

export interface FieldWeights {
  readonly weight: readonly number[];
  /** Length normalisation, 0 to 1, by field. */
  readonly b: readonly number[];
  readonly k1: number;
}

export interface WeighedWord {
  readonly word: string;
  readonly weight: number;
}

/** What one word adds to the documents that hold it. */
export interface WordScores {
  readonly word: string;
  /** Documents that hold it, those of no file left out. */
  readonly frequency: number;
  /** Rarity times the word's weight in the query. */
  readonly idf: number;
  readonly documents: Int32Array;
  /** Fields in which it stands, as bits. */
  readonly masks: Uint8Array;
}

/** Scores of all documents, and which have one. */
export class ScoreBoard {
  readonly scores: Float64Array;
  readonly #scored: Int32Array;
  #count = 0;

  constructor(documentCount: number) {
    this.scores = new Float64Array(documentCount);
    this.#scored = new Int32Array(documentCount);
  }

  add(document: number, share: number): void {
    if (share <= 0) return;
    if (this.scores[document] === 0) this.#scored[this.#count++] = document;
    this.scores[document]! += share;
  }

  /** As new; costs what was scored, not what there is. */
  clear(): void {
    for (let at = 0; at < this.#count; at++) this.scores[this.#scored[at]!] = 0;
    this.#count = 0;
  }

  /** In no order. */
  get scored(): Int32Array {
    return this.#scored.subarray(0, this.#count);
  }
}

/** Adds each word's share to the board, in the order of the words. No word counts as rarer than `rarest`. */
export function scoreWords(
  index: SearchIndex,
  words: readonly WeighedWord[],
  weights: FieldWeights,
  board: ScoreBoard,
  rarest = Infinity,
): readonly WordScores[] {
  const norms = normTables(index, weights);
  return words.map(({ word, weight }) => scoreWord(index, word, weight, weights.k1, norms, board, rarest));
}

let lastNorms:
  { readonly index: WeakRef<SearchIndex>; readonly weights: FieldWeights; readonly norms: Float64Array } | undefined;

/** weight / (1 − b + b × length / mean), by field and code of length. One question asks for it many times. */
function normTables(index: SearchIndex, weights: FieldWeights): Float64Array {
  if (lastNorms?.index.deref() !== index || lastNorms.weights !== weights)
    lastNorms = { index: new WeakRef(index), weights, norms: makeNorms(index, weights) };
  return lastNorms.norms;
}

function makeNorms(index: SearchIndex, { weight, b }: FieldWeights): Float64Array {
  const norms = new Float64Array(FIELD_COUNT * 256);
  for (let field = 0; field < FIELD_COUNT; field++) {
    for (let code = 0; code < 256; code++)
      norms[field * 256 + code] =
        weight[field]! / (1 - b[field]! + (b[field]! * lengthOfCode[code]!) / index.meanLengths[field]!);
  }
  return norms;
}

function scoreWord(
  index: SearchIndex,
  word: string,
  weight: number,
  k1: number,
  norms: Float64Array,
  board: ScoreBoard,
  rarest: number,
): WordScores {
  const lists = index.postingsOf(word);
  const room = lists.reduce((sum, { from, to }) => sum + ((to - from) >> 1), 0);
  const documents = new Int32Array(room);
  const masks = new Uint8Array(room);
  const frequencies = new Float64Array(room);
  const { file, lengths } = index;
  let count = 0;
  for (const { postings, from, to, base } of lists) {
    let document = base - 1;
    for (let at = from; at < to;) {
      let byte = postings[at++]!;
      let delta = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = postings[at++]!;
        delta |= (byte & 127) << shift;
      }
      document += delta + 1;
      const mask = postings[at++]!;
      const counted = (mask & COUNTS_FOLLOW) !== 0;
      const row = document * FIELD_COUNT;
      let frequency = 0;
      for (let field = 0, bits = mask & (COUNTS_FOLLOW - 1); bits !== 0; field++, bits >>= 1) {
        if ((bits & 1) === 0) continue;
        const times = counted ? postings[at++]! : 1;
        frequency += times * norms[field * 256 + lengths[row + field]!]!;
      }
      if (file[document]! < 0) continue;
      documents[count] = document;
      masks[count] = mask & (COUNTS_FOLLOW - 1);
      frequencies[count++] = frequency;
    }
  }
  const idf = Math.min(rarest, Math.log(1 + (index.liveCount - count + 0.5) / (count + 0.5)));
  for (let i = 0; i < count; i++) {
    const frequency = frequencies[i]!;
    board.add(documents[i]!, (weight * idf * frequency * (k1 + 1)) / (k1 + frequency));
  }
  return {
    word,
    frequency: count,
    idf: idf * weight,
    documents: documents.subarray(0, count),
    masks: masks.subarray(0, count),
  };
}
