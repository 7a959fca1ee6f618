/** The log is read once and kept beside the index; later only what came since is read. Losing the file costs time only. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { readLog, type ReadLogOptions } from '#history/read-log.ts';
import type { HistoryAbsence, HistoryFacts } from '#model/history.ts';

/** Raised when HistoryFacts or what counts as a bug fix changes. */
const VERSION = 1;

interface Kept {
  readonly version: number;
  readonly history: HistoryFacts;
}

export async function cachedHistory(
  indexFolder: string,
  options: Omit<ReadLogOptions, 'earlier'>,
): Promise<HistoryFacts | HistoryAbsence> {
  const file = path.join(indexFolder, 'history.bin');
  const earlier = load(file);
  const history = await readLog({ ...options, earlier });
  if (typeof history !== 'string' && history !== earlier) save(file, { version: VERSION, history });
  return history;
}

function load(file: string): HistoryFacts | undefined {
  try {
    const kept = deserialize(readFileSync(file)) as Kept;
    return kept.version === VERSION ? kept.history : undefined;
  } catch {
    // Absent, cut off or of another version: it is read again.
    return undefined;
  }
}

function save(file: string, kept: Kept): void {
  const temporary = `${file}.${process.pid}`;
  try {
    writeFileSync(temporary, serialize(kept));
    renameSync(temporary, file);
  } catch {
    // A full or read-only data folder costs the next reader time, nothing else.
    rmSync(temporary, { force: true });
  }
}
