/** From a query's words and names to documents in order, each with what spoke for and against it. */
import { FIELD_COUNT, searchFields } from '#model/search-segment.ts';
import type { SearchFilters } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { highest } from './highest.ts';
import { Candidate, inOrder, type Signal } from './candidate.ts';
import { acceptor } from './document-kinds.ts';
import { cohere, demoteDuplicates, liftContainers, liftNeighbours } from './lift-candidates.ts';
import { documentsNamed, matchWorth, type NameMatch, namesLike } from './name-matches.ts';
import { PathWords } from './path-words.ts';
import type { RankingWeights } from './ranking-weights.ts';
import { type FoundWord, type RelatedScores, scoreRelated, standIns } from './related-scores.ts';
import { ScoreBoard, scoreWords, type WordScores } from './score-words.ts';
import type { SearchIndex } from './search-index.ts';
import { type QueryPlan, weakWords } from './understand-query.ts';
import type { VectorLayer } from './vector-layer.ts';
import { weigh } from './weigh-candidate.ts';

export interface RankedDocument {
  readonly document: number;
  readonly score: number;
  readonly signals: readonly Signal[];
  /** Where a text or pattern matched: line, and UTF-16 offsets in it. */
  readonly places?: readonly { readonly line: number; readonly start: number; readonly end: number }[];
}

export interface RankingInput {
  readonly index: SearchIndex;
  readonly plan: QueryPlan;
  readonly snapshot: Snapshot;
  readonly weights: RankingWeights;
  readonly filters: SearchFilters;
  /** The query's unit vector and where to look for near ones; undefined without a model. */
  readonly nearest?: { readonly vector: Float32Array; readonly layer: VectorLayer } | undefined;
}

/** Documents by words alone that the other signals look at. */
const CANDIDATES = 240;
/** Documents by meaning alone that are looked at. */
const NEAREST = 100;
/** Best ones whose users and neighbours are looked up. */
const GRAPH_CANDIDATES = 48;
/** Best ones that are compared with each other. */
const DUPLICATE_CANDIDATES = 120;
/** Files by the words of all that they hold that are looked at. */
const BEST_FILES = 12;
const NAME_BIT = 1 << searchFields.indexOf('name');

export interface Ranking {
  readonly ranked: readonly RankedDocument[];
  readonly total: number;
  /** Highest score by words alone. */
  readonly strength?: number;
}

export function rank(input: RankingInput): Ranking {
  const { index, plan, filters } = input;
  const board = boardOf(index);
  const { scores } = board;
  const words = scoreWords(
    index,
    plan.words.map(({ word, weight }) => ({
      word,
      weight: weakWords.has(word) ? weight * input.weights.weakWord : weight,
    })),
    input.weights.fields,
    board,
  );
  const joined = scoreWords(
    index,
    plan.joined.map(({ word, weight }) => ({ word, weight: weight * input.weights.joined })),
    input.weights.fields,
    board,
  );
  const related = scoreRelated(index, plan, words, input.weights, board);
  const named = new Map<number, string>();
  for (const name of plan.names) for (const document of documentsNamed(index, name)) named.set(document, name);
  const accepts = acceptor(index, filters);
  const narrowed = filters.acceptsAll && filters.kinds.size === 0 ? undefined : accepts;
  const alike = new Map<number, NameMatch>();
  if (plan.kind === 'symbol' && named.size === 0)
    for (const { document, match } of namesLike(index, plan.names[0]!, accepts, CANDIDATES)) alike.set(document, match);
  const { best, total } = highest(scores, board.scored, CANDIDATES, narrowed);
  const pool = new Set(best);
  for (const document of alike.keys()) pool.add(document);
  for (const document of named.keys()) if (accepts(document)) pool.add(document);
  if (input.nearest && input.weights.dense > 0)
    for (const { document } of input.nearest.layer.nearest(input.nearest.vector, NEAREST, narrowed)) pool.add(document);
  for (const document of bestOfFiles(index, board, narrowed)) pool.add(document);
  const candidates = [...pool].map((document) => new Candidate(document, index, input.snapshot));
  if (candidates.length === 0) return { ranked: [], total };
  judge(input, candidates, {
    scores,
    files: board.files,
    slots: board.slots,
    words: [...words, ...joined],
    related,
    named,
    alike,
  });
  const ranked = inOrder(candidates);
  return {
    ranked: spread(ranked, input.weights.sameFile),
    total: Math.max(total, ranked.length),
    strength: candidates.reduce((top, { document }) => Math.max(top, scores[document]!), 0),
  };
}

/** Of the files whose words fit best as a whole: the file, and its best two documents. */
function bestOfFiles(
  index: SearchIndex,
  board: ScoreBoard,
  accepts: ((document: number) => boolean) | undefined,
): number[] {
  const ofFiles = accepts && ((file: number): boolean => accepts(index.documentsOf(file)[0]));
  return highest(board.files, board.scoredFiles, BEST_FILES, ofFiles).best.flatMap((file) => {
    const [first, end] = index.documentsOf(file);
    const own = Int32Array.from({ length: end - first }, (_, at) => first + at).filter(
      (document) => board.scores[document]! > 0,
    );
    return [first, ...highest(board.scores, own, 2, accepts).best];
  });
}

interface Evidence {
  readonly scores: Float64Array;
  readonly files: Float64Array;
  /** One a document, zeros. */
  readonly slots: Int32Array;
  readonly words: readonly WordScores[];
  readonly related: readonly RelatedScores[];
  readonly named: ReadonlyMap<number, string>;
  /** Names that only resemble what was typed. */
  readonly alike: ReadonlyMap<number, NameMatch>;
}

function judge(input: RankingInput, candidates: readonly Candidate[], evidence: Evidence): void {
  const { index, plan, snapshot, weights } = input;
  const best = candidates.reduce((top, { document }) => Math.max(top, evidence.scores[document]!), 1e-9);
  const mass = evidence.words.slice(0, plan.words.length).reduce((sum, { idf }) => sum + idf, 1e-9);
  const paths = pathWords(snapshot).cover(plan.words, evidence.related);
  const nearest = standardised(candidates, input);
  const bestFile = candidates.reduce((top, { file }) => Math.max(top, evidence.files[file.id]!), 1e-9);
  const { slots } = evidence;
  candidates.forEach(({ document }, at) => (slots[document] = at + 1));
  const words = new HeldWords(evidence.words, slots, candidates.length);
  const neighbours = new HeldWords(evidence.related, slots, candidates.length);
  for (const { document } of candidates) slots[document] = 0;
  for (const [number, candidate] of candidates.entries()) {
    const { document } = candidate;
    const found = words.of(number);
    const own = found.filter(({ at }) => at < plan.words.length);
    const close = standIns(evidence.related, neighbours.of(number), own, evidence.words);
    candidate.add('words', evidence.scores[document]! / best, () => wordReason([...found, ...close], plan));
    const inName = [...found, ...close].filter(({ mask }) => (mask & NAME_BIT) !== 0);
    if (inName.length > 0) {
      const cover =
        [...own, ...close].filter(({ mask }) => (mask & NAME_BIT) !== 0).reduce((sum, { idf }) => sum + idf, 0) / mass;
      const length = index.lengths[document * FIELD_COUNT]!;
      const precision = Math.min(1, inName.length / Math.max(1, length > 1 ? length - 1 : 1));
      candidate.add(
        'name',
        weights.nameCover * Math.min(1, cover) + weights.namePrecision * precision,
        () => `in its name: ${shown(inName, plan)}`,
      );
    }
    const covered = [...own, ...close].reduce((sum, { idf }) => sum + idf, 0) / mass;
    candidate.add('coverage', weights.coverage * covered ** 2, () => `${own.length} of ${plan.words.length} words`);
    const typed = evidence.named.get(document);
    if (typed !== undefined) {
      const exact = index.name(document) === typed;
      candidate.add(
        'symbol',
        exact ? weights.exactName : weights.exactNameFolded,
        exact ? 'is called that' : 'is called that, in another case',
      );
      const qualified = plan.qualifiers.length > 0 ? qualifierShare(candidate, plan.qualifiers, snapshot) : 0;
      candidate.add('qualifier', weights.qualifier * qualified, () => `stands in ${plan.qualifiers.join('.')}`);
    }
    const match = evidence.alike.get(document);
    if (match) candidate.add('name', weights.exactName * matchWorth[match], nameReasons[match]);
    const path = paths.get(candidate.file.id);
    if (path) candidate.add('path', weights.path * path.cover + weights.fileName * path.named, 'words of its path');
    candidate.add('whole file', (weights.wholeFile * evidence.files[candidate.file.id]!) / bestFile, 'its file fits');
    const near = nearest.get(document);
    if (near !== undefined) candidate.add('meaning', weights.dense * near, 'near in meaning');
    weigh(candidate, index, plan, weights);
  }
  liftContainers(candidates, index, weights.members);
  cohere(candidates, weights.coherence);
  const strongest = inOrder(candidates).slice(0, GRAPH_CANDIDATES);
  const usersOf = userCounts(snapshot);
  for (const candidate of strongest) {
    if (candidate.row === 0 && index.isPiece(candidate.document)) continue;
    const users = usersOf(candidate.file.firstSymbol + candidate.row);
    candidate.add(
      'users',
      weights.users * Math.log2(1 + users),
      () => `used in ${users} ${users === 1 ? 'place' : 'places'}`,
    );
  }
  if (weights.neighbours > 0) liftNeighbours(strongest, snapshot, index, weights.neighbours);
  demoteDuplicates(inOrder(candidates).slice(0, DUPLICATE_CANDIDATES), index, weights.roles.duplicate);
}

const nameReasons: Readonly<Record<NameMatch, string>> = {
  exact: 'is called that',
  folded: 'is called that, in another case',
  prefix: 'its name begins so',
  humps: 'its name has these initials',
  inside: 'its name holds it',
  spelling: 'its name is spelt nearly so',
};

/** Which words each candidate holds, read off the words' lists in one go. */
class HeldWords {
  readonly #words: readonly WordScores[];
  /** Masks of fields: candidates × words. */
  readonly #masks: Uint8Array;

  constructor(words: readonly WordScores[], slots: Int32Array, count: number) {
    this.#words = words;
    this.#masks = new Uint8Array(count * words.length);
    words.forEach(({ documents, masks }, at) => {
      for (let i = 0; i < documents.length; i++) {
        const slot = slots[documents[i]!]!;
        if (slot > 0) this.#masks[(slot - 1) * words.length + at] = masks[i]!;
      }
    });
  }

  of(candidate: number): FoundWord[] {
    const found: FoundWord[] = [];
    const from = candidate * this.#words.length;
    for (let at = 0; at < this.#words.length; at++) {
      const mask = this.#masks[from + at]!;
      if (mask !== 0) found.push({ word: this.#words[at]!.word, idf: this.#words[at]!.idf, mask, at });
    }
    return found;
  }
}

function shown(found: readonly FoundWord[], { typed }: QueryPlan): string {
  return found.map(({ word }) => typed.get(word) ?? word).join(', ');
}

function wordReason(found: readonly FoundWord[], plan: QueryPlan): string {
  const fields = new Set<string>();
  for (const { mask } of found) searchFields.forEach((field, bit) => (mask & (1 << bit)) !== 0 && fields.add(field));
  return `${shown(found, plan)} in ${[...fields].join(', ')}`;
}

/** Share of the qualifiers that its nesting or path holds. */
function qualifierShare({ file, row }: Candidate, qualifiers: readonly string[], snapshot: Snapshot): number {
  const symbol = snapshot.symbol(file.firstSymbol + row);
  const nesting = new Set(
    [...symbol.qualifiedName.split('.').slice(0, -1), ...file.path.replace(/\.\w+$/, '').split('/')].map((part) =>
      part.toLowerCase(),
    ),
  );
  return qualifiers.filter((part) => nesting.has(part.toLowerCase())).length / qualifiers.length;
}

/** Cosines of all candidates that have a vector, by document, as deviations from their mean. */
function standardised(candidates: readonly Candidate[], { nearest, index }: RankingInput): ReadonlyMap<number, number> {
  const cosines = new Map<number, number>();
  if (!nearest) return cosines;
  for (const { document } of candidates) {
    const cosine = index.cosine(document, nearest.vector);
    if (cosine !== undefined) cosines.set(document, cosine);
  }
  const values = [...cosines.values()].sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1)) || 1;
  for (const [document, cosine] of cosines) cosines.set(document, (cosine - mean) / deviation);
  return cosines;
}

function spread(candidates: readonly Candidate[], sameFile: number): RankedDocument[] {
  const seen = new Map<number, number>();
  for (const candidate of candidates) {
    const before = seen.get(candidate.file.id) ?? 0;
    seen.set(candidate.file.id, before + 1);
    if (before > 0 && sameFile < 1)
      candidate.multiply('same file', sameFile ** Math.min(before, 6), 'better hits in the same file');
  }
  return inOrder(candidates).map(({ document, total, signals }) => ({ document, score: total, signals }));
}

const boards = new WeakMap<SearchIndex, ScoreBoard>();

/** One for all questions to an index: they come one after the other. */
function boardOf(index: SearchIndex): ScoreBoard {
  let board = boards.get(index);
  if (!board) boards.set(index, (board = new ScoreBoard(index)));
  board.clear();
  return board;
}

const knownPaths = new WeakMap<object, PathWords>();
/** By root: the words of the revision that was asked last. */
const lastPaths = new Map<string, WeakRef<PathWords>>();

function pathWords(snapshot: Snapshot): PathWords {
  let words = knownPaths.get(snapshot);
  if (!words) {
    words = new PathWords(snapshot.files(), lastPaths.get(snapshot.root)?.deref());
    knownPaths.set(snapshot, words);
    lastPaths.set(snapshot.root, new WeakRef(words));
  }
  return words;
}

const knownCounts = new WeakMap<Snapshot, Map<number, number>>();

/** Good hits come back from question to question. */
function userCounts(snapshot: Snapshot): (symbol: number) => number {
  let counts = knownCounts.get(snapshot);
  if (!counts) knownCounts.set(snapshot, (counts = new Map()));
  return (symbol) => {
    let count = counts.get(symbol);
    if (count === undefined) counts.set(symbol, (count = snapshot.userCount(symbol)));
    return count;
  };
}
