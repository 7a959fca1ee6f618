import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { silent } from '#base/progress.ts';
import { decodeTableModel, encodeTableModel } from '#embedders/table/model-file.ts';
import { stem } from '#text/stem.ts';
import { adaptModel, type AdaptRequest } from './adapt-model.ts';
import { checkpointFolder } from './checkpoint-folder.ts';
import { collectPairs, type TrainingFunction } from './collect-pairs.ts';
import { defaultFit, fitTable } from './fit-table.ts';
import { cosineSchedule } from './learning-rate.ts';
import { Random } from './numeric/random.ts';
import { defaultPairSettings, epochBatches } from './pair-batches.ts';
import { PairKind, runOf } from './training-pairs.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-train-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words of code that mean what other words say: only training can join them. */
const topics = [
  ['discard', 'unlink'],
  ['gather', 'accumul'],
  ['ordering', 'comparator'],
  ['greeting', 'salute'],
  ['drawing', 'canvas'],
  ['tariff', 'invoice'],
  ['climate', 'thermometer'],
  ['voyage', 'itinerary'],
] as const;

function project(files: number, each: number): TrainingFunction[] {
  const random = new Random(11);
  return Array.from({ length: files * each }, (_, i) => {
    const [asked, used] = topics[random.below(topics.length)]!;
    const noise = Array.from({ length: 6 }, () => `common${random.below(12)}`).join('(); ');
    return {
      name: `step${i}`,
      text: `function step${i}() { ${used}(); ${noise}(); ${used}Later(); }`,
      documentation: `Does the ${asked} of things nicely.`,
      group: `file${i % files}.js`,
      path: `src/file${i % files}.js`,
    };
  });
}

const vocabulary = [
  ...new Set([...topics.flat(), 'thing', 'later', ...Array.from({ length: 12 }, (_, i) => `common${i}`)].map(stem)),
];
const random = new Random(2);
const base = decodeTableModel(
  encodeTableModel({
    name: 'base',
    dimensions: 32,
    words: vocabulary,
    values: Int8Array.from({ length: vocabulary.length * 32 }, () => random.below(200) - 100),
    scales: new Float32Array(vocabulary.length).fill(0.002),
    weighting: { name: 4, documentation: 1 },
    origin: {},
  }),
  'base',
);
const request = (functions: readonly TrainingFunction[]): AdaptRequest => ({
  base,
  functions,
  epochs: 10,
  learningRate: 0.01,
  seed: 1,
  heldOutShare: 0.25,
  emit: silent,
});

describe('collectPairs', () => {
  const { pairs, added, described, named } = collectPairs(
    [
      {
        name: 'readFile',
        text: '/** Opens the file of a path. */ function readFile(path) { return open(path, readFile); }',
        documentation: 'Opens the file of a path.',
        group: 'a',
        path: 'a.js',
      },
      {
        name: 'other',
        text: 'function other() { open(special); close(special); wait(); }',
        documentation: undefined,
        group: 'b',
        path: 'b.js',
      },
      { name: 'tiny', text: 'x', documentation: undefined, group: 'b', path: 'b.js' },
    ],
    { rowOf: (word) => ['open', 'path', 'fil', 'read'].indexOf(word), rows: 4, commonFrom: 2 },
  );

  it('asks by documentation, else by name, and keeps the answer out of the question', () => {
    expect(pairs.count).toBe(2);
    expect([described, named]).toEqual([1, 1]);
    expect([...pairs.kind]).toEqual([PairKind.described, PairKind.named]);
    expect([...runOf(pairs.anchor, 0)]).toEqual(expect.arrayContaining([0, 1, 2]));
    const body = [...runOf(pairs.body, 0)];
    // `path` stands three times in the text, once of them in the comment; `read` only in the name.
    expect(body.filter((row) => row === 1)).toHaveLength(2);
    expect(body).not.toContain(3);
  });

  it('gives rows to words that several functions share', () => {
    expect(added).toContain('funct');
    expect(added).not.toContain('special');
  });
});

describe('adaptModel', () => {
  const functions = project(12, 20);

  it('learns what words mean here, the same each time, and keeps what it knew', () => {
    const [one, other] = [adaptModel(request(functions)), adaptModel(request(functions))];
    expect(one.outcome).toBe('kept');
    expect(one.after.nDCG).toBeGreaterThan(one.before.nDCG + 0.1);
    expect(one.before.groups).toBeGreaterThan(0);
    expect(other.file).toEqual(one.file);
    const model = decodeTableModel(one.file!, 'adapted');
    expect(model.rows).toBe(vocabulary.length + one.addedWords);
    expect(model.origin).toMatchObject({ base: base.id });
    expect(new TextDecoder().decode(model.words).split('\n').slice(0, vocabulary.length)).toEqual(vocabulary);
  });

  it('keeps the old model when the new one is not better', () => {
    const noise = new Random(5);
    const word = (): string => topics[noise.below(topics.length)]![noise.below(2)]!;
    const senseless = functions.map((one) => ({ ...one, documentation: `${word()} ${word()} ${word()} ${word()}` }));
    const result = adaptModel({ ...request(senseless), epochs: 1, learningRate: 1e-9 });
    expect(result).toMatchObject({ outcome: 'not-better', file: undefined });
  });

  it('refuses to learn from next to nothing', () => {
    expect(() => adaptModel(request(functions.slice(0, 5)))).toThrow(/too little to learn from/);
  });

  it('goes on from a checkpoint as if it had not been interrupted', () => {
    const { pairs, added } = collectPairs(functions, {
      rowOf: (word) => vocabulary.indexOf(word),
      rows: vocabulary.length,
    });
    const input = {
      settings: { ...defaultFit, dimensions: 32, epochs: 4, pairs: { ...defaultPairSettings, batch: 32, run: 32 } },
      pairs,
      rows: vocabulary.length + added.length,
      heldOut: new Set([0, 1]),
      start: { scale: () => 1 },
      fingerprint: 'this run',
      emit: silent,
    };
    const whole = fitTable(input);
    const checkpoints = checkpointFolder(path.join(folder, 'run'));
    let steps = 0;
    const paused = fitTable({ ...input, checkpoints, pause: () => steps++ === 7 });
    expect(paused).toMatchObject({ outcome: 'paused', steps: 7 });
    const resumed = fitTable({ ...input, checkpoints });
    expect(resumed.outcome).toBe('finished');
    expect(resumed.table).toEqual(whole.table);
    expect(checkpoints.latest('another run')).toBeUndefined();
    expect(readdirSync(path.join(folder, 'run')).filter((name) => name.startsWith('best-')).length).toBeLessThanOrEqual(
      3,
    );
    writeFileSync(path.join(folder, 'run', 'latest.checkpoint'), 'broken');
    expect(() => fitTable({ ...input, checkpoints })).toThrow(/no usable checkpoint/);
    checkpoints.remove();
    expect(checkpoints.latest('this run')).toBeUndefined();
  });

  it('stops when it gets no better, and when it is told to', () => {
    const { pairs, added } = collectPairs(functions, {
      rowOf: (word) => vocabulary.indexOf(word),
      rows: vocabulary.length,
    });
    const input = {
      settings: {
        ...defaultFit,
        dimensions: 32,
        epochs: 60,
        learningRate: 0,
        patience: 2,
        pairs: { ...defaultPairSettings, batch: 32, run: 32 },
      },
      pairs,
      rows: vocabulary.length + added.length,
      heldOut: new Set([0, 1]),
      start: { scale: () => 1 },
      fingerprint: '',
      emit: silent,
    };
    expect(fitTable(input).outcome).toBe('stopped-early');
    expect(() => fitTable({ ...input, signal: AbortSignal.abort() })).toThrow(/Stopped/);
  });
});

describe('cosineSchedule', () => {
  it('warms up, peaks and ends at nothing', () => {
    expect(cosineSchedule(0, 100, 10)).toBeCloseTo(0.1, 12);
    expect(cosineSchedule(9, 100, 10)).toBe(1);
    expect(cosineSchedule(55, 100, 10)).toBeCloseTo(0.5, 12);
    expect(cosineSchedule(100, 100, 10)).toBe(0);
  });
});

describe('epochBatches', () => {
  it('uses each pair at most once, in runs of one group', () => {
    const { pairs } = collectPairs(project(3, 40), { rowOf: () => -1, rows: 0 });
    const members = Int32Array.from({ length: pairs.count }, (_, i) => i);
    const batches = epochBatches(pairs, members, { ...defaultPairSettings, batch: 32, run: 16 }, new Random(1));
    const all = batches.flatMap((batch) => [...batch]);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(pairs.count / 2);
    for (const batch of batches) expect(batch.length).toBe(32);
  });
});
