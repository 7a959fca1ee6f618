import type { GraphFormat } from './graph-format.ts';
import { selectedEdges, selectedNodes } from './selected-graph.ts';

const notInXml =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeXml(text: string): string {
  return text.replace(notInXml, '\ufffd').replace(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const keys = [
  ['label', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['language', 'node', 'string'],
  ['path', 'node', 'string'],
  ['line', 'node', 'int'],
  ['codeLines', 'node', 'int'],
  ['exported', 'node', 'boolean'],
  ['type', 'edge', 'string'],
  ['provenance', 'edge', 'string'],
  ['at', 'edge', 'int'],
  ['weight', 'edge', 'int'],
] as const;

/** GraphML 1.0 (graphml.graphdrawing.org), as Gephi, yEd and NetworkX read it. */
export const graphml: GraphFormat = {
  id: 'graphml',
  summary: 'GraphML, for Gephi, yEd and NetworkX',
  files: (snapshot, selection) => [
    {
      name: 'graph.graphml',
      content: (function* () {
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
        for (const [name, target, type] of keys)
          yield `<key id="${name}" for="${target}" attr.name="${name}" attr.type="${type}"/>\n`;
        yield '<graph id="repository" edgedefault="directed">\n';
        for (const { id, ...node } of selectedNodes(snapshot, selection))
          yield `<node id="${escapeXml(id)}">${data(node)}</node>\n`;
        let number = 0;
        for (const { source, target, kind, provenance, line, weight } of selectedEdges(snapshot, selection)) {
          yield `<edge id="e${number++}" source="${escapeXml(source)}" target="${escapeXml(target)}">${data({ type: kind, provenance, at: line, weight })}</edge>\n`;
        }
        yield '</graph>\n</graphml>\n';
      })(),
    },
  ],
};

function data(fields: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `<data key="${key}">${escapeXml(String(value))}</data>`)
    .join('');
}
