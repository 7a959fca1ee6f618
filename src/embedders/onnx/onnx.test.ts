/** A real, if small, ONNX model: written here byte by byte, run by the runtime where that is installed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installedPackages } from '../../../test/installed-packages.ts';
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

const packages = installedPackages({ '@huggingface/transformers': '4.3.2' });

const special = (word: string): object => ({ SpecialToken: { id: word, type_id: 0 } });
/** As BERT's: lower case, split at spaces and signs, word pieces, framed. */
const tokenizer = {
  version: '1.0',
  added_tokens: [],
  normalizer: { type: 'BertNormalizer', lowercase: true, clean_text: true, handle_chinese_chars: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
    pair: [],
    special_tokens: Object.fromEntries(
      ['[CLS]', '[SEP]'].map((word) => [word, { id: word, ids: [ids.get(word)], tokens: [word] }]),
    ),
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(ids),
  },
};

describe('onnx', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-onnx-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const request = { url: undefined, dimensions: undefined, dataFolder: folder, environment: {} };
  const installed = { ...request, environment: { NODE_PATH: path.join(packages ?? '', 'node_modules') } };
  const dimensions = 4;
  const table = Float32Array.from({ length: vocabulary.length * dimensions }, (_, i) => Math.sin(i * 1.7));

  const meanOf = (words: readonly string[]): number[] => {
    const sum = Array.from({ length: dimensions }, (_, k) =>
      words.reduce((total, word) => total + table[ids.get(word)! * dimensions + k]!, 0),
    );
    return sum.map((value) => value / Math.hypot(...sum));
  };

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
    const close = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, 5) as unknown);
    expect([...rows.subarray(0, 4)]).toEqual(close(meanOf(['[CLS]', 'read', 'the', 'file', '##s', '[SEP]'])));
    expect([...rows.subarray(4)]).toEqual(close(meanOf(['[CLS]', 'read', '[SEP]'])));
    writeFileSync(path.join(folder, 'model.onnx'), 'no model');
    await expect(openEmbeddingModel(`onnx:${folder}`, installed)).rejects.toMatchObject({ code: 'model-damaged' });
  });

  it.runIf(packages)('runs the same model by Transformers.js, from its folder alone', async () => {
    mkdirSync(path.join(folder, 'onnx'));
    writeFileSync(path.join(folder, 'onnx/model.onnx'), gatherModel(table, dimensions));
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ model_type: 'bert' }));
    writeFileSync(path.join(folder, 'tokenizer_config.json'), JSON.stringify({ tokenizer_class: 'BertTokenizer' }));
    writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
    const model = await openEmbeddingModel(`transformers:${folder}`, installed);
    expect(model.id).toMatch(/^transformers-[0-9a-f]{12}@4$/);
    const { rows } = await model.embed([{ text: 'read the files', role: 'code' }]);
    const close = meanOf(['[CLS]', 'read', 'the', 'file', '##s', '[SEP]']).map(
      (value) => expect.closeTo(value, 5) as unknown,
    );
    expect([...rows]).toEqual(close);
    await expect(openEmbeddingModel(`transformers:${folder}-gone`, installed)).rejects.toMatchObject({
      code: 'model-unknown',
    });
  });
});
