import path from 'node:path';
import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { printable } from '#base/paint.ts';
import { compressSource } from '#context/compress/compress-source.ts';
import { cutSource } from '#context/cut-source.ts';
import { loadTokenCounter } from '#context/tokens/load-token-counter.ts';
import { encodingOfModel } from '#context/tokens/model-encoding.ts';
import { countAll } from '#context/tokens/token-counter.ts';
import { detectLanguage } from '#languages/detect-language.ts';
import { readTextFile } from '#machine/read-text-file.ts';
import { defineOperation } from './operation.ts';

const input = z.object({
  files: z.array(z.string()).min(1).describe('Files to count.'),
  model: z.string().default('o200k').describe('Whose tokens: o200k, cl100k, or a model’s name.'),
  limit: z.number().int().min(1).optional().describe('Exit with 1 where all files together have more tokens.'),
  cut: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Print each file up to so many tokens, cut where a statement or definition ends.'),
  compress: z
    .boolean()
    .default(false)
    .describe('Print each file without comments, blank lines and indentation, proved to be the same program.'),
  docstrings: z.boolean().default(true).describe('Keep docstrings when compressing (--no-docstrings drops them).'),
});

interface CountedFile {
  readonly path: string;
  readonly language: string;
  readonly tokens: number;
  readonly characters: number;
  /** With --cut or --compress. */
  readonly text?: string;
  readonly textTokens?: number;
  /** How it was shortened, or why not. */
  readonly by?: string;
}

export interface TokensOutput {
  readonly encoding: string;
  /** False: the tokenizer is not public, and counts are estimates. */
  readonly exact: boolean;
  readonly total: number;
  readonly limit: number | undefined;
  readonly fits: boolean;
  readonly files: readonly CountedFile[];
}

export const operation = defineOperation<typeof input, TokensOutput>({
  name: 'tokens',
  group: 'find',
  summary: 'Count the tokens of files exactly, check a limit, cut at a syntax boundary, or compress.',
  effect: 'read',
  input,
  positional: ['files'],
  examples: [
    { command: 'trowel tokens README.md src/main.ts', explains: 'How many tokens each has, and all together.' },
    { command: 'trowel tokens src/main.ts --cut 500', explains: 'Its start, up to the last statement that fits.' },
    { command: 'trowel tokens app.py --compress --no-docstrings', explains: 'The same program in fewer tokens.' },
  ],
  async run({ files, model, limit, cut, compress, docstrings }, { services }) {
    if (cut !== undefined && compress) throw new TrowelError('usage', 'Give --cut or --compress, not both.');
    const counter = await loadTokenCounter(encodingOfModel(model));
    const texts = files.map((file) => readTextFile(path.resolve(services.workingFolder, file)));
    const counts = countAll(counter, texts);
    const counted: CountedFile[] = [];
    for (const [at, file] of files.entries()) {
      const text = texts[at]!;
      const { language } = detectLanguage(file);
      const base = { path: file, language, tokens: counts[at]!, characters: text.length };
      if (cut !== undefined) {
        const made = await cutSource(text, language, cut, counter);
        counted.push({ ...base, text: made.text, textTokens: made.tokens, by: made.by });
      } else if (compress) {
        const made = await compressSource(text, language, {
          keepDocumentation: docstrings,
          dropDocstrings: !docstrings,
        });
        counted.push({ ...base, text: made.text, textTokens: counter.count(made.text), by: made.layout });
      } else counted.push(base);
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    const { encoding, exact } = counter;
    return { encoding, exact, total, limit, fits: limit === undefined || total <= limit, files: counted };
  },
  render({ files, total, encoding, exact, limit, fits }) {
    if (files.some(({ text }) => text !== undefined)) return files.map(({ text }) => printable(text ?? '')).join('\n');
    const rows = files.map(({ path: file, tokens }) => `${String(tokens).padStart(9)}  ${printable(file)}`);
    const all = files.length > 1 ? [`${String(total).padStart(9)}  all`] : [];
    const over = fits ? [] : [`More than ${limit}.`];
    return `${[...rows, ...all, ...over, `${exact ? 'exact' : 'estimated'} (${encoding})`].join('\n')}\n`;
  },
  exitCode: ({ fits }) => (fits ? 0 : 1),
});
