/** The functions of a snapshot, as training sees them. */
import type { Snapshot } from '#model/snapshot.ts';
import type { TrainingFunction } from './collect-pairs.ts';

const kinds = new Set(['function', 'method', 'constructor']);
/** UTF-16 units: what lies beyond is not read. */
const LONGEST = 20_000;

/** Generated, vendored and changed files are left out. */
export function functionsOf(snapshot: Snapshot): readonly TrainingFunction[] {
  return snapshot.files().flatMap((file) => {
    if (file.roles.some((role) => role === 'generated' || role === 'vendored')) return [];
    const symbols = snapshot.symbolsOf(file.id).filter(({ kind }) => kinds.has(kind));
    if (symbols.length === 0) return [];
    const text = snapshot.text(file.id);
    if (text === undefined) return [];
    const lines = lineStarts(text);
    return symbols.map(({ name, startLine, endLine, documentation }) => ({
      name,
      text: text.slice(lines[startLine - 1], Math.min(lines[endLine] ?? text.length, lines[startLine - 1]! + LONGEST)),
      documentation,
      group: file.path,
      path: file.path,
    }));
  });
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
