import { formatCount } from '#base/format-count.ts';
import type { SymbolHistory } from '#model/history.ts';
import type { SymbolScores } from '#model/score.ts';
import type { Relation, SymbolChoice, SymbolDescription } from '#model/inspection.ts';
import { counted, ink, percent, plain, table, type Terminal } from './terminal-canvas.ts';

/** Several symbols of one name: what to type instead. */
export function choicesForTerminal(choices: readonly SymbolChoice[], terminal: Terminal): string {
  const shown = choices.slice(0, 30);
  const rows = shown.map(({ name, kind, path, line }) => [plain(name), kind, `${plain(path)}:${line}`]);
  const lines = [
    `${counted(choices.length, 'symbol')} could be meant. Name one by its place:`,
    ...table(terminal, [{ title: '', shrink: 'end' }, { title: '' }, { title: '', shrink: 'start' }], rows),
  ];
  if (choices.length > shown.length)
    lines.push(ink(terminal, `  and ${formatCount(choices.length - shown.length)} more`, 'dim'));
  return `${lines.join('\n')}\n`;
}

/** Lines of a definition that are shown without being asked for. */
const SHORT = 16;

type Shown = SymbolDescription & {
  readonly scores: SymbolScores | undefined;
  readonly history: SymbolHistory | undefined;
  readonly limit: number;
  readonly wholeSource: boolean;
};

/** All about one symbol, about a screen. */
export function symbolForTerminal(shown: Shown, terminal: Terminal): string {
  const sections = [
    head(shown, terminal),
    documentation(shown),
    source(shown, terminal),
    ...relationSections(shown, terminal),
    members(shown, terminal),
    [...metrics(shown, terminal), ...scores(shown, terminal)],
    history(shown, terminal),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head({ symbol, endLine, traits, visibility, decorators }: Shown, terminal: Terminal): string[] {
  const words = [visibility === 'public' ? '' : visibility, ...traits, symbol.kind]
    .filter((word) => word !== '')
    .join(' ');
  const lines = [
    `${ink(terminal, plain(symbol.name), 'bold')}  ${words}`,
    ink(terminal, `${plain(symbol.path)}:${symbol.line}–${endLine}`, 'dim'),
  ];
  for (const decorator of decorators) lines.push(ink(terminal, `@${plain(decorator)}`, 'magenta'));
  if (symbol.signature !== undefined) lines.push(ink(terminal, plain(compact(symbol.signature)), 'cyan'));
  return lines;
}

/** A signature that was written on several lines, as one writes it on one. */
function compact(signature: string): string {
  return signature.replace(/([([]) /g, '$1').replace(/,? ([)\]])/g, '$1');
}

/** `py:dataclasses#dataclass()` as its users write it: `dataclasses.dataclass()`. */
function outsideName(external: string): string {
  return external.replace(/^[a-z]+:/, '').replace('#', '.');
}

function documentation({ documentation: text }: Shown): string[] {
  if (text === undefined || text.trim() === '') return [];
  const lines = text.trim().split('\n');
  return [...lines.slice(0, 12).map((line) => `  ${plain(line)}`.trimEnd()), ...(lines.length > 12 ? ['  …'] : [])];
}

function source({ source: text, symbol, endLine, wholeSource }: Shown, terminal: Terminal): string[] {
  if (text === undefined)
    return [ink(terminal, 'The file has changed since it was indexed: its text is not shown.', 'yellow')];
  const lines = text.split('\n');
  if (symbol.kind === 'module' && !wholeSource) return [];
  const width = String(endLine).length;
  const most = wholeSource ? lines.length : SHORT;
  const numbered = lines
    .slice(0, most)
    .map((line, index) =>
      `${ink(terminal, String(symbol.line + index).padStart(width), 'dim')}  ${plain(line.replaceAll('\t', '    '))}`.trimEnd(),
    );
  const rest = lines.length - most;
  return rest > 0
    ? [...numbered, ink(terminal, `${' '.repeat(width)}  … ${counted(rest, 'line')} more: --source`, 'dim')]
    : numbered;
}

function relationSections(shown: Shown, terminal: Terminal): string[][] {
  const sure = (list: readonly Relation[]): readonly Relation[] =>
    list.filter(({ provenance }) => provenance !== 'candidate');
  const guesses = (list: readonly Relation[]): readonly Relation[] =>
    list.filter(({ provenance }) => provenance === 'candidate');
  const section = (title: string, list: readonly Relation[], side: 'in' | 'out'): string[] =>
    relationLines(title, list, side, shown, terminal);
  return [
    section('inherits', shown.bases, 'out'),
    section('overrides', shown.overrides, 'out'),
    section('callers', sure(shown.callers), 'in'),
    section('perhaps called by', guesses(shown.callers), 'in'),
    section('calls', sure(shown.callees), 'out'),
    section('derived from it', shown.derived, 'in'),
    section('overridden by', shown.overriddenBy, 'in'),
    section('used by', sure(shown.usedBy), 'in'),
    section('tests', shown.tests, 'in'),
  ];
}

function relationLines(
  title: string,
  list: readonly Relation[],
  side: 'in' | 'out',
  { limit }: Shown,
  terminal: Terminal,
): string[] {
  if (list.length === 0) return [];
  const rows = list.slice(0, limit).map(({ symbol: other, external, kind, provenance, rivals, lines }) => {
    const how =
      provenance === 'inferred'
        ? 'by data flow'
        : provenance === 'candidate'
          ? `name only, ${counted(rivals, 'rival')}`
          : provenance === 'external'
            ? 'outside'
            : '';
    const at = lines
      .filter((line) => line > 0)
      .slice(0, 4)
      .join(', ');
    const place =
      side === 'in' && other
        ? `${plain(other.path)}:${at || other.line}`
        : `${other ? `${plain(other.path)}:${other.line}` : ''}${at === '' || !other ? '' : `  from line ${at}`}`;
    const relation = kind === 'calls' || kind === title ? '' : kind;
    return [plain(other?.name || other?.path || outsideName(external ?? '')), relation, place, how];
  });
  const rest = list.length - rows.length;
  const heading = `${ink(terminal, title, 'bold')}  ${ink(terminal, formatCount(list.length), 'dim')}${rest > 0 ? ink(terminal, `, the first ${limit} shown (--limit)`, 'dim') : ''}`;
  return [
    heading,
    ...table(
      terminal,
      [{ title: '', shrink: 'end' }, { title: '' }, { title: '', shrink: 'start' }, { title: '' }],
      rows,
    ),
  ];
}

function members({ members: list, symbol, limit }: Shown, terminal: Terminal): string[] {
  if (list.length === 0) return [];
  const own = (name: string): string =>
    name.startsWith(`${symbol.name}.`) ? name.slice(symbol.name.length + 1) : name;
  const shown = list
    .slice(0, limit * 2)
    .map(({ name, line }) => `${plain(own(name))}${ink(terminal, `:${line}`, 'dim')}`);
  const rest = list.length - shown.length;
  return [
    `${ink(terminal, 'members', 'bold')}  ${ink(terminal, formatCount(list.length), 'dim')}`,
    `  ${shown.join('  ')}${rest > 0 ? ink(terminal, `  and ${formatCount(rest)} more`, 'dim') : ''}`,
  ];
}

function metrics({ metrics: known }: Shown, terminal: Terminal): string[] {
  if (!known) return [];
  const facts = [
    `${counted(known.codeLines, 'code line')}`,
    `cyclomatic ${known.cyclomatic}`,
    `cognitive ${known.cognitive}`,
    `nesting ${known.nesting}`,
    `fan-in ${known.fanIn}`,
    `fan-out ${known.fanOut}`,
    `maintainability ${Math.round(known.maintainability)}`,
    `Halstead volume ${formatCount(Math.round(known.halstead.volume))}`,
  ];
  if (known.lackOfCohesion !== undefined) facts.push(`LCOM4 ${known.lackOfCohesion}`);
  return [`${ink(terminal, 'metrics', 'bold')}  ${facts.join(' · ')}`];
}

/** Reasons that a line has room for. */
const MOST_REASONS = 2;

function scores({ scores: known }: Shown, terminal: Terminal): string[] {
  if (!known) return [];
  const { quality, testability } = known;
  const because = (list: readonly { readonly points: number; readonly because: string }[]): string =>
    list
      .slice(0, MOST_REASONS)
      .map((each) => ` · −${Math.round(each.points)} ${plain(each.because)}`)
      .join('') + (list.length > MOST_REASONS ? ` · and ${counted(list.length - MOST_REASONS, 'more reason')}` : '');
  const basis = quality.hasFindings ? '' : ink(terminal, '  by measures alone: `trowel check` adds findings', 'dim');
  return [
    `${ink(terminal, 'quality', 'bold')}  ${Math.round(quality.score)} of 100${because(quality.points)}${basis}`,
    `${ink(terminal, 'testability', 'bold')}  ${Math.round(testability.score)} of 100${because(testability.reasons)}`,
  ];
}

function history({ history: known }: Shown, terminal: Terminal): string[] {
  if (!known) return [];
  const owners = known.owners
    .slice(0, 3)
    .map(({ name, share }) => `${plain(name)} ${percent(share)}`)
    .join(', ');
  const fixes = known.commits.filter(({ bugFix }) => bugFix).length;
  const latest = known.commits
    .slice(0, 4)
    .map(({ hash, time, author, subject }) => [
      hash.slice(0, 9),
      new Date(time * 1000).toISOString().slice(0, 10),
      plain(author),
      plain(subject),
    ]);
  return [
    `${ink(terminal, 'history', 'bold')}  ${known.truncated ? 'more than ' : ''}${counted(known.commits.length, 'commit')}, ${counted(fixes, 'bug fix', 'bug fixes')} · ${owners}`,
    ...table(terminal, [{ title: '' }, { title: '' }, { title: '' }, { title: '', shrink: 'end' }], latest),
  ];
}
