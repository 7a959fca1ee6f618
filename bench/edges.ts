/** Prints the edges of a folder, one a line, and how long linking took: `sh scripts/node.sh bench/edges.ts <folder> [kind,…]`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createLinker } from '../src/link/create-linker.ts';
import type { LinkableFile } from '../src/link/linker.ts';
import { linkable, languageOf, nameEdges, projectOf } from '../test/link-files.ts';

const [folder = '.', kinds = 'calls,instantiates'] = process.argv.slice(2);
const wanted = new Set(kinds.split(','));

function* walk(at: string): Generator<string> {
  for (const name of readdirSync(path.join(folder, at)).sort()) {
    const file = at === '' ? name : `${at}/${name}`;
    if (statSync(path.join(folder, file)).isDirectory()) {
      if (!name.startsWith('.')) yield* walk(file);
    } else yield file;
  }
}

const texts = new Map<string, string>();
for (const file of walk(''))
  if (languageOf(file) || /\.(json|toml|mod)$/.test(file))
    texts.set(file, readFileSync(path.join(folder, file), 'utf8'));
const files: LinkableFile[] = [];
const started = performance.now();
for (const [file, text] of texts) if (languageOf(file)) files.push(await linkable(file, text));
const extracted = performance.now();
const before = process.cpuUsage();
const linker = createLinker(projectOf(texts));
const update = linker.update(files, []);
const linked = performance.now();
const cpu = process.cpuUsage(before);
const edges = nameEdges(update, new Map(files.map((file) => [file.path, file.facts])));
const counts = new Map<string, number>();
for (const edge of edges) {
  const key = `${edge.kind} ${edge.provenance}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
  if (wanted.has(edge.kind))
    console.log(`${edge.source} -> ${edge.target} ${edge.kind} ${edge.provenance} ${edge.line}`);
}
let unresolved = 0;
for (const file of update.linked.values()) unresolved += file.unresolvedCalls;
console.error(
  `${files.length} files; facts ${Math.round(extracted - started)} ms; link ${Math.round(linked - extracted)} ms, ${Math.round((cpu.user + cpu.system) / 1000)} ms of processor; unresolved calls ${unresolved}`,
);
console.error(
  [...counts]
    .sort()
    .map(([key, count]) => `${key}: ${count}`)
    .join('\n'),
);
