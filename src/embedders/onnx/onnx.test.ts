/** A real, if small, ONNX model: written here byte by byte, run by the runtime where that is installed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installedPackages } from '../../../test/prove/installed-packages.ts';
import { openEmbeddingModel } from '../registry.ts';
import { gatherModel } from './sample-model.ts';
import { wordPieces } from './word-pieces.ts';

const marks = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const vocabulary = [...marks, 'read', 'file', '##s', 'the', '(', ')', 're'];
const ids = new Map(vocabulary.map((word, id) => [word, id]));

describe('wordPieces', () => {
  const pieces = wordPieces(ids, true)!;
  const words = (text: string, limit = 64): string[] => pieces.encode(text, limit).map((id) => vocabulary[id]!);

  it('takes the longest pieces from the left', () => {
    expect(words('Read the files()')).toEqual(['[CLS]', 'read', 'the', 'file', '##s', '(', ')', '[SEP]']);
    expect(words('réad')).toEqual(['[CLS]', 'read', '[SEP]']);
    expect(words('rest')).toEqual(['[CLS]', '[UNK]', '[SEP]']);
    expect(words('')).toEqual(['[CLS]', '[SEP]']);
  });

  it('never exceeds its limit, and knows an unfit vocabulary', () => {
    expect(words('read read read read', 4)).toEqual(['[CLS]', 'read', 'read', '[SEP]']);
    expect(words('x'.repeat(5000), 4)).toEqual(['[CLS]', '[UNK]', '[SEP]']);
    expect(wordPieces(new Map([['<s>', 0]]), true)).toBeUndefined();
  });
});

const packages = installedPackages({ 'onnxruntime-node': '1.30.0' });

describe('onnx', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-onnx-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const request = { url: undefined, dimensions: undefined, dataFolder: folder, environment: {} };
  const installed = { ...request, environment: { NODE_PATH: path.join(packages ?? '', 'node_modules') } };
  const dimensions = 4;
  const table = Float32Array.from({ length: vocabulary.length * dimensions }, (_, i) => Math.sin(i * 1.7));

  it('says what is missing', async () => {
    await expect(openEmbeddingModel(`onnx:${folder}`, request)).rejects.toMatchObject({ code: 'model-unknown' });
    writeFileSync(path.join(folder, 'model.onnx'), gatherModel(table, dimensions));
    await expect(openEmbeddingModel(`onnx:${folder}`, request)).rejects.toThrow(/tokenizer\.json/);
    writeFileSync(path.join(folder, 'vocab.txt'), '<s>\n</s>');
    await expect(openEmbeddingModel(`onnx:${folder}`, request)).rejects.toMatchObject({ code: 'unsupported' });
    writeFileSync(path.join(folder, 'vocab.txt'), vocabulary.join('\n'));
  });

  it('without the runtime says in one sentence what to install', async () => {
    await expect(openEmbeddingModel(`onnx:${folder}`, request)).rejects.toMatchObject({
      code: 'package-missing',
      hint: expect.stringContaining('npm install onnxruntime-node') as unknown,
    });
    await expect(openEmbeddingModel('transformers:some/model', request)).rejects.toMatchObject({
      code: 'package-missing',
    });
  });

  it.runIf(packages)('runs a model end to end', async () => {
    const model = await openEmbeddingModel(`onnx:${folder}`, installed);
    expect(model.dimensions).toBe(dimensions);
    expect(model.id).toMatch(/^onnx-[0-9a-f]{12}@4$/);
    const { rows } = await model.embed([
      { text: 'read the files', role: 'code' },
      { text: 'read', role: 'query' },
    ]);
    const mean = (words: readonly string[]): number[] => {
      const sum = Array.from({ length: dimensions }, (_, k) =>
        words.reduce((total, word) => total + table[ids.get(word)! * dimensions + k]!, 0),
      );
      return sum.map((value) => value / Math.hypot(...sum));
    };
    const close = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, 5) as unknown);
    expect([...rows.subarray(0, 4)]).toEqual(close(mean(['[CLS]', 'read', 'the', 'file', '##s', '[SEP]'])));
    expect([...rows.subarray(4)]).toEqual(close(mean(['[CLS]', 'read', '[SEP]'])));
    writeFileSync(path.join(folder, 'model.onnx'), 'no model');
    await expect(openEmbeddingModel(`onnx:${folder}`, installed)).rejects.toMatchObject({ code: 'model-damaged' });
  });
});
