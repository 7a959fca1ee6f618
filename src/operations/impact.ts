import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { readCoverageMap } from '#coverage/coverage-file.ts';
import { selectTests, type TestSelection } from '#coverage/select-tests.ts';
import { changedFiles } from '#inspect/changed-files.ts';
import { changedSymbols, readDiff } from '#inspect/changed-symbols.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import { diffOf } from '#inspect/diff-of.ts';
import { impactOf } from '#inspect/impact.ts';
import type { ImpactReport, SymbolChoice } from '#model/inspection.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { impactForTerminal } from '#report/impact-terminal.ts';
import { choicesForTerminal } from '#report/symbol-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { briefImpact, impactOutput } from './tools/impact-tool.ts';
import { briefChoices } from './tools/show-tool.ts';

const input = z.object({
  subject: z.string().optional().describe('A symbol (name, Type.method, path:line, key) or a file.'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  diff: z
    .string()
    .optional()
    .describe('What differs from this commit, branch or tag (HEAD: what is not committed yet) is the change.'),
  depth: z.number().int().min(1).default(100).describe('How many uses away from the change to look.'),
});

export type ImpactOutput =
  | ({
      readonly status: 'report';
      readonly deleted: readonly string[];
      /** With a diff: the tests that it needs. */
      readonly selection?: TestSelection;
    } & ImpactReport)
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] };

export const operation = defineOperation<typeof input, ImpactOutput>({
  name: 'impact',
  group: 'understand',
  summary: 'Say what a change may break, and which tests to run for it.',
  effect: 'read',
  input,
  positional: ['subject', 'path'],
  examples: [
    { command: 'trowel impact parseConfig', explains: 'Everything that may feel a change of parseConfig.' },
    { command: 'trowel impact --diff HEAD', explains: 'The same for what you have not committed yet.' },
    { command: 'trowel impact src/config.ts --json', explains: 'A whole file, for a program.' },
  ],
  async run({ subject, path, diff, depth }, context) {
    if ((subject === undefined) === (diff === undefined)) {
      throw new TrowelError('usage', 'Name a symbol or a file, or give --diff with a commit.', {
        hint: 'For example: trowel impact --diff HEAD',
      });
    }
    const { snapshot, root, scope, indexFolder } = await openTree(context, path);
    try {
      if (diff !== undefined) {
        const text = await diffOf(root, diff, context.signal);
        const { changed, deleted } = readDiff(text);
        const report = impactOf(snapshot, changedSymbols(snapshot, changed), depth);
        const selection = selectTests({
          map: readCoverageMap(indexFolder),
          changes: await changedFiles(root, diff, text, context.signal),
          snapshot,
          reached: report.tests.map((test) => test.path),
        });
        return { status: 'report', deleted, selection, ...report };
      }
      const chosen = subjects(snapshot, subject!, scope);
      if ('choices' in chosen) return { status: 'ambiguous', choices: chosen.choices };
      return { status: 'report', deleted: [], ...impactOf(snapshot, chosen.symbols, depth) };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) =>
    output.status === 'ambiguous' ? choicesForTerminal(output.choices, terminal) : impactForTerminal(output, terminal),
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
  tool: {
    description: 'What a change of a symbol, a file or a diff may break, nearest first, and which tests to run for it.',
    takes: ['subject', 'diff', 'path'],
    output: impactOutput,
    brief: (output) => (output.status === 'ambiguous' ? briefChoices(output.choices) : briefImpact(output)),
  },
});

function subjects(
  snapshot: Snapshot,
  subject: string,
  scope: string,
): { readonly symbols: readonly SymbolRecord[] } | { readonly choices: readonly SymbolChoice[] } {
  const file =
    snapshot.fileByPath(subject.replace(/^\.\//, '')) ??
    snapshot.fileByPath(scope === '' ? subject : `${scope}/${subject}`);
  if (file) return { symbols: [snapshot.symbol(file.firstSymbol)] };
  const chosen = chooseSymbol(snapshot, subject, scope);
  return chosen.status === 'one' ? { symbols: [chosen.symbol] } : { choices: chosen.choices };
}
