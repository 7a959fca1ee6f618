/** Scores, suggested refactorings and patterns, as sections of the survey's page. */
import { formatCount } from '#base/format-count.ts';
import type { DesignPattern } from '#model/design-pattern.ts';
import type { Refactoring } from '#model/refactoring.ts';
import type { QualityReport, TestabilityReport } from '#model/score.ts';
import { type Cell, num, path, type Section, tableOf, text, words } from './page-parts.ts';

export interface ScoresView {
  readonly quality: QualityReport;
  readonly testability: TestabilityReport;
  /** What gives most back first. */
  readonly refactorings: readonly Refactoring[];
  readonly patterns: readonly DesignPattern[];
}

const LISTED = 15;
const LISTED_PATTERNS = 40;

export function scoreSections({ quality, testability, refactorings, patterns }: ScoresView): Section[] {
  return [
    qualitySection(quality),
    testabilitySection(testability),
    refactoringsSection(refactorings),
    patternsSection(patterns),
  ].filter((section) => section !== undefined);
}

function qualitySection({
  repository,
  modules,
  functions,
  classes,
  formula,
  counted,
}: QualityReport): Section | undefined {
  if (counted.files === 0) return undefined;
  const folders = modules
    .filter((unit) => unit.score < 100)
    .toSorted((a, b) => (100 - b.score) * b.codeLines - (100 - a.score) * a.codeLines || (a.name < b.name ? -1 : 1))
    .slice(0, LISTED)
    .map(({ score, name, codeLines, lost }): Cell[] => [
      score100(score),
      path(name),
      num(codeLines),
      words(losses(lost)),
    ]);
  const units = [...functions, ...classes.filter(({ points }) => points.length > 0)]
    .sort(
      (a, b) =>
        a.score - b.score || b.codeLines - a.codeLines || (`${a.path}${a.name}` < `${b.path}${b.name}` ? -1 : 1),
    )
    .slice(0, LISTED)
    .map(({ score, name, path: file, line, points }): Cell[] => [
      score100(score),
      words(name),
      path(file, line),
      why(points),
    ]);
  return {
    id: 'quality',
    title: 'Quality',
    about: `${shown(repository.score)} of 100 over ${formatCount(counted.functions)} functions in ${formatCount(counted.files)} files; lost to ${text(losses(repository.lost))}.`,
    content:
      (folders.length > 0 ? tableOf(['score', 'folders that lose the most', 'code lines', 'lost to'], folders) : '') +
      (units.length > 0 ? `<br>${tableOf(['score', 'lowest', 'place', 'what takes points off'], units)}` : '') +
      formulaOf(formula),
  };
}

function testabilitySection({ repository, functions, classes, formula }: TestabilityReport): Section | undefined {
  const rows = [...functions, ...classes.filter(({ reasons }) => reasons.length > 0)]
    .sort(
      (a, b) =>
        a.score - b.score || b.codeLines - a.codeLines || (`${a.path}${a.name}` < `${b.path}${b.name}` ? -1 : 1),
    )
    .slice(0, LISTED)
    .map(({ score, name, path: file, line, reasons }): Cell[] => [
      score100(score),
      words(name),
      path(file, line),
      why(reasons),
    ]);
  if (rows.length === 0) return undefined;
  return {
    id: 'testability',
    title: 'Testability',
    about: `${shown(repository.score)} of 100: what a test has to set up, to replace, or to reach through others.`,
    content: tableOf(['score', 'hardest to test', 'place', 'why'], rows) + formulaOf(formula),
  };
}

function refactoringsSection(list: readonly Refactoring[]): Section | undefined {
  if (list.length === 0) return undefined;
  const rows = list.slice(0, LISTED).map(({ title, place, reason, steps, changes }): Cell[] => [
    {
      html: `<strong>${text(title)}</strong><br>${code(reason)}<ol>${steps.map((step) => `<li>${code(step)}</li>`).join('')}</ol>`,
    },
    path(place.path, place.startLine),
    {
      html: changes
        .map(({ metric, before, after }) => `${text(metric)}: ${formatCount(before)} → ${formatCount(after)}`)
        .join('<br>'),
    },
  ]);
  return {
    id: 'refactorings',
    title: 'Refactorings',
    about: `What to take apart, what gives most back first: ${formatCount(list.length)}${list.length > LISTED ? `; ${LISTED} are listed` : ''}. <code>trowel debt --suggest</code> shows them all.`,
    content: tableOf(['what to do', 'place', 'what it changes'], rows),
  };
}

function patternsSection(list: readonly DesignPattern[]): Section | undefined {
  if (list.length === 0) return undefined;
  const rows = list.slice(0, LISTED_PATTERNS).map(({ pattern, family, place, roles, because }): Cell[] => [
    words(pattern.replaceAll('-', ' ')),
    words(family),
    path(place.path, place.startLine),
    {
      html: `${text(because)}<br><span class="soft">${[...Map.groupBy(roles, ({ role }) => role)]
        .map(
          ([role, players]) =>
            `${text(role)}: ${players
              .slice(0, 6)
              .map(({ name }) => `<code>${text(name)}</code>`)
              .join(', ')}${players.length > 6 ? ` and ${players.length - 6} more` : ''}`,
        )
        .join(' · ')}</span>`,
    },
  ]);
  return {
    id: 'patterns',
    title: 'Design patterns',
    about: `Found by structure: ${formatCount(list.length)}${list.length > LISTED_PATTERNS ? `; ${LISTED_PATTERNS} are listed` : ''}.`,
    content: tableOf(['pattern', 'family', 'place', 'who plays what'], rows),
  };
}

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1));

const score100 = (value: number): Cell => ({
  html: `<span class="severity">${shown(value)} <span class="meter score" title="${shown(value)} of 100"><i style="width:${Math.round(value)}%"></i></span></span>`,
});

/** Backticks mark code. */
const code = (value: string): string => text(value).replace(/`([^`]+)`/g, '<code>$1</code>');

function why(points: readonly { readonly points: number; readonly because: string }[]): Cell {
  return {
    html: points
      .slice(0, 4)
      .map((each) => `−${shown(Math.round(each.points * 10) / 10)} ${code(each.because)}`)
      .join('<br>'),
  };
}

function losses(lost: Readonly<Record<string, number>>): string {
  const parts = Object.entries(lost)
    .filter(([, points]) => points >= 0.05)
    .map(([aspect, points]) => `${aspect} ${shown(Math.round(points * 10) / 10)}`);
  return parts.length === 0 ? 'nothing' : parts.join(' · ');
}

function formulaOf(sentences: readonly string[]): string {
  return `<details class="note"><summary>How it is counted</summary>${sentences.map((sentence) => `<p>${text(sentence)}</p>`).join('')}</details>`;
}
