import { formatCount } from '#base/format-count.ts';
import type { MetricChange, Refactoring } from '#model/refactoring.ts';
import { counted, fit, ink, plain, type Terminal, wrap } from './terminal-canvas.ts';

/** So many with their steps; the others in a line each. */
const IN_FULL = 4;

/** What to change in the structure, by what it gives back; a screen unless more is asked for. */
export function refactoringsForTerminal(list: readonly Refactoring[], limit: number, terminal: Terminal): string {
  if (list.length === 0)
    return 'Nothing to suggest: no function, class, file or circle of imports here is worth taking apart by what is measured.\n';
  const lines = [`${ink(terminal, counted(list.length, 'refactoring'), 'bold')}, what gives most back first`];
  for (const [at, each] of list.slice(0, limit).entries()) {
    const { title, place, reason, steps, changes, gain } = each;
    const where = ink(terminal, `${plain(place.path)}:${place.startLine}`, 'cyan');
    if (at >= IN_FULL) {
      if (at === IN_FULL) lines.push('');
      lines.push(`${fit(plain(title), Math.max(40, terminal.width - 2))}  ${where}`);
      continue;
    }
    lines.push(
      '',
      ink(terminal, fit(plain(title), Math.max(40, terminal.width - 2)), 'bold'),
      `  ${where}${gain > 0 ? ink(terminal, `  ${rounded(gain)} points of quality`, 'dim') : ''}`,
      ...wrap(terminal, `  ${plain(reason)}`, '  '),
      ...steps.flatMap((step, index) => wrap(terminal, `  ${index + 1}. ${plain(step)}`, '     ')),
      ...wrap(terminal, `  ${changes.map(changeText).join(' · ')}`, '  ').map((line) => ink(terminal, line, 'dim')),
    );
  }
  if (list.length > limit)
    lines.push('', ink(terminal, `${formatCount(list.length - limit)} more: --limit, --json`, 'dim'));
  return `${lines.join('\n')}\n`;
}

function changeText({ metric, before, after }: MetricChange): string {
  return `${plain(metric)} ${formatCount(before)} → ${formatCount(after)}`;
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);
