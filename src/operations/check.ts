import { resolve } from 'node:path';
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { writeBaselineFile } from '#findings/baseline-file.ts';
import { writeTextFile } from '#base/write-file.ts';
import { type FindingFormatName, findingFormatNames, loadFindingFormat } from '#formats/findings/registry.ts';
import type { CheckReport } from '#model/check.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { findingCategories } from '#model/finding.ts';
import { checkForTerminal } from '#report/check-terminal.ts';
import { scoresForTerminal } from '#report/score-terminal.ts';
import { checkTree } from '#findings/check-tree.ts';
import { checkRequest } from './check-request.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { openTree } from './open-tree.ts';
import { briefCheck, checkOutput } from './tools/check-tool.ts';
import { type ScoreReport, scoredTree } from './scored-tree.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a file of the repository; default: where you are.'),
  since: z
    .string()
    .optional()
    .describe('Only what the work tree brings since this commit, branch or tag counts as new.'),
  new: z.boolean().default(false).describe('Leave out what is not new.'),
  category: z.array(z.enum(findingCategories)).default([]).describe('Only findings of this kind.'),
  rule: z.array(z.string()).default([]).describe('Only findings of this rule.'),
  severity: z.number().int().min(1).max(5).default(1).describe('Only findings at least as severe, 1 to 5.'),
  all: z.boolean().default(false).describe('List every finding, not a screen of them.'),
  format: z
    .enum(['terminal', ...findingFormatNames])
    .default('terminal')
    .describe('How to write the findings: for people, or for a program that reads them.'),
  out: z.string().optional().describe('Write the report to this file instead of to the terminal.'),
  trustRules: z
    .boolean()
    .default(false)
    .describe('Load rules of the repository that are programs (TypeScript), which runs them.'),
  tools: z
    .boolean()
    .default(false)
    .describe('Also run the linters and formatters that the project uses, in the sandbox, by their own settings.'),
  import: z.array(z.string()).default([]).describe('Take in the findings of this SARIF file of another tool.'),
  score: z
    .boolean()
    .default(false)
    .describe('Show how good and how testable the code is instead, from 0 to 100, with what takes points off.'),
  writeBaseline: z
    .boolean()
    .default(false)
    .describe('Accept what there is now: write it to the baseline file, and prune what is gone.'),
});

export type CheckOutput = CheckReport & {
  readonly all: boolean;
  /** With `--score`. */
  readonly scores: ScoreReport | undefined;
  /** The file that the report was written to. */
  readonly written: string | undefined;
};

export const operation = defineOperation<typeof input, CheckOutput>({
  name: 'check',
  group: 'judge',
  summary:
    'Find what a careful reviewer would raise: bugs, smells, breaches of the design; new findings fail the check.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel check', explains: 'The whole repository, a screen of what to do first.' },
    {
      command: 'trowel check --since main --new',
      explains: 'What your branch brings; exit code 1 where it brings something.',
    },
    { command: 'trowel check src --category bug --all', explains: 'All bugs in a folder.' },
    { command: 'trowel check --score', explains: 'Quality and testability from 0 to 100, and where points are lost.' },
    {
      command: 'trowel check --write-baseline',
      explains: 'Accept what there is: from now on only new findings count.',
    },
  ],
  async run(
    { path, all, score, writeBaseline, new: onlyNew, format, out, trustRules, tools, import: imports, ...asked },
    context,
  ) {
    if (score) refuseWithScore({ ...asked, format, writeBaseline, onlyNew });
    if (
      writeBaseline &&
      (asked.since !== undefined || asked.category.length > 0 || asked.rule.length > 0 || asked.severity > 1)
    )
      throw new TrowelError('usage', 'A baseline holds all findings: --write-baseline takes no other filter.');
    const opened = await openTree(context, path);
    const { snapshot, root, scope } = opened;
    try {
      if (writeBaseline && scope !== '')
        throw new TrowelError('usage', 'A baseline is the whole repository’s: give its root.', {
          hint: 'Run it from the root, or name no path.',
        });
      const config = context.services.configFor(root).values;
      const report = await checkTree(
        checkRequest(opened, context, {
          asked,
          onlyNew,
          trustRules,
          acceptAll: writeBaseline,
          tools,
          imports: imports.map((file) => resolve(context.services.workingFolder, file)),
        }),
      );
      if (writeBaseline) writeBaselineFile(root, config.check.baseline, report.findings);
      const document = format === 'terminal' ? undefined : await documentOf(report, format, snapshot, context);
      if (out !== undefined)
        writeTextFile(
          resolve(context.services.workingFolder, out),
          document ?? checkForTerminal(report, { width: 100, color: false, unicode: true }, all),
        );
      const scores = score ? scoredTree(snapshot, root, scope, report.findings) : undefined;
      return { ...report, document, all, scores, written: out };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) =>
    output.scores
      ? scoresForTerminal(output.scores, terminal, output.all)
      : output.written === undefined
        ? (output.document ?? checkForTerminal(output, terminal, output.all))
        : `${output.counts.shown} findings, ${output.counts.gating} of which fail the check: ${output.written}\n`,
  tool: {
    description:
      'Bugs, dead code, copies, smells and breaches of the design in the code as it is now, worst first. After an edit, ask for `since: HEAD` and `new`: what the edit brought.',
    takes: ['path', 'since', 'new', 'category', 'severity'],
    output: checkOutput,
    brief: briefCheck,
  },
  exitCode: ({ counts, missing, scores }) => (missing.length > 0 ? 2 : counts.gating > 0 && !scores ? 1 : 0),
});

async function documentOf(
  report: CheckReport,
  format: FindingFormatName,
  snapshot: Snapshot,
  { services }: OperationContext,
): Promise<string> {
  const { write } = await loadFindingFormat(format);
  const textOf = (path: string): string | undefined => {
    const file = snapshot.fileByPath(path);
    return file && snapshot.text(file.id);
  };
  return write(report, { version: services.version, textOf });
}

/** Scores stand on all findings, and have no format of their own. */
function refuseWithScore(asked: {
  readonly since?: string | undefined;
  readonly category: readonly string[];
  readonly rule: readonly string[];
  readonly severity: number;
  readonly format: string;
  readonly writeBaseline: boolean;
  readonly onlyNew: boolean;
}): void {
  const { since, category, rule, severity, format, writeBaseline, onlyNew } = asked;
  if (since !== undefined || category.length > 0 || rule.length > 0 || severity > 1 || onlyNew)
    throw new TrowelError('usage', 'A score counts all findings: --score takes no other filter than a path.');
  if (format !== 'terminal' || writeBaseline)
    throw new TrowelError('usage', '--score is shown on the terminal or as --json, and writes no baseline.');
}
