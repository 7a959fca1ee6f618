import { expect, it } from 'vitest';
import type { EmbeddingModel } from '#model/embedding-model.ts';
import { cloneQuality, codeScores, namesakes, renamedTwin } from './code-scores.ts';

it('makes a twin with other names, literals and no comments, but the same calls and grammar', () => {
  const twin = renamedTwin(
    'for price in prices: # each\n    total = total + round(price.net, 2) + "x"\n    return total',
  );
  expect(twin).toBe('for value0 in value1: \n    value2 = value2 + round(value0.net, 7) + ""\n    return value2');
});

it('judges clones by a threshold from one half on the other', () => {
  // Four functions on their own axes, twins the same: every pair is told.
  const axes = Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  expect(cloneQuality(axes, axes, 4)).toBe(1);
  // Functions 1 and 3 (the judged half) have each other's twins: the two that are found are wrong.
  const swapped = Float32Array.from([1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
  expect(cloneQuality(axes, swapped, 4)).toBe(0);
});

const text = (word: string): string => `${word} `.repeat(80);
const one = (name: string, language: string, word: string): { name: string; language: string; text: string } => ({
  name,
  language,
  text: `${name} ${text(word)}`,
});

it('pairs functions of one name in two languages', () => {
  const functions = [
    one('readFile', 'typescript', 'a'),
    one('read_file', 'python', 'b'),
    one('read_file', 'python', 'c'),
    one('run', 'python', 'd'),
    one('run', 'go', 'e'),
  ];
  expect(namesakes(functions).map((pair) => pair.map(({ text: own }) => own.at(-2)))).toEqual([['b', 'a']]);
});

it('says nothing of too few, and the share of namesakes that are nearest otherwise', async () => {
  const letters = [...'abcdefghijkl'];
  const model: EmbeddingModel = {
    id: 'letters',
    dimensions: 26,
    maximumTokens: Infinity,
    embed: (inputs) => {
      const rows = new Float32Array(inputs.length * 26);
      inputs.forEach(({ text: own }, at) => (rows[at * 26 + own.trim().charCodeAt(own.trim().length - 1) - 97] = 1));
      return Promise.resolve({ dimensions: 26, count: inputs.length, rows });
    },
  };
  const pairs = letters.flatMap((letter) => [
    one(`get_${letter}`, 'python', letter),
    // The last one's counterpart looks like the first one's.
    one(`get_${letter}`, 'go', letter === 'l' ? 'a' : letter),
  ]);
  const scores = await codeScores(model, pairs);
  expect(scores.namesakes).toBe(12);
  expect(scores.crossLanguage).toBeCloseTo(11 / 12, 6);
  expect(await codeScores(model, pairs.slice(0, 4))).toMatchObject({ cloneF1: undefined, crossLanguage: undefined });
});
