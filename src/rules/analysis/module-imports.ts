/** Which judged files import which: the graph that rules of design look at. */
import { edgeKinds } from '#model/vocabulary.ts';
import type { Project } from '../rule.ts';
import { judgedFiles } from './measured-symbols.ts';

/** By file id: the files that it imports, or names at its top. */
export function importsOfFiles(project: Project): ReadonlyMap<number, ReadonlySet<number>> {
  const { snapshot } = project;
  const isJudged = judgedFiles(project);
  const { file: fileOf } = snapshot.symbolTable();
  const { offsets, targets, labels } = snapshot.outgoing();
  const imports = edgeKinds.indexOf('imports');
  const found = new Map<number, Set<number>>();
  for (let symbol = 0; symbol < fileOf.length; symbol++) {
    const from = fileOf[symbol]!;
    if (!isJudged(from)) continue;
    for (let edge = offsets[symbol]!; edge < offsets[symbol + 1]!; edge++) {
      const to = fileOf[targets[edge]!]!;
      if ((labels[edge]! & 0xff) !== imports || to === from || !isJudged(to)) continue;
      const own = found.get(from);
      if (own) own.add(to);
      else found.set(from, new Set([to]));
    }
  }
  return found;
}

/** '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
