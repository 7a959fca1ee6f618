import { ReferenceColumn } from '#model/facts.ts';
import { edgeKindIndex } from '../edge-buffer.ts';
import { refOf, type SymbolRef } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { definitionOf } from './imported-files.ts';
import type { Resolution } from './resolution.ts';
import { superOf } from './supertypes.ts';
import type { TypedFile } from './typed-file.ts';

export interface SupertypeEdge {
  readonly source: SymbolRef;
  /** A name where the supertype lies outside of the tree. */
  readonly target: SymbolRef | string;
  readonly kind: number;
}

/** From a type to what it extends or implements; its symbol may stand in another file than the reference (Rust's `impl`). */
export function supertypeEdge(
  resolution: Resolution,
  file: TypedFile,
  at: number,
  implement: boolean,
): SupertypeEdge | undefined {
  const { references } = file.facts;
  const base = superOf(resolution, file, at);
  if (base?.kind !== 'external' && base?.kind !== 'instance') return undefined;
  const symbol = references[at + ReferenceColumn.symbol]!;
  const subject = references[at + ReferenceColumn.subject]!;
  let source: SymbolRef | undefined = refOf(file.number, symbol);
  if (subject >= 0) {
    const owner = evaluate(resolution, file, symbol, subject);
    source = owner?.kind === 'instance' ? definitionOf(resolution, owner.type) : undefined;
    if (source === undefined) return undefined;
  }
  if (base.kind === 'external') {
    return { source, target: base.name, kind: implement ? edgeKindIndex.implements : edgeKindIndex.inherits };
  }
  const target = definitionOf(resolution, base.type);
  if (target === undefined || target === source) return undefined;
  const isContract = (ref: SymbolRef): boolean =>
    resolution.kind(ref) === 'interface' || resolution.kind(ref) === 'trait';
  // An interface or trait among what a class extends is implemented, whatever the language's word for it.
  const asContract = implement || (isContract(target) && !isContract(source) && !file.dialect.structural);
  return { source, target, kind: asContract ? edgeKindIndex.implements : edgeKindIndex.inherits };
}
