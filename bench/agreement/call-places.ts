/** Calls of an indexed tree by the place of the called name: what the file says, and where Trowel's edges lead. */
import { configOf } from '../../src/config/schema.ts';
import { REFERENCE_STRIDE, ReferenceColumn } from '../../src/model/facts.ts';
import type { EdgeRecord, Snapshot, SymbolRecord } from '../../src/model/snapshot.ts';
import { referenceRoles } from '../../src/model/vocabulary.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import type { Place } from './oracle.ts';

export interface CallPlace extends Place {
  readonly name: string;
  readonly edges: readonly EdgeRecord[];
}

export interface CallPlaces {
  readonly calls: ReadonlyMap<string, CallPlace>;
  /** Symbols by the place of their names. */
  readonly symbolsAt: ReadonlyMap<string, SymbolRecord>;
  symbol(id: number): SymbolRecord;
  close(): void;
}

export function placeKey({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

export async function openCallPlaces(root: string, dataFolder: string): Promise<CallPlaces> {
  const values = configOf({ scan: {}, search: {}, parse: { workers: 1 }, history: {}, check: {} });
  const { snapshot } = await openWorkspace({
    path: root,
    workingFolder: root,
    dataFolder,
    environment: {},
    configFor: () => values,
    patience: Infinity,
  });
  const edges = new Map<string, EdgeRecord[]>();
  const symbolsAt = new Map<string, SymbolRecord>();
  for (let id = 0; id < snapshot.symbolCount; id++) {
    const symbol = snapshot.symbol(id);
    if (symbol.parent !== undefined)
      symbolsAt.set(placeKey({ file: symbol.path, line: symbol.nameLine, column: symbol.nameColumn }), symbol);
    for (const edge of snapshot.edgesFrom(id, ['calls', 'instantiates'])) {
      const key = placeKey({ file: symbol.path, line: edge.line, column: edge.column });
      const list = edges.get(key);
      if (list) list.push(edge);
      else edges.set(key, [edge]);
    }
  }
  const calls = new Map<string, CallPlace>();
  for (const file of snapshot.files())
    for (const call of callReferences(snapshot, file.id, file.path))
      calls.set(placeKey(call), { ...call, edges: edges.get(placeKey(call)) ?? [] });
  return { calls, symbolsAt, symbol: (id) => snapshot.symbol(id), close: () => snapshot.close() };
}

function* callReferences(snapshot: Snapshot, file: number, path: string): Generator<Place & { readonly name: string }> {
  const facts = snapshot.facts(file);
  for (let at = 0; at < facts.references.length; at += REFERENCE_STRIDE) {
    const role = referenceRoles[facts.references[at + ReferenceColumn.role]!];
    if (role !== 'call' && role !== 'instantiate') continue;
    yield {
      file: path,
      line: facts.references[at + ReferenceColumn.line]!,
      column: facts.references[at + ReferenceColumn.column]!,
      name: facts.strings[facts.references[at + ReferenceColumn.name]!] ?? '',
    };
  }
}
