import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import type { FlowGraphs } from '#flowgraph/flow-graph.ts';
import { choiceOf, chooseSymbol } from '#inspect/choose-symbol.ts';
import { describeSymbol } from '#inspect/describe-symbol.ts';
import { symbolHistory } from '#history/symbol-history.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import type { SymbolHistory } from '#model/history.ts';
import type { SymbolScores } from '#model/score.ts';
import type { SymbolChoice, SymbolDescription } from '#model/inspection.ts';
import { choicesForTerminal, symbolForTerminal } from '#report/symbol-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { scoredSymbol } from './scored-symbol.ts';
import { briefChoices, briefSymbol, showOutput } from './tools/show-tool.ts';

const input = z.object({
  symbol: z.string().describe('A name, Type.method, path:line, or a key from another answer.'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  cfg: z
    .boolean()
    .default(false)
    .describe('Draw the control-flow graph of a function instead (Python, JavaScript, TypeScript).'),
  dfg: z.boolean().default(false).describe('Draw its data flow instead: which definition reaches which use.'),
  format: z.enum(['mermaid', 'dot', 'json']).default('mermaid').describe('How --cfg and --dfg are drawn.'),
  source: z.boolean().default(false).describe('Show the whole definition, however long.'),
  limit: z.number().int().min(1).default(12).describe('How many callers, callees and tests to list.'),
  score: z.boolean().default(false).describe('Also say how good and how testable it is, and what takes points off.'),
  history: z.boolean().default(true).describe('Ask git who changed it and when (--no-history leaves it out).'),
});

export type ShowOutput =
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] }
  | {
      readonly status: 'drawing';
      readonly symbol: SymbolChoice;
      readonly format: string;
      readonly graphs: FlowGraphs;
      readonly drawing: string;
    }
  | ({
      readonly status: 'symbol';
      readonly history: SymbolHistory | undefined;
      /** Undefined for what has none, and where it was not asked for. */
      readonly scores: SymbolScores | undefined;
      readonly limit: number;
      readonly wholeSource: boolean;
    } & SymbolDescription);

export const operation = defineOperation<typeof input, ShowOutput>({
  name: 'show',
  group: 'understand',
  summary: 'Show one symbol: definition, documentation, callers, callees, tests, metrics, scores, owners and history.',
  effect: 'read',
  input,
  positional: ['symbol', 'path'],
  examples: [
    { command: 'trowel show Model.save', explains: 'A method by its qualified name.' },
    { command: 'trowel show src/config.ts:42', explains: 'Whatever is defined around that line.' },
    { command: 'trowel show parseConfig --score', explains: 'Also how good and how testable it is, and why.' },
    { command: 'trowel show parseConfig --cfg --format dot', explains: 'Its control-flow graph, for Graphviz.' },
  ],
  async run({ symbol, path, cfg, dfg, format, source, limit, score, history }, context) {
    const opened = await openTree(context, path);
    const { snapshot, root, scope } = opened;
    try {
      const chosen = chooseSymbol(snapshot, symbol, scope);
      if (chosen.status === 'ambiguous') return chosen;
      if (cfg || dfg) return await draw(snapshot, chosen.symbol, dfg ? 'dfg' : 'cfg', format);
      const description = describeSymbol(snapshot, chosen.symbol);
      const { path: file, startLine, endLine } = chosen.symbol;
      const known = history
        ? await symbolHistory(root, file, startLine, endLine, context.signal).catch(withoutGit)
        : undefined;
      const scores = score ? await scoredSymbol(opened, context, chosen.symbol) : undefined;
      return { status: 'symbol', ...description, history: known, scores, limit, wholeSource: source };
    } finally {
      snapshot.close();
    }
  },
  render(output, terminal) {
    if (output.status === 'ambiguous') return choicesForTerminal(output.choices, terminal);
    return output.status === 'drawing' ? `${output.drawing.trimEnd()}\n` : symbolForTerminal(output, terminal);
  },
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
  tool: {
    description:
      'One symbol: its source, who calls it, what it calls, its bases, members and tests. Better than grep for "who uses X".',
    takes: ['symbol', 'path', 'limit'],
    given: { history: false },
    output: showOutput,
    brief(output) {
      if (output.status === 'ambiguous') return briefChoices(output.choices);
      return output.status === 'symbol' ? briefSymbol(output, output.limit) : {};
    },
  },
});

/** Where git is missing, nothing is known of change; everything else is. */
function withoutGit(error: unknown): undefined {
  if (error instanceof TrowelError && error.code === 'git-missing') return undefined;
  throw error;
}

async function draw(
  snapshot: Snapshot,
  symbol: SymbolRecord,
  kind: 'cfg' | 'dfg',
  format: 'mermaid' | 'dot' | 'json',
): Promise<ShowOutput> {
  const file = snapshot.fileByPath(symbol.path)!;
  const text = snapshot.text(file.id);
  if (text === undefined)
    throw new TrowelError('unreadable', `${symbol.path} has changed since it was indexed.`, { hint: 'Ask again.' });
  const { flowGraphOf } = await import('#flowgraph/flow-graph-of.ts');
  const { drawControlFlow, drawDataFlow } = await import('#flowgraph/draw-flow-graph.ts');
  const graphs = await flowGraphOf(text, file.language, { startLine: symbol.startLine, endLine: symbol.endLine });
  const drawing = kind === 'cfg' ? drawControlFlow(graphs.cfg, format) : drawDataFlow(graphs, format);
  return { status: 'drawing', symbol: choiceOf(symbol), format, graphs, drawing };
}
