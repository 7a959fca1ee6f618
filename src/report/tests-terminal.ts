import { formatCount } from '#base/format-count.ts';
import type { GeneratedFile, Share, TestReport } from '#model/test-report.ts';
import { counted, ink, plain, table, type Terminal } from './terminal-canvas.ts';

const LISTED_FILES = 12;
const DIFF_LINES = 40;
const LISTED_PLAN = 25;

export interface TestsShown extends TestReport {
  /** Where the files lie now. */
  readonly folder: string;
  readonly written: 'data-folder' | 'tree' | 'folder' | 'commit';
  readonly branch?: string;
}

/** What was written, what it proves, and what is left. */
export function testsForTerminal(report: TestsShown, terminal: Terminal): string {
  if (report.executed === 0 && report.planned.length > 0 && report.modules.length === 0)
    return planFor(report, terminal);
  const { files, modules, suspicions, dropped, healing, left } = report;
  const tests = files.reduce((sum, file) => sum + file.tests.length, 0);
  const lines = [
    ink(
      terminal,
      tests === 0
        ? 'No test could be kept.'
        : `${counted(tests, 'test')} in ${counted(files.length, 'file')}, each run ${counted(report.steadyRuns, 'time')} in different orders on ${report.runtime}`,
      'bold',
      tests === 0 ? 'red' : 'green',
    ),
    `${formatCount(report.executed)} candidates in ${(report.milliseconds / 1000).toFixed(1)} s`,
    '',
    ...table(
      terminal,
      [
        { title: 'module', shrink: 'start' },
        ...(modules.some(({ asked }) => asked) ? [{ title: 'asked for', align: 'right' as const }] : []),
        { title: 'statements', align: 'right' },
        { title: 'at load', align: 'right' },
        { title: 'branches', align: 'right' },
        { title: 'mutants killed', align: 'right' },
        { title: 'timed out', align: 'right' },
      ],
      modules.slice(0, LISTED_FILES).map(({ path, asked, byTests, atLoad, mutants }) => [
        plain(path),
        ...(asked ? [percent(asked)] : []),
        percent(byTests.statements),
        percent(atLoad.statements),
        percent(byTests.branches),
        percent({
          reached: mutants.killed,
          total: mutants.killed + mutants.survived + mutants.untried + mutants.notReached + mutants.timedOut,
        }),
        String(mutants.timedOut),
      ]),
    ),
  ];
  if (modules.length > LISTED_FILES)
    lines.push(ink(terminal, `  and ${modules.length - LISTED_FILES} more modules (--json lists all)`, 'dim'));
  for (const file of files.slice(0, 3)) lines.push('', ...diffOf(file, terminal));
  if (report.compared)
    lines.push(
      '',
      `${counted(report.compared.inputs, 'input')} ran at ${plain(report.compared.revision)} as well: ${report.compared.different === 0 ? 'all gave the same' : `${report.compared.different} gave something else`}`,
    );
  if (suspicions.length > 0) {
    lines.push(
      '',
      ink(
        terminal,
        `${counted(suspicions.length, 'suspicion')}: behaviour that looks like a bug, not asserted`,
        'bold',
        'yellow',
      ),
    );
    for (const { path, call, seen, why } of suspicions.slice(0, 6))
      lines.push(`  ${plain(path)}: ${plain(call)} ${plain(seen)} (${plain(why)})`);
  }
  for (const { path, what } of healing.filter(({ helped }) => helped).slice(0, 4))
    lines.push('', ink(terminal, `Healed: ${plain(path)} ${plain(what)}`, 'dim'));
  if (dropped.length > 0)
    lines.push(
      '',
      ink(
        terminal,
        `${counted(dropped.length, 'test')} taken out again: the framework did not agree with what was seen`,
        'dim',
      ),
    );
  for (const { path, reason } of left.slice(0, 5)) lines.push(ink(terminal, `${plain(path)}: ${plain(reason)}`, 'dim'));
  lines.push('', whereTo(report, terminal));
  return lines.join('\n');
}

function planFor({ planned, left }: TestsShown, terminal: Terminal): string {
  return [
    ink(terminal, `${counted(planned.length, 'module')} to test, the most worthwhile first; nothing was run`, 'bold'),
    '',
    ...table(
      terminal,
      [
        { title: 'module', shrink: 'start' },
        { title: 'seconds', align: 'right' },
        { title: 'why', shrink: 'end' },
      ],
      planned
        .slice(0, LISTED_PLAN)
        .map(({ path, seconds, reasons }) => [plain(path), seconds.toFixed(0), reasons.join(', ')]),
    ),
    ...(planned.length > LISTED_PLAN
      ? [ink(terminal, `  and ${planned.length - LISTED_PLAN} more (--json lists all)`, 'dim')]
      : []),
    ...(left.length > 0
      ? ['', ink(terminal, `${counted(left.length, 'module')} left out: raise --modules`, 'dim')]
      : []),
  ].join('\n');
}

function whereTo({ written, folder, branch, files }: TestsShown, terminal: Terminal): string {
  if (files.length === 0) return ink(terminal, 'Nothing was written.', 'dim');
  switch (written) {
    case 'tree':
      return `Written: ${files.map(({ path }) => plain(path)).join(', ')}`;
    case 'folder':
      return `Written to ${plain(folder)}`;
    case 'commit':
      return `Committed on the branch ${plain(branch ?? '')}; your work tree is as it was.`;
    default:
      return `The tree is as it was; the files lie in ${plain(folder)}. Take them over with --write, or --commit for a branch.`;
  }
}

function diffOf(file: GeneratedFile, terminal: Terminal): string[] {
  const text = file.text.trimEnd().split('\n');
  const shown = text.slice(0, DIFF_LINES).map((line) => ink(terminal, `+${plain(line)}`, 'green'));
  const rest = text.length - shown.length;
  return [
    ink(terminal, `+++ ${plain(file.path)}`, 'bold'),
    ...shown,
    ...(rest > 0 ? [ink(terminal, `  and ${counted(rest, 'more line')}`, 'dim')] : []),
  ];
}

/** Nothing of nothing is no percentage. */
function percent({ reached, total }: Share): string {
  return total === 0 ? '–' : `${Math.floor((100 * reached) / total)} %`;
}
