/**
 * Compares the calls that link finds with those that a trace saw (python-trace.py).
 * Recall: of the calls seen, how many were found. Precision is measured where the trace can tell: edges at lines that ran, in
 * callers that ran, whose callee is no generator or coroutine; an edge not seen there may still be right for other inputs.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadExtractor } from '#languages/registry.ts';
import { createLinker } from '#link/create-linker.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import { edgeKinds, provenances } from '#model/vocabulary.ts';
import { FactsView } from './facts-view.ts';

export interface Trace {
  readonly calls: readonly (readonly [
    callerFile: string,
    caller: string,
    calleeFile: string,
    callee: string,
    line: number,
    calleeLine: number,
  ])[];
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

/** Why an edge is missing, as far as the place of the call tells. */
export const causes = ['other targets found', 'a special method', 'called from outside', 'nothing found'] as const;
export type Cause = (typeof causes)[number];

export interface TraceComparison {
  readonly files: number;
  readonly seen: number;
  readonly missing: readonly { readonly edge: string; readonly cause: Cause }[];
  readonly judged: number;
  /** Edges that the trace could judge and did not see, with a place. */
  readonly unseen: readonly string[];
}

function pythonFiles(folder: string, prefix = ''): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const full = path.join(folder, name);
      if (statSync(full).isDirectory()) return name.startsWith('.') ? [] : pythonFiles(full, `${prefix}${name}/`);
      return name.endsWith('.py') ? [`${prefix}${name}`] : [];
    });
}

/** `root`: of the sources that were traced; their package has the folder's name. */
export async function compareTrace(root: string, trace: Trace): Promise<TraceComparison> {
  const extractor = (await loadExtractor('python'))!;
  await extractor.prepare('python');
  const parent = path.dirname(root);
  const prefix = `${path.basename(root)}/`;
  const files = pythonFiles(root, prefix).map((file) => ({
    path: file,
    roles: ['source' as const],
    facts: extractor.extract({
      text: readFileSync(path.join(parent, file), 'utf8'),
      language: 'python',
      declarations: false,
    }),
  }));
  const views = new Map(files.map((file) => [file.path, new FactsView(file.facts)]));
  const { linked, paths } = createLinker({
    read: () => undefined,
    exists: (file) => views.has(file),
    manifests: () => [],
  }).update(files, []);
  const ran = new Map(Object.entries(trace.lines).map(([file, lines]) => [prefix + file, new Set(lines)]));
  const found = new Set<string>();
  const judged = new Map<string, string>();
  /** Callers and lines at which anything of the tree, or anything outside, is called. */
  const inside = new Set<string>();
  const outside = new Set<string>();
  const calls = edgeKinds.indexOf('calls');
  for (const { edges } of linked.values()) {
    for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
      if (edges[at + LinkedEdgeColumn.kind] !== calls) continue;
      if (provenances[edges[at + LinkedEdgeColumn.provenance]!] === 'candidate') continue;
      const sourceFile = paths[edges[at + LinkedEdgeColumn.sourceFile]!]!;
      const caller = `${sourceFile}:${views.get(sourceFile)!.name(edges[at + LinkedEdgeColumn.sourceSymbol]!)}`;
      const line = edges[at + LinkedEdgeColumn.line]!;
      if (edges[at + LinkedEdgeColumn.targetFile]! < 0) {
        outside.add(`${caller}@${line}`);
        continue;
      }
      inside.add(`${caller}@${line}`);
      const targetFile = paths[edges[at + LinkedEdgeColumn.targetFile]!]!;
      const target = edges[at + LinkedEdgeColumn.targetSymbol]!;
      const edge = `${caller} -> ${targetFile}:${views.get(targetFile)!.name(target)}`;
      found.add(edge);
      if (ran.get(sourceFile)?.has(line) && !views.get(targetFile)!.isSuspended(target))
        judged.set(edge, `${edge} at ${sourceFile}:${line}`);
    }
  }
  const seen = new Map<string, Cause>();
  for (const [callerFile, caller, calleeFile, callee, line] of trace.calls) {
    if (!views.has(prefix + callerFile) || !views.has(prefix + calleeFile)) continue;
    const place = `${prefix}${callerFile}:${caller}`;
    const isSpecial = /(^|\.)__\w+__$/.test(callee);
    const at = `${place}@${line}`;
    const cause = inside.has(at) ? causes[0] : isSpecial ? causes[1] : outside.has(at) ? causes[2] : causes[3];
    seen.set(`${place} -> ${prefix}${calleeFile}:${callee}`, cause);
  }
  return {
    files: files.length,
    seen: seen.size,
    missing: [...seen].flatMap(([edge, cause]) => (found.has(edge) ? [] : [{ edge, cause }])),
    judged: judged.size,
    unseen: [...judged].flatMap(([edge, place]) => (seen.has(edge) ? [] : [place])),
  };
}
