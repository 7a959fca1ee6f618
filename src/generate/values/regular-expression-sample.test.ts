import { expect, test } from 'vitest';
import { makeRandom } from './random.ts';
import { sampleRegularExpression } from './regular-expression-sample.ts';

const expressions = [
  /^\d{4}-\d{2}-\d{2}$/,
  /^[a-z]+(?:-[a-z0-9]+)*$/i,
  /^(?:yes|no|maybe)?$/,
  /^#[0-9a-f]{6}$/,
  /^\s*(\w+)\s*=\s*"([^"]*)"$/,
  /^[^,;]{1,3}\x41\u0042$/,
  /^(a|b(c|d)+){2,3}$/,
];

test('a sample matches the expression it was made from', () => {
  const random = makeRandom(7);
  for (const expression of expressions) {
    for (let i = 0; i < 200; i++) expect(sampleRegularExpression(expression.source, random)).toMatch(expression);
  }
});

test('a broken expression has no sample', () => {
  const random = makeRandom(7);
  for (const source of ['(', '[a', 'a)']) expect(sampleRegularExpression(source, random)).toBeUndefined();
});
