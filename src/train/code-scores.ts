/**
 * How well vectors tell clones and counterparts in other languages: functions beside twins of theirs that are renamed through
 * and through (type 2), and functions of one name in two languages, the name hidden. Both truths are made, not judged by people.
 */
import type { EmbeddingModel } from '#model/embedding-model.ts';
import { identifierParts } from '#text/identifier-parts.ts';
import { crossLanguageAccuracy, detectionQuality } from './metrics.ts';

export interface ScoredFunction {
  readonly name: string;
  readonly text: string;
  readonly language: string;
}

export interface CodeScores {
  /** At the threshold that is best on every second function, on the others; undefined with too few functions. */
  readonly cloneF1: number | undefined;
  readonly functions: number;
  /** Share of functions whose nearest one in the other language is their namesake; undefined with too few namesakes. */
  readonly crossLanguage: number | undefined;
  readonly namesakes: number;
}

/** Pairs are compared each with each. */
const MOST_FUNCTIONS = 300;
const FEWEST_FUNCTIONS = 20;
const FEWEST_NAMESAKES = 10;
const SHORTEST = 120;

const grammar = new Set(
  `if else elif elsif unless for foreach while do until loop switch case when match default break continue return yield def fn
   func fun function class struct enum trait interface impl type namespace module package import from use export const let var
   val mut new delete try catch except finally throw throws raise assert async await lambda with as in is not and or null none
   nil true false self this super static public private protected override void goto defer go select int string bool float
   double char long byte`.split(/\s+/),
);

/** The same code with other names for what is its own, other literals and no comments. */
export function renamedTwin(text: string): string {
  const names = new Map<string, string>();
  return text
    .replace(/\/\*[^]*?\*\/|(?:^|\s)(?:\/\/|#(?![a-z]+\b)).*$/gm, ' ')
    .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""')
    .replace(/(?<![\w.$])[a-z_][A-Za-z0-9_]*\b(?!\s*\()/g, (name) => {
      if (grammar.has(name)) return name;
      if (!names.has(name)) names.set(name, `value${names.size}`);
      return names.get(name)!;
    })
    .replace(/\b\d+\b/g, '7');
}

export async function codeScores(
  model: EmbeddingModel,
  functions: readonly ScoredFunction[],
  signal?: AbortSignal,
): Promise<CodeScores> {
  const long = functions.filter(({ text }) => text.length >= SHORTEST).slice(0, MOST_FUNCTIONS);
  const embed = async (texts: readonly string[]): Promise<Float32Array> =>
    (
      await model.embed(
        texts.map((text) => ({ text, role: 'code' as const })),
        signal,
      )
    ).rows;
  const cloneF1 =
    long.length < FEWEST_FUNCTIONS
      ? undefined
      : cloneQuality(
          await embed(long.map(({ text }) => text)),
          await embed(long.map(({ text }) => renamedTwin(text))),
          model.dimensions,
        );
  const pairs = namesakes(functions);
  const hidden = ({ name, text }: ScoredFunction): string => text.replaceAll(name, ' ');
  const crossLanguage =
    pairs.length < FEWEST_NAMESAKES
      ? undefined
      : crossLanguageAccuracy(
          await embed(pairs.map(([one]) => hidden(one))),
          await embed(pairs.map(([, other]) => hidden(other))),
          model.dimensions,
        );
  return { cloneF1, functions: long.length, crossLanguage, namesakes: pairs.length };
}

/** F1 of "cosine at least t" on odd functions and their twins, t being best on the even ones. Row i and twin i are the true pairs. */
export function cloneQuality(rows: Float32Array, twins: Float32Array, dimensions: number): number {
  const count = rows.length / dimensions;
  const cosine = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < dimensions; k++) sum += rows[i * dimensions + k]! * twins[j * dimensions + k]!;
    return sum;
  };
  const half = (parity: number): { readonly pair: readonly [number, number]; readonly score: number }[] => {
    const members = Array.from({ length: count }, (_, i) => i).filter((i) => i % 2 === parity);
    return members.flatMap((i) => members.map((j) => ({ pair: [i, count + j] as const, score: cosine(i, j) })));
  };
  const f1 = (pairs: ReturnType<typeof half>, threshold: number): number =>
    detectionQuality(
      pairs.filter(({ score }) => score >= threshold).map(({ pair }) => pair),
      pairs.filter(({ pair: [i, j] }) => j === count + i).map(({ pair }) => pair),
    ).f1;
  const even = half(0);
  const thresholds = Array.from({ length: 40 }, (_, step) => 0.02 + step / 40);
  const best = thresholds.reduce((top, one) => (f1(even, one) > f1(even, top) ? one : top), thresholds[0]!);
  return f1(half(1), best);
}

/** Functions of two languages whose names have the same words, at least two; of each language the first. */
export function namesakes(functions: readonly ScoredFunction[]): (readonly [ScoredFunction, ScoredFunction])[] {
  const byName = new Map<string, Map<string, ScoredFunction>>();
  for (const one of functions) {
    const parts = identifierParts(one.name);
    if (parts.length < 2 || one.text.length < SHORTEST) continue;
    const own = byName.get(parts.join(' ')) ?? new Map<string, ScoredFunction>();
    byName.set(parts.join(' '), own);
    if (!own.has(one.language)) own.set(one.language, one);
  }
  return [...byName.values()].flatMap((own) => {
    const [one, other] = [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
    return one && other ? [[one, other] as const] : [];
  });
}
