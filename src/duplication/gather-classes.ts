/** Pairs gathered into classes: places that copy one another, each once. */
import type { CopyClass, CopyKind, CopyPlace } from './duplication.ts';
import { kindOf, type Pair } from './pair.ts';
import type { StatementTable } from './statements.ts';

interface Stretch {
  readonly file: number;
  readonly from: number;
  readonly to: number;
}

/** Two stretches of a file are one place where they share this much of the longer. */
const SAME_PLACE = 0.7;

const order: Readonly<Record<CopyKind, number>> = { exact: 0, renamed: 1, gapped: 2 };

export function gatherClasses(table: StatementTable, pairs: readonly Pair[]): CopyClass[] {
  const stretches: Stretch[] = [];
  const parent: number[] = [];
  const byFile = new Map<number, number[]>();
  const root = (at: number): number => {
    let top = at;
    while (parent[top] !== top) top = parent[top]!;
    for (let each = at; parent[each] !== top;) [each, parent[each]] = [parent[each]!, top];
    return top;
  };
  const nodeOf = (from: number, to: number): number => {
    const file = table.file[from]!;
    const known = byFile.get(file) ?? [];
    byFile.set(file, known);
    for (const at of known) {
      const each = stretches[at]!;
      const common = Math.min(each.to, to) - Math.max(each.from, from);
      if (common > 0 && common / Math.max(each.to - each.from, to - from) >= SAME_PLACE) return at;
    }
    stretches.push({ file, from, to });
    parent.push(parent.length);
    known.push(parent.length - 1);
    return parent.length - 1;
  };
  // Long pairs first: what lies inside a copy of the same places says nothing new.
  const sorted = [...pairs].sort(
    (a, b) => b.leftEnd - b.left - (a.leftEnd - a.left) || a.left - b.left || a.right - b.right,
  );
  const links: { readonly node: number; readonly pair: Pair }[] = [];
  const kept: Pair[] = [];
  for (const pair of sorted) {
    if (kept.some((each) => isInside(pair, each))) continue;
    kept.push(pair);
    const [a, b] = [nodeOf(pair.left, pair.leftEnd), nodeOf(pair.right, pair.rightEnd)];
    if (a === b) continue;
    parent[root(b)] = root(a);
    links.push({ node: a, pair });
  }
  const groups = Map.groupBy(links, ({ node }) => root(node));
  return [...groups]
    .map(([top, members]): CopyClass => {
      const kinds = members.map(({ pair }) => kindOf(table, pair)).sort((a, b) => order[b] - order[a]);
      const nodes = stretches.filter((_, at) => root(at) === top);
      const places = nodes
        .map((each) => placeOf(table, each))
        .sort((a, b) => (a.path === b.path ? a.startLine - b.startLine : a.path < b.path ? -1 : 1));
      const first = nodes.reduce((best, each) => (each.to - each.from > best.to - best.from ? each : best));
      let tokens = 0;
      for (let row = first.from; row < first.to; row++) tokens += table.tokens[row]!;
      return {
        kind: kinds[0]!,
        tokens,
        lines: Math.max(...places.map(({ startLine, endLine }) => endLine - startLine + 1)),
        similarity: Math.min(...members.map(({ pair }) => pair.similarity)),
        shape: shapeOf(table, first),
        places: withoutOverlaps(places),
      };
    })
    .filter(({ places }) => places.length > 1);
}

function isInside(inner: Pair, outer: Pair): boolean {
  return (
    inner.left >= outer.left &&
    inner.leftEnd <= outer.leftEnd &&
    inner.right >= outer.right &&
    inner.rightEnd <= outer.rightEnd
  );
}

function placeOf({ sources, start, end }: StatementTable, { file, from, to }: Stretch): CopyPlace {
  const { path, language, text } = sources[file]!;
  const [first, last] = [start[from]!, end[to - 1]!];
  return {
    path,
    language,
    startLine: lineAt(text, first),
    endLine: lineAt(text, last),
    startColumn: first - (text.lastIndexOf('\n', first - 1) + 1),
    endColumn: last - (text.lastIndexOf('\n', last - 1) + 1),
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function withoutOverlaps(places: readonly CopyPlace[]): CopyPlace[] {
  const kept: CopyPlace[] = [];
  for (const place of places) {
    const before = kept.at(-1);
    if (!before || before.path !== place.path || place.startLine > before.endLine) kept.push(place);
  }
  return kept;
}

function shapeOf({ shape }: StatementTable, { from, to }: Stretch): string {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let row = from; row < to; row++) {
    low = Math.imul(low ^ shape[row]!, 0x01000193);
    high = Math.imul(high ^ shape[row]!, 0x9e3779b1) ^ (high >>> 15);
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
