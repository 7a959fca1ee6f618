/** What search indexes: one chunk a function or method; classes and the module in the pieces that remain. */
import { SymbolColumn } from '#model/facts.ts';
import { chunkKinds } from '#model/vocabulary.ts';
import type { Declarations } from './declarations.ts';

const code = chunkKinds.indexOf('code');
const LONGEST = 100;

export function addChunks({ unit, measured }: Declarations): void {
  const { facts, index, text } = unit;
  const { symbols } = facts;
  const lastLine = Math.max(1, index.lineCount - (text.endsWith('\n') ? 1 : 0));
  const write = (symbol: number, from: number, to: number): void => {
    let first = from;
    let last = to;
    const isBlank = (line: number): boolean => text.slice(index.lineStarts[line - 1], index.lineStarts[line] ?? text.length).trim() === '';
    while (first <= last && isBlank(first)) first++;
    while (last >= first && isBlank(last)) last--;
    const title = facts.string(titleOf(symbol));
    for (let start = first; start <= last; start += LONGEST) {
      const end = Math.min(last, start + LONGEST - 1);
      const endOffset = index.lineStarts[end] ?? text.length;
      facts.chunks.add(code, symbol, index.byte(index.lineStarts[start - 1]!, start), index.byte(endOffset), start, end, title);
    }
  };
  const titleOf = (symbol: number): string => {
    const names: string[] = [];
    for (let row = symbol; row > 0; row = symbols.get(row, SymbolColumn.parent)) names.unshift(facts.strings[symbols.get(row, SymbolColumn.name)] ?? '');
    return names.join('.');
  };
  // Definitions in text order: what lies between them belongs to the class or module around.
  const open: { readonly symbol: number; readonly end: number; next: number }[] = [];
  const close = (line: number): void => {
    for (let top = open.at(-1); top && top.end < line; top = open.at(-1)) {
      open.pop();
      if (top.next <= top.end) write(top.symbol, top.next, top.end);
      const above = open.at(-1);
      if (above) above.next = Math.max(above.next, top.end + 1);
    }
  };
  let coveredUntil = 0;
  for (const { symbol, kind } of measured) {
    const start = kind === 'module' ? 1 : symbols.get(symbol, SymbolColumn.startLine);
    const end = kind === 'module' ? lastLine : symbols.get(symbol, SymbolColumn.endLine);
    if (start <= coveredUntil) continue;
    close(start);
    const above = open.at(-1);
    if (above && start > above.next) write(above.symbol, above.next, start - 1);
    if (above) above.next = start;
    if (kind === 'function') {
      write(symbol, start, end);
      coveredUntil = end;
      if (above) above.next = end + 1;
    } else open.push({ symbol, end, next: start });
  }
  close(Number.MAX_SAFE_INTEGER);
}
