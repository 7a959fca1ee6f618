import * as z from 'zod';
import type { ClusterReport } from '#model/clusters.ts';
import { clustersForTerminal } from '#report/clusters-terminal.ts';
import { clusterReport } from './cluster-report.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { searchFilters } from './search-filters.ts';

const input = z.object({
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  minSize: z
    .number()
    .int()
    .min(2)
    .optional()
    .describe('Fewer functions and types are no cluster; default: by how many there are.'),
  members: z.number().int().min(1).max(1000).default(3).describe('How many typical members to show of each.'),
  limit: z.number().int().min(1).default(20).describe('How many clusters to show.'),
  language: z.array(z.string()).default([]).describe('Only files of this language.'),
  glob: z.array(z.string()).default([]).describe('Only files whose path matches, as in .gitignore; !… leaves out.'),
  tests: z.boolean().default(false).describe('Only test code; without it, none.'),
});

export const operation = defineOperation<typeof input, ClusterReport>({
  name: 'clusters',
  group: 'find',
  summary: 'Group functions and types by what they mean, and name the groups by their own words.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel clusters', explains: 'What the repository is about, wherever it lies.' },
    { command: 'trowel clusters src --members 10', explains: 'A folder, with more of each group.' },
    { command: 'trowel clusters --json', explains: 'All of them, for a program.' },
  ],
  async run({ path, minSize, members, limit, ...given }, context) {
    const { snapshot, scope } = await openTree(context, path);
    try {
      const filters = searchFilters(snapshot, { scope, kind: [], ...given });
      const report = clusterReport({
        snapshot,
        filters,
        leastSize: minSize,
        members,
        dots: 0,
        signal: context.signal,
      });
      const hidden = context.asData ? 0 : report.clusters.length - limit;
      if (hidden <= 0) return report;
      const notes = [...report.notes, `${hidden} smaller clusters are not shown; more with --limit.`];
      return { ...report, clusters: report.clusters.slice(0, limit), notes };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => clustersForTerminal(output, terminal),
});
