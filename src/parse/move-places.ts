import type { TextIndex } from '#languages/text-index.ts';
import { LOCAL_STRIDE, LocalColumn } from '#model/declared-types.ts';
import {
  type FileFacts,
  IMPORT_STRIDE,
  ImportColumn,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import { FLOW_STRIDE, flowOperands } from '#model/flow.ts';

export type MovePlace = (line: number, column: number) => { readonly line: number; readonly column: number };

/** The same facts with every place moved; byte offsets are counted in `host`, the text that the new places refer to. */
export function movePlaces(facts: FileFacts, move: MovePlace, host: TextIndex): FileFacts {
  const symbols = facts.symbols.slice();
  const references = facts.references.slice();
  const imports = facts.imports.slice();
  const locals = facts.locals.slice();
  const flow = facts.flow.slice();
  const shift = (table: Int32Array, lineAt: number, columnAt: number): void => {
    if (table[lineAt]! < 1) return;
    const { line, column } = move(table[lineAt]!, table[columnAt]!);
    table[lineAt] = line;
    table[columnAt] = column;
  };
  for (let at = 0; at < symbols.length; at += SYMBOL_STRIDE) {
    shift(symbols, at + SymbolColumn.startLine, at + SymbolColumn.startColumn);
    shift(symbols, at + SymbolColumn.endLine, at + SymbolColumn.endColumn);
    shift(symbols, at + SymbolColumn.nameLine, at + SymbolColumn.nameColumn);
    symbols[at + SymbolColumn.startByte] = byteOf(
      host,
      symbols[at + SymbolColumn.startLine]!,
      symbols[at + SymbolColumn.startColumn]!,
    );
    symbols[at + SymbolColumn.endByte] = byteOf(
      host,
      symbols[at + SymbolColumn.endLine]!,
      symbols[at + SymbolColumn.endColumn]!,
    );
  }
  // Row 0 is the whole file, whatever part of it was given.
  if (symbols.length > 0) {
    const last = host.lineCount;
    symbols.set(
      [0, host.byte(host.text.length, last), 1, 1, last, host.column(host.text.length, last)],
      SymbolColumn.startByte,
    );
  }
  for (let at = 0; at < references.length; at += REFERENCE_STRIDE)
    shift(references, at + ReferenceColumn.line, at + ReferenceColumn.column);
  for (let at = 0; at < imports.length; at += IMPORT_STRIDE)
    shift(imports, at + ImportColumn.line, at + ImportColumn.column);
  for (let at = 0; at < locals.length; at += LOCAL_STRIDE) {
    for (const end of [at + LocalColumn.startLine, at + LocalColumn.endLine])
      if (locals[end]! > 0) locals[end] = move(locals[end]!, 1).line;
  }
  for (let at = 0; at < flow.length; at += FLOW_STRIDE) {
    const place = flowOperands[flow[at]! & 0xff]?.indexOf('PP') ?? -1;
    if (place >= 0) shift(flow, at + 1 + place, at + 2 + place);
  }
  return { ...facts, symbols, references, imports, locals, flow };
}

function byteOf(index: TextIndex, line: number, column: number): number {
  const start = index.lineStarts[line - 1] ?? index.text.length;
  return index.byte(Math.min(start + column - 1, index.text.length), Math.min(line, index.lineCount));
}
