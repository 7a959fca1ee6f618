import * as z from 'zod';
import type { CheckReport } from '#model/check.ts';
import { checkForTerminal } from '#report/check-terminal.ts';
import { checkTree } from '#findings/check-tree.ts';
import { checkRequest } from './check-request.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a file of the repository; default: where you are.'),
  since: z
    .string()
    .optional()
    .describe('Only what the work tree brings since this commit, branch or tag counts as new.'),
  taste: z.boolean().default(false).describe('Ask the rules of taste, too: documentation, loose equality.'),
  tools: z
    .boolean()
    .default(false)
    .describe('Also run the linters and formatters that the project uses, in the sandbox, by their own settings.'),
  all: z.boolean().default(false).describe('List every finding, not a screen of them.'),
});

export type StandardsOutput = CheckReport & { readonly all: boolean };

export const operation = defineOperation<typeof input, StandardsOutput>({
  name: 'standards',
  group: 'judge',
  summary: 'Show where code departs from the standards of its language: names, imports, comparisons, documentation.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel standards', explains: 'The whole repository.' },
    { command: 'trowel standards src --taste --all', explains: 'Everything in a folder, taste included.' },
  ],
  async run({ path, since, taste, tools, all }, context) {
    const opened = await openTree(context, path);
    try {
      const report = await checkTree(
        checkRequest(opened, context, {
          asked: { since, category: ['standards'], rule: [], severity: 1 },
          ...(taste && { optional: ({ category }) => category === 'standards' }),
          tools,
        }),
      );
      return { ...report, all };
    } finally {
      opened.snapshot.close();
    }
  },
  render: (output, terminal) => checkForTerminal(output, terminal, output.all),
  exitCode: ({ counts }) => (counts.gating > 0 ? 1 : 0),
});
