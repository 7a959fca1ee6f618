import { feedbackArcs } from '#graph/feedback-arcs.ts';
import { layers } from '#graph/layers.ts';
import { packageMetrics } from '#graph/package-metrics.ts';
import { sparseGraph, type SparseGraph } from '#graph/sparse-graph.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { SurveyDependency, SurveyModule } from '#model/survey.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import type { FileGraph } from './file-graph.ts';
import { partition } from './partition.ts';

const abstractKinds = new Set(['interface', 'trait']);
const typeKinds = new Set(['class', 'interface', 'trait', 'struct', 'enum', 'union']);

/** The main folders of the product's code, how they depend on each other, and Martin's metrics for each. */
export function modules(
  snapshot: Snapshot,
  files: readonly FileRecord[],
  { uses, named, allImports: imports }: FileGraph,
): { modules: SurveyModule[]; dependencies: SurveyDependency[] } {
  const parts = partition(files);
  const partOf = new Int32Array(snapshot.fileCount).fill(-1);
  parts.forEach((part, index) => {
    for (const { path } of part.files) partOf[snapshot.fileByPath(path)!.id] = index;
  });
  const folded = withoutCallbacks(
    fold(uses, partOf, parts.length),
    fold(named, partOf, parts.length),
    fold(imports, partOf, parts.length),
  );
  const arcs = arcsOf(folded);
  const againstTheGrain = feedbackArcs(folded);
  const down = arcs.filter((_, index) => !againstTheGrain.has(index));
  const layer = layers(
    sparseGraph(
      parts.length,
      down.map(({ from }) => from),
      down.map(({ to }) => to),
    ),
  );
  const pairs = arcsOf(imports).filter(({ from, to }) => partOf[from]! >= 0 && partOf[to]! >= 0);
  const metrics = packageMetrics(
    partOf,
    pairs.map(({ from, to }) => [from, to] as const),
    typeCounts(snapshot, partOf, parts.length),
  );
  return {
    modules: parts.map(({ path, files: members, codeLines }, index) => ({
      path,
      files: members.length,
      codeLines,
      layer: layer[index]!,
      usedBy: arcs.filter(({ to }) => to === index).length,
      uses: arcs.filter(({ from }) => from === index).length,
      instability: metrics[index]!.instability,
      abstractness: metrics[index]!.abstractness,
      distance: metrics[index]!.distance,
      about: aboutFolder(snapshot, path),
    })),
    dependencies: arcs
      .map(({ from, to, weight }, index) => ({
        from: parts[from]!.path,
        to: parts[to]!.path,
        weight,
        upward: againstTheGrain.has(index),
      }))
      .sort((a, b) => b.weight - a.weight || (a.from + a.to < b.from + b.to ? -1 : 1)),
  };
}

function arcsOf(graph: SparseGraph): { from: number; to: number; weight: number }[] {
  const arcs: { from: number; to: number; weight: number }[] = [];
  for (let from = 0; from < graph.offsets.length - 1; from++) {
    for (let arc = graph.offsets[from]!; arc < graph.offsets[from + 1]!; arc++)
      arcs.push({ from, to: graph.targets[arc]!, weight: graph.weights?.[arc] ?? 1 });
  }
  return arcs;
}

function fold(graph: SparseGraph, partOf: Int32Array, parts: number): SparseGraph {
  const kept = arcsOf(graph)
    .map(({ from, to, weight }) => ({ from: partOf[from]!, to: partOf[to]!, weight }))
    .filter(({ from, to }) => from >= 0 && to >= 0 && from !== to);
  return sparseGraph(
    parts,
    kept.map(({ from }) => from),
    kept.map(({ to }) => to),
    kept.map(({ weight }) => weight),
  );
}

/**
 * Leaves out what only calls back: where A neither imports nor names anything of B, a use of B in A is a callback that somebody
 * handed over; where B imports A and A never imports B, a use of B in A is one, too. Neither is a dependence of A.
 */
function withoutCallbacks(uses: SparseGraph, named: SparseGraph, imports: SparseGraph): SparseGraph {
  const pairsOf = (graph: SparseGraph): Set<string> => new Set(arcsOf(graph).map(({ from, to }) => `${from} ${to}`));
  const [imported, said] = [pairsOf(imports), pairsOf(named)];
  const kept = arcsOf(uses).filter(({ from, to }) => {
    const pair = `${from} ${to}`;
    return imported.has(pair) || (said.has(pair) && !imported.has(`${to} ${from}`));
  });
  return sparseGraph(
    uses.offsets.length - 1,
    kept.map(({ from }) => from),
    kept.map(({ to }) => to),
    kept.map(({ weight }) => weight),
  );
}

function typeCounts(snapshot: Snapshot, partOf: Int32Array, parts: number): { types: number; abstractTypes: number }[] {
  const counts = Array.from({ length: parts }, () => ({ types: 0, abstractTypes: 0 }));
  const { kind, flags, file } = snapshot.symbolTable();
  for (let id = 0; id < snapshot.symbolCount; id++) {
    const part = partOf[file[id]!]!;
    const name = symbolKinds[kind[id]!]!;
    if (part < 0 || !typeKinds.has(name)) continue;
    counts[part]!.types++;
    if (abstractKinds.has(name) || (flags[id]! & SymbolFlag.abstract) !== 0) counts[part]!.abstractTypes++;
  }
  return counts;
}

/** What a folder says of itself: the first sentence of its package module's documentation. */
function aboutFolder(snapshot: Snapshot, path: string): string | undefined {
  const prefix = path === '.' ? '' : `${path}/`;
  for (const name of ['__init__.py', 'index.ts', 'index.js', 'mod.rs', 'lib.rs', 'doc.go', 'package-info.java']) {
    const file = snapshot.fileByPath(prefix + name);
    const text = file && snapshot.symbol(file.firstSymbol).documentation;
    if (text) return firstSentence(text);
  }
  return undefined;
}

/** Up to the first full stop or blank line, on one line, at most 120 characters. */
export function firstSentence(text: string): string {
  const paragraph = text
    .trim()
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, ' ');
  const sentence = /^.*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.length > 120 ? `${sentence.slice(0, 119).trimEnd()}…` : sentence;
}
