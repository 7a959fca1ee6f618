/** How long it takes to start a command in a sandbox, beside bubblewrap by itself and a plain process. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadRunner } from '#sandbox/registry.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { median, quantile } from './measure/statistics.ts';

/** Files of the tree: an overlay must not feel them. */
const FILES = 2000;
const STARTS = 60;
const OPENS = 8;

const ofBubblewrap = [
  '--unshare-all',
  '--ro-bind',
  '/',
  '/',
  '--proc',
  '/proc',
  '--dev',
  '/dev',
  '--tmpfs',
  '/tmp',
  'true',
];

/** Milliseconds that ended child processes took, theirs included; 0 where the system does not tell. */
function childProcessorTime(): number {
  if (process.platform !== 'linux') return 0;
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

export const sandbox: Bench = async ({ runs, without, say }) => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-bench-sandbox-'));
  const times: Record<string, number[]> = {};
  const processor: Record<string, number[]> = {};
  const measure = async (what: string, act: () => Promise<unknown> | unknown): Promise<void> => {
    const began = performance.now();
    await act();
    (times[what] ??= []).push(performance.now() - began);
  };
  try {
    const tree = path.join(scratch, 'tree');
    for (let file = 0; file < FILES; file++) {
      const folder = path.join(tree, `folder${file % 40}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `file${file}.txt`), 'x'.repeat(2000));
    }
    const request = { tree, dataFolder: path.join(scratch, 'data') };
    const command = { program: 'true', arguments: [] };
    const names = ['bubblewrap', 'container'].filter((name) => !without.has(name));
    const lacking: string[] = [];
    for (const name of names) {
      const runner = await loadRunner(name, { environment: process.env });
      const found = await runner.availability();
      if (!found.available) {
        lacking.push(`${name}: ${found.reason}`);
        say(`${name}: ${found.reason}`);
        continue;
      }
      const starts = name === 'container' ? 5 : STARTS;
      for (let run = 0; run < runs; run++) {
        let opened: Sandbox | undefined;
        for (let open = 0; open < (name === 'container' ? 1 : OPENS); open++) {
          await opened?.close();
          await measure(`${name}: open`, async () => (opened = await runner.open(request)));
          await measure(`${name}: first command`, () => opened!.run(command));
        }
        for (let start = 0; start < starts; start++) {
          await measure(`${name}: command to its end`, () => opened!.run(command));
          if (name !== 'bubblewrap') continue;
          await measure('bwrap by itself', () => spawnSync('bwrap', ofBubblewrap));
          await measure('a plain process', () => spawnSync('true'));
        }
        const before = childProcessorTime();
        for (let start = 0; start < starts; start++) await opened!.run(command);
        (processor[name] ??= []).push((childProcessorTime() - before) / starts);
        const worker = await opened!.start({ program: 'cat', arguments: [] });
        const answers = worker.output[Symbol.asyncIterator]();
        for (let ask = 0; ask < 200; ask++) {
          await measure(`${name}: question and answer of a running worker`, async () => {
            worker.write('x\n');
            await answers.next();
          });
        }
        await worker.stop();
        await measure(`${name}: close`, () => opened!.close());
      }
    }
    return {
      summary: `Milliseconds of wall time over a tree of ${FILES} files, ${runs} runs; commands beside bubblewrap by itself, interleaved.`,
      tables: [
        {
          title: 'Start of a command',
          columns: ['', 'samples', 'min ms', 'p50 ms', 'p95 ms'],
          rows: Object.entries(times).map(([what, sample]) => [
            what,
            String(sample.length),
            ...[Math.min(...sample), quantile(sample, 0.5), quantile(sample, 0.95)].map((value) => figure(value)),
          ]),
          notes: [
            ...lacking,
            ...Object.entries(processor).map(
              ([name, sample]) =>
                `${name}: ${figure(median(sample))} ms of processor time a command, in the processes that Trowel starts.`,
            ),
            'A command to its end is the start, `true`, and the end, streams closed and nothing left.',
          ],
        },
      ],
      data: Object.fromEntries(
        Object.entries(times).map(([what, sample]) => [
          what,
          { p50: quantile(sample, 0.5), p95: quantile(sample, 0.95), min: Math.min(...sample) },
        ]),
      ),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
