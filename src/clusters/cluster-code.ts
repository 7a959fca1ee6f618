/** From the vectors of functions and types to clusters with names, and to dots of a picture. */
import type { ClusterDot, ClusterReport, CodeCluster } from '#model/clusters.ts';
import { hdbscan } from './hdbscan.ts';
import { layOut } from './lay-out.ts';
import { nearGraph, type Rows } from './near-graph.ts';
import { tellingWords } from './telling-words.ts';

/** What is clustered, as its receiver wants it. */
export interface ClusteredCode {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly key: () => string;
}

export interface ClusterRequest {
  readonly rows: Rows;
  /** One a row. */
  readonly code: readonly ClusteredCode[];
  /** Before some were chosen to be looked at. */
  readonly total: number;
  /** Rows that make a cluster; undefined: by how many there are. */
  readonly leastSize?: number | undefined;
  /** Members told of each cluster. */
  readonly members: number;
  /** Dots of the picture; 0 for none. */
  readonly dots: number;
  readonly signal?: AbortSignal;
}

const NEIGHBOURS = 24;
const SAMPLES = 5;
const WORDS = 5;
/** A cluster of a larger share of all gives way to its parts. */
const LARGEST_SHARE = 0.12;

export function clusterCode(request: ClusterRequest): ClusterReport {
  const { rows, code, total, members, signal } = request;
  const leastSize = request.leastSize ?? Math.max(5, Math.min(40, Math.round(Math.sqrt(rows.count) / 4)));
  const graph = nearGraph(rows, NEIGHBOURS, signal);
  const mostSize = Math.max(leastSize * 4, Math.round(rows.count * LARGEST_SHARE));
  const { count, labels } = hdbscan(graph, { leastSize, samples: SAMPLES, mostSize });
  const groups: number[][] = Array.from({ length: count }, () => []);
  labels.forEach((label, row) => label >= 0 && groups[label]!.push(row));
  const order = groups
    .map((_, label) => label)
    .sort((a, b) => groups[b]!.length - groups[a]!.length || groups[a]![0]! - groups[b]![0]!);
  const words = tellingWords(
    groups.map((group) => group.map((row) => `${code[row]!.name} ${withoutEnding(code[row]!.path)}`)),
    WORDS,
  );
  const numberOf = new Int32Array(count);
  const clusters = order.map((label, at): CodeCluster => {
    numberOf[label] = at + 1;
    const group = groups[label]!;
    const { typical, cohesion } = centred(rows, group);
    return {
      number: at + 1,
      words: words[label]!,
      size: group.length,
      files: new Set(group.map((row) => code[row]!.path)).size,
      ...mainFolder(group.map((row) => code[row]!.path)),
      cohesion,
      members: typical.slice(0, members).map((row) => {
        const { key, name, path, line } = code[row]!;
        return { key: key(), name, path, line };
      }),
    };
  });
  const loose = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const numbers = labels.map((label) => (label < 0 ? 0 : numberOf[label]!));
  return {
    clusters,
    looked: rows.count,
    total,
    loose,
    dots: request.dots > 0 ? dotsOf(request, numbers) : [],
    notes:
      total > rows.count
        ? [`Of ${total} functions and types, ${rows.count} were looked at, spread over all files.`]
        : [],
  };
}

/** Rows by their nearness to the group's centre. */
function centred(
  { dimensions, values }: Rows,
  group: readonly number[],
): { readonly typical: readonly number[]; readonly cohesion: number } {
  const centre = new Float64Array(dimensions);
  const lengths = group.map((row) => {
    let square = 0;
    for (let at = 0; at < dimensions; at++) square += values[row * dimensions + at]! ** 2;
    return Math.sqrt(square) || 1;
  });
  group.forEach((row, i) => {
    for (let at = 0; at < dimensions; at++) centre[at]! += values[row * dimensions + at]! / lengths[i]!;
  });
  const length = Math.sqrt(centre.reduce((sum, value) => sum + value * value, 0)) || 1;
  const near = group.map((row, i) => {
    let product = 0;
    for (let at = 0; at < dimensions; at++) product += values[row * dimensions + at]! * centre[at]!;
    return { row, cosine: product / lengths[i]! / length };
  });
  near.sort((a, b) => b.cosine - a.cosine || a.row - b.row);
  return {
    typical: near.map(({ row }) => row),
    cohesion: near.reduce((sum, { cosine }) => sum + cosine, 0) / near.length,
  };
}

/** The deepest folder that holds at least half of the paths. */
function mainFolder(paths: readonly string[]): { readonly folder: string; readonly folderShare: number } {
  let folder = '';
  let share = 1;
  for (;;) {
    const counts = new Map<string, number>();
    for (const path of paths) {
      if (folder !== '' && !path.startsWith(`${folder}/`)) continue;
      const slash = path.indexOf('/', folder === '' ? 0 : folder.length + 1);
      if (slash > 0) counts.set(path.slice(0, slash), (counts.get(path.slice(0, slash)) ?? 0) + 1);
    }
    const [next] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (!next || next[1] * 2 < paths.length) return { folder, folderShare: share };
    [folder, share] = [next[0], next[1] / paths.length];
  }
}

function dotsOf({ rows, code, dots, signal }: ClusterRequest, numbers: Int32Array): ClusterDot[] {
  const step = Math.max(1, rows.count / dots);
  const shown = Int32Array.from({ length: Math.min(rows.count, dots) }, (_, at) => Math.floor(at * step));
  const { dimensions } = rows;
  const values = new Int8Array(shown.length * dimensions);
  shown.forEach((row, at) =>
    values.set(rows.values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions),
  );
  const places = layOut({ count: shown.length, dimensions, values }, signal);
  return Array.from(shown, (row, at) => ({
    x: places[at * 2]!,
    y: places[at * 2 + 1]!,
    cluster: numbers[row]!,
    name: code[row]!.name,
    path: code[row]!.path,
  }));
}

function withoutEnding(path: string): string {
  return path.replace(/\.\w+$/, '');
}
