/** Time and memory against lines: growing parts of one tree, dug from nothing. The law to see is a straight line. */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { treePath } from './bench-tree.ts';
import { timed } from './dig.ts';

export interface GrowthPoint {
  readonly lines: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly residentMegabytes: number;
}

const project = path.join(import.meta.dirname, '..');

export function measureGrowth(
  tree = 'go',
  parts: readonly number[] = [0.05, 0.1, 0.2, 0.4, 0.8],
): readonly GrowthPoint[] {
  const source = treePath(tree);
  if (source === undefined) return [];
  const folder = path.join(os.tmpdir(), `trowel-growth-${process.pid}`);
  const entries = readdirSync(source).sort();
  const points: GrowthPoint[] = [];
  for (const part of parts) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(path.join(folder, 'tree'), { recursive: true });
    for (const name of entries.slice(0, Math.max(1, Math.round(entries.length * part))))
      cpSync(path.join(source, name), path.join(folder, 'tree', name), { recursive: true });
    const run = timed(
      'sh',
      [
        path.join(project, 'scripts/node.sh'),
        '--disable-warning=ExperimentalWarning',
        path.join(project, 'dist/main.mjs'),
        'dig',
        path.join(folder, 'tree'),
        '--fresh',
        '--json',
        '--quiet',
      ],
      { TROWEL_DATA: path.join(folder, 'data') },
    );
    if (!run) continue;
    const { codeLines } = JSON.parse(run.output) as { codeLines: number };
    points.push({
      lines: codeLines,
      seconds: run.seconds,
      processorSeconds: run.processorSeconds,
      residentMegabytes: run.residentMegabytes,
    });
  }
  rmSync(folder, { recursive: true, force: true });
  return points.sort((a, b) => a.lines - b.lines);
}
