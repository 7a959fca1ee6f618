import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readShippedModel, readStoredModel, removeStoredModel, storedModelIds, storeModel } from './model-folder.ts';
import { embedderKinds, openEmbeddingModel } from './registry.ts';
import { encodeTableModel } from './table/model-file.ts';

const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'trowel-models-'));
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));
const request = { url: undefined, dimensions: undefined, dataFolder, environment: {} };

describe('registry', () => {
  it('lists every kind that there is a file for', () => {
    const files = [
      'table/table-embedder',
      'http/ollama',
      'http/openai',
      'http/voyage',
      'http/google',
      'onnx/onnx',
      'onnx/transformers',
    ];
    for (const file of files) expect(existsSync(path.join(import.meta.dirname, `${file}.ts`)), file).toBe(true);
    expect([...embedderKinds].toSorted()).toEqual([
      'google',
      'ollama',
      'onnx',
      'openai',
      'table',
      'transformers',
      'voyage',
    ]);
    const members = readdirSync(path.join(import.meta.dirname, 'http')).length;
    expect(members).toBeGreaterThan(4);
  });

  it('knows what is not there, and says what to do', async () => {
    await expect(openEmbeddingModel('olama:x', request)).rejects.toMatchObject({
      code: 'model-unknown',
      hint: expect.stringContaining('ollama:x') as unknown,
    });
    await expect(openEmbeddingModel('nothing-123', request)).rejects.toMatchObject({ code: 'model-unknown' });
    await expect(openEmbeddingModel('../../etc/passwd', request)).rejects.toMatchObject({ code: 'model-unknown' });
    await expect(openEmbeddingModel('ollama:', request)).rejects.toMatchObject({ code: 'usage' });
    await expect(openEmbeddingModel('__proto__:x', request)).rejects.toMatchObject({ code: 'model-unknown' });
  });
});

describe('the shipped model', () => {
  it('finds code by what it does, not by its words alone', async () => {
    const model = await openEmbeddingModel('default', request);
    expect(model.dimensions).toBe(256);
    const code = {
      remove: 'function unlinkFile(path) { fs.unlinkSync(path); }',
      sort: 'function orderByKey(items, key) { return items.sort((a, b) => compare(a[key], b[key])); }',
      parse: 'function decodeJson(text) { try { return JSON.parse(text); } catch { return undefined; } }',
    };
    const questions = {
      remove: 'delete a file from disk',
      sort: 'sorts a list of objects by one of their properties',
      parse: 'reads a JSON string without throwing',
    };
    const names = Object.keys(code) as (keyof typeof code)[];
    const { rows } = await model.embed([
      ...names.map((name) => ({ text: code[name], role: 'code' as const })),
      ...names.map((name) => ({ text: questions[name], role: 'query' as const })),
    ]);
    const cosine = (a: number, b: number): number =>
      rows.subarray(a * 256, a * 256 + 256).reduce((sum, value, k) => sum + value * rows[b * 256 + k]!, 0);
    names.forEach((_, question) => {
      const scores = names.map((_, candidate) => cosine(3 + question, candidate));
      expect(scores.indexOf(Math.max(...scores))).toBe(question);
    });
  });

  it('has an id, rows of unit length, and is read once', async () => {
    const model = readShippedModel();
    expect(model.id).toMatch(/^trowel-code-[0-9a-f]{12}$/);
    expect(readShippedModel()).toBe(model);
    expect(readStoredModel(dataFolder, model.id)).toBe(model);
  });
});

describe('stored models', () => {
  const parts = {
    name: 'adapted',
    dimensions: 16,
    words: ['read'],
    values: new Int8Array(16).fill(3),
    scales: Float32Array.of(0.1),
    weighting: { name: 4, documentation: 1 },
    origin: {},
  };

  it('are kept by id, listed and removed', async () => {
    const { id } = storeModel(dataFolder, encodeTableModel(parts));
    expect(storedModelIds(dataFolder)).toEqual([id]);
    expect((await openEmbeddingModel(id, request)).id).toBe(id);
    expect(removeStoredModel(dataFolder, id)).toBe(true);
    expect(removeStoredModel(dataFolder, id)).toBe(false);
    await expect(openEmbeddingModel(id, request)).rejects.toMatchObject({ code: 'model-unknown' });
  });

  it('that are damaged or renamed are refused', async () => {
    const file = encodeTableModel(parts);
    const { id } = storeModel(dataFolder, file);
    const place = path.join(dataFolder, 'models', `${id}.model`);
    writeFileSync(path.join(dataFolder, 'models', 'other.model'), file);
    await expect(openEmbeddingModel('other', request)).rejects.toMatchObject({ code: 'model-damaged' });
    writeFileSync(place, file.subarray(0, file.length / 2));
    await expect(openEmbeddingModel(id, request)).rejects.toMatchObject({ code: 'model-damaged' });
    writeFileSync(place, '');
    await expect(openEmbeddingModel(id, request)).rejects.toMatchObject({ code: 'model-damaged' });
  });
});
