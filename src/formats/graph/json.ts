import type { GraphFormat } from './graph-format.ts';
import { selectedEdges, selectedNodes } from './selected-graph.ts';

/** `{ "nodes": […], "edges": […] }`, one record a line, so that it can be read as a stream too. */
export const json: GraphFormat = {
  id: 'json',
  summary: 'nodes and edges as one JSON document, one record a line',
  files: (snapshot, selection) => [
    {
      name: 'graph.json',
      content: (function* () {
        yield '{"nodes":[';
        yield* separated(selectedNodes(snapshot, selection));
        yield '\n],"edges":[';
        yield* separated(selectedEdges(snapshot, selection));
        yield '\n]}\n';
      })(),
    },
  ],
};

function* separated(records: Iterable<unknown>): Generator<string> {
  let first = true;
  for (const record of records) {
    yield `${first ? '' : ','}\n${JSON.stringify(record)}`;
    first = false;
  }
}
