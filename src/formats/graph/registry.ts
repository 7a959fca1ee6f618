import type { GraphFormat } from './graph-format.ts';

const formats: Readonly<Record<string, () => Promise<GraphFormat>>> = {
  csv: async () => (await import('./neo4j-csv.ts')).neo4jCsv,
  dot: async () => (await import('./dot.ts')).dot,
  graphml: async () => (await import('./graphml.ts')).graphml,
  json: async () => (await import('./json.ts')).json,
  mermaid: async () => (await import('./mermaid.ts')).mermaid,
  scip: async () => (await import('./scip.ts')).scip,
};

export const graphFormatNames = ['scip', 'graphml', 'dot', 'mermaid', 'json', 'csv'] as const;
export type GraphFormatName = (typeof graphFormatNames)[number];

export async function loadGraphFormat(name: GraphFormatName): Promise<GraphFormat> {
  return formats[name]!();
}
