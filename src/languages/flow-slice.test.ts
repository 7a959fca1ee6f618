import { describe, expect, it } from 'vitest';
import { FactsBuilder } from '#model/facts-builder.ts';
import { FlowFlag, FlowOp } from '#model/flow.ts';
import { markInterfaceSlice } from './flow-slice.ts';

describe('markInterfaceSlice', () => {
  it('keeps what feeds an export or a result and leaves the rest', () => {
    const facts = new FactsBuilder('python', 'flow');
    const empty = facts.flowLists.list([0]);
    facts.flowSlots = 8;
    facts.flow.add(FlowOp.function, 0, 1);
    facts.flow.add(FlowOp.copy, 1, 0);
    facts.flow.add(FlowOp.export, facts.string('f'), 1);
    // The function's own rows: a parameter that is returned, and a local that goes nowhere.
    facts.flow.add(FlowOp.copy, 4, 3);
    facts.flow.add(FlowOp.global, 5, facts.string('print'));
    facts.flow.add(FlowOp.call, 6, 5, -1, empty, -1);
    facts.flowFunctions.add(0, -1, -1, 0, -1, -1, -1, empty, 0, 3, -1);
    facts.flowFunctions.add(1, 0, -1, 0, -1, 4, -1, facts.flowLists.list([1, 0, 3, facts.string('x'), -1]), 3, 3, -1);
    markInterfaceSlice(facts);
    const marked = Array.from({ length: 6 }, (_, row) => ((facts.flow.get(row, 0) >> 8) & FlowFlag.interface) !== 0);
    expect(marked).toEqual([true, true, true, true, false, false]);
  });
});
