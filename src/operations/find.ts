import path from 'node:path';
import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import type { SearchAnswer, SearchHit, Suggestion } from '#model/search.ts';
import { findForTerminal, suggestionsForTerminal } from '#report/find-terminal.ts';
import { rememberedAnswer } from '#search/answer-cache.ts';
import { find, textToEncode } from '#search/find.ts';
import { suggest } from '#search/suggest.ts';
import { cachedHistory } from '#workspace/cached-history.ts';
import type { OpenedWorkspace } from '#workspace/open-workspace.ts';
import { filesChangedBy } from './files-changed-by.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { openTree } from './open-tree.ts';
import { searchFilters } from './search-filters.ts';
import { treeEncoder } from './tree-encoder.ts';
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
  author: z.string().optional().describe('Only files that this person has changed: part of a name or address.'),
  since: z.string().optional().describe('Only files changed since: a day (2026-01-31), a span (30d, 6m), or a commit.'),
  repositories: z
    .array(z.string())
    .default([])
    .describe('More repositories to search in the same go: folders or git URLs.'),
  suggest: z.boolean().default(false).describe('Complete a name that is half typed, instead of searching.'),
  lines: z.number().int().min(0).max(50).default(3).describe('Lines of code to show with each hit; 0 for none.'),
  explain: z.boolean().default(false).describe('Show what spoke for and against each hit.'),
});
type Input = z.output<typeof input>;

export type FindOutput =
  | (SearchAnswer & {
      readonly status: 'hits';
      readonly revision: string;
      /** When the tree was compared with its index, in milliseconds since the epoch. */
      readonly asOf: number;
      readonly offset: number;
      readonly explain: boolean;
    })
  | { readonly status: 'suggestions'; readonly suggestions: readonly Suggestion[] };

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
      explains: 'A regular expression (RE2), in one language.',
    },
    { command: 'trowel find "request flow" src --explain', explains: 'In a folder, with the reasons.' },
    { command: 'trowel find parseC --suggest --json', explains: 'For an editor, as one types.' },
  ],
  async run(given, context) {
    if (given.suggest) return { status: 'suggestions', suggestions: await suggestIn(given, context) };
    const trees = [given.path, ...given.repositories];
    const wanted = trees.length === 1 ? given : { ...given, offset: 0, limit: given.offset + given.limit };
    const answers: (Answered & { readonly root: string })[] = [];
    for (const tree of trees) answers.push(await answerFrom(tree, wanted, context));
    const { offset, explain } = given;
    const [first] = answers;
    if (answers.length === 1) {
      const { root: _, ...answer } = first!;
      return { status: 'hits', ...answer, offset, explain };
    }
    return { status: 'hits', ...first!, ...joined(answers, given), offset, explain };
  },
  render: (output, terminal) =>
    output.status === 'suggestions'
      ? suggestionsForTerminal(output.suggestions, terminal)
      : findForTerminal(output, output.offset, output.explain, terminal),
  tool: {
    name: 'search',
    description:
      'Find code by words, a question, a name, an error message, "a literal" or /a regex/: ranked, with lines.',
    takes: ['query', 'limit', 'language', 'glob', 'tests', 'path'],
    output: findOutput,
    brief: (output) => (output.status === 'hits' ? briefHits(output) : { understoodAs: 'symbol', total: 0, hits: [] }),
  },
});

type Answered = SearchAnswer & { readonly revision: string; readonly asOf: number };

async function answerFrom(
  tree: string | undefined,
  given: Input,
  context: OperationContext,
): Promise<Answered & { readonly root: string }> {
  const opened = await openTree(context, tree);
  const { snapshot, root, scope } = opened;
  try {
    const { revision, asOf, partial } = snapshot.freshness;
    const changed = await changedFiles(opened, given, context);
    const text = textToEncode(given.query);
    const encoder = await treeEncoder(root, context, text === undefined ? undefined : { text, role: 'query' });
    const ask = (): SearchAnswer =>
      find({
        query: given.query,
        snapshot,
        filters: searchFilters(snapshot, { scope, ...given, changed }),
        offset: given.offset,
        limit: given.limit,
        snippetLines: given.lines,
        signal: context.signal,
        encoder,
      });
    const { explain: _, ...asked } = given;
    // What git says may change without the tree.
    const answer =
      partial || changed
        ? ask()
        : rememberedAnswer(JSON.stringify([root, scope, revision, encoder?.modelId, asked]), ask);
    return { ...answer, revision, asOf, root };
  } finally {
    snapshot.close();
  }
}

async function changedFiles(
  { root, indexFolder }: OpenedWorkspace,
  { author, since }: Input,
  { services, emit, signal }: OperationContext,
): Promise<ReadonlySet<string> | undefined> {
  if (author === undefined && since === undefined) return undefined;
  const { maxCommits } = services.configFor(root).values.history;
  const history = await cachedHistory(indexFolder, { root, maximumCommits: maxCommits, emit, signal });
  if (typeof history === 'string')
    throw new TrowelError('history-missing', 'Nothing is known of authors and times here: there is no git history.', {
      hint: 'Leave --author and --since out.',
    });
  return filesChangedBy(history, { author, since }, services.clock.now());
}

/** One list from several trees: scores are scaled by how well a tree answers at all. */
function joined(
  answers: readonly (Answered & { readonly root: string })[],
  { offset, limit }: Input,
): Pick<SearchAnswer, 'hits' | 'total' | 'notes' | 'strength'> {
  const strongest = Math.max(...answers.map(({ strength }) => strength), 1e-9);
  const hits: SearchHit[] = answers.flatMap(({ hits: own, strength, root }) =>
    own.map((hit) => ({ ...hit, score: hit.score * Math.sqrt(strength / strongest), repository: path.basename(root) })),
  );
  hits.sort(
    (a, b) => b.score - a.score || compare(a.repository!, b.repository!) || compare(a.path, b.path) || a.line - b.line,
  );
  return {
    hits: hits.slice(offset, offset + limit),
    total: answers.reduce((sum, { total }) => sum + total, 0),
    notes: hits.length > 0 ? [] : [...new Set(answers.flatMap(({ notes }) => notes))],
    strength: strongest,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function suggestIn(given: Input, context: OperationContext): Promise<readonly Suggestion[]> {
  const { snapshot, scope } = await openTree(context, given.path);
  try {
    return suggest(snapshot, given.query, searchFilters(snapshot, { scope, ...given }), given.limit);
  } finally {
    snapshot.close();
  }
}
