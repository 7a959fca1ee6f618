/**
 * `npm run bench [-- names] [-- --install-rivals]`: all figures as one table, also written to bench/results. Names: django,
 * sympy, go, update, lookup, growth.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installRivals, measureDigs } from './dig.ts';
import { type GrowthPoint, measureGrowth } from './growth.ts';
import { measureLookups } from './lookup.ts';
import { type Figure, shown } from './statistics.ts';
import { measureUpdates } from './update.ts';

const words = process.argv.slice(2);
if (words.includes('--install-rivals')) installRivals();
const names = words.filter((word) => !word.startsWith('--'));
const wanted = (name: string): boolean => names.length === 0 || names.includes(name);
const root = path.join(import.meta.dirname, '..');
spawnSync('sh', ['scripts/node.sh', 'scripts/build.ts', '--quiet'], { cwd: root, stdio: 'inherit' });

const load = os.loadavg()[0]!;
const figures: Figure[] = [...measureDigs(wanted)];
if (wanted('update')) figures.push(...(await measureUpdates()));
if (wanted('lookup')) figures.push(...(await measureLookups()));
const growth: readonly GrowthPoint[] = wanted('growth') ? measureGrowth() : [];

const machine = `${os.cpus().length} cores (${os.cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}`;
const rows = figures.map(
  ({ name, value, unit, goal, detail }) =>
    `| ${name} | ${shown(value)} ${unit} | ${goal === undefined ? '' : `≤ ${goal} ${unit}`} | ${goal === undefined ? '' : value <= goal ? 'yes' : 'no'} | ${detail ?? ''} |`,
);
const curve = growth.map(
  (point) =>
    `| ${point.lines} | ${shown(point.seconds)} | ${shown(point.processorSeconds)} | ${shown(point.residentMegabytes)} | ${shown((point.processorSeconds / point.lines) * 1e5)} |`,
);
const page = `# Measured

${machine}. Load average before: ${load.toFixed(1)}${load > 0.7 ? ' — the machine was not quiet: wall times are longer than they would be' : ''}.

| what | measured | goal | met | |
| --- | --: | --: | --- | --- |
${rows.join('\n')}
${
  curve.length > 0
    ? `
## Growth

Parts of one tree, dug from nothing.

| lines of code | seconds | processor seconds | resident MB | processor seconds per 100,000 lines |
| --: | --: | --: | --: | --: |
${curve.join('\n')}
`
    : ''
}`;
const folder = path.join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const stem = names.length === 0 ? 'measured' : `measured-${names.join('-')}`;
writeFileSync(path.join(folder, `${stem}.md`), page);
writeFileSync(path.join(folder, `${stem}.json`), `${JSON.stringify({ machine, load, figures, growth }, null, 2)}\n`);
console.log(page);
