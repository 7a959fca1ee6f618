import { formatCount } from '#base/format-count.ts';
import type { BlamedCommit, HistoryAbsence } from '#model/history.ts';
import type { SurveyCoupling, SurveyMonth, SurveyPeople } from '#model/survey.ts';
import { counted, ink, plain, table, type Terminal } from './terminal-canvas.ts';
import { absenceText, peopleLines } from './people-terminal.ts';

interface Shown {
  readonly absence: HistoryAbsence | undefined;
  readonly people: SurveyPeople | undefined;
  readonly activity: readonly SurveyMonth[];
  readonly files: readonly {
    readonly path: string;
    readonly commits: number;
    readonly bugFixes: number;
    readonly linesAdded: number;
    readonly linesDeleted: number;
    readonly lastChange: number;
    readonly authors: readonly { readonly name: string }[];
  }[];
  readonly coupling: readonly SurveyCoupling[];
  readonly introduced:
    | readonly { readonly commit: string; readonly subject: string; readonly fixes: readonly BlamedCommit[] }[]
    | undefined;
}

/** What git knows, about a screen. */
export function historyForTerminal(shown: Shown, terminal: Terminal): string {
  if (shown.absence) return `${absenceText(shown.absence)}\n`;
  const sections: string[][] = [];
  if (shown.people) sections.push(peopleLines(shown.people, shown.activity, [], terminal));
  const title = (text: string, aside = ''): string =>
    `${ink(terminal, text, 'bold', 'cyan')}${aside === '' ? '' : `  ${ink(terminal, aside, 'dim')}`}`;
  const files = shown.files
    .slice(0, 15)
    .map((file) => [
      plain(file.path),
      formatCount(file.commits),
      formatCount(file.bugFixes),
      `+${formatCount(file.linesAdded)} −${formatCount(file.linesDeleted)}`,
      new Date(file.lastChange * 1000).toISOString().slice(0, 10),
      plain(file.authors[0]?.name ?? ''),
    ]);
  if (files.length > 0) {
    sections.push([
      title(
        'Most changed',
        shown.files.length > files.length ? `${files.length} of ${counted(shown.files.length, 'file')}` : '',
      ),
      ...table(
        terminal,
        [
          { title: 'file', shrink: 'start' },
          { title: 'commits', align: 'right' },
          { title: 'bug fixes', align: 'right' },
          { title: 'lines', align: 'right' },
          { title: 'last change' },
          { title: 'knows it best', shrink: 'end' },
        ],
        files,
      ),
    ]);
  }
  const pairs = shown.coupling
    .slice(0, 10)
    .map(({ first, second, support, confidence, hidden }) => [
      plain(first),
      plain(second),
      formatCount(support),
      confidence.toFixed(2),
      hidden ? 'nothing in the code joins them' : '',
    ]);
  if (pairs.length > 0)
    sections.push([
      title('Change together'),
      ...table(
        terminal,
        [
          { title: '', shrink: 'start' },
          { title: '', shrink: 'start' },
          { title: 'commits', align: 'right' },
          { title: 'confidence', align: 'right' },
          { title: '' },
        ],
        pairs,
      ),
    ]);
  if (shown.introduced) {
    const rows = shown.introduced
      .slice(0, 15)
      .map(({ commit, subject, fixes }) => [
        commit.slice(0, 9),
        formatCount(new Set(fixes.map(({ fixed }) => fixed)).size),
        formatCount(fixes.reduce((sum, { lines }) => sum + lines, 0)),
        plain(subject),
      ]);
    sections.push([
      title('Where bugs came from', 'commits whose lines later bug fixes took out'),
      ...(rows.length === 0
        ? ['  none found']
        : table(
            terminal,
            [
              { title: 'commit' },
              { title: 'fixes', align: 'right' },
              { title: 'lines', align: 'right' },
              { title: 'subject', shrink: 'end' },
            ],
            rows,
          )),
    ]);
  }
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
