import { z } from 'zod';
import type { CloneGroup, CloneMember, ClonePair } from '#model/search.ts';
import { clonesForTerminal } from '#report/clones-terminal.ts';
import { searchIndexOf } from '#search/find.ts';
import { findClones } from '#search/find-clones.ts';
import { groupClones } from '#search/group-clones.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { searchFilters } from './search-filters.ts';
import { treeEncoder } from './tree-encoder.ts';

const input = z.object({
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  minTokens: z.number().int().min(10).default(50).describe('Functions of fewer tokens are left out.'),
  similarity: z.number().min(0.3).max(1).default(0.7).describe('How alike near misses must be, 0 to 1.'),
  semantic: z.boolean().default(false).describe('Look for like meaning as well, across languages.'),
  meaning: z.number().min(0.5).max(1).default(0.92).describe('How near in meaning semantic clones must be (cosine).'),
  language: z.array(z.string()).default([]).describe('Only files of this language.'),
  glob: z.array(z.string()).default([]).describe('Only files whose path matches, as in .gitignore; !… leaves out.'),
  tests: z.boolean().optional().describe('Only test code (--tests), or none (--no-tests).'),
  pairs: z.boolean().default(false).describe('List pairs instead of groups.'),
  limit: z.number().int().min(1).default(20).describe('How many groups or pairs to show.'),
  show: z.boolean().default(false).describe('Show the code side by side: of a group, each beside its representative.'),
});

/** A pair with its texts where they were asked for. */
export type ShownPair = ClonePair & { readonly texts?: readonly [left: string, right: string] };

/** A group with its members' texts where they were asked for. */
export type ShownGroup = Omit<CloneGroup, 'members'> & {
  readonly members: readonly (CloneMember & { readonly text?: string })[];
};

export interface ClonesOutput {
  /** Pairs. */
  readonly total: number;
  readonly counts: Readonly<Partial<Record<ClonePair['kind'], number>>>;
  readonly groupCount: number;
  /** Empty where pairs were asked for. */
  readonly groups: readonly ShownGroup[];
  /** Empty unless they were asked for. */
  readonly pairs: readonly ShownPair[];
}

export const operation = defineOperation<typeof input, ClonesOutput>({
  name: 'clones',
  group: 'find',
  summary: 'Find functions that are copies of each other: exact, renamed, near misses, or of like meaning.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel clones', explains: 'Copies in the whole repository.' },
    { command: 'trowel clones src --no-tests --show', explains: 'In a folder, side by side.' },
    { command: 'trowel clones --semantic --json', explains: 'Also what does the same in other words, for a program.' },
  ],
  async run({ path, minTokens, similarity, semantic, meaning, limit, show, pairs: asPairs, ...given }, context) {
    const { snapshot, root, scope } = await openTree(context, path);
    try {
      const pairs = findClones({
        snapshot,
        index: searchIndexOf(snapshot),
        filters: searchFilters(snapshot, { scope, kind: [], ...given }),
        minimumTokens: minTokens,
        minimumSimilarity: similarity,
        meaning: semantic ? meaning : undefined,
        encoder: semantic ? await treeEncoder(root, context, undefined) : undefined,
        signal: context.signal,
      });
      const counts: Partial<Record<ClonePair['kind'], number>> = {};
      for (const { kind } of pairs) counts[kind] = (counts[kind] ?? 0) + 1;
      const textOf = ({ path: file, line, endLine }: ClonePair['left']): string =>
        snapshot
          .text(snapshot.fileByPath(file)!.id)
          ?.split(/\r\n|\n|\r/)
          .slice(line - 1, endLine)
          .join('\n') ?? '';
      const groups = groupClones(pairs);
      return {
        total: pairs.length,
        counts,
        groupCount: groups.length,
        groups: (asPairs ? [] : groups.slice(0, limit)).map((group): ShownGroup =>
          show ? { ...group, members: group.members.map((member) => ({ ...member, text: textOf(member) })) } : group,
        ),
        pairs: (asPairs ? pairs.slice(0, limit) : []).map((pair): ShownPair =>
          show ? { ...pair, texts: [textOf(pair.left), textOf(pair.right)] } : pair,
        ),
      };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => clonesForTerminal(output, terminal),
});
