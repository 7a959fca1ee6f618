import { formatCount } from '#base/format-count.ts';
import type { ImpactReport } from '#model/inspection.ts';
import { counted, ink, plain, table, type Terminal } from './terminal-canvas.ts';

const LISTED = 25;

/** What may break, nearest first, and the tests to run. */
export function impactForTerminal(
  report: ImpactReport & { readonly deleted: readonly string[] },
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
  return `${lines.join('\n')}\n`;
}
