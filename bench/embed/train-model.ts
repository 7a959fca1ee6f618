/**
 * `npm run train:model`: trains the model that ships with Trowel and writes models/trowel-code.model. It reads ../shared/corpus,
 * goes on where it was interrupted, and never sees the repositories of held-out.ts: the validation ones decide which state is
 * kept, the test ones are for `npm run bench -- embed`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { contentHash } from '../../src/base/hash.ts';
import { encodeTableModel } from '../../src/embedders/table/model-file.ts';
import { checkpointFolder } from '../../src/train/checkpoint-folder.ts';
import { defaultFit, fitTable } from '../../src/train/fit-table.ts';
import { defaultPairSettings } from '../../src/train/pair-batches.ts';
import { PairKind, RunsBuilder, runOf, type TrainingPairs } from '../../src/train/training-pairs.ts';
import { quantiseRows } from '../../src/vectors/quantised-rows.ts';
import { type Corpus, type CorpusField, readCorpus } from './corpus.ts';
import { testRepositories, validationRepositories } from './held-out.ts';

const { values } = parseArgs({
  options: {
    vocabulary: { type: 'string', default: '60000' },
    epochs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    /** Ends with a checkpoint after so many seconds; the same command goes on. */
    seconds: { type: 'string', default: '100000' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const say = (message: string): void => console.error(message);

const test = new Set(testRepositories);
const validation = new Set(validationRepositories);
const started = performance.now();
const corpus = readCorpus((repo) => !test.has(repo));
say(`${corpus.entries.length} functions read in ${((performance.now() - started) / 1000).toFixed(0)} s`);

const { words, frequency, trained } = vocabulary(corpus, Number(values.vocabulary));
const pairs = pairsOf(corpus, words);
const inverse = words.map((word) => Math.log(1 + trained / Math.max(1, frequency[word]!)));
const mean = inverse.reduce((sum, value) => sum + value, 0) / inverse.length;
const settings = {
  ...defaultFit,
  epochs: Number(values.epochs),
  seed: Number(values.seed),
  learningRate: 0.003,
  patience: 99,
  optimizer: { ...defaultFit.optimizer, temperature: 0.05, clipNorm: 1e9 },
  pairs: { ...defaultPairSettings, batch: 256, run: 256 },
};
const heldOut = new Set(pairs.groups.flatMap((repo, i) => (validation.has(repo) ? [i] : [])));
const begun = performance.now();
let shown = 0;
const fit = fitTable({
  settings,
  pairs,
  rows: words.length,
  heldOut,
  start: { scale: (row) => inverse[row]! / mean },
  fingerprint: contentHash(JSON.stringify([settings, words.length, pairs.count])),
  checkpoints: checkpointFolder(path.join(root, 'bench/data/train-model')),
  pause: () => performance.now() - begun > Number(values.seconds) * 1000,
  emit(event) {
    if (event.type === 'note') say(event.message);
    if (event.type !== 'progress' || event.done < shown + 100) return;
    shown = event.done;
    say(
      `${event.done} of ${event.total} steps, ${event.detail}, ${(process.cpuUsage().user / 1e6).toFixed(0)} s of processor time`,
    );
  },
});
if (fit.outcome === 'paused') {
  say(`paused after ${fit.steps} steps: the same command goes on`);
  process.exit(3);
}
const table = corpus.table;
const file = encodeTableModel({
  name: 'trowel-code',
  dimensions: settings.dimensions,
  words: words.map((word) => table.word(word)),
  ...quantiseRows(fit.table, settings.dimensions),
  weighting: { name: settings.pairs.nameWeight, documentation: 1 },
  origin: {
    command: 'npm run train:model',
    functions: fit.pairs,
    steps: fit.steps,
    seed: settings.seed,
    validation: fit.after,
  },
});
mkdirSync(path.join(root, 'models'), { recursive: true });
writeFileSync(path.join(root, 'models/trowel-code.model'), file);
say(`models/trowel-code.model: ${(file.length / 1e6).toFixed(1)} MB; held-out ${JSON.stringify(fit.after)}`);

/** The most frequent words by the number of trained functions that have them. */
function vocabulary(
  { table, entries, words: runs }: Corpus,
  size: number,
): { words: number[]; frequency: Int32Array; trained: number } {
  const frequency = new Int32Array(table.size);
  const last = new Int32Array(table.size).fill(-1);
  let trained = 0;
  const fields: readonly CorpusField[] = ['description', 'name', 'code', 'comments', 'strings', 'place'];
  entries.forEach(({ repo }, i) => {
    if (validation.has(repo)) return;
    trained++;
    for (const field of fields)
      for (const word of runOf(runs[field], i))
        if (last[word] !== i) {
          last[word] = i;
          frequency[word]!++;
        }
  });
  const chosen = Array.from(frequency.keys()).sort((a, b) => frequency[b]! - frequency[a]! || a - b);
  return { words: chosen.slice(0, size), frequency, trained };
}

function pairsOf({ table, entries, isDescribed, words: runs }: Corpus, chosen: readonly number[]): TrainingPairs {
  const row = new Int32Array(table.size).fill(-1);
  chosen.forEach((word, i) => (row[word] = i));
  const build = {
    anchor: new RunsBuilder(),
    name: new RunsBuilder(),
    body: new RunsBuilder(),
    comments: new RunsBuilder(),
    place: new RunsBuilder(),
  };
  const mapped = (field: CorpusField, i: number): Int32Array => runOf(runs[field], i).map((word) => row[word]!);
  const groups = new Map<string, number>();
  const group: number[] = [];
  const kind: number[] = [];
  entries.forEach(({ repo }, i) => {
    const described = isDescribed[i]!;
    if (validation.has(repo) && !described) return;
    build.anchor.add(mapped(described ? 'description' : 'name', i));
    build.name.add(mapped('name', i));
    build.body.add([...mapped('code', i), ...mapped('strings', i)]);
    build.comments.add(mapped('comments', i));
    build.place.add(mapped('place', i));
    const number = groups.get(repo) ?? groups.size;
    groups.set(repo, number);
    group.push(number);
    kind.push(described ? PairKind.described : PairKind.named);
  });
  return {
    count: kind.length,
    group: Int32Array.from(group),
    groups: [...groups.keys()],
    kind: Uint8Array.from(kind),
    anchor: build.anchor.finish(),
    name: build.name.finish(),
    body: build.body.finish(),
    comments: build.comments.finish(),
    place: build.place.finish(),
  };
}
