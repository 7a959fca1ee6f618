/** Second pass: references and the flow program of the file. */
import { FlowFunctionColumn } from '#model/flow.ts';
import type { ResolvedWrites } from './declare-pass.ts';
import { evaluateClass } from './flow-classes.ts';
import { evaluate } from './flow-expressions.ts';
import { evaluateFunction } from './flow-functions.ts';
import type { FlowPass } from './flow-pass.ts';
import { runStatements } from './flow-statements.ts';
import { referTypes } from './flow-types.ts';
import { FlowWriter } from './flow-writer.ts';
import type { Unit } from './unit.ts';

export function flowFile(unit: Unit, writes: ResolvedWrites): void {
  const { facts } = unit;
  const writer = new FlowWriter(facts, writes);
  const pass: FlowPass = {
    unit,
    writer,
    scope: unit.moduleScope,
    frame: { symbol: 0, receiver: -1, returns: -1, yields: -1, arguments: -1, classRow: -1 },
    moduleState: writer.state,
    exportsSlot: -1,
    moduleExportsSlot: -1,
    texts: new Map(),
    copies: new Map(),
    home: -1,
    thrown: [],
    uncaught: writer.slot(),
    value: (node) => evaluate(pass, node),
    callable: (node, classRow) => evaluateFunction(pass, node, classRow),
    classValue: (node) => evaluateClass(pass, node),
    statements: (body) => runStatements(pass, body),
    type: (node) => referTypes(pass, node),
  };
  facts.flowFunctions.set(0, FlowFunctionColumn.symbol, 0);
  facts.flowFunctions.set(0, FlowFunctionColumn.parameters, facts.flowLists.list([0]));
  runStatements(pass, unit.program.body);
  writer.finish();
}
