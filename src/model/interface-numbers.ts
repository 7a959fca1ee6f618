/** The interface slice's own numbering of slots and rows: equal for files with equal interfaces, whatever their bodies hold. */
import type { FileFacts } from './facts.ts';
import {
  FLOW_CLASS_STRIDE,
  FLOW_FUNCTION_STRIDE,
  FLOW_STRIDE,
  FlowClassColumn,
  FlowFlag,
  FlowFunctionColumn,
  flowOperands,
} from './flow.ts';

export interface InterfaceNumbers {
  /** By slot: its number, −1 outside the interface. */
  readonly numbers: Int32Array;
  /** By number: the slot. */
  readonly slots: readonly number[];
  /** By flow row: its place among the rows of the interface, −1 outside. */
  readonly ordinals: Int32Array;
}

/** Visits the slots of the interface in the order in which the interface hash does. */
function visitInterfaceSlots(
  facts: Pick<FileFacts, 'flow' | 'flowFunctions' | 'flowClasses' | 'flowLists'>,
  slot: (slot: number) => void,
): void {
  const { flow, flowFunctions, flowClasses, flowLists } = facts;
  for (let at = 0; at < flowFunctions.length; at += FLOW_FUNCTION_STRIDE) {
    for (const column of [FlowFunctionColumn.receiver, FlowFunctionColumn.returns, FlowFunctionColumn.yields])
      slot(flowFunctions[at + column]!);
    const first = flowFunctions[at + FlowFunctionColumn.parameters]!;
    const count = first < 0 ? 0 : flowLists[first]!;
    for (let row = first + 1; row < first + 1 + count * 4; row += 4) {
      slot(flowLists[row + 1]!);
      slot(flowLists[row + 3]!);
    }
  }
  for (let at = 0; at < flowClasses.length; at += FLOW_CLASS_STRIDE) {
    slot(flowClasses[at + FlowClassColumn.slot]!);
    slot(flowClasses[at + FlowClassColumn.metaclass]!);
    const first = flowClasses[at + FlowClassColumn.bases]!;
    for (let i = 0; i < (first < 0 ? 0 : flowLists[first]!); i++) slot(flowLists[first + 1 + i]!);
  }
  for (let at = 0; at < flow.length; at += FLOW_STRIDE) {
    if (((flow[at]! >> 8) & FlowFlag.interface) === 0) continue;
    const operands = flowOperands[flow[at]! & 0xff] ?? '';
    for (let i = 0; i < operands.length; i++) {
      const value = flow[at + 1 + i]!;
      if (operands[i] === 'S') slot(value);
      else if (operands[i] === 'A') {
        const count = value < 0 ? 0 : flowLists[value]!;
        for (let argument = value + 1; argument < value + 1 + count * 3; argument += 3) slot(flowLists[argument + 1]!);
      }
    }
  }
}

export function numberInterface(facts: FileFacts): InterfaceNumbers {
  const numbers = new Int32Array(facts.flowSlots).fill(-1);
  const slots: number[] = [];
  visitInterfaceSlots(facts, (slot) => {
    if (slot < 0 || numbers[slot] !== -1) return;
    numbers[slot] = slots.length;
    slots.push(slot);
  });
  const ordinals = new Int32Array(facts.flow.length / FLOW_STRIDE).fill(-1);
  let count = 0;
  for (let row = 0; row < ordinals.length; row++)
    if (((facts.flow[row * FLOW_STRIDE]! >> 8) & FlowFlag.interface) !== 0) ordinals[row] = count++;
  return { numbers, slots, ordinals };
}
