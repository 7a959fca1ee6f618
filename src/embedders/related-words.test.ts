import { expect, it } from 'vitest';
import { TrowelError } from '#base/errors.ts';
import { stem } from '#text/stem.ts';
import { TEXT_VERSION } from '#text/text-version.ts';
import { readRelatedWords, readShippedModel } from './model-folder.ts';
import { decodeRelatedWords, encodeRelatedWords } from './related-words.ts';

const model = { id: 'toy-1', textVersion: TEXT_VERSION };
const near = [
  [
    { word: 1, nearness: 0.8 },
    { word: 2, nearness: 0.2 },
  ],
  [{ word: 0, nearness: 0.8 }],
  [],
];
const file = encodeRelatedWords(model, ['delet', 'remov', 'größe'], 2, near);

it('gives back what was written, the nearest first', () => {
  const related = decodeRelatedWords(file, 'toy');
  expect(related.modelId).toBe('toy-1');
  expect(related.of('delet').map(({ word }) => word)).toEqual(['remov', 'größe']);
  expect(related.of('delet')[0]!.nearness).toBeCloseTo(0.8, 2);
  expect(related.of('remov').map(({ word }) => word)).toEqual(['delet']);
  expect(related.of('größe')).toEqual([]);
  expect(related.of('unknown')).toEqual([]);
});

it('a table that is cut off, empty or of other words is refused', () => {
  for (const length of [0, 3, 60, file.length - 1])
    expect(() => decodeRelatedWords(file.subarray(0, length), 'toy')).toThrow(TrowelError);
  const other = encodeRelatedWords({ ...model, textVersion: TEXT_VERSION + 1 }, ['a'], 1, [[]]);
  expect(() => decodeRelatedWords(other, 'toy')).toThrow(/version/);
});

it('the shipped table is that of the shipped model, and knows what programmers call alike', () => {
  const related = readRelatedWords();
  expect(related.modelId).toBe(readShippedModel().id);
  expect(related.of(stem('directory')).map(({ word }) => word)).toContain('dir');
  expect(related.of(stem('message')).map(({ word }) => word)).toContain('msg');
});
