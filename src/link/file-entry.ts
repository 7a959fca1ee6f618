import { SymbolColumn, SYMBOL_STRIDE, type FileFacts } from '#model/facts.ts';
import { symbolKinds, type SymbolKind } from '#model/vocabulary.ts';
import type { FileRole } from '#model/source-file.ts';
import type { LanguageFamily } from './language-family.ts';
import type { ModuleTarget } from './modules/module-resolver.ts';

/** A file inside a linker: its facts and where its imports lead. */
export interface FileEntry {
  readonly number: number;
  readonly path: string;
  readonly roles: readonly FileRole[];
  readonly facts: FileFacts;
  readonly family: LanguageFamily;
  /** By import row. */
  targets: readonly ModuleTarget[];
  /** Row in `exports` by outward name; made on first use. */
  exportRows: ReadonlyMap<string, number> | undefined;
}

/** A set of kinds, to test a symbol's `kind` column against. */
function kindSet(...kinds: readonly SymbolKind[]): readonly boolean[] {
  return symbolKinds.map((kind) => kinds.includes(kind));
}

export const callableKinds = kindSet('function', 'method', 'constructor', 'macro');
export const classKinds = kindSet('class', 'interface', 'trait', 'enum', 'struct', 'union', 'type');
/** What a call can be made from: the rest passes it on to its parent. */
const callerKinds = kindSet('module', 'function', 'method', 'constructor');

const propertyKind = symbolKinds.indexOf('property');

/** The innermost symbol at or above `row` whose code runs as a function or as the module. */
export function callerOf(facts: FileFacts, row: number): number {
  let at = row;
  while (at > 0) {
    const kind = facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.kind]!;
    if (
      callerKinds[kind] ||
      (kind === propertyKind && facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.parameterCount]! > 0)
    )
      return at;
    at = facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!;
  }
  return 0;
}

export function symbolKind(facts: FileFacts, row: number): number {
  return facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.kind]!;
}
