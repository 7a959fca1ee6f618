/**
 * Compares the calls that link finds with those that a trace saw (python-trace.py).
 * usage: node compare-trace.ts ROOT TRACE.json [--missing] [--wrong]
 * Recall: of the calls seen, how many were found. Precision is measured where the trace can tell: edges at lines that ran, in
 * callers that ran, whose callee is no generator or coroutine; an edge not seen there may still be right for other inputs.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { loadExtractor } from '#languages/registry.ts';
import { createLinker } from '#link/create-linker.ts';
import { FactsView } from './facts-view.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import { edgeKinds, provenances } from '#model/vocabulary.ts';

interface Trace {
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

const [root, tracePath, ...flags] = process.argv.slice(2);
if (root === undefined || tracePath === undefined)
  throw new Error('usage: compare-trace.ts ROOT TRACE.json [--missing] [--wrong]');
const trace = JSON.parse(readFileSync(tracePath, 'utf8')) as Trace;
const extractor = (await loadExtractor('python'))!;
await extractor.prepare('python');

function pythonFiles(folder: string, prefix = ''): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const full = path.join(folder, name);
      if (statSync(full).isDirectory()) return name.startsWith('.') ? [] : pythonFiles(full, `${prefix}${name}/`);
      return name.endsWith('.py') ? [`${prefix}${name}`] : [];
    });
}

const files = pythonFiles(root).map((file) => ({
  path: file,
  roles: ['source' as const],
  facts: extractor.extract({
    text: readFileSync(path.join(root, file), 'utf8'),
    language: 'python',
    declarations: false,
  }),
}));
const views = new Map(files.map((file) => [file.path, new FactsView(file.facts)]));
const started = performance.now();
const read = (file: string): string | undefined => {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return undefined;
  }
};
const manifests = ['pyproject.toml', 'setup.cfg', 'setup.py'].filter((file) => read(file) !== undefined);
const { linked, paths } = createLinker({
  read,
  exists: (file) => read(file) !== undefined,
  manifests: () => manifests,
}).update(files, []);
const elapsed = performance.now() - started;

const seen = new Set<string>();
for (const [callerFile, caller, calleeFile, callee] of trace.calls) {
  if (views.has(callerFile) && views.has(calleeFile)) seen.add(`${callerFile}:${caller} -> ${calleeFile}:${callee}`);
}
const ran = new Map(Object.entries(trace.lines).map(([file, lines]) => [file, new Set(lines)]));
const found = new Set<string>();
const judged = new Map<string, string>();
const calls = edgeKinds.indexOf('calls');
for (const { edges } of linked.values()) {
  for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
    if (edges[at + LinkedEdgeColumn.kind] !== calls || edges[at + LinkedEdgeColumn.targetFile]! < 0) continue;
    if (provenances[edges[at + LinkedEdgeColumn.provenance]!] === 'candidate') continue;
    const sourceFile = paths[edges[at + LinkedEdgeColumn.sourceFile]!]!;
    const targetFile = paths[edges[at + LinkedEdgeColumn.targetFile]!]!;
    const target = edges[at + LinkedEdgeColumn.targetSymbol]!;
    const edge = `${sourceFile}:${views.get(sourceFile)!.name(edges[at + LinkedEdgeColumn.sourceSymbol]!)} -> ${targetFile}:${views.get(targetFile)!.name(target)}`;
    found.add(edge);
    const line = edges[at + LinkedEdgeColumn.line]!;
    if (ran.get(sourceFile)?.has(line) && !views.get(targetFile)!.isSuspended(target))
      judged.set(edge, `${edge} at ${sourceFile}:${line}`);
  }
}
const missing = [...seen].filter((edge) => !found.has(edge)).sort();
const unseen = [...judged.keys()].filter((edge) => !seen.has(edge)).sort();
if (flags.includes('--missing')) for (const edge of missing) console.log('missing', edge);
if (flags.includes('--wrong')) for (const edge of unseen) console.log('unseen', judged.get(edge));
const percent = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
console.log(
  `${path.basename(root)}: ${files.length} files, link ${elapsed.toFixed(0)} ms; seen ${seen.size}, recall ${percent(seen.size - missing.length, seen.size)}; ` +
    `judged ${judged.size}, seen of them ${percent(judged.size - unseen.length, judged.size)}`,
);
