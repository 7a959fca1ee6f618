import { expect, test } from 'vitest';
import { TextIndex } from '#languages/text-index.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import {
  Binding,
  type FileFacts,
  PARAMETER_STRIDE,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import { mergeSymbols } from './merge-symbols.ts';
import { movePlaces } from './move-places.ts';

/** A module with one function on line 1, called there from column 5. */
function sample(name: string): FileFacts {
  const builder = new FactsBuilder('python', 'flow');
  builder.symbols.add(0, builder.string(''), -1, 0, 0, 0, 9, 1, 1, 1, 10, 1, 1, -1, -1, -1, 0, 0, -1, -1, -1, 0, -1);
  builder.symbols.add(9, builder.string(name), 0, 0, 0, 0, 3, 1, 1, 1, 4, 1, 2, -1, -1, -1, 0, 1, -1, -1, -1, 0, -1);
  builder.parameters.add(builder.string('p'), -1, -1, 0);
  builder.references.add(0, builder.string(name), 1, 5, 1, Binding.local, 1, -1, 0);
  builder.references.add(0, builder.string('open'), 1, 6, 0, Binding.imported, 0, 3, 0);
  builder.flow.add(FlowOp.iterate, 1, 2, 1, 5);
  builder.flow.add(FlowOp.iterate, 1, 2, 0, 0);
  return builder.finish();
}

test('places of symbols, references and operations move; bytes are counted in the new text; line 0 stays unknown', () => {
  const host = new TextIndex('é\n😀é0123456789\n');
  const facts = movePlaces(sample('f'), (line, column) => ({ line: line + 1, column: column + 3 }), host);
  const at = SYMBOL_STRIDE;
  expect([...facts.symbols.subarray(at + SymbolColumn.startByte, at + SymbolColumn.nameColumn + 1)]).toEqual([
    9, 12, 2, 4, 2, 7, 2, 5,
  ]);
  expect([...facts.symbols.subarray(SymbolColumn.startByte, SymbolColumn.endColumn + 1)]).toEqual([0, 20, 1, 1, 3, 1]);
  expect([facts.references[ReferenceColumn.line], facts.references[ReferenceColumn.column]]).toEqual([2, 8]);
  expect([...facts.flow.subarray(3, 5), ...facts.flow.subarray(FLOW_STRIDE + 3, FLOW_STRIDE + 5)]).toEqual([
    2, 8, 0, 0,
  ]);
});

test('merged symbols keep their names, nesting and local references under one module', () => {
  const merged = mergeSymbols(sample('f'), sample('g'));
  expect(merged.symbols.length / SYMBOL_STRIDE).toBe(3);
  const last = 2 * SYMBOL_STRIDE;
  expect(merged.strings[merged.symbols[last + SymbolColumn.name]!]).toBe('g');
  expect(merged.symbols[last + SymbolColumn.parent]).toBe(0);
  expect(merged.strings[merged.parameters[merged.symbols[last + SymbolColumn.parameters]! * PARAMETER_STRIDE]!]).toBe(
    'p',
  );
  const reference = merged.references.subarray(2 * REFERENCE_STRIDE, 3 * REFERENCE_STRIDE);
  expect(merged.strings[reference[ReferenceColumn.name]!]).toBe('g');
  expect([reference[ReferenceColumn.symbol], reference[ReferenceColumn.target]]).toEqual([2, 2]);
  // An import row of the other file means nothing here.
  const open = merged.references.subarray(3 * REFERENCE_STRIDE);
  expect([open[ReferenceColumn.binding], open[ReferenceColumn.target], open[ReferenceColumn.receiver]]).toEqual([
    Binding.open,
    -1,
    -1,
  ]);
});
