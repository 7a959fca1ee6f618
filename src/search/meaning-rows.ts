/** The vectors of functions and types that people wrote for this project, for those who look at all of them. */
import type { SearchFilters } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { acceptor, kindName } from './document-kinds.ts';
import { hashText } from './hash-text.ts';
import type { SearchIndex } from './search-index.ts';

export interface MeaningRows {
  readonly count: number;
  readonly dimensions: number;
  /** Of unit length, as bytes, one after the other. */
  readonly values: Int8Array;
  /** Snapshot's numbers of the symbols, ascending. */
  readonly symbols: Int32Array;
  /** How many there are, before `limit`. */
  readonly total: number;
}

const kinds: ReadonlySet<string> = new Set([
  'function',
  'method',
  'class',
  'struct',
  'trait',
  'interface',
  'enum',
  'macro',
]);

/** What every type may have says how it is used and not what it is about. */
const special = /^(?:__\w+__|constructor|toString|hashCode|equals|inspect)$/;
const foreign = new Set(['vendored', 'generated', 'minified']);

/** At most `limit` of them, chosen by path and place so that an edit elsewhere changes nothing. */
export function meaningRows(
  snapshot: Snapshot,
  index: SearchIndex,
  filters: SearchFilters,
  limit: number,
): MeaningRows | undefined {
  const accepts = acceptor(index, filters);
  const files = snapshot.files();
  const found: { readonly symbol: number; readonly document: number; readonly order: number }[] = [];
  for (let document = 0; document < index.documentCount; document++) {
    if (index.file[document]! < 0 || index.isPiece(document) || !kinds.has(kindName(index, document))) continue;
    if (!accepts(document) || !index.vector(document)) continue;
    const file = files[index.file[document]!]!;
    if (special.test(index.name(document)) || file.roles.some((role) => foreign.has(role))) continue;
    const row = index.symbolRow(document);
    found.push({ symbol: file.firstSymbol + row, document, order: hashText(`${file.path}\0${row}`) });
  }
  if (found.length === 0) return undefined;
  const total = found.length;
  if (total > limit) found.sort((a, b) => a.order - b.order || a.symbol - b.symbol).splice(limit);
  found.sort((a, b) => a.symbol - b.symbol);
  const dimensions = index.vector(found[0]!.document)!.length;
  const values = new Int8Array(found.length * dimensions);
  found.forEach(({ document }, at) => values.set(index.vector(document)!, at * dimensions));
  return {
    count: found.length,
    dimensions,
    values,
    symbols: Int32Array.from(found, ({ symbol }) => symbol),
    total,
  };
}
