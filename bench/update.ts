/** One file, changed bytes to commit, in a resident process: body edits, and edits that change what a file exports. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ResidentTree } from '../src/workspace/resident-tree.ts';
import { config, copyOf, dropCopies, treePath } from './bench-tree.ts';
import { type Figure, quantile, shown } from './statistics.ts';

/** Characters: the goal speaks of files up to 32 KB. */
const MAX_CHARACTERS = 32 * 1024;

export async function measureUpdates(edits = 60): Promise<readonly Figure[]> {
  const tree = treePath('django');
  if (tree === undefined) return [];
  const root = copyOf(tree, 'update');
  const resident = new ResidentTree({
    settings: { root, config, environment: {} },
    dataFolder: path.join(root, '../update-data'),
  });
  await resident.refresh();
  const snapshot = resident.snapshot();
  const files = snapshot
    .files()
    .filter((file) => file.language === 'python' && file.bytes > 2000 && file.bytes < MAX_CHARACTERS);
  snapshot.close();
  const body: number[] = [];
  const exported: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const file = files[(edit * 7919) % files.length]!;
    const place = path.join(root, file.path);
    const text = readFileSync(place, 'utf8');
    for (const [times, changed] of [
      [body, insertInBody(text, edit)],
      [exported, `${text}\n\ndef added_${edit}(value):\n    return value\n`],
    ] as const) {
      if (changed === undefined) continue;
      writeFileSync(place, changed);
      const start = performance.now();
      resident.markDirty([file.path]);
      await resident.refresh();
      times.push(performance.now() - start);
    }
    writeFileSync(place, text);
    resident.markDirty([file.path]);
    await resident.refresh();
  }
  await resident.close();
  dropCopies();
  const figure = (name: string, times: readonly number[], q: number, goal: number): Figure => ({
    name: `${name}, p${q * 100}`,
    value: quantile(times, q),
    unit: 'ms',
    goal,
    detail: `${times.length} edits of files up to 32 KB`,
  });
  return [
    figure('Django: body edit to commit', body, 0.5, 10),
    figure('Django: body edit to commit', body, 0.95, 40),
    figure('Django: new export to commit', exported, 0.5, 300),
    figure('Django: new export to commit', exported, 0.95, 300),
  ];
}

/** A statement behind the last `return` of a function body. */
function insertInBody(text: string, edit: number): string | undefined {
  const at = text.lastIndexOf('\n        return ');
  return at < 0 ? undefined : `${text.slice(0, at)}\n        edited = ${edit}${text.slice(at)}`;
}

if (import.meta.main)
  for (const { name, value, unit } of await measureUpdates()) console.log(`${name}: ${shown(value)} ${unit}`);
