import { EXPRESSION_STRIDE, ExpressionOp } from '#model/declared-types.ts';
import { ReferenceColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { type Container, rowOf } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { inheritRows } from './file-indexes.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

/** Supertypes as written, in order, of all declarations of a type. */
export function findSupers(resolution: Resolution, type: Container): readonly Value[] {
  const found: Value[] = [];
  resolution.exists(type);
  for (const ref of type.declarations) {
    const file = resolution.file(ref);
    const row = rowOf(ref);
    for (const at of inheritRows(file, row)) {
      const value = superOf(resolution, file, at);
      if (value && !(value.kind === 'instance' && value.type === type)) found.push(value);
    }
    // A name for another type has that type's members.
    if (resolution.kind(ref) === 'type') {
      const aliased = resolution.text(ref, SymbolColumn.declaredType);
      const value =
        aliased === undefined
          ? undefined
          : resolution.typeNamed(file, resolution.column(ref, SymbolColumn.parent), aliased);
      if (value && !(value.kind === 'instance' && value.type === type)) found.push(value);
    }
  }
  resolution.stack.recorder.lookup(resolution.lookupKey(resolution.container('implements:'), type.name));
  for (const [file, at] of resolution.declarations.implementing(type.name)) {
    const subject = file.facts.references[at + ReferenceColumn.subject]!;
    const owner = evaluate(resolution, file, file.facts.references[at + ReferenceColumn.symbol]!, subject);
    if (owner?.kind !== 'instance' || owner.type !== type) continue;
    resolution.stack.recorder.visit(file.number);
    const value = superOf(resolution, file, at);
    if (value) found.push(value);
  }
  return found;
}

/** The type that an inherit or implement reference names. */
export function superOf(resolution: Resolution, file: TypedFile, at: number): Value | undefined {
  const { references, strings, expressions } = file.facts;
  const receiver = references[at + ReferenceColumn.receiver]!;
  const row = references[at + ReferenceColumn.symbol]!;
  let name = strings[references[at + ReferenceColumn.name]!]!;
  if (receiver >= 0) {
    const base = receiver * EXPRESSION_STRIDE;
    const op = expressions[base]!;
    if (op === ExpressionOp.type) name = strings[expressions[base + 1]!]!;
    else if (op === ExpressionOp.path) name = `${strings[expressions[base + 1]!]!}${file.dialect.separator}${name}`;
  }
  // The type's own parameters are known in its header, its members are not.
  const scope = file.facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.parent]!;
  const isOwn = references[at + ReferenceColumn.subject]! >= 0 || scope < 0;
  return resolution.typeNamed(file, isOwn ? row : scope, name, row);
}
