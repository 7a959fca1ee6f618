/** How results are told: a page under bench/results, the same text on the terminal. */
import { execSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';

const resultsFolder = path.resolve(import.meta.dirname, '../results');

export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** A share to one decimal; 0 of 0 is no share. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

export function heading(title: string, tools: readonly string[]): string {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `# ${title}\n\n${new Date().toISOString().slice(0, 10)} · ${machine} · ${tools.join(' · ')}`;
}

/** First line of what a command says about itself. */
export function toolVersion(command: string): string {
  return execSync(command, { encoding: 'utf8' })
    .split('\n')[0]!
    .replace(/, Copyright.*/, '')
    .trim();
}

/** Writes the page unless only a part was measured. */
export function publish(name: string, text: string, complete: boolean): void {
  console.log(text);
  if (!complete) return;
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(path.join(resultsFolder, `${name}.md`), `${text}\n`);
}
