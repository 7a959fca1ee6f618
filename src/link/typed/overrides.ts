import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { refOf, type SymbolRef } from './declarations.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';

/** From each method to the one of a supertype that it replaces or implements. */
export function overriddenBy(
  resolution: Resolution,
  file: TypedFile,
  add: (row: number, target: SymbolRef, line: number, column: number) => void,
): void {
  const { symbols } = file.facts;
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const ref = refOf(file.number, row);
    const kind = resolution.kind(ref);
    if ((kind !== 'method' && kind !== 'property') || resolution.hasFlag(ref, SymbolFlag.static)) continue;
    const name = resolution.text(ref, SymbolColumn.name);
    const holder = resolution.holderOf(ref);
    if (!holder || name === undefined) continue;
    const found = resolution.superMember(holder, name);
    if (!found || found.external || file.dialect.structural) continue;
    const arity = resolution.column(ref, SymbolColumn.parameterCount);
    const target = found.refs.find(
      (other) =>
        other !== ref &&
        resolution.column(other, SymbolColumn.parameterCount) === arity &&
        resolution.kind(other) === kind &&
        !resolution.hasFlag(other, SymbolFlag.static),
    );
    if (target === undefined) continue;
    add(
      row,
      target,
      symbols[row * SYMBOL_STRIDE + SymbolColumn.nameLine]!,
      symbols[row * SYMBOL_STRIDE + SymbolColumn.nameColumn]!,
    );
  }
}
