import type { MutantResult, MutationReport, MutationScore } from '#model/mutation.ts';
import { counted, ink, plain, table, type Terminal } from './terminal-canvas.ts';

const LISTED = 20;

interface MutateShown extends MutationReport {
  readonly suites: readonly {
    readonly framework: string;
    readonly folder: string;
    readonly tests: number;
    readonly errors: readonly string[];
  }[];
  readonly run: { readonly mutants: number; readonly milliseconds: number };
  readonly kept: number;
  readonly written: readonly string[];
  readonly all: boolean;
}

const percent = (value: number | undefined): string => (value === undefined ? '–' : `${value.toFixed(1)} %`);

/** The score, the files, and what no test noticed. */
export function mutateForTerminal(output: MutateShown, terminal: Terminal): string {
  const { score, files, mutants, suites, run, kept } = output;
  const lines: string[] = [];
  for (const { framework, folder, tests, errors } of suites) {
    lines.push(`${framework}${folder === '' ? '' : ` in ${plain(folder)}`}: ${counted(tests, 'test')}`);
    for (const error of errors.slice(0, 4)) lines.push(`  ${ink(terminal, 'note', 'yellow')} ${plain(error)}`);
  }
  const total = mutants.length - score.equivalent;
  const mean =
    run.mutants > 0 ? `, ${(run.milliseconds / run.mutants / 1000).toFixed(3)} s a mutant with everything` : '';
  lines.push(
    total === 0
      ? 'There is nothing to mutate here.'
      : `${counted(total, 'mutant')} in ${(run.milliseconds / 1000).toFixed(1)} s${mean}${kept > 0 ? `; ${counted(kept, 'result')} kept from before` : ''}`,
  );
  if (total === 0) return `${lines.join('\n')}\n`;
  lines.push(
    `score ${ink(terminal, percent(score.score), 'bold')}, of the reached code ${percent(score.coveredScore)}: ${inWords(score)}`,
    '',
  );
  const ranked = files.toSorted(
    (a, b) =>
      b.score.survived + b.score.noCoverage - a.score.survived - a.score.noCoverage || (a.path < b.path ? -1 : 1),
  );
  lines.push(
    ...table(
      terminal,
      [
        { title: 'file', shrink: 'start' },
        { title: 'score' },
        { title: 'killed' },
        { title: 'timeouts' },
        { title: 'survived' },
        { title: 'not reached' },
        { title: 'equivalent' },
      ],
      ranked
        .slice(0, output.all ? ranked.length : LISTED)
        .map((file) => [
          plain(file.path),
          percent(file.score.score),
          String(file.score.killed),
          String(file.score.timeouts),
          String(file.score.survived),
          String(file.score.noCoverage),
          String(file.score.equivalent),
        ]),
    ),
  );
  const survived = mutants.filter(({ status }) => status === 'survived');
  if (survived.length > 0) {
    lines.push('', ink(terminal, 'No test noticed:', 'bold'));
    for (const mutant of survived.slice(0, output.all ? survived.length : LISTED))
      lines.push(`  ${line(mutant, output)}`);
    if (!output.all && survived.length > LISTED)
      lines.push(ink(terminal, `  and ${survived.length - LISTED} more (--all lists all)`, 'dim'));
  }
  for (const file of output.written) lines.push('', `written: ${plain(file)}`);
  return `${lines.join('\n')}\n`;
}

function inWords({ killed, timeouts, survived, noCoverage, equivalent }: MutationScore): string {
  const parts = [`${killed} killed`];
  if (timeouts > 0) parts.push(counted(timeouts, 'timeout'));
  parts.push(`${survived} survived`);
  if (noCoverage > 0) parts.push(`${noCoverage} that no test reaches`);
  if (equivalent > 0) parts.push(`${equivalent} equivalent left out`);
  return parts.join(', ');
}

function line(mutant: MutantResult, { files }: MutateShown): string {
  const { path, place, replacement } = mutant;
  const source = files.find((file) => file.path === path)?.source.split('\n')[place.startLine - 1] ?? '';
  const end = place.endLine === place.startLine ? place.endColumn : source.length;
  const original = source.slice(place.startColumn, end).trim().slice(0, 60);
  return `${plain(path)}:${place.startLine}  ${plain(original)} → ${plain(replacement.replace(/\s+/g, ' ').slice(0, 60))}`;
}
