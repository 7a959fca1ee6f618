import { isList, type Value } from '../model/value.ts';
import type { Sample } from './property.ts';
import { lengthOf, numberOf, type Relation, relationHolds } from './relation.ts';
import { countDistinct } from './result-relations.ts';

/** Of the runs so many must show that the relation is no accident. */
const SHARE = 0.15;

/** Whether runs that all hold say anything: a constant is idempotent, and what is never changed keeps every item. */
export function isTelling(relation: Relation, runs: readonly Sample[], language: 'ecmascript' | 'python'): boolean {
  const results = runs.map((run) => run.results[0]!);
  const distinct = countDistinct(results);
  const often = (is: (sample: Sample, i: number) => boolean): boolean => runs.filter(is).length >= SHARE * runs.length;
  const changes = often(({ inputs }, i) => JSON.stringify(inputs[0]) !== JSON.stringify(results[i]));
  // Of a narrow domain of texts a length says nothing.
  const isWide = often(({ inputs }) => typeof inputs[0] !== 'string' || /[^A-Za-z0-9 _]/.test(inputs[0]));
  switch (relation.kind) {
    case 'round trip':
      return changes && distinct >= 8;
    case 'involution':
    case 'idempotent':
      return changes && distinct >= 5;
    case 'stored':
      return countDistinct(runs.map(({ inputs }) => inputs.at(-1)!)) >= 5;
    case 'commutative':
      return distinct >= 3 && often(({ inputs }) => JSON.stringify(inputs[0]) !== JSON.stringify(inputs[1]));
    case 'same items':
    case 'keeps order':
      return changes && distinct >= 5;
    case 'same length':
      return isWide && changes && countDistinct(results.map((value) => lengthOf(value, language) ?? 0)) >= 4;
    case 'no longer':
      return (
        isWide &&
        distinct >= 5 &&
        often(({ inputs }, i) => (lengthOf(results[i]!, language) ?? 0) < (lengthOf(inputs[0]!, language) ?? 0))
      );
    case 'ascending':
    case 'distinct': {
      const long = results.filter((value) => isList(value) && value.length > 1).length;
      // What was given that way says nothing of the function.
      const given = often(
        ({ inputs }) => isList(inputs[0]!) && !relationHolds(relation, inputs, [inputs[0]], language),
      );
      return long >= SHARE * runs.length && given;
    }
    case 'at least':
      return distinct >= 3;
    case 'between': {
      // Both ends must be met, and not because the inputs lie between them.
      const numbers = results.map((value) => numberOf(value)!);
      const step = (relation.high - relation.low) / 10;
      return (
        distinct >= 3 &&
        Math.min(...numbers) <= relation.low + step &&
        Math.max(...numbers) >= relation.high - step &&
        often(({ inputs }) => inputs.some((input) => isOutside(input, relation.low, relation.high)))
      );
    }
    case 'pattern':
      return (
        distinct >= 5 &&
        often(({ inputs }) => typeof inputs[0] === 'string' && !relationHolds(relation, inputs, [inputs[0]], language))
      );
    case 'type':
      return distinct >= 2;
  }
}

function isOutside(value: Value, low: number, high: number): boolean {
  const number = numberOf(value);
  return number !== undefined ? number < low || number > high : typeof value !== 'boolean';
}
