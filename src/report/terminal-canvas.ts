import { formatCount } from '#base/format-count.ts';
import { painter, type Painter, printable } from '#base/paint.ts';

/** Text for terminals: colours, aligned columns, bars. Widths count display cells, not code units. */
export interface Terminal {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

export type Ink = keyof Painter;

const escapes = /\u001b\[\d+m/g;

/** Repository text for one line of a terminal. */
export function plain(text: string): string {
  return printable(text.replace(/[\n\t]/g, ' '));
}

export function ink(terminal: Terminal, text: string, ...inks: readonly Ink[]): string {
  const paint = painter(terminal.color);
  return inks.reduce((result, name) => paint[name](result), text);
}

/** Display cells of a text without its escape sequences; East Asian wide characters and emoji take two. */
export function cells(text: string): number {
  let count = 0;
  for (const character of text.replace(escapes, '')) {
    const point = character.codePointAt(0)!;
    if (point >= 0x300 && point <= 0x36f) continue;
    const wide =
      (point >= 0x1100 && point <= 0x115f) ||
      (point >= 0x2e80 && point <= 0xa4cf) ||
      (point >= 0xac00 && point <= 0xd7a3) ||
      (point >= 0xf900 && point <= 0xfaff) ||
      (point >= 0xfe30 && point <= 0xfe6f) ||
      (point >= 0xff00 && point <= 0xff60) ||
      (point >= 0x1f300 && point <= 0x1faff);
    count += wide ? 2 : 1;
  }
  return count;
}

/** Cuts plain text to a width; `keep: 'end'` keeps the tail, which is what tells paths apart. */
export function fit(text: string, width: number, keep: 'start' | 'end' = 'start'): string {
  if (cells(text) <= width) return text;
  if (width <= 1) return '…'.slice(0, Math.max(0, width));
  const characters = [...text];
  let taken = '';
  for (const character of keep === 'start' ? characters : characters.reverse()) {
    const next = keep === 'start' ? taken + character : character + taken;
    if (cells(next) > width - 1) break;
    taken = next;
  }
  return keep === 'start' ? `${taken}…` : `…${taken}`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - cells(text))) + text;
}

/** A bar of `share` (0 to 1) of the width, in eighths of a cell where Unicode is at hand. */
export function bar(terminal: Terminal, share: number, width: number): string {
  const clamped = Math.min(1, Math.max(0, share));
  if (!terminal.unicode) return '#'.repeat(Math.round(clamped * width));
  const eighths = Math.round(clamped * width * 8);
  const rest = ' ▏▎▍▌▋▊▉'[eighths % 8]!;
  return '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? '' : rest);
}

/** One line of small columns for a series; the highest value is the highest column. */
export function sparkline(terminal: Terminal, values: readonly number[]): string {
  const levels = terminal.unicode ? '▁▂▃▄▅▆▇█' : '_.-=+*#@';
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  return values
    .map((value) =>
      value === 0 ? (terminal.unicode ? '·' : ' ') : levels[Math.min(7, Math.floor((value / most) * 7.999))]!,
    )
    .join('');
}

/** A shrinkable column keeps this many cells. */
const NARROWEST_COLUMN = 12;

/** Breaks at blanks so that no line exceeds the terminal; later lines are indented by `indent`. */
export function wrap(terminal: Terminal, text: string, indent: string): string[] {
  const lines: string[] = [];
  const start = /^ */.exec(text)![0];
  let line = start;
  for (const word of text.slice(start.length).split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`;
    if (cells(longer) > terminal.width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May shrink when the terminal is narrow, from the given end. */
  readonly shrink?: 'start' | 'end';
}

/** Rows in columns, two cells apart, indented by two; only shrinkable columns are cut. */
export function table(terminal: Terminal, columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(cells(title), ...rows.map((row) => cells(row[index] ?? ''))),
  );
  const shrinkable = columns.flatMap(({ shrink }, index) => (shrink ? [index] : []));
  let excess = widths.reduce((sum, width) => sum + width + 2, 0) - terminal.width;
  for (const index of shrinkable.sort((a, b) => widths[b]! - widths[a]!)) {
    const cut = Math.min(Math.max(0, excess), Math.max(0, widths[index]! - NARROWEST_COLUMN));
    widths[index]! -= cut;
    excess -= cut;
  }
  const line = (row: readonly string[]): string =>
    `  ${row
      .map((text, index) => {
        const column = columns[index]!;
        const fitted = column.shrink ? fit(text, widths[index]!, column.shrink === 'start' ? 'end' : 'start') : text;
        return column.align === 'right' ? padStart(fitted, widths[index]!) : padEnd(fitted, widths[index]!);
      })
      .join('  ')
      .trimEnd()}`;
  const titles = columns.some(({ title }) => title !== '')
    ? [ink(terminal, line(columns.map(({ title }) => title)), 'dim')]
    : [];
  return [...titles, ...rows.map(line)];
}

/** "1 file", "3 files" */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

export function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 1 ? '<1 %' : `${Math.round(value)} %`;
}
