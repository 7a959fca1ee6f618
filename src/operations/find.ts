import { z } from 'zod';
import type { SearchAnswer } from '#model/search.ts';
import { findForTerminal } from '#report/find-terminal.ts';
import { find } from '#search/find.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { searchFilters } from './search-filters.ts';
import { briefHits, findOutput } from './tools/find-tool.ts';

const input = z.object({
  query: z
    .string()
    .describe('Words, a question, a symbol, a path, a piece of code, an error message, "a literal" or /a regex/.'),
  path: z.string().optional().describe('A folder of the repository, or a git URL; default: where you are.'),
  limit: z.number().int().min(1).max(1000).default(10).describe('How many hits to show.'),
  offset: z.number().int().min(0).default(0).describe('How many to pass over first.'),
  kind: z.array(z.string()).default([]).describe('Only hits of this kind: function, class, section, file …'),
  language: z.array(z.string()).default([]).describe('Only files of this language: python, typescript …'),
  glob: z.array(z.string()).default([]).describe('Only files whose path matches, as in .gitignore; !… leaves out.'),
  tests: z.boolean().optional().describe('Only test code (--tests), or none (--no-tests).'),
  lines: z.number().int().min(0).max(50).default(3).describe('Lines of code to show with each hit; 0 for none.'),
  explain: z.boolean().default(false).describe('Show what spoke for and against each hit.'),
});

export type FindOutput = SearchAnswer & {
  readonly revision: string;
  readonly asOf: number;
  readonly offset: number;
  readonly explain: boolean;
};

export const operation = defineOperation<typeof input, FindOutput>({
  name: 'find',
  group: 'find',
  summary: 'Find code by words, by name, by what it does or what it says.',
  effect: 'read',
  input,
  positional: ['query', 'path'],
  examples: [
    { command: 'trowel find "where are passwords hashed"', explains: 'A question in words.' },
    { command: 'trowel find Model.save', explains: 'A symbol; parts of its name will do.' },
    {
      command: `trowel find '/raise \\w+Error/' --language python`,
      explains: 'A regular expression, in one language.',
    },
    { command: 'trowel find "request flow" src --explain', explains: 'In a folder, with the reasons.' },
  ],
  async run({ query, path, limit, offset, lines, explain, ...filters }, context) {
    const { snapshot, scope } = await openTree(context, path);
    try {
      const answer = find({
        query,
        snapshot,
        filters: searchFilters(snapshot, { scope, ...filters }),
        offset,
        limit,
        snippetLines: lines,
      });
      const { revision, asOf } = snapshot.freshness;
      return { ...answer, revision, asOf, offset, explain };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => findForTerminal(output, output.offset, output.explain, terminal),
  tool: {
    name: 'search',
    description:
      'Find code by words, a question, a name, an error message, "a literal" or /a regex/: ranked, with lines.',
    takes: ['query', 'limit', 'language', 'glob', 'tests', 'path'],
    output: findOutput,
    brief: briefHits,
  },
});
