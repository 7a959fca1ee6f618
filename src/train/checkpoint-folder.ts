/** Checkpoints of one run on disk: the best three by held-out score, and the latest. Each is written whole or not at all. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureFolder } from '#base/folders.ts';
import { writeTextFile } from '#base/write-file.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';

const KEPT = 3;
const LATEST = 'latest.checkpoint';

export interface CheckpointFolder {
  /** The one to go on from; undefined where there is none for this fingerprint. Throws `model-damaged`. */
  latest(fingerprint: string): Checkpoint | undefined;
  /** `score`: held-out, higher is better; undefined where it was not looked at. */
  save(checkpoint: Checkpoint, score: number | undefined): void;
  /** When the run is over. */
  remove(): void;
}

export function checkpointFolder(folder: string): CheckpointFolder {
  const scored = (): { readonly name: string; readonly score: number }[] =>
    readdirSync(folder).flatMap((name) => {
      const score = /^best-([\d.]+)-step-\d+\.checkpoint$/.exec(name)?.[1];
      return score === undefined ? [] : [{ name, score: Number(score) }];
    });
  return {
    latest(fingerprint) {
      const file = path.join(folder, LATEST);
      if (!existsSync(file)) return undefined;
      const checkpoint = decodeCheckpoint(readFileSync(file), file);
      return checkpoint.fingerprint === fingerprint ? checkpoint : undefined;
    },
    save(checkpoint, score) {
      ensureFolder(folder);
      const bytes = encodeCheckpoint(checkpoint);
      writeTextFile(path.join(folder, LATEST), bytes);
      if (score === undefined) return;
      writeTextFile(path.join(folder, `best-${score.toFixed(6)}-step-${checkpoint.step}.checkpoint`), bytes);
      const worse = scored()
        .toSorted((a, b) => b.score - a.score)
        .slice(KEPT);
      for (const { name } of worse) rmSync(path.join(folder, name), { force: true });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
