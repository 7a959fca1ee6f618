/** Time and memory against lines: growing parts of three large trees taken together, in the same mix at every size. */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Bench, BenchOptions } from './bench.ts';
import { growthChart } from './measure/growth-chart.ts';
import { figure, type Table } from './measure/report.ts';
import { runChild } from './measure/run-child.ts';
import { fitLine, median, seededRandom, shuffled } from './measure/statistics.ts';
import { Absent } from './trees/install.ts';
import { codeFilesOf, commitAll, countLines, prepareTree, type Tree } from './trees/prepare-tree.ts';
import { isTreeName, type TreeName } from './trees/tree-sources.ts';
import { dataFolder, emptyIndexFolder, factsBytes, readDig, trowel } from './trowel.ts';

const SMALLEST = 25_000;
const TIMEOUT_SECONDS = 900;

/** A folder's own code files. */
interface Unit {
  readonly tree: string;
  readonly root: string;
  readonly files: readonly string[];
  readonly lines: number;
}

interface Step {
  readonly lines: number;
  readonly files: number;
  readonly seconds: number;
  readonly cpuSeconds: number | undefined;
  readonly peakMegabytes: number | undefined;
  readonly diskMegabytes: number;
}

export const growth: Bench = async (options) => {
  const trees = presentTrees(options);
  const units = inStableMix(trees.map(unitsOf));
  const total = units.reduce((sum, { lines }) => sum + lines, 0);
  const sizes: number[] = [];
  for (let size = SMALLEST; size < total * 0.8; size *= 2) sizes.push(size);
  sizes.push(total);
  const folder = path.join(dataFolder, 'trees', 'growth');
  const steps: Step[] = [];
  try {
    for (const size of sizes) {
      steps.push(await measure(layOut(folder, units, size), folder, options));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    emptyIndexFolder('growth');
  }
  const chart = growthChart(
    steps.map(({ lines, seconds, peakMegabytes }) => ({ lines, seconds, megabytes: peakMegabytes ?? 0 })),
  );
  return {
    summary: `A dig from nothing of growing parts of ${trees.map(({ title }) => title).join(', ')}: whole folders, in the same mix at every size. ![Time and memory against lines](growth.svg)`,
    tables: [growthTable(steps), linearityTable(steps)],
    data: { steps },
    files: { 'growth.svg': chart },
  };
};

function presentTrees({ trees, say }: BenchOptions): Tree[] {
  const names: readonly TreeName[] = trees?.filter(isTreeName) ?? ['django', 'sympy', 'go'];
  return names.flatMap((name) => {
    try {
      return [prepareTree(name)];
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      say(`${name} is absent: ${error.message}`);
      return [];
    }
  });
}

function unitsOf(tree: Tree): Unit[] {
  const folders = new Map<string, string[]>();
  for (const file of codeFilesOf(tree.folder, /\.(py|go|ts)$/)) {
    const folder = path.dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const units = [...folders.values()].map((files): Unit => ({
    tree: tree.name,
    root: tree.folder,
    files,
    lines: files.reduce((sum, file) => sum + countLines(readFileSync(path.join(tree.folder, file))), 0),
  }));
  return shuffled(units, seededRandom(3));
}

/** Next comes always the tree that has given the smallest share of its lines. */
function inStableMix(trees: readonly (readonly Unit[])[]): Unit[] {
  const totals = trees.map((units) => units.reduce((sum, { lines }) => sum + lines, 0));
  const taken = trees.map(() => ({ units: 0, lines: 0 }));
  const order: Unit[] = [];
  for (;;) {
    let next = -1;
    let smallest = Infinity;
    for (const [index, { units, lines }] of taken.entries()) {
      const share = lines / totals[index]!;
      if (units < trees[index]!.length && share < smallest) [next, smallest] = [index, share];
    }
    if (next < 0) return order;
    const unit = trees[next]![taken[next]!.units]!;
    taken[next]!.units++;
    taken[next]!.lines += unit.lines;
    order.push(unit);
  }
}

/** Makes the folder anew, with hard links to the files of as many units as the size asks for. */
function layOut(folder: string, units: readonly Unit[], size: number): { lines: number; files: number } {
  rmSync(folder, { recursive: true, force: true });
  let lines = 0;
  let files = 0;
  for (const unit of units) {
    if (lines >= size) break;
    lines += unit.lines;
    files += unit.files.length;
    for (const file of unit.files) {
      const to = path.join(folder, unit.tree, file);
      mkdirSync(path.dirname(to), { recursive: true });
      linkSync(path.join(unit.root, file), to);
    }
  }
  // Without it, Go's imports lead nowhere.
  for (const { tree, root } of new Map(units.map((unit) => [unit.tree, unit])).values()) {
    const to = path.join(folder, tree, 'src', 'go.mod');
    if (existsSync(path.join(root, 'src', 'go.mod')) && existsSync(path.dirname(to)))
      linkSync(path.join(root, 'src', 'go.mod'), to);
  }
  commitAll(folder);
  return { lines, files };
}

async function measure(
  { lines, files }: { readonly lines: number; readonly files: number },
  folder: string,
  { runs, say }: BenchOptions,
): Promise<Step> {
  const seconds: number[] = [];
  const cpuSeconds: number[] = [];
  const peaks: number[] = [];
  let diskMegabytes = 0;
  for (let round = 0; round < runs; round++) {
    const indexes = emptyIndexFolder('growth');
    const run = await runChild(trowel(indexes, 'dig', folder, '--json'), { timeoutSeconds: TIMEOUT_SECONDS });
    if (run.outcome !== 'ok') throw new Error(`${lines} lines: ${run.message}`);
    diskMegabytes = (readDig(run.stdout).indexBytes + factsBytes(indexes)) / 1e6;
    seconds.push(run.seconds);
    if (run.cpuSeconds !== undefined) cpuSeconds.push(run.cpuSeconds);
    if (run.peakMegabytes !== undefined) peaks.push(run.peakMegabytes);
  }
  say(`${figure(lines, 0)} lines: ${figure(median(seconds))} s`);
  return {
    lines,
    files,
    seconds: median(seconds),
    cpuSeconds: cpuSeconds.length > 0 ? median(cpuSeconds) : undefined,
    peakMegabytes: peaks.length > 0 ? median(peaks) : undefined,
    diskMegabytes,
  };
}

const growthTable = (steps: readonly Step[]): Table => ({
  title: 'Time and memory against lines',
  columns: ['lines', 'files', 'seconds', 'CPU s', 'peak MB', 'disk MB', 'ms / 1,000 lines'],
  rows: steps.map((step) => [
    figure(step.lines, 0),
    figure(step.files, 0),
    figure(step.seconds),
    figure(step.cpuSeconds),
    figure(step.peakMegabytes, 0),
    figure(step.diskMegabytes, 1),
    figure((step.seconds / step.lines) * 1e6, 1),
  ]),
});

/** Over lines in millions: how well a line fits, and whether the last doubling cost more a line than the one before. */
function linearityTable(steps: readonly Step[]): Table {
  const quantities: [string, (step: Step) => number | undefined][] = [
    ['seconds', ({ seconds }) => seconds],
    ['CPU seconds', ({ cpuSeconds }) => cpuSeconds],
    ['peak MB', ({ peakMegabytes }) => peakMegabytes],
    ['disk MB', ({ diskMegabytes }) => diskMegabytes],
  ];
  return {
    title: 'How linear',
    columns: ['', 'a million lines', 'at zero', 'R²', 'last slope ÷ the one before'],
    rows: quantities.map(([name, read]) => {
      const points = steps.flatMap((step) => {
        const y = read(step);
        return y === undefined ? [] : [{ x: step.lines / 1e6, y }];
      });
      const { slope, intercept, rSquared } = fitLine(points);
      const slopeAt = (back: number): number => {
        const [from, to] = [points.at(-back - 1), points.at(-back)];
        return from && to ? (to.y - from.y) / (to.x - from.x) : Number.NaN;
      };
      return [name, figure(slope), figure(intercept), figure(rSquared, 4), figure(slopeAt(1) / slopeAt(2))];
    }),
    notes: ['A line by least squares. Linear growth: R² near 1 and a ratio near 1.'],
  };
}
