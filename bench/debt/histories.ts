/** The histories that debt is judged on: this repository, clones laid into bench/data/histories, and what is made of releases. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readLog } from '../../src/history/read-log.ts';
import type { HistoryFacts } from '../../src/model/history.ts';
import { repository } from '../measure/environment.ts';
import { Absent } from '../trees/install.ts';
import { dataFolder } from '../trowel.ts';
import { releaseHistory } from './release-history.ts';
import { LEAST_RELEASES, releasedPackages } from './release-packages.ts';

export interface ReadHistory {
  readonly name: string;
  readonly grain: 'commits' | 'releases';
  readonly history: HistoryFacts;
}

export function isSource(file: string): boolean {
  return /\.(?:[cm]?[jt]sx?|py|go|java|rs|c|cc|cpp|h|rb|php|kt|swift|scala|cs)$/.test(file);
}

export async function readHistories(say: (message: string) => void): Promise<readonly ReadHistory[]> {
  const folder = path.join(dataFolder, 'histories');
  const laid = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  const roots = [repository, ...laid].map((root) => ({ root, grain: 'commits' as const, name: path.basename(root) }));
  const made = releasedPackages.flatMap((asked) => {
    try {
      const root = releaseHistory(path.join(dataFolder, 'release-histories'), asked, say);
      return [{ root, grain: 'releases' as const, name: path.basename(root) }];
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      say(`${asked.name} is absent: ${error.message}`);
      return [];
    }
  });
  const found: ReadHistory[] = [];
  for (const { root, grain, name } of [...roots, ...made]) {
    const history = await readLog({ root, maximumCommits: 50_000, emit: () => {} });
    if (typeof history === 'string' || history.hashes.length < LEAST_RELEASES) say(`${name}: too short, or no history`);
    else found.push({ name: root === repository ? 'trowel' : name, grain, history });
  }
  return found;
}
