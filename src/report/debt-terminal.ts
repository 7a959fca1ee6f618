import type { Finding } from '#model/finding.ts';
import { fit, ink, plain, type Terminal } from './terminal-canvas.ts';

export interface DebtView {
  readonly sum: { readonly findings: number; readonly minutes: number; readonly ratio: number; readonly grade: string };
  readonly items: readonly {
    readonly finding: Finding;
    readonly status: string;
    readonly note: string | undefined;
    readonly minutes: number;
    readonly impact: number;
    readonly risk: number;
  }[];
  readonly total: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly trend: readonly { readonly minutes: number }[];
  readonly alerts: readonly string[];
  readonly changed: { readonly fingerprint: string; readonly status: string } | undefined;
  readonly risk: { readonly learned: boolean; readonly fixed: number } | undefined;
}

export function debtForTerminal(view: DebtView, terminal: Terminal): string {
  const { sum, items, total, trend, alerts, changed, risk } = view;
  const lines: string[] = [];
  if (changed) lines.push(`${changed.fingerprint.slice(0, 12)} is now ${changed.status}.`, '');
  lines.push(
    `${ink(terminal, `Grade ${sum.grade}`, 'bold')}: ${sum.findings} items, ${hours(sum.minutes)} of work, ${(100 * sum.ratio).toFixed(1)} % of what writing the code takes`,
  );
  if (trend.length > 1)
    lines.push(
      `Trend of ${trend.length} scans: ${spark(
        trend.map(({ minutes }) => minutes),
        terminal,
      )}  ${hours(trend[0]!.minutes)} → ${hours(trend.at(-1)!.minutes)}`,
    );
  lines.push('');
  for (const { finding, minutes, impact, risk: its, status, note } of items) {
    const { place, message, severity, fingerprint } = finding;
    lines.push(
      `${ink(terminal, fingerprint.slice(0, 8), 'dim')} ${ink(terminal, `${plain(place.path)}:${place.startLine}`, 'cyan')}${status === 'open' ? '' : ` [${status}]`}`,
      `  ${fit(plain(message), Math.max(40, terminal.width - 4))}`,
      ink(
        terminal,
        `  severity ${severity} · ${hours(minutes)} · impact ${Math.round(impact * 100)} % · risk ${Math.round(its * 100)} %${note === undefined ? '' : ` · ${plain(note)}`}`,
        'dim',
      ),
    );
  }
  if (total > items.length) lines.push(ink(terminal, `… ${total - items.length} more: --limit`, 'dim'));
  lines.push('');
  for (const alert of alerts) lines.push(ink(terminal, `Alert: ${alert}`, 'red'));
  const statuses = Object.entries(view.byStatus).filter(([, count]) => count > 0);
  const model =
    risk === undefined
      ? 'no history: risk is unknown'
      : risk.learned
        ? `risk learned from ${risk.fixed} mends of files`
        : 'too few bug fixes to learn risk from: recent changes and fixes stand for it';
  lines.push(ink(terminal, `${statuses.map(([status, count]) => `${count} ${status}`).join(' · ')} · ${model}`, 'dim'));
  return `${lines.join('\n')}\n`;
}

function hours(minutes: number): string {
  return minutes < 60
    ? `${Math.round(minutes)} min`
    : minutes < 8 * 60
      ? `${(minutes / 60).toFixed(1)} h`
      : `${(minutes / 480).toFixed(1)} days`;
}

function spark(values: readonly number[], { unicode }: Terminal): string {
  const marks = unicode ? '▁▂▃▄▅▆▇█' : '.:-=+*#@';
  const shown = values.slice(-40);
  const most = Math.max(...shown, 1);
  return shown.map((value) => marks[Math.min(7, Math.floor((value / most) * 7.99))]).join('');
}
