/** Which files are edited, and how: the same for all that are measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom, shuffled } from '../measure/statistics.ts';
import { codeFilesOf, type Tree } from '../trees/prepare-tree.ts';
import { bodyEdits, type Edit, editsOf } from './python-edits.ts';

export interface PlannedUpdate extends Edit {
  readonly path: string;
  readonly before: string;
}

const LARGEST_BYTES = 32 * 1024;

/** A body edit and an interface edit of as many random files as asked for, each of a random kind. */
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
    const inBody = edits.filter(({ kind }) => bodyEdits.some((each) => each === kind));
    const body = inBody[Math.floor(random() * inBody.length)];
    const others = edits.filter((edit) => !inBody.includes(edit));
    const outward = others[Math.floor(random() * others.length)];
    if (!body || !outward) continue;
    files++;
    plan.push({ ...body, path: file, before }, { ...outward, path: file, before });
  }
  return shuffled(plan, random);
}
