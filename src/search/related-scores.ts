/** Documents that say with another word what the question asks: each word's neighbours stand in for it, for less. */
import { readRelatedWords } from '#embedders/model-folder.ts';
import { searchFields } from '#model/search-segment.ts';
import type { RankingWeights } from './ranking-weights.ts';
import { type ScoreBoard, scoreCompound, scoreWords, type WordScores } from './score-words.ts';
import type { SearchIndex } from './search-index.ts';
import { type QueryPlan, weakWords } from './understand-query.ts';

/** Neighbours of one word that are looked up, of those that the repository knows. */
const MOST_RELATED = 6;
/** What a neighbour of the same family is nearer than the model says. */
const KIN = 0.2;
const NAME_BIT = 1 << searchFields.indexOf('name');

export interface RelatedScores extends WordScores {
  /** The word of the question that it stands in for. */
  readonly at: number;
  /** Of what that word would count, 0 to 1. */
  readonly credit: number;
}

/** Adds to the board. `words` are the scores of the plan's words, in their order. */
export function scoreRelated(
  index: SearchIndex,
  plan: QueryPlan,
  words: readonly WordScores[],
  weights: RankingWeights,
  board: ScoreBoard,
): readonly RelatedScores[] {
  if (weights.related === 0) return [];
  const asked = new Set(plan.words.map(({ word }) => word));
  return plan.words.flatMap(({ word, weight }, at) => {
    if (weakWords.has(word)) return [];
    const own = words[at]!;
    // A rare neighbour says no more than the word itself.
    const rarest = own.frequency > 0 ? own.idf / weight : Infinity;
    const compound = scoreCompound(index, own, weight, weights.fields, board);
    const near = readRelatedWords()
      .of(word)
      .map((related) => ({
        word: related.word,
        nearness: related.nearness + (isKin(word, related.word) ? KIN : 0),
      }))
      .sort((a, b) => b.nearness - a.nearness);
    const related: RelatedScores[] = [];
    for (const neighbour of near) {
      if (related.length === MOST_RELATED) break;
      if (asked.has(neighbour.word)) continue;
      const credit = weights.related * neighbour.nearness;
      const weighed = { word: neighbour.word, weight: weight * credit };
      const [scores] = scoreWords(index, [weighed], weights.fields, board, rarest);
      // Words of files that are gone may still be listed.
      if (scores!.frequency > 0) related.push({ ...scores!, at, credit });
    }
    return compound ? [{ ...compound, at, credit: 1 }, ...related] : related;
  });
}

/** Of one family: they begin alike, and neither goes on for long. */
function isKin(a: string, b: string): boolean {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared >= Math.min(4, a.length, b.length) && a.length - shared <= 7 && b.length - shared <= 5;
}

export interface FoundWord {
  readonly word: string;
  readonly idf: number;
  /** Fields in which it stands, as bits. */
  readonly mask: number;
  /** Number of the word in the question. */
  readonly at: number;
}

/** For each word of the question that the document lacks, the neighbour that counts most. */
export function standIns(
  related: readonly RelatedScores[],
  found: readonly FoundWord[],
  own: readonly FoundWord[],
  words: readonly WordScores[],
): readonly FoundWord[] {
  const has = new Set(own.map(({ at }) => at));
  const best = new Map<number, FoundWord>();
  for (const neighbour of found) {
    const { at, credit } = related[neighbour.at]!;
    if (has.has(at)) continue;
    const idf = words[at]!.idf * credit;
    const before = best.get(at);
    const mask = neighbour.mask | ((before?.mask ?? 0) & NAME_BIT);
    if (!before || idf > before.idf) best.set(at, { word: neighbour.word, idf, mask, at });
    else if (mask !== before.mask) best.set(at, { ...before, mask: before.mask | (mask & NAME_BIT) });
  }
  return [...best.values()];
}
