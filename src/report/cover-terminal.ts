import type { Coverage, Share } from '#model/coverage.ts';
import { counted, ink, plain, table, type Terminal } from './terminal-canvas.ts';

const LISTED = 20;

interface CoverShown {
  readonly suites: readonly {
    readonly framework: string;
    readonly folder: string;
    readonly tests: number;
    readonly failed: readonly { readonly id: string; readonly message: string }[];
    readonly skipped: number;
    readonly flaky: readonly string[];
    readonly rounds: number;
    readonly errors: readonly string[];
    readonly milliseconds: number;
    readonly isRead?: boolean;
  }[];
  readonly coverage: Coverage;
  readonly untested: readonly { readonly name: string; readonly path: string; readonly line: number }[];
  readonly reaching: { readonly symbol: string; readonly tests: readonly string[] } | undefined;
  readonly written: readonly string[];
  readonly all: boolean;
}

/** A share in words; of nothing there is no percentage. */
function shareInWords({ total, covered }: Share): string {
  return total === 0 ? '–' : `${((100 * covered) / total).toFixed(1)} %`;
}

/** What the tests reach, the least covered files first. */
export function coverForTerminal(output: CoverShown, terminal: Terminal): string {
  const { coverage, suites, untested, reaching } = output;
  const lines: string[] = [];
  for (const suite of suites) {
    const failed = suite.failed.length > 0 ? `, ${ink(terminal, `${suite.failed.length} failed`, 'bold', 'red')}` : '';
    const skipped = suite.skipped > 0 ? `, ${suite.skipped} skipped` : '';
    const where = suite.folder === '' ? '' : ` in ${plain(suite.folder)}`;
    const what = `${plain(suite.framework)}${where}`;
    lines.push(
      suite.tests === 0 && suite.isRead === true
        ? `${what} was read`
        : `${what}: ${counted(suite.tests, 'test')}${failed}${skipped}, ${(suite.milliseconds / 1000).toFixed(1)} s`,
    );
    for (const { id, message } of suite.failed.slice(0, 5))
      lines.push(`  ${ink(terminal, 'failed', 'red')} ${plain(id)}: ${plain(message.split('\n')[0] ?? '')}`);
    if (suite.rounds > 0)
      lines.push(
        suite.flaky.length === 0
          ? `  no flaky test in ${counted(suite.rounds, 'shuffled re-run')}`
          : `  ${ink(terminal, counted(suite.flaky.length, 'flaky test'), 'bold', 'yellow')} in ${counted(suite.rounds, 'shuffled re-run')}: ${suite.flaky.slice(0, 8).map(plain).join(', ')}`,
      );
    for (const error of suite.errors.slice(0, 5)) lines.push(`  ${ink(terminal, 'note', 'yellow')} ${plain(error)}`);
    if (suite.errors.length > 5)
      lines.push(ink(terminal, `  and ${suite.errors.length - 5} more (--json lists all)`, 'dim'));
  }
  if (suites.every(({ tests, isRead }) => tests === 0 && isRead !== true))
    return `${lines.join('\n')}\n\nNo test ran, so nothing is known of what tests reach.\n`;
  if (reaching) {
    lines.push('', `${counted(reaching.tests.length, 'test')} reach ${ink(terminal, plain(reaching.symbol), 'bold')}`);
    for (const test of reaching.tests.slice(0, output.all ? reaching.tests.length : LISTED))
      lines.push(`  ${plain(test)}`);
    if (!output.all && reaching.tests.length > LISTED)
      lines.push(ink(terminal, `  and ${reaching.tests.length - LISTED} more (--all lists all)`, 'dim'));
    return `${lines.join('\n')}\n`;
  }
  const { importOnly } = coverage.lines;
  lines.push(
    '',
    `lines ${ink(terminal, shareInWords(coverage.lines), 'bold')}, branches ${ink(terminal, shareInWords(coverage.branches), 'bold')}, functions ${ink(terminal, shareInWords(coverage.functions), 'bold')}` +
      (importOnly > 0 ? `; ${counted(importOnly, 'line')} run only because files are imported` : ''),
    '',
  );
  const ranked = coverage.files.toSorted(
    (a, b) => missing(b.lineShare) - missing(a.lineShare) || (a.path < b.path ? -1 : 1),
  );
  const shown = output.all ? ranked : ranked.slice(0, LISTED);
  lines.push(
    ...table(
      terminal,
      [
        { title: 'file', shrink: 'start' },
        { title: 'lines' },
        { title: 'branches' },
        { title: 'functions' },
        { title: 'lines not reached', shrink: 'end' },
      ],
      shown.map((file) => [
        plain(file.path),
        shareInWords(file.lineShare),
        shareInWords(file.branchShare),
        shareInWords(file.functionShare),
        ranges(file.lines.filter(({ hits, importOnly: imported }) => hits === 0 && !imported).map(({ line }) => line)),
      ]),
    ),
  );
  if (ranked.length > shown.length)
    lines.push(ink(terminal, `  and ${ranked.length - shown.length} more files (--all lists all)`, 'dim'));
  if (untested.length > 0) {
    const names = untested.slice(0, 8).map(({ name, path, line }) => `${plain(name)} (${plain(path)}:${line})`);
    lines.push(
      '',
      `${counted(untested.length, 'function')} that no test enters, the longest first: ${names.join(', ')}`,
    );
  }
  if (output.written.length > 0) lines.push('', `written: ${output.written.map(plain).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

const missing = ({ total, covered }: Share): number => total - covered;

/** 3–5, 9 */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; at++) {
    const first = numbers[at]!;
    while (numbers[at + 1] === numbers[at]! + 1) at++;
    parts.push(numbers[at] === first ? String(first) : `${first}–${numbers[at]}`);
    if (parts.length === 12 && at < numbers.length - 1) return `${parts.join(', ')} …`;
  }
  return parts.join(', ');
}
