import { formatCount } from '#base/format-count.ts';
import type { ImpactReport } from '#model/inspection.ts';
import { counted, ink, plain, table, type Terminal } from './terminal-canvas.ts';

const LISTED = 25;

interface SelectionShown {
  readonly basis: 'coverage' | 'graph';
  readonly everything: boolean;
  readonly tests: readonly string[];
  readonly files: readonly string[];
  readonly reasons: readonly string[];
}

/** What may break, nearest first, and the tests to run. */
export function impactForTerminal(
  report: ImpactReport & { readonly deleted: readonly string[]; readonly selection?: SelectionShown },
  terminal: Terminal,
): string {
  const { changed, affected, affectedFiles, tests, deleted } = report;
  const lines: string[] = [];
  const names = changed
    .slice(0, 6)
    .map(({ name, path }) => ink(terminal, plain(name || path), 'bold'))
    .join(', ');
  lines.push(
    changed.length === 0 && deleted.length === 0
      ? 'Nothing that the index knows has changed.'
      : `${counted(changed.length, 'changed symbol')}: ${names}${changed.length > 6 ? ` and ${changed.length - 6} more` : ''}`,
  );
  if (deleted.length > 0)
    lines.push(
      `${counted(deleted.length, 'deleted file')}: ${deleted.slice(0, 6).map(plain).join(', ')}${deleted.length > 6 ? ' …' : ''}`,
    );
  lines.push(`${counted(affected.length, 'symbol')} in ${counted(affectedFiles.length, 'file')} may feel it`);
  const byDistance = Map.groupBy(affected, ({ distance }) => distance);
  let listed = 0;
  for (const [distance, group] of [...byDistance].sort(([a], [b]) => a - b)) {
    if (listed >= LISTED) break;
    const shown = group.slice(0, LISTED - listed);
    listed += shown.length;
    lines.push('', ink(terminal, distance === 1 ? 'uses it directly' : `${distance} uses away`, 'bold', 'cyan'));
    lines.push(
      ...table(
        terminal,
        [{ title: '', shrink: 'end' }, { title: '' }, { title: '', shrink: 'start' }],
        shown.map(({ symbol, relation, line }) => [
          plain(symbol.name || symbol.path),
          relation,
          `${plain(symbol.path)}:${line > 0 ? line : symbol.line}`,
        ]),
      ),
    );
  }
  if (affected.length > listed)
    lines.push(ink(terminal, `  and ${formatCount(affected.length - listed)} more (--json lists all)`, 'dim'));
  lines.push(
    '',
    ink(
      terminal,
      tests.length === 0 ? 'No test reaches it.' : `Tests to run: ${counted(tests.length, 'file')}`,
      'bold',
      tests.length === 0 ? 'red' : 'green',
    ),
  );
  lines.push(
    ...tests
      .slice(0, 15)
      .map(
        ({ path, symbols }) =>
          `  ${plain(path)}${symbols.length > 0 ? ink(terminal, `  ${symbols.slice(0, 3).map(plain).join(', ')}${symbols.length > 3 ? ` +${symbols.length - 3}` : ''}`, 'dim') : ''}`,
      ),
  );
  if (tests.length > 15) lines.push(ink(terminal, `  and ${formatCount(tests.length - 15)} more`, 'dim'));
  if (report.selection) lines.push('', ...selectionInWords(report.selection, terminal));
  return `${lines.join('\n')}\n`;
}

function selectionInWords({ basis, everything, tests, files, reasons }: SelectionShown, terminal: Terminal): string[] {
  const source = basis === 'coverage' ? 'by what tests ran when cover ran last' : 'by the graph; cover knows more';
  if (everything) return [`${ink(terminal, 'Run all tests', 'bold')}: ${reasons.slice(0, 3).map(plain).join('; ')}.`];
  if (tests.length === 0 && files.length === 0) return [`No test has to be run again (${source}).`];
  const lines = [
    `Enough for this change, ${source}: ${counted(files.length, 'whole file')}, ${counted(tests.length, 'single test')}`,
  ];
  lines.push(...[...files, ...tests].slice(0, 15).map((name) => `  ${plain(name)}`));
  if (files.length + tests.length > 15)
    lines.push(ink(terminal, `  and ${files.length + tests.length - 15} more (--json lists all)`, 'dim'));
  return lines;
}
