/** Files that import each other in a circle: which import to do without, and how. */
import type { Refactoring } from '#model/refactoring.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { type ImportEdges, importKnots, importsAtLoad } from '#rules/analysis/import-graph.ts';
import { rule } from '#rules/design/import-cycle.ts';
import { pointsOfSeverity } from '#scores/points-of-unit.ts';
import { listed, type RefactoringInputs } from './refactoring-inputs.ts';

/** Imports of a knot that are tried; the others lead to more uses. */
const TRIED = 200;

export function brokenCycles({ snapshot, project, isAsked }: RefactoringInputs): Refactoring[] {
  const loaded = importsAtLoad(project);
  return importKnots(loaded)
    .filter((knot) => [...knot].some((file) => isAsked(snapshot.files()[file]!)))
    .map((knot) => cutOf(snapshot, knot, loaded));
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly used: readonly SymbolRecord[];
  /** Files that still hang together without it. */
  readonly left: number;
}

/** The import that frees most files for each thing that it is needed for. */
function cutOf(snapshot: Snapshot, knot: ReadonlySet<number>, edges: ImportEdges): Refactoring {
  const arcs = [...knot].flatMap((from) =>
    [...(edges.get(from) ?? [])]
      .filter(([to]) => knot.has(to))
      .map(([to, line]) => ({ from, to, line, used: usedBetween(snapshot, from, to) })),
  );
  const cuts = arcs
    .toSorted((a, b) => a.used.length - b.used.length || a.from - b.from || a.to - b.to)
    .slice(0, TRIED)
    .map((arc): Cut => ({ ...arc, left: filesLeft(knot, edges, arc.from, arc.to) }))
    .sort((a, b) => freed(b, knot) - freed(a, knot) || a.used.length - b.used.length || a.from - b.from || a.to - b.to);
  return describe(snapshot, knot, cuts[0]!);
}

const freed = ({ left, used }: Cut, knot: ReadonlySet<number>): number => (knot.size - left) / (1 + used.length);

function filesLeft(knot: ReadonlySet<number>, edges: ImportEdges, from: number, to: number): number {
  const rest = new Map(
    [...knot].map((file) => [
      file,
      new Map([...(edges.get(file) ?? [])].filter(([other]) => knot.has(other) && !(file === from && other === to))),
    ]),
  );
  return importKnots(rest).reduce((sum, { size }) => sum + size, 0);
}

function describe(snapshot: Snapshot, knot: ReadonlySet<number>, { from, to, line, used, left }: Cut): Refactoring {
  const path = (file: number): string => snapshot.files()[file]!.path;
  const names = used.map(({ qualifiedName, name }) => qualifiedName || name).filter((name) => name !== '');
  const needs = movable(snapshot, used, from);
  const isSmall = needs !== undefined && needs.lines <= Math.max(30, snapshot.files()[to]!.codeLines / 2);
  const way =
    names.length === 0
      ? [
          `Take the import of \`${path(to)}\` out of \`${path(from)}\`: nothing that is seen to be used comes with it. Where it is there for what it does when it loads, let an entry point import it.`,
        ]
      : isSmall
        ? [
            `Move ${listed(needs.names)} out of \`${path(to)}\` into a file that imports neither.`,
            `Import them from there in \`${path(from)}\` and in \`${path(to)}\`.`,
          ]
        : [
            `Turn the dependency round: let \`${path(from)}\` say what it needs (${listed(names)}) as a parameter or an interface of its own.`,
            `Let \`${path(to)}\`, or who uses both, hand it in.`,
            'Where that is too much for now, import it inside of the function that needs it.',
          ];
  return {
    kind: 'break-cycle',
    title: `Do without the import of ${path(to)} in ${path(from)}`,
    place: { path: path(from), startLine: Math.max(1, line), startColumn: 0, endLine: Math.max(1, line), endColumn: 0 },
    symbol: undefined,
    reason: `${knot.size} files import each other in a circle, and this import is needed for ${names.length === 0 ? 'nothing that is seen' : listed(names)}: the least for what it frees.`,
    steps: way,
    changes: [
      { metric: 'files in the circle', before: knot.size, after: left },
      { metric: `uses of ${path(to)} in ${path(from)}`, before: names.length, after: 0 },
    ],
    gain: left === 0 ? pointsOfSeverity(rule.severity) : 0,
  };
}

/** What one file uses of another, besides the module itself. */
function usedBetween(snapshot: Snapshot, from: number, to: number): readonly SymbolRecord[] {
  const { firstSymbol, symbolCount } = snapshot.files()[from]!;
  const { file: fileOf } = snapshot.symbolTable();
  const { offsets, targets } = snapshot.outgoing();
  const used = new Set<number>();
  for (let id = firstSymbol; id < firstSymbol + symbolCount; id++)
    for (let edge = offsets[id]!; edge < offsets[id + 1]!; edge++) {
      const target = targets[edge]!;
      if (target >= 0 && fileOf[target] === to) used.add(topOf(snapshot, target));
    }
  return [...used]
    .map((id) => snapshot.symbol(id))
    .filter(({ kind }) => kind !== 'module')
    .sort((a, b) => a.id - b.id);
}

/** The outermost declaration around it: what can be moved as one. */
function topOf(snapshot: Snapshot, id: number): number {
  const { parent } = snapshot.symbolTable();
  let at = id;
  while (parent[at]! >= 0 && parent[parent[at]!]! >= 0) at = parent[at]!;
  return at;
}

/** With all of its own file that it needs; undefined where that needs the importing file. */
function movable(
  snapshot: Snapshot,
  used: readonly SymbolRecord[],
  importer: number,
): { readonly names: readonly string[]; readonly lines: number } | undefined {
  const { file: fileOf, parent } = snapshot.symbolTable();
  const { offsets, targets } = snapshot.outgoing();
  const needed = new Set(used.map(({ id }) => id));
  for (const top of needed) {
    const { file } = snapshot.symbol(top);
    const { firstSymbol, symbolCount } = snapshot.files()[file]!;
    for (let id = firstSymbol; id < firstSymbol + symbolCount; id++) {
      let at = id;
      while (at >= 0 && at !== top) at = parent[at]!;
      if (at !== top) continue;
      for (let edge = offsets[id]!; edge < offsets[id + 1]!; edge++) {
        const target = targets[edge]!;
        if (target < 0) continue;
        if (fileOf[target] === importer) return undefined;
        if (fileOf[target] === file && parent[target]! >= 0) needed.add(topOf(snapshot, target));
      }
    }
  }
  const symbols = [...needed].map((id) => snapshot.symbol(id)).sort((a, b) => a.id - b.id);
  return {
    names: symbols.map(({ name }) => name),
    lines: symbols.reduce((sum, { startLine, endLine }) => sum + endLine - startLine + 1, 0),
  };
}
