import type { Refactoring } from '#model/refactoring.ts';
import type { FileRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, typeKinds } from '#model/vocabulary.ts';
import { filePoints } from '#scores/points-of-unit.ts';
import { listed, type RefactoringInputs } from './refactoring-inputs.ts';

/** Shorter files are read in one go. Code lines. */
const LONG = 400;
/** What is taken out must be worth a file. */
const LEAST_LINES = 80;
const LEAST_SHARE = 0.2;

/** Long files with parts that do not know each other. */
export function splitFiles({ snapshot, isAsked }: RefactoringInputs): Refactoring[] {
  return snapshot
    .files()
    .filter((file) => file.codeLines >= LONG && isAsked(file))
    .flatMap((file) => splitOf(snapshot, file) ?? []);
}

interface Part {
  readonly symbols: readonly SymbolRecord[];
  readonly codeLines: number;
}

function splitOf(snapshot: Snapshot, file: FileRecord): Refactoring | undefined {
  const parts = partsOf(snapshot, file);
  const [kept, taken] = parts;
  if (!kept || !taken || taken.codeLines < LEAST_LINES || taken.codeLines < file.codeLines * LEAST_SHARE)
    return undefined;
  const names = taken.symbols.map(({ name }) => name);
  const users = usersOf(snapshot, file, taken);
  const after = file.codeLines - taken.codeLines;
  const points = (lines: number): number =>
    filePoints(lines, file.language).reduce((sum, each) => sum + each.points, 0);
  return {
    kind: 'split-file',
    title: `Split ${file.path.slice(file.path.lastIndexOf('/') + 1)}: ${names[0]!}${names.length > 1 ? ` and ${names.length - 1} more stand` : ' stands'} apart`,
    place: {
      path: file.path,
      startLine: taken.symbols[0]!.startLine,
      startColumn: 0,
      endLine: taken.symbols[0]!.endLine,
      endColumn: 0,
    },
    symbol: taken.symbols[0]!.key,
    reason: `${listed(names)} use nothing of the rest of the file but constants, and nothing of the rest uses them.`,
    steps: [
      `Move ${listed(names)} into a file of ${names.length === 1 ? 'its' : 'their'} own, with the imports and constants that ${names.length === 1 ? 'it needs' : 'they need'}.`,
      users.length === 0
        ? 'Nothing else in the tree imports them from here.'
        : `Change the imports in ${listed(users)}, or export them again from here.`,
    ],
    changes: [
      { metric: `code lines of ${file.path}`, before: file.codeLines, after },
      { metric: 'parts in it that do not know each other', before: parts.length, after: parts.length - 1 },
    ],
    gain: points(file.codeLines) - points(after),
  };
}

/** Functions and types at the file's top, joined where one uses the other; constants join nothing. Largest first. */
function partsOf(snapshot: Snapshot, file: FileRecord): readonly Part[] {
  const symbols = snapshot.symbolsOf(file.id);
  const isPart = ({ kind }: SymbolRecord): boolean => functionKinds.includes(kind) || typeKinds.includes(kind);
  const top = new Map<number, number>();
  for (const symbol of symbols) {
    const { id, parent } = symbol;
    if (parent === undefined) continue;
    if (parent === file.firstSymbol) {
      if (isPart(symbol)) top.set(id, id);
    } else if (top.has(parent)) top.set(id, top.get(parent)!);
  }
  const root = new Map<number, number>();
  const find = (id: number): number => {
    let at = id;
    while (root.has(at) && root.get(at) !== at) at = root.get(at)!;
    return at;
  };
  const { offsets, targets } = snapshot.outgoing();
  // What runs as the file loads uses them all and joins none.
  for (const [id, own] of top)
    for (let edge = offsets[id]!; edge < offsets[id + 1]!; edge++) {
      const other = top.get(targets[edge]!);
      if (other === undefined || other === own) continue;
      const [one, two] = [find(own), find(other)];
      if (one !== two) root.set(one, two);
    }
  // Candidates may be calls: what might be joined is not parted.
  for (const [id, own] of top)
    for (const { target, provenance } of snapshot.edgesFrom(id)) {
      const other = provenance === 'candidate' ? top.get(target) : undefined;
      if (other === undefined || other === own) continue;
      const [one, two] = [find(own), find(other)];
      if (one !== two) root.set(one, two);
    }
  const groups = Map.groupBy(
    symbols.filter(({ id }) => top.get(id) === id),
    ({ id }) => find(id),
  );
  return [...groups.values()]
    .map((group): Part => ({
      symbols: group,
      codeLines: group.reduce(
        (sum, { metrics, startLine, endLine }) => sum + (metrics?.codeLines ?? endLine - startLine + 1),
        0,
      ),
    }))
    .sort((a, b) => b.codeLines - a.codeLines || a.symbols[0]!.id - b.symbols[0]!.id);
}

function usersOf(snapshot: Snapshot, file: FileRecord, { symbols }: Part): string[] {
  const users = new Set<string>();
  for (const { id } of symbols)
    for (const { source, provenance } of snapshot.edgesTo(id)) {
      const { path } = snapshot.symbol(source);
      if (provenance !== 'candidate' && path !== file.path) users.add(path);
    }
  return [...users].sort();
}
