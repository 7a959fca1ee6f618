import { formatCount } from '#base/format-count.ts';
import type { QualityReport, ScoreAspect, TestabilityReport, UnitScore, UnitTestability } from '#model/score.ts';
import { bar, type Column, counted, fit, ink, plain, table, type Terminal, wrap } from './terminal-canvas.ts';

export interface ScoreView {
  readonly quality: QualityReport;
  readonly testability: TestabilityReport;
}

const LISTED = 6;

/** Quality and testability with what takes points off: a screen, unless all is asked for. */
export function scoresForTerminal({ quality, testability }: ScoreView, terminal: Terminal, all: boolean): string {
  const { repository, counted: count } = quality;
  const most = all ? Number.POSITIVE_INFINITY : LISTED;
  if (count.files === 0)
    return 'No product code here to be scored: tests, generated and vendored files are left out.\n';
  const lines = [
    `${ink(terminal, `Quality ${points(repository.score)}`, 'bold')} of 100 ${bar(terminal, repository.score / 100, 20)}  ${counted(count.files, 'file')}, ${counted(count.functions, 'function')}, ${counted(repository.codeLines, 'code line')}`,
    `  ${lossOf(repository.lost)}`,
    `${ink(terminal, `Testability ${points(testability.repository.score)}`, 'bold')} of 100 ${bar(terminal, testability.repository.score / 100, 20)}`,
  ];
  if (quality.modules.length > 1)
    lines.push(
      ...section(terminal, 'Folders that lose the most', costliest(quality.modules).slice(0, most).map(qualityRow)),
    );
  if (quality.files.length > 1)
    lines.push(
      ...section(terminal, 'Files that lose the most', costliest(quality.files).slice(0, most).map(qualityRow)),
    );
  const units = [...quality.functions, ...quality.classes.filter((unit) => unit.points.length > 0)];
  lines.push(...unitLines(terminal, 'Functions and classes with the lowest quality', worst(units).slice(0, most), all));
  const hard = [...testability.functions, ...testability.classes.filter(({ reasons }) => reasons.length > 0)];
  lines.push(...hardLines(terminal, 'Hardest to test', worst(hard).slice(0, most), all));
  if (all)
    lines.push(
      '',
      ink(terminal, 'How quality is counted', 'bold'),
      ...quality.formula.flatMap((sentence) => wrap(terminal, `  ${sentence}`, '  ')),
      ink(terminal, 'How testability is counted', 'bold'),
      ...testability.formula.flatMap((sentence) => wrap(terminal, `  ${sentence}`, '  ')),
    );
  else
    lines.push(
      '',
      ink(
        terminal,
        '100 less what measures and findings take off. --all lists everything and shows the formula.',
        'dim',
      ),
    );
  return `${lines.join('\n')}\n`;
}

const columns: readonly Column[] = [
  { title: 'score', align: 'right' },
  { title: '', shrink: 'start' },
  { title: 'code lines', align: 'right' },
  { title: 'lost to', shrink: 'end' },
];

function section(terminal: Terminal, title: string, rows: readonly (readonly string[])[]): string[] {
  return ['', ink(terminal, title, 'bold'), ...table(terminal, columns, rows)];
}

function qualityRow({ score, name, codeLines, lost }: UnitScore): string[] {
  return [points(score), plain(name), formatCount(codeLines), lossOf(lost)];
}

/** By what they cost the whole: low scores of large files first. */
function costliest(units: readonly UnitScore[]): readonly UnitScore[] {
  return units
    .filter(({ score }) => score < 100)
    .toSorted((a, b) => (100 - b.score) * b.codeLines - (100 - a.score) * a.codeLines || (a.name < b.name ? -1 : 1));
}

function worst<Unit extends UnitScore | UnitTestability>(units: readonly Unit[]): readonly Unit[] {
  return units.toSorted(
    (a, b) => a.score - b.score || b.codeLines - a.codeLines || (`${a.path}${a.name}` < `${b.path}${b.name}` ? -1 : 1),
  );
}

function unitLines(terminal: Terminal, title: string, units: readonly UnitScore[], all: boolean): string[] {
  if (units.length === 0) return [];
  return [
    '',
    ink(terminal, title, 'bold'),
    ...units.flatMap((unit) => [
      headOf(terminal, unit),
      ...whyLines(
        terminal,
        unit.points.map(({ points: own, because }) => ({ points: own, because })),
        all,
      ),
    ]),
  ];
}

function hardLines(terminal: Terminal, title: string, units: readonly UnitTestability[], all: boolean): string[] {
  if (units.length === 0) return [];
  return [
    '',
    ink(terminal, title, 'bold'),
    ...units.flatMap((unit) => [headOf(terminal, unit), ...whyLines(terminal, unit.reasons, all)]),
  ];
}

function headOf(terminal: Terminal, { score, name, path, line }: UnitScore | UnitTestability): string {
  return `  ${points(score).padStart(5)}  ${plain(name)}  ${ink(terminal, `${plain(path)}:${line}`, 'cyan')}`;
}

/** One line unless all is asked for. */
function whyLines(
  terminal: Terminal,
  reasons: readonly { readonly points: number; readonly because: string }[],
  all: boolean,
): string[] {
  const texts = reasons.map(({ points: own, because }) => `−${points(own)} ${plain(because)}`);
  if (all) return texts.map((text) => ink(terminal, `         ${fit(text, Math.max(40, terminal.width - 10))}`, 'dim'));
  return texts.length === 0
    ? []
    : [ink(terminal, `         ${fit(texts.join(' · '), Math.max(40, terminal.width - 10))}`, 'dim')];
}

/** `complexity 6.1 · smell 2.0`: what a whole loses, by aspect. */
function lossOf(lost: Readonly<Partial<Record<ScoreAspect, number>>>): string {
  const parts = (Object.entries(lost) as [ScoreAspect, number][])
    .filter(([, own]) => own >= 0.05)
    .map(([aspect, own]) => `${aspect} ${points(own)}`);
  return parts.length === 0 ? 'nothing is lost' : parts.join(' · ');
}

/** One decimal below ten, none for whole numbers. */
function points(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return Number.isInteger(rounded) ? String(rounded) : rounded.toFixed(1);
}
