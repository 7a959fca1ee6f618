/** What kind of question was asked, and the words that answer it. */
import { TrowelError } from '#base/errors.ts';
import { languageOfExtension } from '#languages/catalogue.ts';
import type { QueryKind } from '#model/search.ts';
import { identifierParts } from '#text/identifier-parts.ts';
import { stem } from '#text/stem.ts';
import { stopWords } from '#text/stop-words.ts';
import { wordsOf } from '#text/words.ts';
import type { WeighedWord } from './score-words.ts';

export interface QueryPlan {
  readonly kind: QueryKind;
  /** Without control characters. */
  readonly text: string;
  /** Distinct, in order of first appearance. */
  readonly words: readonly WeighedWord[];
  /** Identifiers of neighbouring words written as one: `rate limiter` → `ratelimit`. */
  readonly joined: readonly WeighedWord[];
  /** Words as they were typed, by their stems: what people are shown. */
  readonly typed: ReadonlyMap<string, string>;
  /** Names as written that may be symbols; the last of a qualified one comes first. */
  readonly names: readonly string[];
  /** What stands before the last name: `Model` of `Model.save`. */
  readonly qualifiers: readonly string[];
  /** Of a regex or literal. */
  readonly pattern: { readonly source: string; readonly flags: string } | undefined;
  /** What is usually held back, and is asked for. */
  readonly wants: { readonly tests: boolean; readonly documentation: boolean; readonly examples: boolean };
}

/** UTF-16 units. */
const LONGEST_QUERY = 64 * 1024;
const MOST_WORDS = 48;

export function understandQuery(query: string): QueryPlan {
  if (query.length > LONGEST_QUERY)
    throw new TrowelError('query-limit', `The query has ${query.length} characters; ${LONGEST_QUERY} are the limit.`, {
      hint: 'Ask with the telling part of it.',
    });
  const text = query.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\ufeff]/g, ' ').trim();
  const pattern = patternOf(text);
  const words = tellingWords(pattern ? '' : text);
  const names = namesIn(text);
  const joined = pattern ? [] : joinedWords(text);
  const plan = { text, words, joined, typed: typedWords(text), pattern, wants: wantsOf(text) };
  if (text === '') return { ...plan, kind: 'nothing', names: [], qualifiers: [] };
  if (pattern) return { ...plan, kind: text.startsWith('/') ? 'regex' : 'literal', names: [], qualifiers: [] };
  if (isSymbol(text)) {
    const parts = text
      .replace(/\(.*\)?$/s, '')
      .split(/::|->|[.#\\/]/)
      .filter((part) => part !== '');
    const extension = /\.([a-z0-9]{1,8})$/.exec(text)?.[1];
    const isPath = /[\\/]/.test(text) || (extension !== undefined && languageOfExtension.has(extension));
    return {
      ...plan,
      kind: isPath ? 'path' : 'symbol',
      names: parts.slice(-1),
      qualifiers: parts.slice(0, -1),
    };
  }
  return { ...plan, kind: kindOfText(text), names, qualifiers: [] };
}

/** `/…/flags` or `"…"`. */
function patternOf(text: string): QueryPlan['pattern'] {
  const regex = /^\/(.+)\/([a-z]*)$/s.exec(text);
  // A path has slashes too: `/usr/lib/` is one unless something in it means nothing in a path.
  if (regex && /[\\[\](){}*+?|^$.\s]/.test(regex[1]!)) return { source: regex[1]!, flags: regex[2]! };
  const literal = /^"(.+)"$/s.exec(text) ?? /^'(.{2,})'$/s.exec(text) ?? /^`(.+)`$/s.exec(text);
  return literal ? { source: literal[1]!, flags: 'literal' } : undefined;
}

/** One name, qualified or not, perhaps with the brackets of a call. */
function isSymbol(text: string): boolean {
  return (
    /^[@$#~]?[\p{L}_$][\p{L}\p{N}_$!?-]*(?:(?:::|->|[.#\\/])[\p{L}\p{N}_$@!?-]+)*(?:\(\))?$/u.test(text) ||
    /^[\w@.-]+(?:[\\/][\w@.-]+)+\/?$/.test(text)
  );
}

function kindOfText(text: string): QueryKind {
  if (
    /^(?:Traceback|Caused by|panic:|fatal(?: error)?:|error(?:\[\w+\])?:|E\d{3,})/i.test(text) ||
    /\b[A-Z]\w*(?:Error|Exception|Panic)\b\s*:/.test(text) ||
    /\b(?:cannot|can't|could not|couldn't|unable to|failed to|must be|is not (?:a|an|defined|callable|iterable)|undefined|expected .* (?:but|got))\b/i.test(
      text,
    )
  )
    return /\?$|^(?:how|where|what|which|why|when|who)\b/i.test(text) ? 'words' : 'error-message';
  if (looksLikeCode(text)) return 'code';
  return architecture.test(text) ? 'architecture' : 'words';
}

/** More than a name and less like a sentence: statements, calls with arguments, several lines. */
function looksLikeCode(text: string): boolean {
  const marks = (text.match(/[{};=<>()[\]]|=>|->|::/g) ?? []).length;
  const words = (text.match(/\p{L}+/gu) ?? []).length;
  return marks >= 3 && marks * 3 >= words;
}

const architecture =
  /\b(?:architecture|overview|structure[ds]?|organi[sz]ed|design(?:ed)?|flow|pipeline|life ?cycle|entry ?points?|components?|subsystems?|layers?|modules?|how (?:does|do|is|are)\b.*\b(?:work|implemented|handled|processed|organi[sz]ed|connected|interact|built|managed|loaded|resolved|executed|dispatched|structured))\b/i;

/** Tests and documents are asked for where they are what is looked for, and not where they are what it is for. */
function wantsOf(text: string): QueryPlan['wants'] {
  return {
    tests:
      /^(?:unit |integration |e2e )?(?:tests?|specs?|fixtures?|mocks?)\b|\b(?:tests?|specs?|fixtures?|mocks?) (?:for|of|that|which|cases?|covering|suites?)\b|\b(?:tested|mocked)\b|(?:test|spec|mock|fixture)s?\s*$|test_|Test\b|_test|\.spec/.test(
        text,
      ) && !/\b(?:in|for|during|under|while) (?:unit |integration )?(?:tests?|testing)\b/i.test(text),
    documentation:
      /\b(?:readme|changelog|tutorials?|licen[cs]e)\b|^(?:docs?|documentation|guides?)\b|\b(?:docs?|documentation|guides?) (?:on|about|of|to)\b|(?:docs?|documentation|guide)\s*$/i.test(
        text,
      ),
    examples: /\b(?:examples?|samples?|demos?|benchmarks?)\b/i.test(text),
  };
}

/** Words without stop words; of an identifier its joined form and its parts, the parts weighing less. */
function tellingWords(text: string): readonly WeighedWord[] {
  const weights = new Map<string, number>();
  const add = (word: string, weight: number): void => void weights.set(word, Math.max(weights.get(word) ?? 0, weight));
  const telling = wordsOf(text).filter((word) => !stopWords.has(word));
  for (const run of text.match(/[A-Za-z0-9_]+/g) ?? []) {
    const parts = identifierParts(run);
    if (parts.length < 2) continue;
    for (const part of parts) add(stem(part), 0.6);
    add(stem(parts.join('')), 1);
  }
  for (const word of telling.length > 0 ? telling : wordsOf(text)) add(word, weights.get(word) ?? 1);
  return Array.from(weights, ([word, weight]) => ({ word, weight })).slice(0, MOST_WORDS);
}

function typedWords(text: string): ReadonlyMap<string, string> {
  const typed = new Map<string, string>();
  const runs = (text.match(/[A-Za-z0-9_]+/g) ?? []).slice(0, MOST_WORDS * 2);
  runs.forEach((run, at) => {
    for (const part of identifierParts(run)) typed.set(stem(part), part);
    const following = runs[at + 1];
    if (following !== undefined) typed.set(stem((run + following).toLowerCase()), run + following);
  });
  for (const run of runs) typed.set(stem(run.toLowerCase().replaceAll('_', '')), run);
  return typed;
}

/** Two and three neighbouring words as one identifier. */
function joinedWords(text: string): readonly WeighedWord[] {
  const runs = (text.match(/[A-Za-z0-9]+/g) ?? [])
    .slice(0, MOST_WORDS)
    .map((run) => run.toLowerCase())
    .filter((run) => !stopWords.has(stem(run)));
  const found = new Map<string, number>();
  runs.forEach((run, at) => {
    if (runs[at + 1] === undefined) return;
    found.set(stem(run + runs[at + 1]!), 0.7);
    if (runs[at + 2] !== undefined) found.set(stem(run + runs[at + 1]! + runs[at + 2]!), 0.9);
  });
  return Array.from(found, ([word, weight]) => ({ word, weight }));
}

/** Words of a sentence that are written as names are: `parseConfig`, `get_queryset`, `HttpServer`, `Model.save`. */
function namesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, run] of text.matchAll(/([A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*)/g)) {
    const last = run!.split(/\.|::|#/).pop()!;
    const isName = /[a-z0-9][A-Z]|[A-Za-z0-9]_[A-Za-z0-9]|^_|[A-Z]{2,}[a-z]/.test(last) || /[.:#]/.test(run!);
    const isCapital = /^[A-Z][a-z]/.test(last) && !text.startsWith(run!);
    if (isName || isCapital) names.add(last);
  }
  return [...names].slice(0, 16);
}

/** They ask how something is made; what is made is said by the other words. */
export const weakWords: ReadonlySet<string> = new Set(
  wordsOf(
    'work works implement implemented implementation design architecture structure overview organized organised flow component system hierarchy layer manage happen code logic handle handled process main entry point place way',
  ),
);
