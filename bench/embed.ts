/** How well the shipped model finds functions by their descriptions, and how fast it embeds. */
import type { Bench } from './bench.ts';
import { codeQuality } from './embed/code-quality.ts';
import { readCorpus } from './embed/corpus.ts';
import { testRepositories } from './embed/held-out.ts';
import { type JudgedSetting, type Method, judge, judgedSettings, methods } from './embed/judge.ts';
import { readShippedModel } from '../src/embedders/model-folder.ts';
import { TableEncoder } from '../src/embedders/table/table-encoder.ts';
import { WordCounter } from '../src/text/word-bag.ts';
import { WordStream } from '../src/text/word-stream.ts';
import { runOf } from '../src/train/training-pairs.ts';

const QUESTIONS_EACH = 60;

export const embed: Bench = async ({ say, runs }) => {
  const model = readShippedModel();
  const chosen = new Set(testRepositories);
  say('reading the corpus');
  const corpus = readCorpus((repo) => chosen.has(repo));
  const speed = embeddingSpeed(corpus, runs);
  say(`${corpus.entries.length} functions; judging`);
  const judged = judge(corpus, model, QUESTIONS_EACH);
  const quality = await codeQuality(model);
  const mean = (method: Method, setting: JudgedSetting, what: 'mrr' | 'nDCG'): number =>
    judged.reduce((sum, { scores }) => sum + scores[method][setting][what], 0) / judged.length;
  const cell = (method: Method, setting: JudgedSetting): string =>
    `${mean(method, setting, 'mrr').toFixed(3)} / ${mean(method, setting, 'nDCG').toFixed(3)}`;
  return {
    summary: `The shipped model on ${judged.length} repositories of the corpus that were held out from training, ${judged.reduce((sum, { questions }) => sum + questions, 0)} questions. A: the function's name is kept; B: the name is taken out of the question; C: out of the code as well. Each cell: MRR against 999 others of the pooled set / nDCG@10 among all functions of the repository, mean over repositories.`,
    tables: [
      {
        title: 'Finding functions by their descriptions',
        columns: ['', ...judgedSettings],
        rows: methods.map((method) => [method, ...judgedSettings.map((setting) => cell(method, setting))]),
        notes: [
          'BM25: stop words left out, the name counted 8 times, k1 = 3, b = 0.9. Hybrid: 0.75 model + 0.25 BM25, each standardised for the question.',
        ],
      },
      {
        title: 'The model',
        columns: ['', ''],
        rows: [
          ['id', model.id],
          ['words × dimensions', `${model.rows} × ${model.dimensions}`],
          [
            'megabytes',
            (
              (model.values.length +
                model.scales.length * 4 +
                model.words.length +
                model.vocabulary.slots.length * 4 +
                model.vocabulary.lanes.length * 4) /
              1e6
            ).toFixed(1),
          ],
          ['functions a second of processor time, words counted', speed.counted.toFixed(0)],
          ['functions a second of processor time, counting included', speed.whole.toFixed(0)],
        ],
      },
      {
        title: 'Clones, and counterparts in other languages',
        columns: ['', ''],
        rows: [
          [`F1 of telling ${quality.functions} functions' renamed twins`, quality.cloneF1?.toFixed(3) ?? '–'],
          [
            `share of ${quality.namesakes} functions whose namesake in another language is the nearest, names hidden`,
            quality.crossLanguage?.toFixed(3) ?? '–',
          ],
        ],
        notes: [
          'Twins are made: other names, literals and no comments; the threshold is chosen on every second function and judged on the others. Namesakes share the words of their name, at least two: many do other things, so that 1 cannot be reached.',
        ],
      },
      {
        title: 'By repository: nDCG@10 in setting A',
        columns: ['repository', 'functions', 'questions', ...methods],
        rows: judged.map(({ repository, functions, questions, scores }) => [
          repository,
          String(functions),
          String(questions),
          ...methods.map((method) => scores[method].A.nDCG.toFixed(3)),
        ]),
      },
    ],
    data: { model: model.id, speed, quality, judged },
  };

  function embeddingSpeed(from: typeof corpus, times: number): { readonly counted: number; readonly whole: number } {
    const count = from.entries.length;
    const encoder = new TableEncoder(model, from.table);
    const counter = new WordCounter();
    const stream = new WordStream();
    const into = new Float32Array(model.dimensions);
    const bagOf = (i: number) => {
      stream.clear();
      for (const field of ['name', 'code', 'comments', 'strings'] as const)
        for (const word of runOf(from.words[field], i)) stream.push(word);
      return counter.count(stream);
    };
    const bags = Array.from({ length: count }, (_, i) => bagOf(i));
    const best = (work: (i: number) => void): number => {
      let most = 0;
      for (let run = 0; run < times; run++) {
        const before = process.cpuUsage();
        for (let i = 0; i < count; i++) work(i);
        most = Math.max(most, (count * 1e6) / process.cpuUsage(before).user);
      }
      return most;
    };
    const name = (i: number): Int32Array => runOf(from.words.name, i);
    return {
      counted: best((i) => void encoder.code({ name: name(i), body: bags[i]! }, into, 0)),
      whole: best((i) => void encoder.code({ name: name(i), body: bagOf(i) }, into, 0)),
    };
  }
};
