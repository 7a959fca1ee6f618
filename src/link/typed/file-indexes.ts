/** Indexes over one file's tables, made on first use and kept while the file stays as it is. */
import { LOCAL_STRIDE, LocalColumn } from '#model/declared-types.ts';
import { REFERENCE_STRIDE, ReferenceColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { referenceRoles, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';
import type { TypedFile } from './typed-file.ts';

const inheritRole = referenceRoles.indexOf('inherit');
const implementRole = referenceRoles.indexOf('implement');
const kindIndex = (kind: SymbolKind): number => symbolKinds.indexOf(kind);
/** Kinds of symbols that are types. */
export const typeKinds = new Set(
  (['class', 'interface', 'trait', 'enum', 'struct', 'union', 'type'] as const).map(kindIndex),
);
const none: readonly number[] = [];

const inheritIndex = new WeakMap<TypedFile, ReadonlyMap<number, readonly number[]>>();

/** Offsets in `references` of what a symbol inherits and implements. */
export function inheritRows(file: TypedFile, row: number): readonly number[] {
  let index = inheritIndex.get(file);
  if (!index) {
    const made = new Map<number, number[]>();
    const { references } = file.facts;
    for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
      const role = references[at + ReferenceColumn.role];
      if ((role !== inheritRole && role !== implementRole) || references[at + ReferenceColumn.subject]! >= 0) continue;
      const symbol = references[at + ReferenceColumn.symbol]!;
      const list = made.get(symbol);
      if (list) list.push(at);
      else made.set(symbol, [at]);
    }
    inheritIndex.set(file, (index = made));
  }
  return index.get(row) ?? none;
}

const initializerIndex = new WeakMap<TypedFile, readonly number[]>();

/** Offsets in `locals` of the rows that tell initial values. */
export function initializersOf(file: TypedFile): readonly number[] {
  let rows = initializerIndex.get(file);
  if (!rows) {
    const made: number[] = [];
    const { locals } = file.facts;
    for (let at = 0; at < locals.length; at += LOCAL_STRIDE)
      if (locals[at + LocalColumn.startLine] === 0) made.push(at);
    initializerIndex.set(file, (rows = made));
  }
  return rows;
}

interface TypeParameter {
  readonly index: number;
  readonly bound: string | undefined;
}

const parameterIndex = new WeakMap<TypedFile, ReadonlyMap<string, readonly number[]>>();

/** The type parameter of that name in scope at the row. */
export function typeParameter(file: TypedFile, row: number, name: string): TypeParameter | undefined {
  const { locals, strings, symbols } = file.facts;
  let index = parameterIndex.get(file);
  if (!index) {
    const made = new Map<string, number[]>();
    for (let at = 0; at < locals.length; at += LOCAL_STRIDE) {
      if (locals[at + LocalColumn.position] !== -1) continue;
      const text = strings[locals[at + LocalColumn.name]!]!;
      const list = made.get(text);
      if (list) list.push(at);
      else made.set(text, [at]);
    }
    parameterIndex.set(file, (index = made));
  }
  const rows = index.get(name);
  if (!rows) return undefined;
  const line = symbols[row * SYMBOL_STRIDE + SymbolColumn.startLine]!;
  for (const at of rows) {
    const owner = locals[at + LocalColumn.symbol]!;
    let inside = false;
    for (let up = row; up >= 0 && !inside; up = symbols[up * SYMBOL_STRIDE + SymbolColumn.parent]!)
      inside = up === owner;
    if (!inside || line < locals[at + LocalColumn.startLine]! - 1 || line > locals[at + LocalColumn.endLine]!) continue;
    let position = 0;
    for (
      let before = at - LOCAL_STRIDE;
      before >= 0 && locals[before + LocalColumn.symbol] === owner && locals[before + LocalColumn.position] === -1;
      before -= LOCAL_STRIDE
    )
      position++;
    const isType = typeKinds.has(symbols[owner * SYMBOL_STRIDE + SymbolColumn.kind]!);
    return { index: isType ? position : -1, bound: strings[locals[at + LocalColumn.type]!] };
  }
  return undefined;
}
