/** Flow graphs as Mermaid, DOT and plain lines. Text of the code is escaped: it is not trusted. */
import type { ControlFlowGraph, DataFlowGraph, FlowEdgeLabel, FlowGraphs } from './flow-graph.ts';

interface Drawing {
  readonly nodes: readonly {
    readonly id: string;
    readonly text: string;
    readonly shape: 'box' | 'round' | 'diamond';
    readonly isDead: boolean;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly dashed: boolean;
  }[];
}

const plain: ReadonlySet<FlowEdgeLabel> = new Set(['next']);
const dashed: ReadonlySet<FlowEdgeLabel> = new Set(['exception', 'throw']);

function blockText(graph: ControlFlowGraph, id: number): string {
  const block = graph.blocks[id]!;
  const lines = block.steps.map((step) => `${graph.steps[step]!.startLine}: ${graph.steps[step]!.text}`);
  if (block.role === 'exit') return 'exit';
  return block.role === 'entry'
    ? [
        `${graph.name}${lines.length === 0 ? '' : ' '}${block.steps.map((step) => graph.steps[step]!.text).join(' ')}`,
      ].join('\n')
    : lines.join('\n');
}

function controlFlowDrawing(graph: ControlFlowGraph): Drawing {
  const branching = new Set(
    graph.edges
      .filter(({ label }) => label === 'true' || label === 'false' || label === 'case')
      .map(({ from }) => from),
  );
  return {
    nodes: graph.blocks.map(({ id, role }) => ({
      id: `b${id}`,
      text: blockText(graph, id),
      shape: role !== 'body' ? 'round' : branching.has(id) && graph.blocks[id]!.steps.length === 1 ? 'diamond' : 'box',
      isDead: id !== graph.entry && graph.dominators[id]! < 0 && role === 'body',
    })),
    edges: graph.edges.map(({ from, to, label }) => ({
      from: `b${from}`,
      to: `b${to}`,
      label: plain.has(label) ? '' : label,
      dashed: dashed.has(label),
    })),
  };
}

/** Steps as nodes; an edge leads from a definition to a step that reads it, and is named after the variable. */
function dataFlowDrawing(graph: ControlFlowGraph, flow: DataFlowGraph): Drawing {
  const shown = new Set<number>();
  const edges = new Map<string, { from: string; to: string; label: string; dashed: boolean }>();
  for (const { definition, step, captured } of flow.chains) {
    const { step: from, variable } = flow.definitions[definition]!;
    shown.add(from);
    shown.add(step);
    edges.set(`${from} ${step} ${variable}`, { from: `s${from}`, to: `s${step}`, label: variable, dashed: captured });
  }
  return {
    nodes: [...shown]
      .sort((a, b) => a - b)
      .map((id) => ({
        id: `s${id}`,
        text: `${graph.steps[id]!.startLine}: ${graph.steps[id]!.text}`,
        shape: 'box',
        isDead: false,
      })),
    edges: [...edges.values()],
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '#': '&#35;',
  '`': '&#96;',
  '\\': '&#92;',
};
const mermaidText = (text: string): string =>
  text.replace(/[&<>"#`\\]/g, (mark) => entities[mark]!).replace(/\n/g, '<br>');

function toMermaid(drawing: Drawing): string {
  const lines = ['flowchart TD'];
  for (const { id, text, shape } of drawing.nodes) {
    const label = `"${mermaidText(text) || ' '}"`;
    lines.push(`  ${id}${shape === 'round' ? `([${label}])` : shape === 'diamond' ? `{{${label}}}` : `[${label}]`}`);
  }
  for (const { from, to, label, dashed: isDashed } of drawing.edges)
    lines.push(`  ${from} ${isDashed ? '-.->' : '-->'}${label === '' ? '' : `|"${mermaidText(label)}"|`} ${to}`);
  const dead = drawing.nodes.filter(({ isDead }) => isDead).map(({ id }) => id);
  if (dead.length > 0) lines.push('  classDef dead fill:#eee,stroke:#999,color:#777', `  class ${dead.join(',')} dead`);
  return `${lines.join('\n')}\n`;
}

/** `\l` ends a line that is set left. */
const dotText = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, '\\$&')
    .split('\n')
    .map((line) => `${line}\\l`)
    .join('')}"`;

function toDot(drawing: Drawing): string {
  const lines = [
    'digraph flow {',
    '  node [shape=box, fontname="monospace", fontsize=10];',
    '  edge [fontname="sans-serif", fontsize=9];',
  ];
  for (const { id, text, shape, isDead } of drawing.nodes) {
    const style = [
      shape === 'round' ? 'shape=oval' : shape === 'diamond' ? 'shape=hexagon' : '',
      isDead ? 'style=dashed, fontcolor=gray' : '',
    ].filter(Boolean);
    lines.push(`  ${id} [${[`label=${dotText(text)}`, ...style].join(', ')}];`);
  }
  for (const { from, to, label, dashed: isDashed } of drawing.edges) {
    const attributes = [label === '' ? '' : `label=${JSON.stringify(label)}`, isDashed ? 'style=dashed' : ''].filter(
      Boolean,
    );
    lines.push(`  ${from} -> ${to}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`};`);
  }
  return `${lines.join('\n')}\n}\n`;
}

export type FlowDrawingFormat = 'mermaid' | 'dot' | 'json';

export function drawControlFlow(graph: ControlFlowGraph, format: FlowDrawingFormat): string {
  if (format === 'json') return `${JSON.stringify(graph, null, 2)}\n`;
  return format === 'dot' ? toDot(controlFlowDrawing(graph)) : toMermaid(controlFlowDrawing(graph));
}

export function drawDataFlow(graphs: FlowGraphs, format: FlowDrawingFormat): string {
  if (format === 'json') return `${JSON.stringify(graphs.dfg, null, 2)}\n`;
  const drawing = dataFlowDrawing(graphs.cfg, graphs.dfg);
  return format === 'dot' ? toDot(drawing) : toMermaid(drawing);
}

/** One line a block: `2 [4: x = 1] true 3, false 5`; then `x 4 -> 6 7*`, `*` for a captured use. For tests and terminals. */
export function listFlow({ cfg, dfg }: FlowGraphs): readonly string[] {
  const lines = cfg.blocks.map(({ id, role, steps }) => {
    const out = cfg.edges.filter(({ from }) => from === id).map(({ to, label }) => `${label} ${to}`);
    const isDead = id !== cfg.entry && cfg.dominators[id]! < 0;
    const text = steps
      .map(
        (step) =>
          `${cfg.steps[step]!.startLine}: ${cfg.steps[step]!.text}${cfg.steps[step]!.suspends === undefined ? '' : ` (${cfg.steps[step]!.suspends!})`}`,
      )
      .join(' ; ');
    return `${id}${role === 'body' ? '' : ` ${role}`}${isDead ? ' dead' : ''} [${text}] ${out.join(', ')}`.trimEnd();
  });
  const chains = dfg.definitions.map(({ variable, kind, line, isWeak }, row) => {
    const uses = [
      ...new Set(
        dfg.chains.filter(({ definition }) => definition === row).map((use) => `${use.line}${use.captured ? '*' : ''}`),
      ),
    ];
    return `${variable} ${kind}${isWeak === true ? '?' : ''} ${line}${uses.length === 0 ? '' : ` -> ${uses.join(' ')}`}`;
  });
  return [...lines, ...chains, ...(dfg.free.length === 0 ? [] : [`free ${dfg.free.join(' ')}`])];
}
