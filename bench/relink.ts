/** How long a linked tree takes to link again after an edit of one function's body: `sh scripts/node.sh bench/relink.ts <folder> [extension]`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createLinker } from '../src/link/create-linker.ts';
import type { LinkableFile } from '../src/link/linker.ts';
import { linkable, languageOf, projectOf } from '../test/link-files.ts';

const [folder = '.', extension = '.py'] = process.argv.slice(2);

function* walk(at: string): Generator<string> {
  for (const name of readdirSync(path.join(folder, at)).sort()) {
    const file = at === '' ? name : `${at}/${name}`;
    if (statSync(path.join(folder, file)).isDirectory()) {
      if (!name.startsWith('.')) yield* walk(file);
    } else if (name.endsWith(extension) && languageOf(name)) yield file;
  }
}

const texts = new Map([...walk('')].map((file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const));
const files: LinkableFile[] = [];
for (const [file, text] of texts) files.push(await linkable(file, text));
const linker = createLinker(projectOf(texts));
const cpuOf = <T>(run: () => T): [T, number, number] => {
  const before = process.cpuUsage();
  const started = performance.now();
  const result = run();
  const used = process.cpuUsage(before);
  return [result, performance.now() - started, (used.user + used.system) / 1000];
};
const [, wall, cpu] = cpuOf(() => linker.update(files, []));
console.log(`${files.length} files: ${wall.toFixed(0)} ms, ${cpu.toFixed(0)} ms of processor`);
const times: number[] = [];
for (const [file, text] of texts) {
  const edited = text.replace(/\n( +)return /, '\n$1print("edited")\n$1return ');
  if (edited === text || times.length >= 100) continue;
  const changed = await linkable(file, edited);
  if (changed.facts.interfaceHash !== files.find((each) => each.path === file)!.facts.interfaceHash) continue;
  const [update, , used] = cpuOf(() => linker.update([changed], []));
  times.push(used);
  if (times.length <= 5) console.log(`${file}: ${used.toFixed(1)} ms of processor, ${update.linked.size} files linked`);
}
times.sort((a, b) => a - b);
console.log(
  `${times.length} body edits: median ${times[times.length >> 1]?.toFixed(1)} ms, 95th percentile ${times[Math.floor(times.length * 0.95)]?.toFixed(1)} ms of processor`,
);
