import path from 'node:path';
import * as z from 'zod';
import { checkTree } from '#findings/check-tree.ts';
import { askGit } from '#base/git.ts';
import { sumOf } from '#debt/debt.ts';
import { DebtState } from '#debt/debt-state.ts';
import { writeTextFile } from '#base/write-file.ts';
import { readDeclarations } from '#ecosystems/registry.ts';
import { isCodeLanguage, languageName } from '#languages/catalogue.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { DesignPattern } from '#model/design-pattern.ts';
import type { Survey } from '#model/survey.ts';
import { findPatterns } from '#patterns/find-patterns.ts';
import type { JudgementView } from '#report/html/judgement-sections.ts';
import { surveyForTerminal } from '#report/survey-terminal.ts';
import { patternsForTerminal } from '#report/patterns-terminal.ts';
import { ink } from '#report/terminal-canvas.ts';
import { buildSurvey } from '#survey/build-survey.ts';
import { cachedHistory } from '#workspace/cached-history.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { checkRequest } from './check-request.ts';
import { openTree } from './open-tree.ts';
import { rankedDebt } from './ranked-debt.ts';
import { isScoredIn, scoredTree } from './scored-tree.ts';
import { searchFilters } from './search-filters.ts';
import { suggestedRefactorings } from './suggested-refactorings.ts';
import { briefSurvey, surveyOutput } from './tools/survey-tool.ts';

const input = z.object({
  path: z
    .string()
    .optional()
    .describe('A folder, or a git URL (with #branch or #commit if you like); default: the repository where you are.'),
  html: z
    .string()
    .optional()
    .describe('Write the survey with its pictures to this file, as one page that needs no network.'),
  patterns: z
    .boolean()
    .default(false)
    .describe('List the design patterns found in the code instead, with who plays which role.'),
});

/** Dots of the picture of meanings: laying them out takes seconds, and more would cover each other. */
const CLUSTER_DOTS = 2500;

export interface SurveyOutput extends Survey {
  /** Where the page was written. */
  readonly page: string | undefined;
  /** With `--patterns`. */
  readonly patterns: readonly DesignPattern[] | undefined;
  readonly notes: readonly string[];
}

export const operation = defineOperation<typeof input, SurveyOutput>({
  name: 'survey',
  group: 'understand',
  summary:
    'Show what a repository is made of: modules, entry points, hotspots, cycles, people, and what to read first.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel survey', explains: 'The repository where you are.' },
    { command: 'trowel survey --patterns', explains: 'Design patterns in the code, and who plays which role.' },
    { command: 'trowel survey src --html survey.html', explains: 'One part of it, as a page with pictures.' },
  ],
  async run({ path: given, html, patterns }, context) {
    const opened = await openTree(context, given);
    const { snapshot } = opened;
    try {
      const settings = context.services.configFor(opened.root).values.history;
      const history = settings.enabled
        ? await cachedHistory(opened.indexFolder, {
            root: opened.root,
            maximumCommits: settings.maxCommits,
            emit: context.emit,
            signal: context.signal,
          })
        : 'not-a-repository';
      const readText = (file: string): string | undefined => {
        const record = snapshot.fileByPath(file);
        return record && snapshot.text(record.id);
      };
      const survey = buildSurvey({
        snapshot,
        name: nameOf(opened.root, opened.scope, context.services.folders.data),
        scope: opened.scope,
        branch:
          typeof history === 'string'
            ? undefined
            : await askGit(['symbolic-ref', '--short', '--quiet', 'HEAD'], opened.root, context.signal),
        commit: typeof history === 'string' ? undefined : history.head,
        history,
        readText,
        packages: await readDeclarations(
          snapshot.files().map((file) => file.path),
          readText,
        ),
        language: (id) => ({ name: languageName(id), isCode: isCodeLanguage(id) }),
      });
      const page = html === undefined ? undefined : path.resolve(context.services.workingFolder, html);
      if (page !== undefined) {
        const { surveyPage } = await import('#report/html/survey-page.ts');
        const { clusterReport } = await import('./cluster-report.ts');
        const filters = searchFilters(snapshot, {
          scope: opened.scope,
          kind: [],
          language: [],
          glob: [],
          tests: false,
        });
        const clusters = clusterReport({ snapshot, filters, members: 3, dots: CLUSTER_DOTS, signal: context.signal });
        writeTextFile(
          page,
          surveyPage(
            survey,
            clusters,
            await judgement(opened, typeof history === 'string' ? undefined : history, context),
          ),
        );
      }
      return {
        ...survey,
        page,
        patterns: patterns ? patternsIn(snapshot, opened.scope) : undefined,
        notes: opened.notes,
      };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => {
    const notes = output.notes.map((note) => `${ink(terminal, note, 'yellow')}\n`).join('');
    const page = output.page === undefined ? '' : `\nwritten: ${output.page}\n`;
    const body = output.patterns ? patternsForTerminal(output.patterns, terminal) : surveyForTerminal(output, terminal);
    return body + notes + page;
  },
  tool: {
    description: 'What a repository, or a folder of it, is made of: start here where you know nothing of it yet.',
    takes: ['path'],
    output: surveyOutput,
    brief: briefSurvey,
  },
});

/** Of the whole repository: what is dead or owed in a part of it depends on the rest. The page shows it for the whole tree only. */
async function judgement(
  opened: Awaited<ReturnType<typeof openTree>>,
  history: HistoryFacts | undefined,
  context: OperationContext,
): Promise<JudgementView | undefined> {
  const { snapshot, scope, indexFolder } = opened;
  if (scope !== '') return undefined;
  const report = await checkTree(checkRequest(opened, context, { history: async () => history }));
  const state = new DebtState(indexFolder);
  try {
    const now = context.services.clock.now();
    const { owed, minutes, codeLines } = rankedDebt({ snapshot, report, history, known: state.items(), now });
    const scans = state.scans().filter(({ revision }) => revision !== snapshot.freshness.revision);
    return {
      report,
      scores: {
        ...scoredTree(snapshot, opened.root, scope, report.findings),
        refactorings: await suggestedRefactorings(snapshot, scope, report.suppressed, context.signal),
        patterns: patternsIn(snapshot, scope),
      },
      debt: {
        sum: sumOf(minutes, owed.length, codeLines),
        items: owed,
        trend: [...scans, { time: now, minutes, findings: owed.length }],
        knowsHistory: history !== undefined,
      },
    };
  } finally {
    state.close();
  }
}

/** A clone's folder carries a key behind the repository's name, which nobody needs to read. */
function nameOf(root: string, scope: string, dataFolder: string): string {
  const isClone = path.dirname(root) === path.join(dataFolder, 'clones');
  const name = isClone ? path.basename(root).replace(/-[0-9a-f]{12}$/, '') : path.basename(root);
  return scope === '' ? name : `${name}/${scope}`;
}

/** All classes are looked at, those of the scope are told of. */
function patternsIn(snapshot: Snapshot, scope: string): readonly DesignPattern[] {
  const isProduct = isScoredIn('');
  const isAsked = isScoredIn(scope);
  const fileOf = (file: string) => snapshot.fileByPath(file)!;
  return findPatterns(snapshot, (file) => isProduct(fileOf(file))).filter(({ place }) => isAsked(fileOf(place.path)));
}
