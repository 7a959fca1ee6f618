import type { GraphFormat } from './graph-format.ts';
import { selectedEdges, selectedNodes } from './selected-graph.ts';

/** RFC 4180, every text quoted; line ends inside become blanks, since the importer reads line by line by default. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replace(/[\r\n]+/g, ' ')}"`;
}

/** The pair of files that `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv` takes. */
export const neo4jCsv: GraphFormat = {
  id: 'csv',
  summary: 'nodes.csv and edges.csv, for neo4j-admin database import',
  files: (snapshot, selection) => [
    {
      name: 'nodes.csv',
      content: (function* () {
        yield 'key:ID,label,path,language,line:int,codeLines:int,exported:boolean,:LABEL\n';
        for (const node of selectedNodes(snapshot, selection)) {
          yield `${[quoted(node.id), quoted(node.label), quoted(node.path), quoted(node.language), node.line, node.codeLines ?? '', node.exported, quoted(`Symbol;${label(node.kind)}`)].join(',')}\n`;
        }
      })(),
    },
    {
      name: 'edges.csv',
      content: (function* () {
        yield ':START_ID,:END_ID,:TYPE,provenance,line:int,weight:int\n';
        for (const edge of selectedEdges(snapshot, selection)) {
          yield `${[quoted(edge.source), quoted(edge.target), edge.kind.toUpperCase().replaceAll('-', '_'), edge.provenance, edge.line, edge.weight].join(',')}\n`;
        }
      })(),
    },
  ],
};

/** `enum-member` → `EnumMember` */
function label(kind: string): string {
  return kind.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
