/**
 * Copies in a whole repository from a cold start, beside jscpd: wall and processor time of whole processes, interleaved. Trowel's
 * side runs the engine from a bundle over all files (tests included, as jscpd does), without an index.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Bench } from './bench.ts';
import { repository } from './measure/environment.ts';
import { type ChildRun, runChild } from './measure/run-child.ts';
import { median } from './measure/statistics.ts';
import { installNpm } from './trees/install.ts';
import { prepareTree } from './trees/prepare-tree.ts';
import { dataFolder } from './trowel.ts';

/** 5.4.1, the newest, declares a binary for this system that the registry did not have. */
const VERSION = '5.3.3';
const kinds = { django: ['.py', 'python'], typescript: ['.ts', 'typescript'], sympy: ['.py', 'python'] } as const;

export const duplication: Bench = async ({ runs, trees, without, say }) => {
  const folder = path.join(dataFolder, 'rivals', 'jscpd');
  const native = `jscpd-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
  if (!without.has('jscpd')) installNpm(folder, { jscpd: VERSION, [native]: VERSION });
  const bundle = path.join(dataFolder, 'indexes', 'duplication', 'child.mjs');
  mkdirSync(path.dirname(bundle), { recursive: true });
  await build({
    entryPoints: [path.join(repository, 'bench', 'duplication-child.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const name of Object.keys(kinds) as (keyof typeof kinds)[]) {
    if (trees ? !trees.includes(name) : name !== 'django') continue;
    const tree = prepareTree(name);
    const [extension, language] = kinds[name];
    const results: Record<string, ChildRun[]> = { trowel: [], jscpd: [] };
    let found = { files: 0, lines: 0, classes: 0, duplicatedLines: 0 };
    for (let run = 0; run < runs; run++) {
      say(`${name}: run ${run + 1}`);
      const own = await runChild(
        { file: process.execPath, args: [bundle, tree.folder, extension, language] },
        { timeoutSeconds: 200 },
      );
      results['trowel']!.push(own);
      found = JSON.parse(own.stdout) as typeof found;
      if (without.has('jscpd')) continue;
      const args = [
        tree.folder,
        '--format',
        language,
        '--silent',
        '--min-tokens',
        '60',
        '--min-lines',
        '6',
        '--max-size',
        '10mb',
        '--max-lines',
        '100000',
      ];
      results['jscpd']!.push(
        await runChild({ file: path.join(folder, 'node_modules', '.bin', 'jscpd'), args }, { timeoutSeconds: 200 }),
      );
    }
    for (const [who, all] of Object.entries(results)) {
      const fine = all.filter(({ outcome, stdout }) => outcome === 'ok' || stdout !== '');
      if (fine.length === 0) continue;
      const seconds = median(fine.map((each) => each.seconds));
      const cpu = median(fine.map((each) => each.cpuSeconds ?? each.seconds));
      rows.push([
        name,
        who,
        seconds.toFixed(2),
        cpu.toFixed(2),
        String(Math.round(found.lines / seconds / 1000)),
        who === 'trowel'
          ? `${found.classes} classes, ${found.duplicatedLines} lines`
          : fine.at(-1)!.stdout.trim().split('\n').at(-1)!.slice(0, 80),
      ]);
      data.push({ tree: name, who, seconds, cpu, lines: found.lines, files: found.files });
    }
  }
  return {
    summary: 'Copies in a whole repository, from a cold start.',
    versions: { jscpd: VERSION },
    tables: [
      {
        title: 'Medians of interleaved runs',
        columns: ['tree', 'tool', 'wall s', 'processor s', 'k lines/s (wall)', 'found'],
        rows,
        notes: ['Lines are those that Trowel compared; both read the same files.'],
      },
    ],
    data,
  };
};
