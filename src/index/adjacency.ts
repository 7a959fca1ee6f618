import type { Connection } from '#stores/sqlite.ts';
import type { AdjacencyRows } from '#model/snapshot.ts';
import { edgeKinds, provenances } from '#model/vocabulary.ts';
import type { FileTable } from './file-table.ts';

const CANDIDATE = provenances.indexOf('candidate');

/** Rows fetched at a time: keeps the heap flat on millions of edges. */
const SLICE = 200_000;

/** The edges between symbols, candidates left out, as compressed sparse rows over dense numbers. */
export function readOutgoing(connection: Connection, files: FileTable, startLines: Int32Array): AdjacencyRows {
  const count = connection.rows<[number]>(
    'SELECT count(*) FROM edges WHERE target > 0 AND label >> 4 <> ?',
    CANDIDATE,
  )[0]![0];
  const sources = new Int32Array(count);
  const unsorted: AdjacencyRows = {
    offsets: new Int32Array(files.symbolCount + 1),
    targets: new Int32Array(count),
    labels: new Uint16Array(count),
    lines: new Int32Array(count),
  };
  let at = 0;
  for (const [first, last] of slices(connection)) {
    const rows = connection.rows<[number, number, number, number]>(
      'SELECT source, target, label, line FROM edges WHERE source BETWEEN ? AND ? AND target > 0 AND label >> 4 <> ?',
      first,
      last,
      CANDIDATE,
    );
    for (const [source, target, label, line] of rows) {
      const from = files.dense(source);
      const to = files.dense(target);
      if (from < 0 || to < 0) continue;
      sources[at] = from;
      unsorted.targets[at] = to;
      unsorted.labels[at] = (label & 15) | ((label >> 4) << 8);
      unsorted.lines[at] = startLines[from]! + line;
      at++;
    }
  }
  return byNode(sources.subarray(0, at), unsorted, files.symbolCount);
}

/** The same edges by their targets; `targets` then holds the sources. */
export function incomingFrom(outgoing: AdjacencyRows): AdjacencyRows {
  const nodes = outgoing.offsets.length - 1;
  const sources = new Int32Array(outgoing.targets.length);
  for (let node = 0; node < nodes; node++) sources.fill(node, outgoing.offsets[node]!, outgoing.offsets[node + 1]!);
  return byNode(outgoing.targets, { ...outgoing, targets: sources }, nodes);
}

/** Counting sort of edges by node. */
function byNode(nodeOf: Int32Array, edges: AdjacencyRows, nodes: number): AdjacencyRows {
  const offsets = new Int32Array(nodes + 1);
  for (const node of nodeOf) offsets[node + 1]!++;
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, nodes);
  const sorted = {
    offsets,
    targets: new Int32Array(nodeOf.length),
    labels: new Uint16Array(nodeOf.length),
    lines: new Int32Array(nodeOf.length),
  };
  for (let edge = 0; edge < nodeOf.length; edge++) {
    const to = next[nodeOf[edge]!]!++;
    sorted.targets[to] = edges.targets[edge]!;
    sorted.labels[to] = edges.labels[edge]!;
    sorted.lines[to] = edges.lines[edge]!;
  }
  return sorted;
}

/** Ranges of sources that hold about SLICE edges each. */
function slices(connection: Connection): [first: number, last: number][] {
  const [low, high, total] = connection.rows<[number | null, number | null, number]>(
    'SELECT min(source), max(source), count(*) FROM edges',
  )[0]!;
  if (low === null || high === null) return [];
  const step = Math.max(1, Math.ceil(((high - low + 1) * SLICE) / total));
  const ranges: [number, number][] = [];
  for (let first = low; first <= high; first += step) ranges.push([first, Math.min(high, first + step - 1)]);
  return ranges;
}

if (edgeKinds.length > 16) throw new RangeError('an edge kind takes four bits of a label');
