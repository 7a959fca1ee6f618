/** Pairs gathered into classes: places that copy one another, each once. */
import type { CopyClass, CopyKind, CopyPlace } from './duplication.ts';
import { kindOf, type Pair } from './pair.ts';
import type { FileStatements } from './statements.ts';

interface Stretch {
  readonly file: FileStatements;
  readonly from: number;
  readonly to: number;
}

/** Two stretches of a file are one place where they share this much of the longer. */
const SAME_PLACE = 0.7;

const order: Readonly<Record<CopyKind, number>> = { exact: 0, renamed: 1, gapped: 2 };

export function gatherClasses(pairs: readonly Pair[]): CopyClass[] {
  const stretches: Stretch[] = [];
  const parent: number[] = [];
  const byFile = new Map<FileStatements, number[]>();
  const root = (at: number): number => {
    let top = at;
    while (parent[top] !== top) top = parent[top]!;
    for (let each = at; parent[each] !== top;) [each, parent[each]] = [parent[each]!, top];
    return top;
  };
  const nodeOf = (file: FileStatements, from: number, to: number): number => {
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
    (one, other) =>
      other.leftEnd - other.left - (one.leftEnd - one.left) ||
      inOrder(one.a, other.a) ||
      one.left - other.left ||
      inOrder(one.b, other.b) ||
      one.right - other.right,
  );
  const links: { readonly node: number; readonly pair: Pair }[] = [];
  const kept = new Map<FileStatements, Map<FileStatements, Pair[]>>();
  for (const pair of sorted) {
    let ofLeft = kept.get(pair.a);
    if (!ofLeft) kept.set(pair.a, (ofLeft = new Map<FileStatements, Pair[]>()));
    const ofBoth = ofLeft.get(pair.b);
    if (ofBoth?.some((each) => isInside(pair, each))) continue;
    if (ofBoth) ofBoth.push(pair);
    else ofLeft.set(pair.b, [pair]);
    const [a, b] = [nodeOf(pair.a, pair.left, pair.leftEnd), nodeOf(pair.b, pair.right, pair.rightEnd)];
    if (a === b) continue;
    parent[root(b)] = root(a);
    links.push({ node: a, pair });
  }
  const groups = Map.groupBy(links, ({ node }) => root(node));
  const members = Map.groupBy(stretches.keys(), (at) => root(at));
  return [...groups]
    .map(([top, joined]): CopyClass => {
      const kinds = joined.map(({ pair }) => kindOf(pair)).sort((a, b) => order[b] - order[a]);
      const nodes = members.get(top)!.map((at) => stretches[at]!);
      const places = nodes
        .map(placeOf)
        .sort((a, b) => (a.path === b.path ? a.startLine - b.startLine : a.path < b.path ? -1 : 1));
      const first = nodes.reduce((best, each) => (each.to - each.from > best.to - best.from ? each : best));
      let tokens = 0;
      for (let row = first.from; row < first.to; row++) tokens += first.file.tokens[row]!;
      return {
        kind: kinds[0]!,
        tokens,
        lines: Math.max(...places.map(({ startLine, endLine }) => endLine - startLine + 1)),
        similarity: Math.min(...joined.map(({ pair }) => pair.similarity)),
        shape: shapeOf(first),
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

function inOrder(one: FileStatements, other: FileStatements): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

function placeOf({ file, from, to }: Stretch): CopyPlace {
  const { path, language, startLine, startColumn, endLine, endColumn } = file;
  return {
    path,
    language,
    startLine: startLine[from]!,
    endLine: endLine[to - 1]!,
    startColumn: startColumn[from]!,
    endColumn: endColumn[to - 1]!,
  };
}

function withoutOverlaps(places: readonly CopyPlace[]): CopyPlace[] {
  const kept: CopyPlace[] = [];
  for (const place of places) {
    const before = kept.at(-1);
    if (!before || before.path !== place.path || place.startLine > before.endLine) kept.push(place);
  }
  return kept;
}

function shapeOf({ file: { shape }, from, to }: Stretch): string {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let row = from; row < to; row++) {
    low = Math.imul(low ^ shape[row]!, 0x01000193);
    high = Math.imul(high ^ shape[row]!, 0x9e3779b1) ^ (high >>> 15);
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
