import type { EdgeRecord, FileRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { GraphSelection } from './graph-format.ts';

export interface GraphNode {
  /** Stable across runs: a symbol's key or a file's path. */
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly language: string;
  readonly path: string;
  readonly line: number;
  readonly codeLines: number | undefined;
  readonly exported: boolean;
}

export interface GraphEdge {
  readonly source: string;
  readonly target: string;
  readonly kind: string;
  readonly provenance: string;
  /** Line of the use; 0 for folded edges. */
  readonly line: number;
  /** Number of edges folded into this one. */
  readonly weight: number;
}

export function selectedFiles(snapshot: Snapshot, { folder }: GraphSelection): readonly FileRecord[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  return snapshot.files().filter(({ path }) => folder === '' || path === folder || path.startsWith(prefix));
}

export function* selectedNodes(snapshot: Snapshot, selection: GraphSelection): Generator<GraphNode> {
  for (const file of selectedFiles(snapshot, selection)) {
    if (selection.level === 'files') {
      yield {
        id: file.path,
        label: file.path,
        kind: 'file',
        language: file.language,
        path: file.path,
        line: 1,
        codeLines: file.codeLines,
        exported: false,
      };
      continue;
    }
    for (const symbol of snapshot.symbolsOf(file.id)) yield nodeOf(symbol, file.language);
  }
}

function nodeOf(symbol: SymbolRecord, language: string): GraphNode {
  return {
    id: symbol.key,
    label: symbol.qualifiedName || symbol.path,
    kind: symbol.kind,
    language,
    path: symbol.path,
    line: symbol.startLine,
    codeLines: symbol.metrics?.codeLines,
    exported: (symbol.flags & SymbolFlag.exported) !== 0,
  };
}

/** Edges whose ends both lie in the selection; containment comes from the symbols' nesting. */
export function* selectedEdges(snapshot: Snapshot, selection: GraphSelection): Generator<GraphEdge> {
  const files = new Set(selectedFiles(snapshot, selection).map(({ id }) => id));
  const folded = new Map<string, GraphEdge>();
  const kinds = new Set(selection.kinds);
  const linked = selection.kinds.filter((kind) => kind !== 'contains');
  for (const id of files) {
    for (const symbol of snapshot.symbolsOf(id)) {
      if (kinds.has('contains') && selection.level === 'symbols' && symbol.parent !== undefined) {
        yield {
          source: snapshot.symbol(symbol.parent).key,
          target: symbol.key,
          kind: 'contains',
          provenance: 'exact',
          line: symbol.startLine,
          weight: 1,
        };
      }
      for (const edge of snapshot.edgesFrom(symbol.id, linked)) {
        if (edge.target < 0 || (edge.provenance === 'candidate' && !selection.candidates)) continue;
        const target = snapshot.symbol(edge.target);
        if (!files.has(target.file)) continue;
        if (selection.level === 'symbols')
          yield {
            source: symbol.key,
            target: target.key,
            kind: edge.kind,
            provenance: edge.provenance,
            line: edge.line,
            weight: 1,
          };
        else if (target.file !== symbol.file) fold(folded, symbol, target, edge);
      }
    }
  }
  yield* folded.values();
}

function fold(folded: Map<string, GraphEdge>, source: SymbolRecord, target: SymbolRecord, edge: EdgeRecord): void {
  const key = `${source.path}\0${target.path}\0${edge.kind}\0${edge.provenance}`;
  const known = folded.get(key);
  folded.set(key, {
    source: source.path,
    target: target.path,
    kind: edge.kind,
    provenance: edge.provenance,
    line: 0,
    weight: (known?.weight ?? 0) + 1,
  });
}
