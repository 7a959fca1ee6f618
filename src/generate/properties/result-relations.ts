import type { Value } from '../model/value.ts';
import type { Sample } from './property.ts';
import { lengthOf, numberOf, type Relation, relationHolds, type ResultType } from './relation.ts';

/** Narrowest first: the first class that all results are of is the one to name. */
const PATTERNS: readonly { readonly pattern: string; readonly words: string }[] = [
  { pattern: '[0-9]*', words: 'digits' },
  { pattern: '[0-9a-f]*', words: 'hexadecimal digits' },
  { pattern: '[a-z]*', words: 'lower-case letters' },
  { pattern: '[a-z0-9]*', words: 'lower-case letters and digits' },
  { pattern: '[a-z0-9-]*', words: 'lower-case letters, digits and hyphens' },
  { pattern: '[a-z0-9_]*', words: 'lower-case letters, digits and underscores' },
  { pattern: '[A-Za-z0-9]*', words: 'letters and digits' },
  { pattern: '[A-Za-z0-9+/=]*', words: 'the letters of Base64' },
  { pattern: '[A-Za-z0-9_-]*', words: 'letters, digits, hyphens and underscores' },
  { pattern: '[\\x20-\\x7e]*', words: 'printable ASCII' },
  { pattern: '[^A-Z]*', words: 'no capital letters' },
  { pattern: '[^a-z]*', words: 'no small letters' },
  { pattern: '[^<>]*', words: 'no angle brackets' },
  { pattern: '[^ ]*', words: 'no spaces' },
];

const TYPES: readonly ResultType[] = ['list', 'integer', 'number', 'boolean', 'string'];

/** Relations between inputs and result that hold in all runs of one function. */
export function resultRelations(runs: readonly Sample[], language: 'ecmascript' | 'python'): Relation[] {
  const results = runs.map((run) => run.results[0]!);
  const holds = (relation: Relation): boolean =>
    runs.every(({ inputs }, i) => relationHolds(relation, inputs, [results[i]!], language));
  const found: Relation[] = [];
  const add = (...relations: readonly Relation[]): void => {
    const first = relations.find(holds);
    if (first) found.push(first);
  };
  if (results.every((value) => lengthOf(value, language) !== undefined)) {
    add({ kind: 'same items' }, { kind: 'keeps order' });
    add({ kind: 'same length' }, { kind: 'no longer' });
    add({ kind: 'ascending' });
    add({ kind: 'distinct' });
  }
  const pattern = PATTERNS.find((one) => holds({ kind: 'pattern', ...one }));
  if (pattern) found.push({ kind: 'pattern', ...pattern });
  if (results.every((value) => numberOf(value) !== undefined))
    add(
      { kind: 'between', low: 0, high: 1 },
      { kind: 'between', low: -1, high: 1 },
      { kind: 'between', low: 0, high: 100 },
      { kind: 'at least', low: 1 },
      { kind: 'at least', low: 0 },
    );
  const type = TYPES.find((of) => holds({ kind: 'type', of }));
  if (type) found.push({ kind: 'type', of: type });
  return found;
}

/** How many different ones there are. */
export function countDistinct(values: readonly Value[]): number {
  return new Set(values.map((value) => JSON.stringify(value))).size;
}
