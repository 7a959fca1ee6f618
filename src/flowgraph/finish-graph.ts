import { dominatorsOf } from './dominators.ts';
import type { BasicBlock, ControlFlowGraph, FlowEdge } from './flow-graph.ts';
import type { FlowFunction, FlowStep } from './flow-statement.ts';

export interface OpenBlock {
  readonly role: BasicBlock['role'];
  readonly steps: number[];
}

/** Drops empty blocks that only lead on, numbers the rest from the entry, and finds what cannot be reached. */
export function finishGraph(
  source: FlowFunction,
  steps: readonly FlowStep[],
  openBlocks: readonly OpenBlock[],
  openEdges: readonly FlowEdge[],
): ControlFlowGraph {
  const { blocks, edges } = compact(openBlocks, openEdges);
  const dominators = dominatorsOf(blocks.length, edges, 0);
  const exit = blocks.findIndex(({ role }) => role === 'exit');
  const reached = new Set<number>();
  blocks.forEach((block, id) => {
    if (id === 0 || dominators[id]! >= 0) for (const step of block.steps) reached.add(step);
  });
  return {
    name: source.name,
    steps,
    edges,
    entry: 0,
    exit,
    dominators,
    blocks: blocks.map(({ role, steps: own }, id) => {
      // An empty block stands where its function begins or ends.
      const fallback = role === 'exit' ? source.endLine : source.startLine;
      let startLine = own.length === 0 ? fallback : Infinity;
      let endLine = own.length === 0 ? fallback : 0;
      for (const step of own) {
        startLine = Math.min(startLine, steps[step]!.startLine);
        endLine = Math.max(endLine, steps[step]!.endLine);
      }
      return { id, role, steps: own, startLine, endLine };
    }),
    unreachable: steps.map((_, id) => id).filter((id) => !reached.has(id)),
  };
}

function compact(
  blocks: readonly OpenBlock[],
  edges: readonly FlowEdge[],
): { readonly blocks: readonly OpenBlock[]; readonly edges: readonly FlowEdge[] } {
  const out = new Map<number, FlowEdge[]>();
  for (const edge of edges) {
    out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  }
  /** An empty block with one plain way on stands for its successor. */
  const standsFor = (id: number): number => {
    const seen = new Set<number>();
    let at = id;
    for (;;) {
      const next = out.get(at);
      const block = blocks[at]!;
      if (block.role !== 'body' || block.steps.length > 0 || next?.length !== 1 || seen.has(at)) return at;
      seen.add(at);
      at = next[0]!.to;
    }
  };
  const order: number[] = [];
  const number = new Map<number, number>();
  const visit = (id: number): void => {
    if (number.has(id)) return;
    number.set(id, order.push(id) - 1);
  };
  visit(0);
  for (let at = 0; at < order.length; at++) for (const { to } of out.get(order[at]!) ?? []) visit(standsFor(to));
  const reached = new Set(order.flatMap((id) => blocks[id]!.steps));
  // What cannot be reached, but holds steps of its own, is kept: people want to see dead code.
  blocks.forEach((block, id) => {
    if (block.role !== 'body' || block.steps.some((step) => !reached.has(step))) {
      visit(id);
      for (let at = number.get(id)!; at < order.length; at++)
        for (const { to } of out.get(order[at]!) ?? []) visit(standsFor(to));
    }
  });
  const made: FlowEdge[] = [];
  const seen = new Set<string>();
  for (const id of order) {
    for (const { to, label } of out.get(id) ?? []) {
      // A jump through an empty block keeps the label with which it left.
      const edge = { from: number.get(id)!, to: number.get(standsFor(to))!, label };
      const key = `${edge.from} ${edge.to} ${label}`;
      if (!seen.has(key)) made.push(edge);
      seen.add(key);
    }
  }
  return { blocks: order.map((id) => blocks[id]!), edges: made };
}
