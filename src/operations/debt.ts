import * as z from 'zod';
import { checkTree } from '#findings/check-tree.ts';
import { TrowelError } from '#base/errors.ts';
import { type DebtItem, type DebtStatus, debtStatuses, type DebtSum, sumOf } from '#debt/debt.ts';
import { type DebtScan, DebtState } from '#debt/debt-state.ts';
import type { Refactoring } from '#model/refactoring.ts';
import { debtForTerminal } from '#report/debt-terminal.ts';
import { refactoringsForTerminal } from '#report/refactorings-terminal.ts';
import { defineOperation } from './operation.ts';
import { checkRequest } from './check-request.ts';
import { openTree } from './open-tree.ts';
import { rankedDebt } from './ranked-debt.ts';
import { historyOf } from './read-history.ts';
import { suggestedRefactorings } from './suggested-refactorings.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a file of the repository; default: where you are.'),
  status: z.array(z.enum(debtStatuses)).default(['open', 'in-progress']).describe('Only items of this status.'),
  set: z.enum(debtStatuses).optional().describe('Give the item of --item this status.'),
  item: z.string().optional().describe('Fingerprint of an item, or its beginning.'),
  note: z.string().optional().describe('Why: kept with --set.'),
  suggest: z
    .boolean()
    .default(false)
    .describe(
      'Show refactorings instead: what to extract, move, split or turn round, with what it changes in the measures.',
    ),
  maxMinutes: z.number().int().min(0).optional().describe('Exit with 1 where the debt comes to more minutes.'),
  maxGrowth: z
    .number()
    .min(0)
    .optional()
    .describe('Exit with 1 where the debt grew by more than this share since the scan before, as 0.05.'),
  limit: z.number().int().min(1).default(15).describe('How many items to show.'),
});

export interface DebtOutput {
  readonly sum: DebtSum;
  readonly items: readonly DebtItem[];
  /** Of that status and in that scope. */
  readonly total: number;
  readonly byStatus: Readonly<Record<DebtStatus, number>>;
  /** Scans of the whole repository, oldest first. */
  readonly trend: readonly DebtScan[];
  readonly alerts: readonly string[];
  readonly changed: { readonly fingerprint: string; readonly status: DebtStatus } | undefined;
  readonly risk: { readonly learned: boolean; readonly examples: number; readonly fixed: number } | undefined;
  /** With `--suggest`, what gives most back first. */
  readonly suggestions: readonly Refactoring[] | undefined;
  readonly limit: number;
  readonly fixTimes: { readonly examples: number; readonly median: number };
}

export const operation = defineOperation<typeof input, DebtOutput>({
  name: 'debt',
  group: 'judge',
  summary: 'Rank technical debt by what paying it back is worth, keep what was decided, and show the trend.',
  effect: 'write',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel debt', explains: 'What to pay back first, the sum and its trend.' },
    { command: 'trowel debt src --suggest', explains: 'What to take apart in a folder, step by step.' },
    {
      command: 'trowel debt --max-growth 0.05',
      explains: 'Fails where the debt grew by more than 5 % since the last scan.',
    },
    {
      command: 'trowel debt --set wont-fix --item 3f2a --note "goes with v2"',
      explains: 'A decision, kept across scans.',
    },
  ],
  async run({ path, suggest, status, set, item, note, maxMinutes, maxGrowth, limit }, context) {
    const opened = await openTree(context, path);
    const { snapshot, root, scope, indexFolder } = opened;
    let state: DebtState | undefined;
    try {
      const history = await historyOf(root, indexFolder, context);
      const whole = { ...opened, scope: '' };
      const report = await checkTree(checkRequest(whole, context, { history: async () => history }));
      state = new DebtState(indexFolder);
      const now = context.services.clock.now();
      const changed =
        set === undefined
          ? undefined
          : decide(
              state,
              report.findings.map(({ fingerprint }) => fingerprint),
              set,
              item,
              note,
              now,
            );
      const { ranked, owed, minutes, codeLines, times, model } = rankedDebt({
        snapshot,
        report,
        history,
        known: state.items(),
        now,
      });
      const byCategory: Record<string, number> = {};
      for (const { finding } of owed) byCategory[finding.category] = (byCategory[finding.category] ?? 0) + 1;
      const before = state.scans().findLast(({ revision }) => revision !== snapshot.freshness.revision);
      state.record(
        ranked.map(({ finding }) => finding.fingerprint),
        {
          time: now,
          commit: history?.head ?? '',
          revision: snapshot.freshness.revision,
          findings: owed.length,
          minutes: Math.round(minutes),
          codeLines,
          byCategory,
        },
      );
      const inScope = (file: string): boolean => scope === '' || file === scope || file.startsWith(`${scope}/`);
      const listed = ranked.filter((each) => status.includes(each.status) && inScope(each.finding.place.path));
      const byStatus = Object.fromEntries(debtStatuses.map((each) => [each, 0])) as Record<DebtStatus, number>;
      for (const each of state.items().values()) byStatus[each.status]++;
      return {
        sum: sumOf(minutes, owed.length, codeLines),
        items: listed.slice(0, limit),
        total: listed.length,
        byStatus,
        trend: state.scans(),
        alerts: alertsOf(minutes, before, maxMinutes, maxGrowth),
        changed,
        risk: model && {
          learned: model.kind === 'learned',
          examples: model.kind === 'learned' ? model.examples : 0,
          fixed: model.fixed,
        },
        suggestions: suggest
          ? await suggestedRefactorings(snapshot, scope, report.suppressed, context.signal)
          : undefined,
        limit,
        fixTimes: { examples: times.examples, median: Math.round(times.median) },
      };
    } finally {
      state?.close();
      snapshot.close();
    }
  },
  render: (output, terminal) =>
    output.suggestions
      ? refactoringsForTerminal(output.suggestions, output.limit, terminal)
      : debtForTerminal(output, terminal),
  exitCode: ({ alerts }) => (alerts.length > 0 ? 1 : 0),
});

function decide(
  state: DebtState,
  fingerprints: readonly string[],
  status: DebtStatus,
  item: string | undefined,
  note: string | undefined,
  now: number,
): NonNullable<DebtOutput['changed']> {
  if (item === undefined)
    throw new TrowelError('usage', '--set needs --item with a fingerprint.', {
      hint: '`trowel debt` shows the fingerprints.',
    });
  const all = new Set([...fingerprints, ...state.items().keys()]);
  const matches = [...all].filter((each) => each.startsWith(item));
  if (matches.length !== 1)
    throw new TrowelError(
      matches.length === 0 ? 'not-found' : 'usage',
      matches.length === 0
        ? `No finding has a fingerprint that starts with ${item}.`
        : `${matches.length} fingerprints start with ${item}.`,
      { hint: 'Give more of its digits; `trowel debt --json` lists them whole.' },
    );
  state.decide(matches[0]!, status, note, now);
  return { fingerprint: matches[0]!, status };
}

function alertsOf(
  minutes: number,
  before: DebtScan | undefined,
  maximum: number | undefined,
  growth: number | undefined,
): string[] {
  const alerts: string[] = [];
  if (maximum !== undefined && minutes > maximum)
    alerts.push(`The debt comes to ${Math.round(minutes)} minutes, more than ${maximum}.`);
  if (growth !== undefined && before && before.minutes > 0 && minutes / before.minutes - 1 > growth)
    alerts.push(
      `The debt grew by ${Math.round((minutes / before.minutes - 1) * 100)} % since the scan before, more than ${Math.round(growth * 100)} %.`,
    );
  return alerts;
}
