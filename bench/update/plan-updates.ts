/** Which files are edited, and how: the same for all that are measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom, shuffled } from '../measure/statistics.ts';
import { codeFilesOf, type Tree } from '../trees/prepare-tree.ts';
import { type Edit, editsOf } from './python-edits.ts';

export interface PlannedUpdate extends Edit {
  readonly path: string;
  readonly before: string;
}

const LARGEST_BYTES = 32 * 1024;

/** Edits of as many random files as asked for, all kinds of each. */
export function planUpdates(tree: Tree, fileCount: number): readonly PlannedUpdate[] {
  const random = seededRandom(20);
  const plan: PlannedUpdate[] = [];
  let files = 0;
  for (const file of shuffled(codeFilesOf(tree.folder, /\.py$/), random)) {
    if (files >= fileCount) break;
    const bytes = readFileSync(path.join(tree.folder, file));
    if (bytes.length > LARGEST_BYTES) continue;
    const before = bytes.toString();
    const edits = editsOf(before, random);
    if (edits.length < 4) continue;
    files++;
    plan.push(...edits.map((edit) => ({ ...edit, path: file, before })));
  }
  return shuffled(plan, random);
}
