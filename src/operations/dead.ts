import * as z from 'zod';
import { deadCodeRules } from '#dead-code/dead-code.ts';
import { checkTree } from '#findings/check-tree.ts';
import { deadCodeFindingRule } from '#findings/dead-code-rules.ts';
import { SURE } from '#findings/sources/dead-code.ts';
import { memoryOf } from '#findings/tree-memory.ts';
import { TreeReads } from '#findings/tree-reads.ts';
import type { FindingPlace } from '#model/finding.ts';
import { deadForTerminal } from '#report/dead-terminal.ts';
import { checkRequest } from './check-request.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

/** Findings of rules, beside those of the engine. */
const kinds = [...deadCodeRules, 'unused-local', 'unused-binding', 'never-taken-branch', 'unreachable-code'] as const;

const input = z.object({
  path: z.string().optional().describe('A folder or a file of the repository; default: where you are.'),
  kind: z.array(z.enum(kinds)).default([]).describe('Only findings of this kind.'),
  confidence: z.number().min(0).max(1).default(SURE).describe('How sure a finding must be, 0 to 1.'),
  new: z.boolean().default(false).describe('Leave out what the baseline has accepted.'),
  all: z.boolean().default(false).describe('List every finding, not a screen of them.'),
});

export interface ListedDeadCode {
  readonly rule: string;
  readonly message: string;
  readonly place: FindingPlace;
  readonly confidence: number;
  readonly minutes: number;
  /** Undefined for what is too unsure to be a finding of `check`. */
  readonly fingerprint: string | undefined;
  readonly isNew: boolean;
}

export interface DeadOutput {
  readonly found: readonly ListedDeadCode[];
  /** By rule, of all that is sure enough. */
  readonly counts: Readonly<Record<string, number>>;
  /** Less sure than asked for. */
  readonly unsure: number;
  readonly accepted: number;
  readonly suppressed: number;
  readonly all: boolean;
}

export const operation = defineOperation<typeof input, DeadOutput>({
  name: 'dead',
  group: 'judge',
  summary: 'Find what nothing uses: files, exports, functions, members, imports, dependencies.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel dead', explains: 'The surest first, a screen of them.' },
    { command: 'trowel dead src --kind unused-export --all', explains: 'Every export of a folder that nobody takes.' },
    { command: 'trowel dead --confidence 0.5 --json', explains: 'Also what may be used in ways that cannot be seen.' },
  ],
  async run({ path, kind, confidence, new: onlyNew, all }, context) {
    const opened = await openTree(context, path);
    const { snapshot, root, scope } = opened;
    try {
      const report = await checkTree(
        checkRequest(opened, context, {
          wants: deadCodeFindingRule,
          ...(confidence < SURE && { optional: deadCodeFindingRule }),
          onlyNew,
        }),
      );
      const isAsked = (rule: string): boolean => kind.length === 0 || kind.some((each) => each === rule);
      const sure = report.findings.map(
        ({ rule, message, place, confidence: its, minutes, fingerprint, isNew }): ListedDeadCode => ({
          rule,
          message,
          place,
          confidence: its,
          minutes,
          fingerprint,
          isNew,
        }),
      );
      const inScope = (file: string): boolean => scope === '' || file === scope || file.startsWith(`${scope}/`);
      const unsure =
        confidence < SURE || sure.length === 0
          ? (await memoryOf(root).deadCode.find(snapshot, new TreeReads(snapshot, root), context.signal)).filter(
              (each) => each.confidence < SURE && inScope(each.place.path),
            )
          : [];
      const listed = [
        ...sure,
        ...unsure.map(({ rule, message, place, confidence: its, minutes }): ListedDeadCode => ({
          rule,
          message,
          place,
          confidence: its,
          minutes: minutes ?? 5,
          fingerprint: undefined,
          isNew: false,
        })),
      ].filter((each) => isAsked(each.rule));
      const found = listed.filter((each) => each.confidence >= confidence).sort((a, b) => b.confidence - a.confidence);
      const counts: Record<string, number> = {};
      for (const { rule } of found) counts[rule] = (counts[rule] ?? 0) + 1;
      return {
        found,
        counts,
        unsure: listed.length - found.length,
        accepted: report.counts.accepted,
        suppressed: report.counts.suppressed,
        all,
      };
    } finally {
      snapshot.close();
    }
  },
  render: (output, terminal) => deadForTerminal(output, terminal),
});
