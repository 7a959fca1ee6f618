// Runs on codegraph's own Node: its library's path, a folder and queries (JSON) → the places of each answer, into the last-named file.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [library, folder, queriesFile, output] = process.argv.slice(2);
const { CodeGraph } = createRequire(import.meta.url)(library);
const graph = await CodeGraph.open(folder);
const place = ({ filePath, startLine, endLine }) => ({ path: filePath, line: startLine, endLine });
const answers = JSON.parse(readFileSync(queriesFile, 'utf8')).map((query) =>
  graph.searchNodes(query, { limit: 10 }).map(({ node }) => place(node)),
);
graph.close();
writeFileSync(output, JSON.stringify(answers));
process.exit(0);
