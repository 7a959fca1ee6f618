/**
 * Recall of the call graph on real npm packages: scenarios use each package's interface, its instrumented copy tells which
 * calls happened, and link is asked for them.
 * usage: node ecmascript-recall.ts [--modules FOLDER] [--missing] [package…]
 * Without --modules, the packages are installed from the registry into a temporary folder.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadExtractor } from '#languages/registry.ts';
import { createLinker } from '#link/create-linker.ts';
import { SYMBOL_STRIDE, SymbolColumn, type FileFacts } from '#model/facts.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import { edgeKinds, provenances, symbolKinds } from '#model/vocabulary.ts';
import { type Instrumented, instrument } from './ecmascript-instrument.ts';
import { scenarios } from './ecmascript-scenarios.ts';

const LARGEST = 1_500_000;
const args = process.argv.slice(2);
const showMissing = args.includes('--missing');
const modulesAt = args.indexOf('--modules');
const chosen = args.filter(
  (each, index) => (!each.startsWith('--') && index !== modulesAt + 1) || (modulesAt < 0 && !each.startsWith('--')),
);
const work = mkdtempSync(path.join(tmpdir(), 'call-graph-'));

function installed(names: readonly string[]): string {
  if (modulesAt >= 0) return args[modulesAt + 1]!;
  writeFileSync(path.join(work, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...names], {
    cwd: work,
    stdio: 'ignore',
  });
  return path.join(work, 'node_modules');
}

function scripts(folder: string, prefix = ''): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const full = path.join(folder, name);
      const stat = statSync(full);
      if (stat.isDirectory())
        return name === 'node_modules' || name.startsWith('.') ? [] : scripts(full, `${prefix}${name}/`);
      return /\.[cm]?js$/.test(name) && !/\.min\.[cm]?js$/.test(name) && stat.size < LARGEST
        ? [`${prefix}${name}`]
        : [];
    });
}

const callableKinds = new Set(
  ['function', 'method', 'constructor'].map((kind) => symbolKinds.indexOf(kind as 'function')),
);

/** Symbol row of each instrumented function: the smallest function symbol around it. */
function symbolsOf(facts: FileFacts, text: string, functions: Instrumented['functions']): number[] {
  const bytes = (offset: number): number => Buffer.byteLength(text.slice(0, offset));
  return functions.map(([start, end], index) => {
    if (index === 0) return 0;
    const from = bytes(start);
    const to = bytes(end);
    let best = 0;
    let size = Infinity;
    for (let row = 1, at = SYMBOL_STRIDE; at < facts.symbols.length; row++, at += SYMBOL_STRIDE) {
      if (!callableKinds.has(facts.symbols[at + SymbolColumn.kind]!)) continue;
      const first = facts.symbols[at + SymbolColumn.startByte]!;
      const last = facts.symbols[at + SymbolColumn.endByte]!;
      if (first > from || last < to || last - first >= size) continue;
      best = row;
      size = last - first;
    }
    return best;
  });
}

async function measure(name: string, script: string, modules: string): Promise<{ seen: number; found: number }> {
  const source = path.join(modules, name);
  const folder = path.join(work, 'run', name.replace('/', '-'));
  const copy = path.join(folder, 'node_modules', name);
  mkdirSync(path.dirname(copy), { recursive: true });
  cpSync(source, copy, { recursive: true, dereference: true });
  for (const other of readdirSync(modules)) {
    const link = path.join(folder, 'node_modules', other);
    if (!existsSync(link)) symlinkSync(path.join(modules, other), link);
  }
  const files = scripts(source);
  const extractor = (await loadExtractor('javascript'))!;
  await extractor.prepare('javascript');
  const texts = files.map((file) => readFileSync(path.join(source, file), 'utf8'));
  const facts = texts.map((text) => extractor.extract({ text, language: 'javascript', declarations: false }));
  const made = texts.map((text, index) => instrument(text, index));
  made.forEach((each, index) => {
    if (each) writeFileSync(path.join(copy, files[index]!), each.text);
  });
  // The scenario is traced as well, so that what it calls is not taken for its caller's call; it is no part of the truth.
  writeFileSync(path.join(folder, 'scenario.cjs'), instrument(script, files.length)?.text ?? script);
  const traceFile = path.join(folder, 'trace.json');
  execFileSync(
    process.execPath,
    ['--import', path.join(import.meta.dirname, 'ecmascript-tracer.mjs'), path.join(folder, 'scenario.cjs')],
    {
      cwd: folder,
      env: { ...process.env, TRACE_FILE: traceFile },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 60_000,
    },
  );
  const rows = made.map((each, index) => (each ? symbolsOf(facts[index]!, texts[index]!, each.functions) : []));
  const read = (file: string): string | undefined =>
    existsSync(path.join(source, file)) && statSync(path.join(source, file)).isFile()
      ? readFileSync(path.join(source, file), 'utf8')
      : undefined;
  const started = performance.now();
  const { linked, paths } = createLinker({
    read,
    exists: (file) => read(file) !== undefined,
    manifests: () => ['package.json'],
  }).update(
    files.map((file, index) => ({ path: file, roles: ['source' as const], facts: facts[index]! })),
    [],
  );
  const elapsed = performance.now() - started;
  const found = new Set<string>();
  for (const { edges } of linked.values()) {
    for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
      if (
        edges[at + LinkedEdgeColumn.kind] !== edgeKinds.indexOf('calls') ||
        edges[at + LinkedEdgeColumn.targetFile]! < 0
      )
        continue;
      if (edges[at + LinkedEdgeColumn.provenance] === provenances.indexOf('candidate')) continue;
      found.add(
        `${paths[edges[at]!]}:${edges[at + 1]} ${paths[edges[at + LinkedEdgeColumn.targetFile]!]}:${edges[at + LinkedEdgeColumn.targetSymbol]}`,
      );
    }
  }
  const seen = new Map<string, string>();
  for (const call of JSON.parse(readFileSync(traceFile, 'utf8')) as string[]) {
    const [caller, callee] = call.split(' ').map((each) => each.split(':').map(Number) as [number, number]);
    if (caller![0] >= files.length || callee![0] >= files.length) continue;
    if (made[caller![0]]!.generators.has(caller![1]) || made[callee![0]]!.generators.has(callee![1])) continue;
    const key = `${files[caller![0]]}:${rows[caller![0]]![caller![1]]} ${files[callee![0]]}:${rows[callee![0]]![callee![1]]}`;
    const place = ([file, fn]: [number, number]): string => {
      const start = made[file]!.functions[fn]![0];
      return `${files[file]}:${texts[file]!.slice(0, start).split('\n').length}`;
    };
    seen.set(key, `${place(caller!)} -> ${place(callee!)}`);
  }
  const missing = [...seen].filter(([key]) => !found.has(key));
  const recall = seen.size === 0 ? 0 : (seen.size - missing.length) / seen.size;
  console.log(
    `${name.padEnd(22)} ${String(seen.size).padStart(6)} seen ${String(seen.size - missing.length).padStart(6)} found  recall ${recall.toFixed(3)}  ${String(found.size).padStart(6)} edges  link ${elapsed.toFixed(0)} ms`,
  );
  if (showMissing) for (const [, text] of missing) console.log(`  ${text}`);
  return { seen: seen.size, found: seen.size - missing.length };
}

const names = chosen.length > 0 ? chosen : Object.keys(scenarios);
const modules = installed(names);
let seen = 0;
let found = 0;
for (const name of names) {
  const script = scenarios[name];
  if (script === undefined || !existsSync(path.join(modules, name))) continue;
  try {
    const result = await measure(name, script, modules);
    seen += result.seen;
    found += result.found;
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
}
console.log(`all ${seen} seen, ${found} found, recall ${(found / seen).toFixed(4)}`);
rmSync(work, { recursive: true, force: true });
