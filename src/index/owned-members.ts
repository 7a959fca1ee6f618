/** Which of several types of one name a member belongs to that is declared outside of them all. */
import type { SymbolRecord } from '#model/snapshot.ts';
import type { SymbolKind } from '#model/vocabulary.ts';

const typeKinds: ReadonlySet<SymbolKind> = new Set(['class', 'struct', 'interface', 'trait', 'enum', 'union', 'type']);

export function isType({ kind }: SymbolRecord): boolean {
  return typeKinds.has(kind);
}

/** The type whose path shares most folders with the member's, a file counting as one; of equals the first by path. */
export function nearestTo(member: SymbolRecord, types: readonly SymbolRecord[]): SymbolRecord | undefined {
  let best: SymbolRecord | undefined;
  let most = -1;
  for (const type of types) {
    const shared = sharedSegments(member.path, type.path);
    if (shared > most || (shared === most && best && type.path < best.path)) {
      best = type;
      most = shared;
    }
  }
  return best;
}

function sharedSegments(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let count = 0;
  while (count < left.length && left[count] === right[count]) count++;
  return count;
}
