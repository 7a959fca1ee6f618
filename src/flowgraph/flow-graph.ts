import type { FlowDefinition, FlowStep } from './flow-statement.ts';

export const edgeLabels = [
  'next',
  'true',
  'false',
  'case',
  'default',
  'exception',
  'return',
  'throw',
  'break',
  'continue',
  'resume',
] as const;
export type FlowEdgeLabel = (typeof edgeLabels)[number];

/** Steps that run one after the other: entered at the first, left after the last (or by an exception of the last). */
export interface BasicBlock {
  readonly id: number;
  readonly role: 'entry' | 'exit' | 'body';
  /** Indices into `steps`. A `finally` that several ways run through stands in the graph once for each way: its steps recur. */
  readonly steps: readonly number[];
  readonly startLine: number;
  readonly endLine: number;
}

export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly label: FlowEdgeLabel;
}

export interface ControlFlowGraph {
  readonly name: string;
  readonly steps: readonly FlowStep[];
  readonly blocks: readonly BasicBlock[];
  readonly edges: readonly FlowEdge[];
  readonly entry: number;
  readonly exit: number;
  /** Immediate dominator of each block; −1 for the entry and for what cannot be reached. */
  readonly dominators: readonly number[];
  /** Steps that no path from the entry runs through. */
  readonly unreachable: readonly number[];
}

export interface DefinitionSite extends FlowDefinition {
  /** Index into the control-flow graph's steps. */
  readonly step: number;
}

export interface DefUse {
  /** Index into `definitions`. */
  readonly definition: number;
  /** The step that reads it, and the line where the name stands. */
  readonly step: number;
  readonly line: number;
  /** Offset of the name in UTF-16 units. */
  readonly at: number;
  readonly captured: boolean;
}

export interface DataFlowGraph {
  readonly definitions: readonly DefinitionSite[];
  /** Definitions that reach each block's beginning, by block. */
  readonly reaching: readonly (readonly number[])[];
  readonly chains: readonly DefUse[];
  /** Variables that are read and nowhere defined here: globals, and those of an enclosing function. */
  readonly free: readonly string[];
}

export interface FlowGraphs {
  readonly cfg: ControlFlowGraph;
  readonly dfg: DataFlowGraph;
}
