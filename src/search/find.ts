/** One box: a query in, hits with their reasons out. */
import { CHUNK_KIND } from '#model/search-segment.ts';
import type { SearchAnswer, SearchFilters, SearchHit } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { QueryEncoder } from './encode-query.ts';
import { findPattern } from './find-pattern.ts';
import { findInPaths } from './find-paths.ts';
import { answerKind } from './document-kinds.ts';
import { rank, type RankedDocument, type Ranking } from './rank.ts';
import { similarDocuments, type SimilarRequest } from './similar.ts';
import { type RankingWeights, rankingWeights } from './ranking-weights.ts';
import { openSearchIndex, type SearchIndex } from './search-index.ts';
import { vectorsOf } from './vector-layer.ts';
import { placesOf, snippetOf } from './snippet.ts';
import { type QueryPlan, understandQuery } from './understand-query.ts';

export interface FindRequest {
  readonly query: string;
  readonly snapshot: Snapshot;
  readonly filters: SearchFilters;
  readonly offset: number;
  readonly limit: number;
  /** Lines of code with each hit; 0 for none. */
  readonly snippetLines: number;
  /** Which symbols, and no more: neither signatures nor the lines of names, for which facts would be read. */
  readonly symbolsOnly?: boolean;
  readonly signal?: AbortSignal;
  /** Without one, words alone are searched. */
  readonly encoder?: QueryEncoder | undefined;
  readonly weights?: Readonly<Record<'words' | 'symbol' | 'architecture', RankingWeights>>;
}

export function find(request: FindRequest): SearchAnswer {
  const { query, snapshot, filters, offset, limit } = request;
  const plan = understandQuery(query);
  const notes: string[] = [];
  if (plan.kind === 'nothing') return empty(query, plan, ['The query holds no word.']);
  const index = searchIndexOf(snapshot);
  if (!index.image) notes.push('The first dig has not ended: words are searched once it has.');
  const { ranked, total, strength, notes: told } = rankPlan(request, plan, index);
  if (told) notes.push(...told);
  else if (ranked.length === 0) notes.push(...whyNothing(plan, filters));
  const words = new Set([...plan.words, ...plan.joined].map(({ word }) => word));
  const page = ranked.slice(offset, offset + limit);
  return {
    query,
    kind: plan.kind,
    hits: page.map((document) => present(document, index, snapshot, words, request)),
    total,
    strength: strength ?? (ranked.length > 0 ? 1 : 0),
    notes,
  };
}

/** What an encoder is asked for a query; undefined where meaning does not count. */
export function textToEncode(query: string): string | undefined {
  const { kind, text, pattern } = understandQuery(query);
  return kind === 'symbol' || kind === 'path' || kind === 'nothing' || pattern ? undefined : text;
}

/** Share of meaning for an encoder that knows the order of words. No such model could be had to tune it with. */
const OUTSIDE_DENSE = 0.1;

function rankPlan(
  { snapshot, filters, weights: given, signal, encoder }: FindRequest,
  plan: QueryPlan,
  index: SearchIndex,
): Ranking & { readonly notes?: readonly string[] } {
  const all = given ?? rankingWeights;
  if (plan.kind === 'path') {
    const found = findInPaths(plan.text, snapshot, index, filters);
    if (found.ranked.length > 0) return found;
  }
  if (plan.pattern) return findPattern(plan, snapshot, index, filters, signal);
  const tuned = plan.kind === 'symbol' ? all.symbol : plan.kind === 'architecture' ? all.architecture : all.words;
  const weights = encoder?.isOutside === true && tuned.dense > 0 ? { ...tuned, dense: OUTSIDE_DENSE } : tuned;
  const vector = encoder && vectorsOf(snapshot, index, encoder) && encoder.encode(plan.text);
  const nearest = vector && { vector, layer: vectorsOf(snapshot, index, encoder)! };
  return rank({ index, plan, snapshot, weights, filters, nearest });
}

function whyNothing(plan: QueryPlan, { scope, kinds }: SearchFilters): string[] {
  if (plan.words.length === 0) return ['The query holds no word that could be looked up.'];
  const where = scope === '' ? '' : ` in ${scope}`;
  const narrowed = kinds.size > 0 ? ` of this kind (${[...kinds].join(', ')})` : '';
  return [
    `Nothing${narrowed}${where} holds ${plan.words.map(({ word }) => plan.typed.get(word) ?? word).join(', ')}, with the filters given.`,
  ];
}

function empty(query: string, { kind }: QueryPlan, notes: readonly string[]): SearchAnswer {
  return { query, kind, hits: [], total: 0, strength: 0, notes };
}

const opened = new WeakMap<Snapshot, SearchIndex>();

export function searchIndexOf(snapshot: Snapshot): SearchIndex {
  let index = opened.get(snapshot);
  if (!index) opened.set(snapshot, (index = openSearchIndex(snapshot.search())));
  return index;
}

/** Files whose lines stay in memory with a snapshot: good hits come back from question to question. */
const KEPT_FILES = 64;
const knownLines = new WeakMap<Snapshot, Map<number, readonly string[]>>();

/** A file's lines as indexed; none where it has changed since. */
function linesOf(snapshot: Snapshot, file: number): readonly string[] {
  let kept = knownLines.get(snapshot);
  if (!kept) knownLines.set(snapshot, (kept = new Map()));
  let lines = kept.get(file);
  if (lines) kept.delete(file);
  else lines = snapshot.text(file)?.split(/\r\n|\n|\r/) ?? [];
  kept.set(file, lines);
  if (kept.size > KEPT_FILES) kept.delete(kept.keys().next().value!);
  return lines;
}

function present(
  { document, score, signals, places }: RankedDocument,
  index: SearchIndex,
  snapshot: Snapshot,
  words: ReadonlySet<string>,
  { snippetLines, symbolsOnly = false }: Pick<FindRequest, 'snippetLines' | 'symbolsOnly'>,
): SearchHit {
  const file = snapshot.files()[index.file[document]!]!;
  const row = index.symbolRow(document);
  const isPiece = index.kind(document) >= CHUNK_KIND;
  const symbol = isPiece ? undefined : snapshot.symbol(file.firstSymbol + row);
  const [line, endLine] = [index.startLine(document), index.endLine(document)];
  return {
    key: symbol?.key,
    name: symbol ? symbol.qualifiedName || file.path : index.name(document) || file.path,
    kind: answerKind(index, document) as SearchHit['kind'],
    path: file.path,
    language: file.language,
    line: places ? places[0]!.line : symbol && row > 0 && !symbolsOnly ? symbol.nameLine : line,
    endLine,
    signature: symbolsOnly ? undefined : symbol?.signature,
    score: Math.round(score * 1e4) / 1e4,
    why: signals.map(({ name, reason, value }) => ({
      name,
      reason: typeof reason === 'string' ? reason : reason(),
      value: Math.round(value * 1e4) / 1e4,
    })),
    snippet: places
      ? placesOf(places, linesOf(snapshot, file.id), snippetLines)
      : snippetLines === 0
        ? []
        : snippetOf({ lines: linesOf(snapshot, file.id), startLine: line, endLine, words, lineCount: snippetLines }),
  };
}

export interface SimilarAnswer {
  readonly hits: readonly SearchHit[];
  readonly notes: readonly string[];
}

/** Hits like a symbol (`document` of the index) or a piece of code. */
export function findSimilar(
  request: Omit<SimilarRequest, 'index' | 'document'> & {
    readonly place: { readonly file: number; readonly row: number } | undefined;
    readonly snippetLines: number;
  },
): SimilarAnswer {
  const { snapshot, place, snippetLines } = request;
  const index = searchIndexOf(snapshot);
  const document = place && documentAt(index, place.file, place.row);
  const ranked = similarDocuments({ ...request, index, document });
  const hits = ranked.map((one) => present(one, index, snapshot, new Set(), { snippetLines }));
  const notes = index.image ? [] : ['The first dig has not ended: there is nothing to compare with yet.'];
  return { hits, notes };
}

function documentAt(index: SearchIndex, file: number, row: number): number | undefined {
  for (let document = 0; document < index.documentCount; document++)
    if (index.file[document] === file && !index.isPiece(document) && index.symbolRow(document) === row) return document;
  return undefined;
}
