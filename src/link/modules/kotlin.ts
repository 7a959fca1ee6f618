import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { SymbolRef } from '../typed/declarations.ts';
import type { Dialect } from '../typed/dialect.ts';
import { settled } from '../typed/evaluate.ts';
import { importRow, importRows } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';
import { javaDialect, jvmImportTarget, jvmOuterName } from './java.ts';

/** What every file sees of kotlin.*, by name. */
const builtins = new Set(
  (
    'Any Array Boolean Byte Char CharSequence Comparable Double Enum Float Int Iterable Iterator List Long Map MutableList MutableMap MutableSet Nothing Number Pair Set Short String ' +
    'Throwable Triple Unit Collection MutableCollection Sequence Regex StringBuilder Exception RuntimeException IllegalArgumentException IllegalStateException Error Lazy Result ' +
    'arrayOf assert check checkNotNull emptyList emptyMap emptySet error lazy listOf mapOf mutableListOf mutableMapOf mutableSetOf print println repeat require requireNotNull run ' +
    'sequenceOf setOf synchronized to use with apply also let takeIf TODO buildString buildList intArrayOf'
  ).split(' '),
);

/** Extensions of types outside of the tree, visible by import or package. */
function extension(
  resolution: Resolution,
  file: TypedFile,
  _row: number,
  object: Value,
  name: string,
): Value | undefined {
  const known = settled(resolution, object);
  if (known?.kind !== 'external' && known?.kind !== 'array') return undefined;
  const last =
    known.kind === 'array'
      ? 'Array'
      : known.name.slice(Math.max(known.name.lastIndexOf('.'), known.name.lastIndexOf('#')) + 1);
  const imported = new Set(
    importRows(file).flatMap((row) => {
      const { kind, specifier, name: member, alias } = importRow(file, row);
      if (kind === 'star') return [`jvm:${specifier}`];
      return (alias ?? member) === name ? [`jvm:${specifier}`] : [];
    }),
  );
  const fitting: SymbolRef[] = [];
  for (const ref of resolution.direct(resolution.container('extensions:'), name)) {
    const other = resolution.file(ref);
    if (other.packageKey !== file.packageKey && !imported.has(other.packageKey)) continue;
    const owner = resolution.text(ref, SymbolColumn.owner) ?? '';
    if (owner.slice(owner.lastIndexOf('.') + 1) === last) fitting.push(ref);
  }
  return fitting.length > 0 ? { kind: 'callable', refs: fitting, receiver: known } : undefined;
}

function indexed(file: TypedFile): readonly (readonly [string, string, number])[] {
  const { symbols, strings } = file.facts;
  const found: [string, string, number][] = [];
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    if (symbols[row * SYMBOL_STRIDE + SymbolColumn.owner]! >= 0)
      found.push(['extensions:', strings[symbols[row * SYMBOL_STRIDE + SymbolColumn.name]!]!, row]);
  }
  return found;
}

export const kotlinDialect: Dialect = {
  ...javaDialect,
  language: 'kotlin',
  callsConstruct: true,
  overloadsInherit: true,
  importTarget: jvmImportTarget,
  outerName: (resolution, file, _row, name, wanted) => jvmOuterName(resolution, file, name, wanted, builtins, 'kotlin'),
  extension,
  indexed,
};
