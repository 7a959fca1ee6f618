import type { ClonePair } from '#model/search.ts';
import { fit, ink, padEnd, plain, type Terminal } from './terminal-canvas.ts';

export interface ClonesView {
  readonly total: number;
  readonly counts: Readonly<Partial<Record<ClonePair['kind'], number>>>;
  readonly pairs: readonly (ClonePair & { readonly texts?: readonly [string, string] })[];
}

/** Lines of a pair that are shown side by side. */
const SHOWN_LINES = 40;

export function clonesForTerminal({ total, counts, pairs }: ClonesView, terminal: Terminal): string {
  if (total === 0) return 'No two functions are copies of each other, by the limits given.\n';
  const lines = pairs.flatMap((pair) => pairLines(pair, terminal));
  const sums = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  const rest = total > pairs.length ? `; shown: ${pairs.length}, more with --limit` : '';
  return `${lines.join('\n')}\n${ink(terminal, `${total} pairs: ${sums.join(', ')}${rest}`, 'dim')}\n`;
}

function pairLines(
  { kind, similarity, left, right, texts }: ClonesView['pairs'][number],
  terminal: Terminal,
): string[] {
  const place = ({ name, path, line, endLine }: ClonePair['left']): string =>
    `${ink(terminal, plain(name), 'bold')}  ${ink(terminal, `${plain(path)}:${line}-${endLine}`, 'cyan')}`;
  const head = `${ink(terminal, `${Math.round(similarity * 100)} %`, 'yellow')} ${kind}`;
  return [head, `  ${place(left)}`, `  ${place(right)}`, ...(texts ? sideBySide(texts, terminal) : []), ''];
}

function sideBySide([left, right]: readonly [string, string], terminal: Terminal): string[] {
  const width = Math.max(20, Math.floor((terminal.width - 5) / 2));
  const [a, b] = [left.split('\n'), right.split('\n')];
  const rows = Math.min(SHOWN_LINES, Math.max(a.length, b.length));
  const bar = terminal.unicode ? '│' : '|';
  return Array.from({ length: rows }, (_, row) => {
    const [one, other] = [plain(a[row] ?? ''), plain(b[row] ?? '')];
    const mark = one.trim() === other.trim() ? bar : ink(terminal, '≠', 'red');
    return `  ${padEnd(fit(one, width), width)} ${mark} ${fit(other, width)}`;
  });
}
