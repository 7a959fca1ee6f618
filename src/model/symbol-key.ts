import type { FileFacts } from './facts.ts';
import { SYMBOL_STRIDE, SymbolColumn } from './facts.ts';
import type { SymbolKey } from './graph.ts';
import { SymbolFlag, symbolKinds } from './vocabulary.ts';

/** The name under which an anonymous function stands in a key. */
const ANONYMOUS = 'λ';

/** What the keys of a file's symbols are made of, row by row; parents before their children. */
export interface KeyedRow {
  /** ANONYMOUS for an unnamed one. */
  readonly name: string;
  readonly kind: number;
  /** Row of the parent, −1 for the module. */
  readonly parent: number;
  /** The type that the symbol belongs to, where it is declared outside that type's body; it nests like a parent. */
  readonly owner: string | undefined;
}

/** The keys of a file's symbols without the path, by row: `Model.save:method`, `:module`, `visit:function~2`. */
export function localKeys(rows: readonly KeyedRow[]): string[] {
  const nesting: string[] = [];
  const seen = new Map<string, number>();
  return rows.map(({ name, kind, parent, owner }, row) => {
    nesting.push(row === 0 ? '' : nestedName(parent > 0 ? nesting[parent] : undefined, owner, name));
    const key = `${nesting[row]}:${symbolKinds[kind]}`;
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return ordinal === 1 ? key : `${key}~${ordinal}`;
  });
}

/** `Model.save`: what surrounds a symbol and the type that it belongs to, if any, then its own name. */
export function nestedName(outer: string | undefined, owner: string | undefined, name: string): string {
  return [outer, owner?.replace(/::|\\/g, '.'), name].filter(Boolean).join('.');
}

export function keyedRows(facts: FileFacts): KeyedRow[] {
  const rows: KeyedRow[] = [];
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    const anonymous = (facts.symbols[at + SymbolColumn.flags]! & SymbolFlag.anonymous) !== 0;
    rows.push({
      name: anonymous ? ANONYMOUS : textAt(facts, at + SymbolColumn.name),
      kind: facts.symbols[at + SymbolColumn.kind]!,
      parent: at === 0 ? -1 : facts.symbols[at + SymbolColumn.parent]!,
      owner: textAt(facts, at + SymbolColumn.owner) || undefined,
    });
  }
  return rows;
}

/** Path and the rest, for every place where the key may part: paths and names (`Reader.#line`) may hold a `#` too. */
export function* symbolKeyParts(key: SymbolKey): Generator<{ readonly path: string; readonly local: string }> {
  for (let hash = key.indexOf('#'); hash >= 0; hash = key.indexOf('#', hash + 1))
    yield { path: key.slice(0, hash), local: key.slice(hash + 1) };
}

function textAt(facts: FileFacts, at: number): string {
  const text = facts.symbols[at]!;
  return text < 0 ? '' : (facts.strings[text] ?? '');
}
