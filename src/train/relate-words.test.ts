import { expect, it } from 'vitest';
import { readRelatedWords, readShippedModel } from '#embedders/model-folder.ts';
import { relateWords } from './relate-words.ts';

it('neighbours are those of the highest cosine', () => {
  const dimensions = 2;
  // At 0, 45, 90 and 180 degrees, of different lengths.
  const values = Int8Array.from([100, 0, 40, 40, 0, 7, -90, 0]);
  const related = relateWords({ values, dimensions }, { count: 4, most: 2, nearest: 0.5 });
  expect(related.map((own) => own.map(({ word }) => word))).toEqual([[1], [0, 2], [1], []]);
  expect(related[0]![0]!.nearness).toBeCloseTo(Math.SQRT1_2, 2);
});

it('the shipped table holds what the shipped model says', () => {
  const model = readShippedModel();
  const words = new TextDecoder().decode(Uint8Array.from(model.words)).split('\n').slice(0, 20_000);
  const from = words.indexOf('delet');
  const [own] = relateWords(model, { count: words.length, most: 16, nearest: 0.25, from, to: from + 1 });
  expect(
    readRelatedWords()
      .of('delet')
      .map(({ word }) => word),
  ).toEqual(own!.map(({ word }) => words[word]));
});
