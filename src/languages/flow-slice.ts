/**
 * Marks the interface slice of a file's flow program: every operation that may feed what other files can see. A backward
 * slice inside the file; parameters are its leaves.
 *
 * Roots: exports, class members, attribute and element stores, what functions return and yield, class bases and metaclasses,
 * decorator applications, and the calls of the module body (they run on import: registrations).
 */
import type { FactsBuilder } from '#model/facts-builder.ts';
import { CallFlag, FlowClassColumn, FlowFlag, FlowFunctionColumn, FlowOp, flowOperands } from '#model/flow.ts';

const withoutDestination: ReadonlySet<number> = new Set([
  FlowOp.store,
  FlowOp.storeElement,
  FlowOp.export,
  FlowOp.member,
  FlowOp.storeGlobal,
]);
const INTERFACE = FlowFlag.interface << 8;

export function markInterfaceSlice(
  facts: Pick<FactsBuilder, 'flow' | 'flowFunctions' | 'flowClasses' | 'flowLists' | 'flowSlots'>,
): void {
  const { flow, flowFunctions, flowClasses } = facts;
  const lists = facts.flowLists.finish();
  const rows = flow.rows;
  /** Rows that write a slot, as linked lists. */
  const first = new Int32Array(facts.flowSlots).fill(-1);
  const next = new Int32Array(rows).fill(-1);
  for (let row = rows - 1; row >= 0; row--) {
    if (withoutDestination.has(flow.get(row, 0) & 0xff)) continue;
    const destination = flow.get(row, 1);
    if (destination < 0) continue;
    next[row] = first[destination]!;
    first[destination] = row;
  }
  const needed = new Uint8Array(facts.flowSlots);
  const work: number[] = [];
  const need = (slot: number): void => {
    if (slot < 0 || needed[slot] === 1) return;
    needed[slot] = 1;
    work.push(slot);
  };
  const take = (row: number): void => {
    const head = flow.get(row, 0);
    if ((head & INTERFACE) !== 0) return;
    flow.set(row, 0, head | INTERFACE);
    const op = head & 0xff;
    const operands = flowOperands[op]!;
    for (let i = withoutDestination.has(op) ? 0 : 1; i < operands.length; i++) {
      const value = flow.get(row, i + 1);
      if (operands[i] === 'S') need(value);
      else if (operands[i] === 'A' && value >= 0)
        for (let at = 0; at < lists[value]!; at++) need(lists[value + 2 + at * 3]!);
    }
  };

  const moduleRows = flowFunctions.rows === 0 ? 0 : flowFunctions.get(0, FlowFunctionColumn.operationCount);
  for (let row = 0; row < rows; row++) {
    const head = flow.get(row, 0);
    const op = head & 0xff;
    const isRoot =
      withoutDestination.has(op) ||
      (op === FlowOp.call && (row < moduleRows || ((head >> 8) & CallFlag.decorator) !== 0));
    if (isRoot) take(row);
  }
  for (let row = 0; row < flowFunctions.rows; row++) {
    need(flowFunctions.get(row, FlowFunctionColumn.returns));
    need(flowFunctions.get(row, FlowFunctionColumn.yields));
    const at = flowFunctions.get(row, FlowFunctionColumn.parameters);
    for (let i = 0; at >= 0 && i < lists[at]!; i++) need(lists[at + 4 + i * 4]!);
  }
  for (let row = 0; row < flowClasses.rows; row++) {
    need(flowClasses.get(row, FlowClassColumn.metaclass));
    const at = flowClasses.get(row, FlowClassColumn.bases);
    for (let i = 0; at >= 0 && i < lists[at]!; i++) need(lists[at + 1 + i]!);
  }
  for (let slot = work.pop(); slot !== undefined; slot = work.pop()) {
    for (let row = first[slot]!; row >= 0; row = next[row]!) take(row);
  }
}
