/** From functions to training pairs: the facts of an index, as words of a vocabulary. */
import { stopWords } from '#text/stop-words.ts';
import { WordReader } from '#text/word-reader.ts';
import { WordStream } from '#text/word-stream.ts';
import { WordTable } from '#text/word-table.ts';
import { type CodeViews, twoViews } from './code-views.ts';
import { PairKind, RunsBuilder, type TrainingPairs } from './training-pairs.ts';

export interface TrainingFunction {
  readonly name: string;
  /** All of its source. */
  readonly text: string;
  readonly documentation: string | undefined;
  /** What is held out together: the file's path, or the repository's name. */
  readonly group: string;
  readonly path: string;
  /** Where the views of code are to be learnt from, too. */
  readonly views?: CodeViews;
}

/** Shorter ones say too little: words. */
const SHORTEST_DOCUMENTATION = 3;
const SHORTEST_BODY = 4;

export interface CollectedPairs {
  readonly pairs: TrainingPairs;
  /** New words, in order of their rows after those of the base vocabulary. */
  readonly added: readonly string[];
  readonly described: number;
  readonly named: number;
  /** Pairs of two views of one function. */
  readonly views: number;
}

/**
 * One pair a function: its documentation, or where it has none its name, with its body. `rowOf` is the base vocabulary (−1 for
 * unknown); words that at least `commonFrom` functions share, the commonest `mostAdded`, get rows of their own after `rows`.
 */
export function collectPairs(
  functions: readonly TrainingFunction[],
  { rowOf, rows, commonFrom = 3, mostAdded = 8000 }: VocabularyRequest,
): CollectedPairs {
  const table = new WordTable();
  const texts = functions.map(wordsOfFunctions(table));
  const row = vocabulary(texts, table, { rowOf, rows, commonFrom, mostAdded });
  const fields = {
    anchor: new RunsBuilder(),
    name: new RunsBuilder(),
    body: new RunsBuilder(),
    comments: new RunsBuilder(),
    place: new RunsBuilder(),
  };
  const groups = new Map<string, number>();
  const group: number[] = [];
  const kind: number[] = [];
  const mapped = (words: Int32Array): Int32Array => words.map((word) => row.byWord[word]!);
  functions.forEach((one, i) => {
    const { name, body, documentation, place, views } = texts[i]!;
    const number = groups.get(one.group) ?? groups.size;
    groups.set(one.group, number);
    if (views) {
      fields.anchor.add(mapped(views[0]));
      fields.name.add([]);
      fields.body.add(mapped(views[1]));
      fields.comments.add([]);
      fields.place.add([]);
      kind.push(PairKind.views);
      group.push(number);
    }
    if (body.length < SHORTEST_BODY) return;
    const described = documentation.filter((word) => !stopWords.has(table.word(word))).length >= SHORTEST_DOCUMENTATION;
    if (!described && name.length === 0) return;
    fields.anchor.add(mapped(described ? documentation : name));
    fields.name.add(mapped(name));
    fields.body.add(mapped(body));
    fields.comments.add([]);
    fields.place.add(mapped(place));
    kind.push(described ? PairKind.described : PairKind.named);
    group.push(number);
  });
  const countOf = (wanted: number): number => kind.filter((one) => one === wanted).length;
  return {
    pairs: {
      count: kind.length,
      group: Int32Array.from(group),
      groups: [...groups.keys()],
      kind: Uint8Array.from(kind),
      anchor: fields.anchor.finish(),
      name: fields.name.finish(),
      body: fields.body.finish(),
      comments: fields.comments.finish(),
      place: fields.place.finish(),
    },
    added: row.added,
    described: countOf(PairKind.described),
    named: countOf(PairKind.named),
    views: countOf(PairKind.views),
  };
}

export interface VocabularyRequest {
  readonly rowOf: (word: string) => number;
  readonly rows: number;
  readonly commonFrom?: number;
  readonly mostAdded?: number;
}

interface FunctionWords {
  readonly name: Int32Array;
  readonly body: Int32Array;
  readonly documentation: Int32Array;
  readonly place: Int32Array;
  readonly views: readonly [Int32Array, Int32Array] | undefined;
}

function wordsOfFunctions(table: WordTable): (one: TrainingFunction, number: number) => FunctionWords {
  const reader = new WordReader(table);
  const stream = new WordStream();
  const utf8 = new TextEncoder();
  const read = (text: string): Int32Array => {
    const bytes = utf8.encode(text);
    stream.clear();
    reader.read(bytes, 0, bytes.length, stream);
    return stream.view().slice();
  };
  return ({ name, text, documentation = '', path, views }, number) => {
    const words = read(documentation);
    // Where the documentation stands inside the text, the answer would hold the question.
    const own = documentation !== '' && text.includes(firstLine(documentation));
    const body = without(read(withoutName(text, name)), own ? words : new Int32Array(0));
    const two = views && twoViews(views, number);
    return {
      name: read(name),
      body,
      documentation: words,
      place: read(path.replace(/\.[^./]+$/, '')),
      views: two && [read(withoutName(two[0], name)), read(withoutName(two[1], name))],
    };
  };
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.trim();

function withoutName(text: string, name: string): string {
  if (!/^\w+$/.test(name)) return text;
  return text.replace(new RegExp(`\\b${name}\\b`, 'g'), ' ');
}

/** Each word of `gone` takes one of its kind away. */
function without(words: Int32Array, gone: Int32Array): Int32Array {
  if (gone.length === 0) return words;
  const left = new Map<number, number>();
  for (const word of gone) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count === 0;
  });
}

function vocabulary(
  texts: readonly FunctionWords[],
  table: WordTable,
  { rowOf, rows, commonFrom, mostAdded }: Required<VocabularyRequest>,
): { readonly byWord: Int32Array; readonly added: readonly string[] } {
  const byWord = Int32Array.from({ length: table.size }, (_, word) => rowOf(table.word(word)));
  const frequency = new Int32Array(table.size);
  for (const { name, body, documentation } of texts)
    for (const word of new Set([...name, ...body, ...documentation])) frequency[word]!++;
  const fresh = Array.from(byWord.keys())
    .filter((word) => byWord[word]! < 0 && frequency[word]! >= commonFrom)
    .sort((a, b) => frequency[b]! - frequency[a]! || (table.word(a) < table.word(b) ? -1 : 1))
    .slice(0, mostAdded);
  fresh.forEach((word, i) => (byWord[word] = rows + i));
  return { byWord, added: fresh.map((word) => table.word(word)) };
}
