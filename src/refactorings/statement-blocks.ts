/** Runs of statements that could stand in a function of their own: entered at one place, left at one place. */
import type { DataFlowGraph } from '#flowgraph/flow-graph.ts';
import type { FlowFunction, FlowStatement, FlowStep } from '#flowgraph/flow-statement.ts';

export interface StatementBlock {
  /** 1-based, both included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly statements: number;
  /** Variables that it reads and that are defined before it. */
  readonly inputs: readonly string[];
  /** Variables that it defines and that are read after it. */
  readonly outputs: readonly string[];
  /** It awaits something. */
  readonly isAsync: boolean;
  /** What its branches and loops weigh, nesting counted: for choosing, not for telling. */
  readonly weight: number;
}

const LEAST_STATEMENTS = 3;
const LEAST_LINES = 5;
/** More would be a long parameter list, and a caller that takes apart what comes back. */
const MOST_INPUTS = 5;
const MOST_OUTPUTS = 2;
/** Of the function's statements: more would only move the function. */
const MOST_SHARE = 0.75;

/** @param steps the control-flow graph's, which are the statements' own */
export function statementBlocks(
  source: FlowFunction,
  steps: readonly FlowStep[],
  flow: DataFlowGraph,
): readonly StatementBlock[] {
  const idOf = new Map(steps.map((step, id) => [step, id]));
  const total = count(source.body);
  const found: StatementBlock[] = [];
  const visit = (body: readonly FlowStatement[], depth: number): void => {
    for (let from = 0; from < body.length; from++)
      for (let to = from + 1; to <= body.length; to++) {
        const block = blockOf(body.slice(from, to), depth, total, idOf, flow);
        if (block) found.push(block);
      }
    for (const statement of body) for (const inner of bodiesOf(statement)) visit(inner, depth + 1);
  };
  visit(source.body, 0);
  return found;
}

function blockOf(
  statements: readonly FlowStatement[],
  depth: number,
  total: number,
  idOf: ReadonlyMap<FlowStep, number>,
  flow: DataFlowGraph,
): StatementBlock | undefined {
  const size = count(statements);
  if (size < LEAST_STATEMENTS || size > total * MOST_SHARE) return undefined;
  if (statements.some((statement) => leaves(statement, false, false))) return undefined;
  const inside = new Set<number>();
  let startLine = Number.POSITIVE_INFINITY;
  let endLine = 0;
  let isAsync = false;
  for (const step of stepsOf(statements)) {
    const id = idOf.get(step);
    if (id === undefined || step.suspends === 'yield') return undefined;
    isAsync ||= step.suspends === 'await';
    inside.add(id);
    startLine = Math.min(startLine, step.startLine);
    endLine = Math.max(endLine, step.endLine);
  }
  if (endLine - startLine + 1 < LEAST_LINES) return undefined;
  // What shares a line with the block cannot be left behind by lines: the list that a loop runs over is a step before the loop.
  for (const [step, id] of idOf)
    if (!inside.has(id) && step.startLine <= endLine && step.endLine >= startLine) return undefined;
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  for (const { definition, step } of flow.chains) {
    const { step: defined, variable } = flow.definitions[definition]!;
    if (!inside.has(defined) && inside.has(step)) inputs.add(nameOf(variable));
    if (inside.has(defined) && !inside.has(step)) outputs.add(nameOf(variable));
  }
  // What may keep its value is handed in, too.
  for (const { step, variable } of flow.definitions)
    if (!inside.has(step) && outputs.has(nameOf(variable)) && isBefore(step, inside)) inputs.add(nameOf(variable));
  if (inputs.size > MOST_INPUTS || outputs.size > MOST_OUTPUTS) return undefined;
  return {
    startLine,
    endLine,
    statements: size,
    inputs: [...inputs],
    outputs: [...outputs],
    isAsync,
    weight: weightOf(statements, depth),
  };
}

function isBefore(step: number, inside: ReadonlySet<number>): boolean {
  return step < Math.min(...inside);
}

/** An inner scope's variable carries its line. */
const nameOf = (variable: string): string => variable.replace(/@\d+$/, '');

/** A jump out of the block: a return, or a break or continue of a loop around it. */
function leaves(statement: FlowStatement, inLoop: boolean, inSwitch: boolean): boolean {
  switch (statement.kind) {
    case 'step':
    case 'throw':
      return false;
    case 'return':
      return true;
    case 'break':
      return statement.label !== undefined || !(inLoop || inSwitch);
    case 'continue':
      return statement.label !== undefined || !inLoop;
    case 'loop':
      return (
        statement.body.some((each) => leaves(each, true, false)) ||
        statement.otherwise.some((each) => leaves(each, inLoop, inSwitch))
      );
    case 'switch':
      return statement.cases.some(({ body }) => body.some((each) => leaves(each, inLoop, true)));
    default:
      return bodiesOf(statement).some((body) => body.some((each) => leaves(each, inLoop, inSwitch)));
  }
}

function bodiesOf(statement: FlowStatement): readonly (readonly FlowStatement[])[] {
  switch (statement.kind) {
    case 'block':
      return [statement.body];
    case 'if':
      return [statement.then, statement.otherwise];
    case 'loop':
      return [statement.body, statement.otherwise];
    case 'switch':
      return statement.cases.map(({ body }) => body);
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.otherwise,
        ...(statement.finally ? [statement.finally] : []),
      ];
    default:
      return [];
  }
}

function* stepsOf(statements: readonly FlowStatement[]): Generator<FlowStep> {
  for (const statement of statements) {
    yield* headsOf(statement);
    for (const body of bodiesOf(statement)) yield* stepsOf(body);
  }
}

function headsOf(statement: FlowStatement): readonly FlowStep[] {
  switch (statement.kind) {
    case 'step':
    case 'return':
    case 'throw':
    case 'break':
    case 'continue':
      return [statement.step];
    case 'if':
      return [statement.test];
    case 'loop':
      return [statement.test, statement.binds, statement.update].filter((step) => step !== undefined);
    case 'switch':
      return [statement.subject, ...statement.cases.flatMap(({ test, binds, guard }) => [test, binds, guard])].filter(
        (step) => step !== undefined,
      );
    case 'try':
      return statement.handlers.flatMap(({ test, binds }) => [test, binds]).filter((step) => step !== undefined);
    case 'block':
      return [];
  }
}

function count(statements: readonly FlowStatement[]): number {
  return statements.reduce(
    (sum, statement) =>
      sum + (statement.kind === 'block' ? 0 : 1) + bodiesOf(statement).reduce((inner, body) => inner + count(body), 0),
    0,
  );
}

function weightOf(statements: readonly FlowStatement[], depth: number): number {
  return statements.reduce((sum, statement) => {
    const own = ['if', 'loop', 'switch', 'try'].includes(statement.kind) ? 1 + depth : 0;
    const deeper = own > 0 ? depth + 1 : depth;
    return sum + own + bodiesOf(statement).reduce((inner, body) => inner + weightOf(body, deeper), 0);
  }, 0);
}
