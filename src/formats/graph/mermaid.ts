import type { GraphFormat } from './graph-format.ts';
import { selectedEdges, selectedNodes } from './selected-graph.ts';

/** Text inside a quoted Mermaid label: entities stand for what would end it. */
function quoted(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} _./:()-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;
}

/** A flowchart. Nodes are numbered in the order of their ids, since Mermaid's own ids allow few characters. */
export const mermaid: GraphFormat = {
  id: 'mermaid',
  summary: 'a Mermaid flowchart, for Markdown pages',
  files: (snapshot, selection) => [
    {
      name: 'graph.mmd',
      content: (function* () {
        yield 'flowchart LR\n';
        const numbers = new Map<string, number>();
        for (const { id, label } of selectedNodes(snapshot, selection)) {
          numbers.set(id, numbers.size);
          yield `  n${numbers.get(id)}[${quoted(label)}]\n`;
        }
        for (const { source, target, kind, provenance, weight } of selectedEdges(snapshot, selection)) {
          const arrow = provenance === 'exact' ? '-->' : '-.->';
          yield `  n${numbers.get(source)} ${arrow}|${quoted(weight > 1 ? `${kind} ${weight}` : kind)}| n${numbers.get(target)}\n`;
        }
      })(),
    },
  ],
};
