// Runs on codegraph's own Node: its library's path, a folder and names (JSON) → milliseconds of each look-up, into the last-named file.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [library, folder, namesFile, output] = process.argv.slice(2);
const { CodeGraph } = createRequire(import.meta.url)(library);
const graph = await CodeGraph.open(folder);
const names = JSON.parse(readFileSync(namesFile, 'utf8'));
const times = {};
function measure(what, items, ask) {
  let found = 0;
  times[what] = items.map((item) => {
    const started = performance.now();
    found += ask(item);
    return performance.now() - started;
  });
  if (found === 0) throw new Error(`no ${what} at all`);
}
const nodes = names.flatMap((name) => graph.getNodesByName(name).slice(0, 1));
measure('symbols by name', names, (name) => graph.getNodesByName(name).length);
measure('callers', nodes, ({ id }) => graph.getCallers(id).length);
measure('callees', nodes, ({ id }) => graph.getCallees(id).length);
graph.close();
writeFileSync(output, JSON.stringify(times));
process.exit(0);
