/** How long all rules take on big trees: from nothing kept, with everything kept, and after one file changed. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchOptions } from '../bench.ts';
import { runChild } from '../measure/run-child.ts';
import { codeFilesOf, prepareTree } from '../trees/prepare-tree.ts';
import { isTreeName } from '../trees/tree-sources.ts';
import { emptyIndexFolder, trowel } from '../trowel.ts';

/** A check that finds something ends with 1, which is no failure here. */
const limits = { timeoutSeconds: 600 } as const;

export async function speedRows(options: BenchOptions): Promise<readonly (readonly string[])[]> {
  const names = (options.trees ?? ['django']).filter(isTreeName);
  const rows: string[][] = [];
  for (const name of names) {
    const tree = prepareTree(name);
    const indexes = emptyIndexFolder('judge');
    await runChild(trowel(indexes, 'dig', tree.folder, '--quiet'), limits);
    const check = trowel(indexes, 'check', tree.folder, '--quiet');
    const first = await runChild(check, limits);
    const again = await runChild(check, limits);
    const file = path.join(tree.folder, codeFilesOf(tree.folder, /\.(?:py|ts|js|go)$/)[0]!);
    const text = readFileSync(file, 'utf8');
    appendFileSync(file, '\n');
    try {
      const changed = await runChild(check, limits);
      const found = /^([\d\u202f, ]+) findings/.exec(first.stdout)?.[1];
      if (found === undefined) throw new Error(`no findings were counted: ${first.message}`);
      const seconds = (value: number): string => value.toFixed(2);
      rows.push([
        tree.title,
        String(tree.codeLines),
        seconds(first.seconds),
        seconds(first.cpuSeconds ?? 0),
        seconds(again.seconds),
        seconds(changed.seconds),
        found.trim(),
      ]);
    } finally {
      writeFileSync(file, text);
    }
  }
  return rows;
}
