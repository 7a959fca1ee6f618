import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrowelError } from '#base/errors.ts';
import { WordCounter } from '#text/word-bag.ts';
import { WordStream } from '#text/word-stream.ts';
import { WordTable } from '#text/word-table.ts';
import { decodeTableModel, encodeTableModel } from './model-file.ts';
import { tableEmbeddingModel } from './table-embedding-model.ts';
import { TableEncoder } from './table-encoder.ts';
import { buildTokenHashes, findToken } from './token-hash.ts';

const words = ['read', 'fil', 'readfil', 'open', 'path'];
const dimensions = 16;
const file = encodeTableModel({
  name: 'small',
  dimensions,
  words,
  values: Int8Array.from({ length: words.length * dimensions }, (_, i) => ((i * 37) % 255) - 127),
  scales: Float32Array.of(0.01, 0.02, 0.03, 0.04, 0.05),
  weighting: { name: 4, documentation: 1 },
  origin: { data: 'made up' },
});

describe('model file', () => {
  it('is read as it was written, also from an odd address', () => {
    const model = decodeTableModel(file, 'a.model');
    expect(model.id).toMatch(/^small-[0-9a-f]{12}$/);
    expect(model).toMatchObject({ dimensions, rows: 5, weighting: { name: 4, documentation: 1 } });
    expect(new TextDecoder().decode(model.words).split('\n')).toEqual(words);
    words.forEach((word, row) => expect(findToken(model.vocabulary, word)).toBe(row));
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect(decodeTableModel(shifted.subarray(1), 'b.model').id).toBe(model.id);
  });

  it('has an id that follows its weights', () => {
    const parts = {
      name: 'small',
      dimensions,
      words,
      scales: new Float32Array(5),
      weighting: { name: 4, documentation: 1 },
    };
    const idOf = (values: Int8Array, origin: object): string =>
      decodeTableModel(encodeTableModel({ ...parts, values, origin: { ...origin } }), 'x').id;
    const zeros = new Int8Array(words.length * dimensions);
    const other = zeros.slice();
    other[3] = 1;
    expect(idOf(zeros, {})).toBe(idOf(zeros, { note: 'elsewhere' }));
    expect(idOf(zeros, {})).not.toBe(idOf(other, {}));
  });

  it('any damage is a clear error', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = file.slice();
        damaged[at] = damaged[at]! ^ change;
        expect(() => decodeTableModel(damaged, 'broken.model')).toThrow(TrowelError);
      }),
    );
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        expect(() => decodeTableModel(file.slice(0, length), 'short.model')).toThrow(/short\.model is no usable model/);
      }),
    );
    expect(() => decodeTableModel(new Uint8Array(0), 'empty.model')).toThrow(TrowelError);
  });
});

describe('token hashes', () => {
  it('find exactly the words of the vocabulary', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), fc.array(fc.string()), (known, asked) => {
        const hashes = buildTokenHashes(known);
        known.forEach((word, row) => expect(findToken(hashes, word)).toBe(row));
        for (const word of asked) expect(findToken(hashes, word)).toBe(known.indexOf(word));
      }),
    );
  });
});

describe('TableEncoder', () => {
  const model = decodeTableModel(file, 'a.model');
  const component = (row: number, k: number): number => model.values[row * dimensions + k]! * model.scales[row]!;
  const unit = (vector: readonly number[]): number[] => {
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  const table = new WordTable();
  const encoder = new TableEncoder(model, table);
  const stream = (...all: string[]): WordStream => {
    const made = new WordStream();
    for (const word of all) made.push(table.add(word));
    return made;
  };

  it('adds up code as the model says', () => {
    const body = new WordCounter().count(stream('open', 'open', 'open', 'path', 'unheard', 'read', 'fil', 'readfil'));
    const into = new Float32Array(dimensions + 2);
    expect(encoder.code({ name: stream('readfil', 'read').view(), body }, into, 1)).toBe(true);
    const expected = unit(
      Array.from({ length: dimensions }, (_, k) => {
        const weights = [1 + 4, 1, 1 + 4, 1 + Math.log(3), 1];
        return weights.reduce((sum, weight, row) => sum + weight * component(row, k), 0);
      }),
    );
    expect([...into.subarray(1, dimensions + 1)]).toEqual(expected.map((value) => expect.closeTo(value, 5)));
    expect(into[0]).toBe(0);
    expect(into[dimensions + 1]).toBe(0);
  });

  it('counts documentation with the body', () => {
    const counter = new WordCounter();
    const apart = new Float32Array(dimensions);
    encoder.code(
      { name: [], body: counter.count(stream('open')), documentation: counter.count(stream('open', 'path')) },
      apart,
      0,
    );
    const together = new Float32Array(dimensions);
    encoder.code({ name: [], body: counter.count(stream('open', 'open', 'path')) }, together, 0);
    expect(apart).toEqual(together);
  });

  it('says so when it knows no word', () => {
    const into = new Float32Array(dimensions).fill(1);
    expect(encoder.query(stream('unheard').view(), into, 0)).toBe(false);
    expect([...into]).toEqual(Array.from<number>({ length: dimensions }).fill(0));
  });

  it('agrees with the port, which reads text', async () => {
    const text = 'function readFile(path) { open(path); open(path) }';
    const port = tableEmbeddingModel(model);
    const { rows, count } = await port.embed([
      { text, role: 'code', name: 'readFile' },
      { text: 'open files', role: 'query' },
      { text: '', role: 'query' },
    ]);
    expect(count).toBe(3);
    const into = new Float32Array(dimensions);
    encoder.query(stream('open', 'fil').view(), into, 0);
    expect(rows.subarray(dimensions, 2 * dimensions)).toEqual(into);
    expect([...rows.subarray(2 * dimensions)]).toEqual(Array.from<number>({ length: dimensions }).fill(0));
    const counter = new WordCounter();
    encoder.code(
      {
        name: stream('readfil', 'read', 'fil').view(),
        body: counter.count(stream('readfil', 'read', 'fil', 'path', 'open', 'path', 'open', 'path')),
      },
      into,
      0,
    );
    expect([...rows.subarray(0, dimensions)]).toEqual([...into].map((value) => expect.closeTo(value, 5)));
    await expect(port.embed([{ text, role: 'code' }], AbortSignal.abort())).rejects.toThrow(TrowelError);
  });
});
