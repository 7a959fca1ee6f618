import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';

export interface ChangedLines {
  readonly path: string;
  /** First and last line, 1-based, in the file as it is now; a pure deletion touches the lines around it. */
  readonly ranges: readonly (readonly [number, number])[];
}

export interface DiffSummary {
  readonly changed: readonly ChangedLines[];
  readonly deleted: readonly string[];
}

/** New-side lines of a `git diff -U0 --no-prefix -z`-free unified diff with `a/` and `b/` prefixes. */
export function readDiff(diff: string): DiffSummary {
  const changed = new Map<string, [number, number][]>();
  const deleted: string[] = [];
  let oldPath: string | undefined;
  let path: string | undefined;
  let inHunk = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      inHunk = false;
      path = undefined;
    } else if (!inHunk && line.startsWith('--- ')) oldPath = pathOf(line.slice(4), 'a/');
    else if (!inHunk && line.startsWith('+++ ')) {
      path = pathOf(line.slice(4), 'b/');
      if (path === undefined && oldPath !== undefined) deleted.push(oldPath);
      else if (path !== undefined && !changed.has(path)) changed.set(path, []);
    } else if (line.startsWith('@@ ')) {
      inHunk = true;
      const match = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
      if (!match || path === undefined) continue;
      const first = Number(match[1]);
      const count = match[2] === undefined ? 1 : Number(match[2]);
      changed.get(path)!.push(count === 0 ? [Math.max(1, first), first + 1] : [first, first + count - 1]);
    }
  }
  return { changed: Array.from(changed, ([name, ranges]) => ({ path: name, ranges })), deleted };
}

function pathOf(text: string, prefix: string): string | undefined {
  const plain = text.replace(/\t$/, '');
  if (plain === '/dev/null') return undefined;
  return plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
}

/** The innermost symbols that the lines fall into; the module where they fall outside of all. */
export function changedSymbols(snapshot: Snapshot, changes: readonly ChangedLines[]): SymbolRecord[] {
  const result: SymbolRecord[] = [];
  for (const { path, ranges } of changes) {
    const file = snapshot.fileByPath(path);
    if (!file) continue;
    const symbols = snapshot.symbolsOf(file.id);
    const touched = new Set<SymbolRecord>();
    for (const [first, last] of ranges) {
      const hit = symbols.filter(
        ({ parent, startLine, endLine }) => parent !== undefined && startLine <= last && endLine >= first,
      );
      const parents = new Set(hit.map(({ parent }) => parent));
      const innermost = hit.filter(
        ({ id, startLine, endLine }) =>
          !parents.has(id) || (startLine >= first && endLine <= last) || coversOwnLines(hit, id, first, last),
      );
      for (const symbol of innermost) touched.add(symbol);
      if (innermost.length === 0) touched.add(symbols[0]!);
    }
    result.push(...touched);
  }
  return result;
}

/** Whether some line of the range lies in the symbol but in none of its hit children. */
function coversOwnLines(hit: readonly SymbolRecord[], id: number, first: number, last: number): boolean {
  const symbol = hit.find((candidate) => candidate.id === id)!;
  const children = hit.filter(({ parent }) => parent === id);
  for (let line = Math.max(first, symbol.startLine); line <= Math.min(last, symbol.endLine); line++) {
    if (!children.some(({ startLine, endLine }) => startLine <= line && line <= endLine)) return true;
  }
  return false;
}
