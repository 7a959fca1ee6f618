import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../model/value.ts';
import { ecmascriptLiteral } from './ecmascript-literal.ts';

const names = { step: (i: number) => `step${i}`, imported: () => 'x', callback: () => undefined };

/** What the harness makes of a value; the part of it that has no identity. */
function decode(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(decode);
  const marked = value as Exclude<Value, null | boolean | number | string | readonly Value[]>;
  switch (marked.$) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(marked.v);
    case 'bigint':
      return BigInt(marked.v);
    case 'record':
      return Object.fromEntries(marked.e.map(([key, item]) => [key, decode(item)]));
    case 'map':
      return new Map(marked.e.map(([key, item]) => [decode(key), decode(item)]));
    case 'set':
      return new Set(marked.v.map(decode));
    case 'date':
      return new Date(marked.v ?? NaN);
    default:
      throw new Error(marked.$);
  }
}

const text = fc.string({ unit: 'binary', maxLength: 20 });
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Value>(
      null,
      true,
      false,
      { $: 'undefined' },
      { $: 'number', v: 'NaN' },
      { $: 'number', v: '-0' },
      { $: 'bigint', v: '12' },
    ),
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number): Value => (Object.is(number, -0) ? 0 : number)),
    fc.date().map((date): Value => ({ $: 'date', v: Number.isNaN(+date) ? null : +date })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(
        fc.tuple(
          text.filter((key) => key !== '__proto__'),
          tie('value'),
        ),
        { selector: ([key]) => key, maxLength: 4 },
      )
      .map((e): Value => ({ $: 'record', e })),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 3 }).map((e): Value => ({ $: 'map', e })),
    fc.array(text, { maxLength: 3 }).map((v): Value => ({ $: 'set', v })),
  ),
}));

test('a literal evaluates to the value, at any width', () => {
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 80 }), (given, indent) => {
      expect(runInThisContext(`(${ecmascriptLiteral(given, names, indent)})`)).toEqual(decode(given));
    }),
    { numRuns: 400 },
  );
});
