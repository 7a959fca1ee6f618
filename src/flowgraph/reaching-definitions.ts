import type { ControlFlowGraph, DataFlowGraph, DefinitionSite, DefUse } from './flow-graph.ts';
import type { FlowUse } from './flow-statement.ts';

/**
 * Reaching definitions by a worklist over bit sets, and from them the def–use chains. An exception leaves a block before
 * its last step's definitions hold. Parameters are definitions of the entry.
 */
export function dataFlowOf(graph: ControlFlowGraph): DataFlowGraph {
  const definitions: DefinitionSite[] = [];
  const ofStep: number[][] = graph.steps.map(() => []);
  const ofVariable = new Map<string, number[]>();
  graph.steps.forEach((step, id) => {
    for (const definition of step.definitions) {
      const row = definitions.push({ ...definition, step: id }) - 1;
      ofStep[id]!.push(row);
      const rows = ofVariable.get(definition.variable);
      if (rows) rows.push(row);
      else ofVariable.set(definition.variable, [row]);
    }
  });
  const words = (definitions.length + 31) >> 5;
  const count = graph.blocks.length;
  const reaching = Array.from({ length: count }, () => new Int32Array(words));
  const apply = (state: Int32Array, step: number): void => {
    for (const row of ofStep[step]!) {
      if (definitions[row]!.isWeak === true) continue;
      for (const rival of ofVariable.get(definitions[row]!.variable)!) state[rival >> 5]! &= ~(1 << (rival & 31));
    }
    for (const row of ofStep[step]!) state[row >> 5]! |= 1 << (row & 31);
  };
  const outgoing: { readonly to: number; readonly isException: boolean }[][] = graph.blocks.map(() => []);
  for (const { from, to, label } of graph.edges) outgoing[from]!.push({ to, isException: label === 'exception' });
  const queue = [graph.entry];
  const queued = new Uint8Array(count);
  const visited = new Uint8Array(count);
  const after = new Int32Array(words);
  const before = new Int32Array(words);
  while (queue.length > 0) {
    const at = queue.pop()!;
    queued[at] = 0;
    visited[at] = 1;
    after.set(reaching[at]!);
    before.set(after);
    const { steps } = graph.blocks[at]!;
    steps.forEach((step, i) => {
      if (i === steps.length - 1) before.set(after);
      apply(after, step);
    });
    for (const { to, isException } of outgoing[at]!) {
      const from = isException ? before : after;
      const target = reaching[to]!;
      let changed = visited[to] === 0;
      for (let word = 0; word < words; word++) {
        const joined = target[word]! | from[word]!;
        if (joined !== target[word]) changed = true;
        target[word] = joined;
      }
      if (changed && queued[to] === 0) {
        queued[to] = 1;
        queue.push(to);
      }
    }
  }
  return {
    definitions,
    reaching: reaching.map((state) => members(state, definitions.length)),
    ...chainsOf(graph, definitions, reaching, ofVariable, apply, visited),
  };
}

function members(state: Int32Array, count: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if ((state[row >> 5]! & (1 << (row & 31))) !== 0) rows.push(row);
  return rows;
}

function chainsOf(
  graph: ControlFlowGraph,
  definitions: readonly DefinitionSite[],
  reaching: readonly Int32Array[],
  ofVariable: ReadonlyMap<string, readonly number[]>,
  apply: (state: Int32Array, step: number) => void,
  visited: Uint8Array,
): { readonly chains: readonly DefUse[]; readonly free: readonly string[] } {
  const chains: DefUse[] = [];
  const seen = new Set<string>();
  const free = new Set<string>();
  const add = (definition: number, step: number, { line, at, captured }: FlowUse): void => {
    const key = `${definition} ${step} ${at} ${captured}`;
    if (!seen.has(key)) chains.push({ definition, step, line, at, captured });
    seen.add(key);
  };
  for (const block of graph.blocks) {
    if (visited[block.id] === 0) continue;
    const state = reaching[block.id]!.slice();
    for (const step of block.steps) {
      for (const use of graph.steps[step]!.uses) {
        const rows = ofVariable.get(use.variable);
        if (rows === undefined) free.add(use.variable);
        for (const row of rows ?? []) {
          if (definitions[row]!.kind === 'delete') continue;
          if (use.captured || (state[row >> 5]! & (1 << (row & 31))) !== 0) add(row, step, use);
        }
      }
      apply(state, step);
    }
  }
  chains.sort((a, b) => a.definition - b.definition || a.at - b.at || a.step - b.step);
  return { chains, free: [...free].sort() };
}
