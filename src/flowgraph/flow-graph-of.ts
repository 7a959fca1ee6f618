/** Control flow and data flow of one function, on demand. */
import { TrowelError } from '#base/errors.ts';
import { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import { TextIndex } from '#languages/text-index.ts';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';
import { buildControlFlow } from './build-control-flow.ts';
import { ecmascriptFlow, ecmascriptFunctionTypes } from './ecmascript-statements.ts';
import type { FlowGraphs } from './flow-graph.ts';
import type { FlowFunction } from './flow-statement.ts';
import { pythonFlow, pythonFunctionTypes } from './python-statements.ts';
import { dataFlowOf } from './reaching-definitions.ts';

interface FlowLanguage {
  readonly grammar: string;
  readonly functions: ReadonlySet<string>;
  readonly flow: (nodes: SyntaxNodes, index: TextIndex, node: number) => FlowFunction;
}

const python: FlowLanguage = { grammar: 'python', functions: pythonFunctionTypes, flow: pythonFlow };
const ecmascript = (grammar: string): FlowLanguage => ({
  grammar,
  functions: ecmascriptFunctionTypes,
  flow: ecmascriptFlow,
});
const languages: ReadonlyMap<string, FlowLanguage> = new Map([
  ['python', python],
  ['typescript', ecmascript('typescript')],
  ['tsx', ecmascript('tsx')],
  ['javascript', ecmascript('tsx')],
  ['jsx', ecmascript('tsx')],
]);

/** Where the function stands: an offset in UTF-16 units inside it, or the lines of its declaration (1-based, both included). */
export type FlowPlace = number | { readonly startLine: number; readonly endLine: number };

/** Of the innermost function at an offset, or the outermost one within the lines; of the module where no function stands. */
export async function flowGraphOf(text: string, language: string, place: FlowPlace): Promise<FlowGraphs> {
  return (await flowOf(text, language, place)).graphs;
}

/** The same with the statements that the graphs were made from: the graph's steps are the statements' own. */
export async function flowOf(
  text: string,
  language: string,
  place: FlowPlace,
): Promise<{ readonly source: FlowFunction; readonly graphs: FlowGraphs }> {
  const known = languages.get(language);
  if (!known)
    throw new TrowelError('unsupported', `Flow graphs are not drawn for ${language}.`, {
      hint: `They are for ${[...languages.keys()].join(', ')}.`,
    });
  await loadGrammar(known.grammar);
  const tree = parseSyntaxTree(text, known.grammar);
  const fields = new Map(tree.fieldNames.flatMap((name, id) => (name === null ? [] : [[name, id] as const])));
  const nodes = new SyntaxNodes(tree, fields);
  const index = new TextIndex(text);
  const source = known.flow(nodes, index, functionAt(nodes, index, known.functions, place));
  return { source, graphs: graphsOf(source) };
}

/**
 * The same over a tree that is there already: of the innermost function around an offset, or of the module. Undefined for other
 * languages.
 */
export function flowGraphIn(
  nodes: SyntaxNodes,
  index: TextIndex,
  language: string,
  at: number,
): FlowGraphs | undefined {
  const known = languages.get(language);
  return known && graphsOf(known.flow(nodes, index, functionAt(nodes, index, known.functions, at)));
}

function graphsOf(source: FlowFunction): FlowGraphs {
  const cfg = buildControlFlow(source);
  return { cfg, dfg: dataFlowOf(cfg) };
}

/** Languages of which flow graphs are drawn. */
export const flowLanguages: ReadonlySet<string> = new Set(languages.keys());

function functionAt(nodes: SyntaxNodes, index: TextIndex, types: ReadonlySet<string>, place: FlowPlace): number {
  const { count, start, end, subtreeEnd } = nodes.tree;
  let best = 0;
  if (typeof place === 'number') {
    for (let node = 1; node < count;) {
      if (place < start[node]! || place >= end[node]!) {
        node = subtreeEnd[node]!;
        continue;
      }
      if (types.has(nodes.typeName(node))) best = node;
      node++;
    }
    return best;
  }
  for (let node = 1; node < count; node++) {
    if (!types.has(nodes.typeName(node))) continue;
    const first = index.line(start[node]!);
    const last = index.line(Math.max(0, end[node]! - 1));
    if (first >= place.startLine && last <= place.endLine) return node;
    if (first <= place.startLine && last >= place.endLine) best = node;
  }
  return best;
}
