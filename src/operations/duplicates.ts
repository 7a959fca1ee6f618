import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import type { CopyClass } from '#duplication/duplication.ts';
import { readBaselineFile } from '#findings/baseline-file.ts';
import { duplicationOf } from '#findings/duplication-of.ts';
import { withBaseline } from '#findings/sources/duplication.ts';
import { duplicatesForTerminal } from '#report/duplicates-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  path: z
    .string()
    .optional()
    .describe('A folder of the repository, or a file: its copies anywhere; default: where you are.'),
  minTokens: z.number().int().min(20).default(60).describe('A copy has at least so many tokens.'),
  minLines: z.number().int().min(2).default(6).describe('A copy has at least so many lines.'),
  gap: z
    .number()
    .int()
    .min(0)
    .max(6)
    .default(2)
    .describe('Statements that may differ between two equal stretches; 0: none.'),
  tests: z.boolean().default(false).describe('Compare tests as well.'),
  new: z.boolean().default(false).describe('Leave out what the baseline has accepted.'),
  limit: z.number().int().min(1).default(20).describe('How many classes of copies to show.'),
});

export interface DuplicatesOutput {
  readonly total: number;
  readonly files: number;
  readonly lines: number;
  readonly duplicatedLines: number;
  readonly classes: readonly (CopyClass & { readonly fingerprint: string; readonly isNew: boolean })[];
  /** Accepted in the baseline. */
  readonly accepted: number;
}

export const operation = defineOperation<typeof input, DuplicatesOutput>({
  name: 'duplicates',
  group: 'judge',
  summary: 'Find code that stands in several places: the same, renamed, or with a few statements changed.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    {
      command: 'trowel duplicates',
      explains: 'The whole repository, what repeats most first; tests and imports left out.',
    },
    { command: 'trowel duplicates src/parse.ts', explains: 'Copies of one file’s code anywhere in the repository.' },
    { command: 'trowel duplicates --gap 0 --json', explains: 'Unbroken copies only, for a program.' },
  ],
  async run({ path, minTokens, minLines, gap, tests, new: onlyNew, limit }, context) {
    const { snapshot, root, scope } = await openTree(context, path);
    try {
      const only = snapshot.fileByPath(scope)?.path;
      if (scope !== '' && only === undefined && !snapshot.files().some((file) => file.path.startsWith(`${scope}/`)))
        throw new TrowelError('not-found', `Nothing is indexed at ${scope}.`, {
          hint: 'Name a folder or a file of the repository.',
        });
      const report = duplicationOf(snapshot, {
        tests,
        settings: { minimumTokens: minTokens, minimumLines: minLines, gap },
        only,
        signal: context.signal,
      });
      const inScope = (file: string): boolean => scope === '' || file === scope || file.startsWith(`${scope}/`);
      const { baseline } = context.services.configFor(root).values.check;
      const judged = withBaseline(report.classes, readBaselineFile(root, baseline)).filter(({ places }) =>
        places.some((place) => inScope(place.path)),
      );
      const classes = judged.filter(({ isNew }) => isNew || !onlyNew);
      return {
        accepted: judged.filter(({ isNew }) => !isNew).length,
        total: classes.length,
        files: report.files,
        lines: report.lines,
        duplicatedLines: report.duplicatedLines,
        classes: classes.slice(0, limit),
      };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => duplicatesForTerminal(output, terminal),
});
