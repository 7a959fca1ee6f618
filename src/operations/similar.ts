import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { choiceOf, chooseSymbol } from '#inspect/choose-symbol.ts';
import type { SymbolChoice } from '#model/inspection.ts';
import type { SearchHit } from '#model/search.ts';
import { findForTerminal } from '#report/find-terminal.ts';
import { choicesForTerminal } from '#report/symbol-terminal.ts';
import { findSimilar } from '#search/find.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { searchFilters } from './search-filters.ts';
import { treeEncoder } from './tree-encoder.ts';

const input = z.object({
  subject: z
    .string()
    .optional()
    .describe('A symbol, or path:line: whatever is defined around that line; `-`: the code on standard input.'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  code: z.string().optional().describe('A piece of code from elsewhere, in place of a symbol.'),
  limit: z.number().int().min(1).max(200).default(10).describe('How many to show.'),
  language: z.array(z.string()).default([]).describe('Only files of this language.'),
  glob: z.array(z.string()).default([]).describe('Only files whose path matches, as in .gitignore; !… leaves out.'),
  kind: z.array(z.string()).default([]).describe('Only hits of this kind: function, class …'),
  tests: z.boolean().optional().describe('Only test code (--tests), or none (--no-tests).'),
  lines: z.number().int().min(0).max(50).default(2).describe('Lines of code to show with each hit; 0 for none.'),
});

export type SimilarOutput =
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] }
  | {
      readonly status: 'hits';
      readonly subject: SymbolChoice | undefined;
      readonly hits: readonly SearchHit[];
      readonly notes: readonly string[];
    };

/** UTF-16 units of a piece of code. */
const LONGEST_CODE = 64 * 1024;

export const operation = defineOperation<typeof input, SimilarOutput>({
  name: 'similar',
  group: 'find',
  summary: 'Find code that does something like a symbol or a piece of code does, in any language.',
  effect: 'read',
  input,
  positional: ['subject', 'path'],
  examples: [
    { command: 'trowel similar parseConfig', explains: 'What is like this function.' },
    { command: 'trowel similar src/config.ts:42 --language python', explains: 'The same in another language.' },
    { command: 'trowel similar - < snippet.ts', explains: 'Like what a file or another program holds.' },
    { command: "trowel similar --code 'for (const x of xs) sum += x'", explains: 'Like a piece of code.' },
  ],
  async run({ subject: named, path, code: given, limit, lines, ...filters }, context) {
    const { readInput } = context.services;
    const subject = named === '-' && readInput ? undefined : named;
    const code = named === '-' && readInput ? await readInput(LONGEST_CODE * 4) : given;
    if ((subject === undefined) === (code === undefined))
      throw new TrowelError('usage', 'Name a symbol or a place, or give --code.', {
        hint: 'For example: trowel similar src/config.ts:42',
      });
    if (code !== undefined && code.length > LONGEST_CODE)
      throw new TrowelError('query-limit', `The code has ${code.length} characters; ${LONGEST_CODE} are the limit.`);
    const { snapshot, root, scope } = await openTree(context, path);
    try {
      const chosen = subject === undefined ? undefined : chooseSymbol(snapshot, subject, scope);
      if (chosen?.status === 'ambiguous') return { status: 'ambiguous', choices: chosen.choices };
      const symbol = chosen?.symbol;
      const file = symbol && snapshot.files()[symbol.file]!;
      const own = symbol && snapshot.text(symbol.file)?.split(/\r\n|\n|\r/);
      const text = code ?? own?.slice(symbol!.startLine - 1, symbol!.endLine).join('\n') ?? symbol!.qualifiedName;
      const { hits, notes } = findSimilar({
        snapshot,
        filters: searchFilters(snapshot, { scope, ...filters }),
        text,
        place: symbol && file && { file: file.id, row: symbol.id - file.firstSymbol },
        encoder: await treeEncoder(root, context, { text, role: 'code' }),
        limit,
        snippetLines: lines,
      });
      return { status: 'hits', subject: symbol && choiceOf(symbol), hits, notes };
    } finally {
      snapshot.close();
    }
  },
  render(output, terminal) {
    if (output.status === 'ambiguous') return choicesForTerminal(output.choices, terminal);
    const { hits, notes } = output;
    const told = hits.length === 0 && notes.length === 0 ? ['Nothing here is like it.'] : notes;
    return findForTerminal({ hits, notes: told, total: hits.length }, 0, false, terminal);
  },
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
});
