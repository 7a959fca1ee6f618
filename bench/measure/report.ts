/** A bench's result: tables in the terminal, and both forms in bench/results/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Environment, isBusy, repository } from './environment.ts';

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said below it. */
  readonly notes?: readonly string[];
}

export interface BenchResult {
  readonly summary: string;
  readonly tables: readonly Table[];
  /** Rivals and their versions. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Numbers for programs. */
  readonly data: unknown;
  /** More files for bench/results/, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

const resultsFolder = path.join(repository, 'bench', 'results');

export function tableText({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)));
  // Figures stand at the right, words at the left.
  const isRight = columns.map((_, index) => index > 0 && rows.every((row) => /^[\d.,–+ ]*$/.test(row[index] ?? '')));
  const cell = (text: string, index: number): string =>
    isRight[index] ? text.padStart(widths[index]!) : text.padEnd(widths[index]!);
  const line = (cells: readonly string[]): string =>
    `| ${columns.map((_, index) => cell((cells[index] ?? '').replaceAll('|', '/'), index)).join(' | ')} |`;
  const rule = `|${widths.map((width, index) => (isRight[index] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ...notes.map((note) => `\n${note}`)].join('\n');
}

export function writeReport(name: string, environment: Environment, result: BenchResult): void {
  mkdirSync(resultsFolder, { recursive: true });
  const { date, commit, system, processor, cores, memoryGigabytes, node, load } = environment;
  const text = [
    `# ${name}`,
    '',
    result.summary,
    '',
    `${date} UTC · commit ${commit} · ${system}, ${cores} cores (${processor}), ${memoryGigabytes} GB · Node ${node} · load before: ${load}`,
    ...(isBusy(environment) ? ['', '**The machine was busy: these times say little.**'] : []),
    ...(result.versions
      ? [
          '',
          Object.entries(result.versions)
            .map(([rival, version]) => `${rival} ${version}`)
            .join(' · '),
        ]
      : []),
    ...result.tables.flatMap((table) => ['', tableText(table)]),
    '',
  ].join('\n');
  writeFileSync(path.join(resultsFolder, `${name}.md`), text);
  writeFileSync(
    path.join(resultsFolder, `${name}.json`),
    `${JSON.stringify({ name, environment, versions: result.versions ?? {}, data: result.data }, null, 2)}\n`,
  );
  for (const [file, content] of Object.entries(result.files ?? {}))
    writeFileSync(path.join(resultsFolder, file), content);
}

/** With as many digits as are worth reading; `–` for what is not known. */
export function figure(value: number | undefined, digits = 2): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
