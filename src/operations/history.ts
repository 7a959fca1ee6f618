import * as z from 'zod';
import { fileHistories } from '#history/file-histories.ts';
import { blameFixes } from '#history/szz.ts';
import type { BlamedCommit, HistoryAbsence } from '#model/history.ts';
import type { SurveyCoupling, SurveyMonth, SurveyPeople } from '#model/survey.ts';
import { historyForTerminal } from '#report/history-terminal.ts';
import { activity, coupling, people } from '#survey/people.ts';
import { joinedFiles } from '#survey/file-graph.ts';
import { cachedHistory } from '#workspace/cached-history.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a file of the repository; default: all of the one where you are.'),
  fixes: z
    .boolean()
    .default(false)
    .describe('Find the commits that put in what bug fixes took out (SZZ): a blame for each fix, so it takes a while.'),
  maxFixes: z
    .number()
    .int()
    .min(1)
    .default(200)
    .describe('With --fixes: how many of the latest bug fixes to follow back.'),
});

export interface HistoryOutput {
  readonly absence: HistoryAbsence | undefined;
  readonly scope: string;
  readonly people: SurveyPeople | undefined;
  readonly activity: readonly SurveyMonth[];
  /** Most changed first. */
  readonly files: readonly HistoryFile[];
  readonly coupling: readonly SurveyCoupling[];
  /** Undefined unless asked for. */
  readonly introduced: readonly IntroducedFault[] | undefined;
}

export interface HistoryFile {
  readonly path: string;
  readonly commits: number;
  readonly bugFixes: number;
  readonly linesAdded: number;
  readonly linesDeleted: number;
  /** Seconds since the epoch. */
  readonly firstChange: number;
  readonly lastChange: number;
  readonly authors: readonly { readonly name: string; readonly commits: number; readonly authorship: number }[];
}

/** A commit that put in lines which later bug fixes took out. */
export interface IntroducedFault {
  readonly commit: string;
  readonly subject: string;
  readonly fixes: readonly BlamedCommit[];
}

export const operation = defineOperation<typeof input, HistoryOutput>({
  name: 'history',
  group: 'understand',
  summary:
    'Tell what git knows: churn, ownership, knowledge islands, truck factor, files that change together, bug fixes and where the bugs came from.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel history', explains: 'The whole repository.' },
    { command: 'trowel history src --fixes', explains: 'One folder, with the commits that brought in its bugs.' },
  ],
  async run({ path, fixes, maxFixes }, context) {
    const { snapshot, root, scope, indexFolder } = await openTree(context, path);
    try {
      const { maxCommits } = context.services.configFor(root).values.history;
      const options = { root, maximumCommits: maxCommits, emit: context.emit, signal: context.signal };
      const history = await cachedHistory(indexFolder, options);
      if (typeof history === 'string')
        return {
          absence: history,
          scope,
          people: undefined,
          activity: [],
          files: [],
          coupling: [],
          introduced: undefined,
        };
      const inScope = (file: string): boolean =>
        snapshot.fileByPath(file) !== undefined && (scope === '' || file === scope || file.startsWith(`${scope}/`));
      const files = fileHistories(history, inScope);
      const blamed = fixes
        ? (await blameFixes(history, { ...options, maximumFixes: maxFixes })).filter(
            ({ path: file }) => scope === '' || file === scope || file.startsWith(`${scope}/`),
          )
        : undefined;
      const subjects = new Map(history.hashes.map((hash, index) => [hash, history.subjects[index]!]));
      return {
        absence: undefined,
        scope,
        people: people(history, files),
        activity: activity(history),
        files: Array.from(files.values(), (file) => ({
          ...file,
          authors: file.authors.map(({ author, ...rest }) => ({ name: history.authors[author]!.name, ...rest })),
        })).sort((a, b) => b.commits - a.commits || (a.path < b.path ? -1 : 1)),
        coupling: coupling(history, inScope, joinedFiles(snapshot)),
        introduced:
          blamed &&
          [...Map.groupBy(blamed, ({ introduced }) => introduced)]
            .map(([commit, group]) => ({ commit, subject: subjects.get(commit) ?? '', fixes: group }))
            .sort(
              (a, b) =>
                new Set(b.fixes.map(({ fixed }) => fixed)).size - new Set(a.fixes.map(({ fixed }) => fixed)).size ||
                (a.commit < b.commit ? -1 : 1),
            ),
      };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => historyForTerminal(output, terminal),
});
