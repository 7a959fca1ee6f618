import type { HistoryAbsence } from '#model/history.ts';
import type { SurveyCoupling, SurveyMonth, SurveyPeople } from '#model/survey.ts';
import { counted, ink, percent, plain, sparkline, type Terminal } from './terminal-canvas.ts';

const absences: Readonly<Record<HistoryAbsence, string>> = {
  'not-a-repository': 'not a git repository: nothing is known of authors and change',
  'no-commits': 'no commits yet',
  'git-missing': 'git was not found: nothing is known of authors and change',
};

/** Why nothing is known of people and change. */
export function absenceText(absence: HistoryAbsence): string {
  return absences[absence];
}

/** Commits, authors, truck factor, islands and hidden coupling. */
export function peopleLines(
  known: SurveyPeople,
  activity: readonly SurveyMonth[],
  coupling: readonly SurveyCoupling[],
  terminal: Terminal,
): string[] {
  const limits = [
    known.shallow ? 'shallow clone: only the latest commits are here' : '',
    known.truncated ? 'older commits were left out' : '',
  ].filter((text) => text !== '');
  const lines = [
    `${ink(terminal, 'People', 'bold', 'cyan')}${limits.length > 0 ? `  ${ink(terminal, limits.join('; '), 'dim')}` : ''}`,
  ];
  const years = new Date(known.firstCommit * 1000).getUTCFullYear();
  lines.push(
    `  ${counted(known.commits, 'commit')} by ${counted(known.authors, 'author')} since ${years}, ${known.activeAuthors} in the last half year · ${counted(known.bugFixes, 'bug fix', 'bug fixes')}`,
  );
  const months = activity.slice(-Math.min(60, terminal.width - 46));
  if (months.length > 2)
    lines.push(
      `  ${ink(
        terminal,
        sparkline(
          terminal,
          months.map(({ commits }) => commits),
        ),
        'green',
      )}  ${ink(terminal, `commits a month, ${months[0]!.month} to ${months[months.length - 1]!.month}`, 'dim')}`,
    );
  if (known.keyAuthors.length > 0) {
    const names = known.keyAuthors
      .slice(0, 4)
      .map(({ name }) => plain(name))
      .join(', ');
    lines.push(
      `  truck factor ${ink(terminal, String(known.truckFactor), known.truckFactor <= 2 ? 'red' : 'green')}: without ${names}${known.keyAuthors.length > 4 ? ' …' : ''} nobody knows more than half of the files`,
    );
  }
  for (const island of known.islands.slice(0, 3))
    lines.push(
      `  ${plain(island.folder)}: ${percent(island.share)} of ${counted(island.files, 'file')} known to ${plain(island.author)} alone`,
    );
  const hidden = coupling.filter((pair) => pair.hidden)[0];
  if (hidden)
    lines.push(
      `  ${plain(hidden.first)} and ${plain(hidden.second)} changed together in ${counted(hidden.support, 'commit')}, though nothing in the code joins them`,
    );
  return lines;
}
