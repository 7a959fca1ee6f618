// Runs on codegraph's own Node: its library's path, a folder and a plan (JSON) → milliseconds of each sync, into the last-named file.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [library, folder, planFile, output] = process.argv.slice(2);
const { CodeGraph } = createRequire(import.meta.url)(library);
const graph = await CodeGraph.open(folder);
const milliseconds = [];
for (const { path: file, text, before } of JSON.parse(readFileSync(planFile, 'utf8'))) {
  const at = path.join(folder, file);
  try {
    writeFileSync(at, text);
    const started = performance.now();
    const { filesModified } = await graph.sync();
    milliseconds.push(performance.now() - started);
    if (filesModified !== 1) throw new Error(`${file}: ${filesModified} files were taken for changed`);
  } finally {
    writeFileSync(at, before);
    await graph.sync();
  }
}
graph.close();
writeFileSync(output, JSON.stringify(milliseconds));
process.exit(0);
