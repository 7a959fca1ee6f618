import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import { describeSymbol } from '#inspect/describe-symbol.ts';
import { symbolHistory } from '#history/symbol-history.ts';
import type { SymbolHistory } from '#model/history.ts';
import type { SymbolChoice, SymbolDescription } from '#model/inspection.ts';
import { choicesForTerminal, symbolForTerminal } from '#report/symbol-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  symbol: z.string().describe('A name, Type.method, path:line, or a key from another answer.'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  source: z.boolean().default(false).describe('Show the whole definition, however long.'),
  limit: z.number().int().min(1).default(12).describe('How many callers, callees and tests to list.'),
  history: z.boolean().default(true).describe('Ask git who changed it and when (--no-history leaves it out).'),
});

export type ShowOutput =
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] }
  | ({
      readonly status: 'symbol';
      readonly history: SymbolHistory | undefined;
      readonly limit: number;
      readonly wholeSource: boolean;
    } & SymbolDescription);

export const operation = defineOperation<typeof input, ShowOutput>({
  name: 'show',
  group: 'understand',
  summary: 'Show one symbol: definition, documentation, callers, callees, tests, owners, metrics and history.',
  effect: 'read',
  input,
  positional: ['symbol', 'path'],
  examples: [
    { command: 'trowel show Model.save', explains: 'A method by its qualified name.' },
    { command: 'trowel show src/config.ts:42', explains: 'Whatever is defined around that line.' },
  ],
  async run({ symbol, path, source, limit, history }, context) {
    const { snapshot, root, scope } = await openTree(context, path);
    try {
      const chosen = chooseSymbol(snapshot, symbol, scope);
      if (chosen.status === 'ambiguous') return chosen;
      const description = describeSymbol(snapshot, chosen.symbol);
      const { path: file, startLine, endLine } = chosen.symbol;
      const known = history
        ? await symbolHistory(root, file, startLine, endLine, context.signal).catch(withoutGit)
        : undefined;
      return { status: 'symbol', ...description, history: known, limit, wholeSource: source };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) =>
    output.status === 'ambiguous' ? choicesForTerminal(output.choices, terminal) : symbolForTerminal(output, terminal),
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
});

/** Where git is missing, nothing is known of change; everything else is. */
function withoutGit(error: unknown): undefined {
  if (error instanceof TrowelError && error.code === 'git-missing') return undefined;
  throw error;
}
