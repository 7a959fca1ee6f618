/** How far a function is from what a test can call. */
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { type EdgeKind, edgeKinds, functionKinds, SymbolFlag, symbolKinds } from '#model/vocabulary.ts';

/** A test in the same language reaches it by its name. Packages' own (Java's default visibility) can be reached, too. */
export function isOpenToTests(
  { name, visibility, flags, path }: SymbolRecord,
  holder: SymbolRecord | undefined,
): boolean {
  if (visibility === 'private' || visibility === 'protected') return false;
  if (path.endsWith('.py')) return !/^_(?!_)/.test(name) && !(holder && /^_(?!_)/.test(holder.name));
  if (/\.[cm]?[jt]sx?$/.test(path)) return holder !== undefined || (flags & SymbolFlag.exported) !== 0;
  return true;
}

const followedKinds: readonly EdgeKind[] = ['calls', 'instantiates', 'reads'];

/** As `depthsFrom` has it, for one function: by its callers, theirs, and so on. */
export function depthOf(snapshot: Snapshot, id: number, isOpen: (id: number) => boolean): number {
  const seen = new Set([id]);
  for (let depth = 0, level = [id]; level.length > 0; depth++) {
    if (level.some(isOpen)) return depth;
    const above: number[] = [];
    for (const target of level)
      for (const { source } of snapshot.edgesTo(target, followedKinds)) {
        if (seen.has(source) || !functionKinds.includes(snapshot.symbol(source).kind)) continue;
        seen.add(source);
        above.push(source);
      }
    level = above;
  }
  return -1;
}

/** Calls between each function and the nearest one that is open to tests: 0 for that itself, −1 where none leads to it. */
export function depthsFrom(snapshot: Snapshot, isOpen: (id: number) => boolean): Int32Array {
  const { kind } = snapshot.symbolTable();
  const { offsets, targets, labels } = snapshot.outgoing();
  const depth = new Int32Array(kind.length).fill(-1);
  const followed = new Set(followedKinds.map((name) => edgeKinds.indexOf(name)));
  const isFunction = new Set(functionKinds.map((name) => symbolKinds.indexOf(name)));
  const queue: number[] = [];
  for (let id = 0; id < kind.length; id++)
    if (isFunction.has(kind[id]!) && isOpen(id)) {
      depth[id] = 0;
      queue.push(id);
    }
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at]!;
    for (let edge = offsets[from]!; edge < offsets[from + 1]!; edge++) {
      const to = targets[edge]!;
      if (to < 0 || depth[to] !== -1 || !followed.has(labels[edge]! & 0xff) || !isFunction.has(kind[to]!)) continue;
      depth[to] = depth[from]! + 1;
      queue.push(to);
    }
  }
  return depth;
}
