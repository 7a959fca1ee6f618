import type { GraphFormat } from './graph-format.ts';
import { selectedEdges, selectedNodes } from './selected-graph.ts';

/** A quoted ID of the DOT language: only quotes and line ends need care; a backslash before a quote would end it. */
function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\r\n\0]+/g, ' ')}"`;
}

const styles: Readonly<Record<string, string>> = { inferred: ' style=dashed', candidate: ' style=dotted color=gray' };

export const dot: GraphFormat = {
  id: 'dot',
  summary: 'DOT, for Graphviz',
  files: (snapshot, selection) => [
    {
      name: 'graph.dot',
      content: (function* () {
        yield 'digraph repository {\n  rankdir=LR;\n  node [shape=box fontname="sans-serif" fontsize=10];\n';
        for (const { id, label, kind } of selectedNodes(snapshot, selection))
          yield `  ${quoted(id)} [label=${quoted(label)} class=${quoted(kind)}];\n`;
        for (const { source, target, kind, provenance, weight } of selectedEdges(snapshot, selection)) {
          yield `  ${quoted(source)} -> ${quoted(target)} [label=${quoted(weight > 1 ? `${kind} ×${weight}` : kind)}${styles[provenance] ?? ''}];\n`;
        }
        yield '}\n';
      })(),
    },
  ],
};
