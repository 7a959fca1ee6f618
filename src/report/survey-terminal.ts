import type { SkipReason } from '#model/source-file.ts';
import { formatCount } from '#base/format-count.ts';
import type { Survey } from '#model/survey.ts';
import { absenceText, peopleLines } from './people-terminal.ts';
import {
  bar,
  cells,
  counted,
  fit,
  type Ink,
  ink,
  padEnd,
  padStart,
  percent,
  plain,
  table,
  type Terminal,
  wrap,
} from './terminal-canvas.ts';

/** The survey as one reads it in a terminal: about two screens, the most telling first. */
export function surveyForTerminal(survey: Survey, terminal: Terminal): string {
  const wide: Terminal = { ...terminal, width: Math.max(NARROWEST, Math.min(terminal.width, 118)) };
  const sections = [
    header(survey, wide),
    languages(survey, wide),
    architecture(survey, wide),
    readFirst(survey, wide),
    entryPoints(survey, wide),
    central(survey, wide),
    hotspots(survey, wide),
    cycles(survey, wide),
    people(survey, wide),
    trust(survey, wide),
  ];
  const fitted = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.flatMap((line) => (cells(line) > wide.width ? wrap(wide, line, '    ') : [line])));
  return `${fitted.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Below this, tables would say nothing: they are allowed to be wider than the terminal. */
const NARROWEST = 80;

function title(terminal: Terminal, text: string, aside = ''): string {
  return `${ink(terminal, text, 'bold', 'cyan')}${aside === '' ? '' : `  ${ink(terminal, aside, 'dim')}`}`;
}

function header(survey: Survey, terminal: Terminal): string[] {
  const { size, revision } = survey;
  const at = [revision.branch, revision.commit?.slice(0, 10)]
    .filter((part) => part !== undefined)
    .map(plain)
    .join(' @ ');
  const first = `${ink(terminal, plain(survey.name), 'bold')}${at === '' ? '' : `  ${ink(terminal, at, 'dim')}`}`;
  const tests =
    size.testFiles === 0
      ? 'no test files found'
      : `${counted(size.testFiles, 'test file')}, ${percent(size.testCodeLines / Math.max(1, size.codeLines))} of the code`;
  const lines = [
    first,
    `${counted(size.codeLines, 'line')} of code in ${counted(size.files, 'file')} · ${counted(size.functions, 'function')} · ${counted(size.types, 'type')} · ${tests}`,
  ];
  if (revision.partial)
    lines.push(ink(terminal, 'The first dig is still running: what is missing here may yet come.', 'yellow'));
  if (revision.level === 'quick') lines.push(ink(terminal, 'Calls that need data flow are not in yet.', 'yellow'));
  return lines;
}

const paints: readonly Ink[] = ['blue', 'green', 'yellow', 'magenta', 'cyan', 'red'];

function languages(survey: Survey, terminal: Terminal): string[] {
  if (survey.languages.length === 0) return [];
  const shown = survey.languages.slice(0, 6);
  const width = Math.min(terminal.width - 2, 100);
  const strip = shown
    .map(({ share }, index) =>
      ink(terminal, (terminal.unicode ? '█' : '#').repeat(Math.round(share * width)), paints[index]!),
    )
    .join('');
  const legend = shown.map(
    ({ name, share }, index) =>
      `${ink(terminal, terminal.unicode ? '■' : '#', paints[index]!)} ${name} ${percent(share)}`,
  );
  const rest = survey.languages.length - shown.length;
  if (rest > 0) legend.push(ink(terminal, `and ${rest} more`, 'dim'));
  return [`  ${strip}`, `  ${legend.join('   ')}`];
}

function architecture(survey: Survey, terminal: Terminal): string[] {
  const shown = survey.modules.slice(0, 14);
  if (shown.length < 2) return [];
  const most = shown.reduce((highest, { codeLines }) => Math.max(highest, codeLines), 1);
  const label = shortNames(survey.modules.map(({ path }) => path));
  const under = sharedFolder(shown.map(({ path }) => path));
  const uses = (path: string): string => {
    const targets = survey.dependencies.filter(({ from }) => from === path);
    const names = targets.slice(0, 3).map(({ to }) => plain(label.get(to) ?? to));
    return names.length === 0 ? '–' : `${names.join(', ')}${targets.length > 3 ? ` +${targets.length - 3}` : ''}`;
  };
  const rows = shown.map((module) => [
    plain(module.path === under ? '.' : under === '' ? module.path : module.path.slice(under.length + 1)),
    padEnd(bar(terminal, module.codeLines / most, 12), 12),
    formatCount(module.codeLines),
    String(module.layer),
    String(module.usedBy),
    module.instability === undefined ? '–' : module.instability.toFixed(2),
    uses(module.path),
  ]);
  const rest = survey.modules.length - shown.length;
  return [
    title(
      terminal,
      'Architecture',
      [
        under === '' ? '' : `under ${plain(under)}`,
        rest > 0 ? `the ${shown.length} largest of ${survey.modules.length} modules` : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    ),
    ...table(
      terminal,
      [
        { title: 'module', shrink: 'start' },
        { title: '' },
        { title: 'lines', align: 'right' },
        { title: 'layer', align: 'right' },
        { title: 'used by', align: 'right' },
        { title: 'instability', align: 'right' },
        { title: 'leans on', shrink: 'end' },
      ],
      rows,
    ),
  ];
}

function readFirst(survey: Survey, terminal: Terminal): string[] {
  if (survey.readFirst.length === 0) return [];
  const rows = survey.readFirst.map(({ path, reason, title: about }, index) => [
    `${index + 1}`,
    plain(path),
    reason,
    about === path.split('/').pop() ? '' : plain(about),
  ]);
  return [
    title(terminal, 'Read first'),
    ...table(
      terminal,
      [{ title: '' }, { title: '', shrink: 'start' }, { title: '' }, { title: '', shrink: 'end' }],
      rows,
    ),
  ];
}

function entryPoints(survey: Survey, terminal: Terminal): string[] {
  const shown = survey.entryPoints.slice(0, 6);
  if (shown.length === 0) return [];
  const rows = shown.map(({ path, line, name, reason }) => [
    `${plain(path)}:${line}`,
    name === path ? '' : plain(name),
    reason,
  ]);
  const rest = survey.entryPoints.length - shown.length;
  return [
    title(terminal, 'Entry points', rest > 0 ? `${rest} more` : ''),
    ...table(terminal, [{ title: '', shrink: 'start' }, { title: '', shrink: 'end' }, { title: '' }], rows),
  ];
}

function central(survey: Survey, terminal: Terminal): string[] {
  const shown = survey.central.slice(0, 8);
  if (shown.length === 0) return [];
  const rows = shown.map(({ name, kind, users, path, line }) => [
    plain(name),
    kind,
    counted(users, 'user'),
    `${plain(path)}:${line}`,
  ]);
  return [
    title(terminal, 'What the rest stands on'),
    ...table(
      terminal,
      [{ title: '', shrink: 'end' }, { title: '' }, { title: '', align: 'right' }, { title: '', shrink: 'start' }],
      rows,
    ),
  ];
}

function hotspots(survey: Survey, terminal: Terminal): string[] {
  if (survey.hotspots.length > 0) {
    const rows = survey.hotspots
      .slice(0, 8)
      .map((spot) => [
        ink(terminal, padEnd(bar(terminal, spot.score, 8), 8), spot.score > 0.5 ? 'red' : 'yellow'),
        plain(spot.path),
        formatCount(spot.commits),
        formatCount(spot.complexity),
        plain(spot.mainAuthor ?? ''),
      ]);
    return [
      title(terminal, 'Hotspots', 'often changed and hard to follow'),
      ...table(
        terminal,
        [
          { title: '' },
          { title: 'file', shrink: 'start' },
          { title: 'commits', align: 'right' },
          { title: 'complexity', align: 'right' },
          { title: 'knows it best', shrink: 'end' },
        ],
        rows,
      ),
    ];
  }
  const rows = survey.complex
    .slice(0, 8)
    .map(({ name, cognitive, codeLines, path, line }) => [
      formatCount(cognitive ?? 0),
      formatCount(codeLines ?? 0),
      plain(name),
      `${plain(path)}:${line}`,
    ]);
  if (rows.length === 0) return [];
  return [
    title(terminal, 'Hard to follow', 'by cognitive complexity; without history, nothing is known of change'),
    ...table(
      terminal,
      [
        { title: 'cognitive', align: 'right' },
        { title: 'lines', align: 'right' },
        { title: 'function', shrink: 'end' },
        { title: '', shrink: 'start' },
      ],
      rows,
    ),
  ];
}

function cycles(survey: Survey, terminal: Terminal): string[] {
  const real = survey.cycles.filter(({ typeOnly }) => !typeOnly);
  const typeOnly = survey.cycles.length - real.length;
  if (survey.modules.length < 2) return [];
  if (real.length === 0)
    return [
      title(terminal, 'Import cycles', typeOnly === 0 ? 'none' : `none at run time; ${typeOnly} through types only`),
    ];
  const arrow = terminal.unicode ? ' → ' : ' -> ';
  const lines = real.slice(0, 3).map(({ files, example }) => {
    const way = example.length === 0 ? files.slice(0, 3) : [...example, example[0]!];
    const text = shorten(way).map(plain).join(arrow);
    return `  ${padStart(counted(files.length, 'file'), 10)}  ${fit(text, terminal.width - 16, 'start')}`;
  });
  const files = real.reduce((sum, cycle) => sum + cycle.files.length, 0);
  return [
    title(
      terminal,
      'Import cycles',
      `${counted(real.length, 'group')}, ${counted(files, 'file')}${typeOnly > 0 ? `; ${typeOnly} more through types only` : ''}`,
    ),
    ...lines,
  ];
}

/** Names of which a folder has one each: alone they tell nothing. */
const everywhere = /^(?:index\.\w+|__init__\.pyi?|mod\.rs|lib\.rs|main\.\w+)$/;

/** Paths without the folders that all of them share, but for the last where a name alone tells nothing. */
function shorten(paths: readonly string[]): string[] {
  const shared = sharedSegments(paths.map((path) => path.split('/').slice(0, -1)));
  const names = paths.map((path) => path.split('/').slice(shared).join('/'));
  return shared > 0 && names.some((name) => everywhere.test(name))
    ? paths.map((path) =>
        path
          .split('/')
          .slice(shared - 1)
          .join('/'),
      )
    : names;
}

/** How many segments all of the lists begin with. */
function sharedSegments(lists: readonly (readonly string[])[]): number {
  let shared = 0;
  while (lists.every((segments) => segments.length > shared && segments[shared] === lists[0]![shared])) shared++;
  return shared;
}

/** The folder that all of these lie in or are, where naming it once saves more than it costs; '' otherwise. */
function sharedFolder(paths: readonly string[]): string {
  const split = paths.map((path) => (path === '.' ? [] : path.split('/')));
  const shared = sharedSegments(split);
  return shared > 1 ? split[0]!.slice(0, shared).join('/') : '';
}

/** The last segments of each path, as many as tell it from the others. */
function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const split = paths.map((path) => path.split('/'));
  const tail = (segments: readonly string[], count: number): string => segments.slice(-count).join('/');
  return new Map(
    split.map((segments, index) => {
      let count = 1;
      while (
        count < segments.length &&
        split.some((other, at) => at !== index && tail(other, count) === tail(segments, count))
      )
        count++;
      return [paths[index]!, tail(segments, count)];
    }),
  );
}

function people(survey: Survey, terminal: Terminal): string[] {
  if (survey.historyAbsence) return [title(terminal, 'People', absenceText(survey.historyAbsence))];
  return survey.people ? peopleLines(survey.people, survey.activity, survey.coupling, terminal) : [];
}

function trust(survey: Survey, terminal: Terminal): string[] {
  const { trust: known } = survey;
  const calls = known.exactCalls + known.inferredCalls;
  const lines = [title(terminal, 'How sure this is')];
  lines.push(
    `  ${counted(calls, 'call')} resolved (${formatCount(known.exactCalls)} exact, ${formatCount(known.inferredCalls)} by data flow) · ${formatCount(known.externalCalls)} lead outside · ${formatCount(known.candidateCalls)} by name only, never counted · ${formatCount(known.unresolvedCalls)} unresolved`,
  );
  if (known.partialFiles.length > 0)
    lines.push(
      `  ${counted(known.partialFiles.length, 'file')} could be parsed only in part: ${known.partialFiles.slice(0, 3).map(plain).join(', ')}${known.partialFiles.length > 3 ? ' …' : ''}`,
    );
  if (known.skipped.length > 0)
    lines.push(`  left out: ${known.skipped.map(({ reason, files }) => leftOut[reason](files)).join(', ')}`);
  return lines;
}

const files =
  (what: string) =>
  (count: number): string =>
    `${counted(count, 'file')} ${what}`;

const leftOut: Readonly<Record<SkipReason, (count: number) => string>> = {
  ignored: files('by the rules of what to ignore'),
  binary: (count) => counted(count, 'binary file'),
  oversize: files('too large'),
  unreadable: files('that cannot be read'),
  'symlink-outside': (count) => `${counted(count, 'link')} out of the tree`,
  'symlink-loop': (count) => `${counted(count, 'link')} in a circle`,
  'symlink-inside': (count) => `${counted(count, 'link')} to what is here under its own name`,
  'symlink-broken': (count) => counted(count, 'broken link'),
  special: (count) => counted(count, 'pipe, socket or device', 'pipes, sockets or devices'),
  'nested-repository': (count) => counted(count, 'nested repository', 'nested repositories'),
  minified: (count) => counted(count, 'minified file'),
  'changed-while-read': files('that changed while it was read'),
  'git-lfs-pointer': files('whose content lies in Git LFS'),
  vanished: files('that vanished meanwhile'),
  'submodule-missing': (count) =>
    counted(count, 'submodule that is not checked out', 'submodules that are not checked out'),
};
