import type { Snapshot, SymbolId, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import { joined } from './source-lines.ts';

const containers: ReadonlySet<SymbolKind> = new Set([
  'module',
  'namespace',
  'class',
  'interface',
  'trait',
  'enum',
  'struct',
  'union',
]);
const bodies: ReadonlySet<SymbolKind> = new Set(['function', 'method', 'constructor', 'property', 'macro']);

/** A field of more lines (a table, a long literal) is shown by its first ones. */
const FIELD_LINES = 4;

export function isContainer({ kind }: SymbolRecord): boolean {
  return containers.has(kind);
}

/**
 * A container's text with the bodies of what it holds left out: of each function, its decorators and its signature followed by
 * `…` stay. Undefined where that leaves nothing out.
 */
export function outlineOf(snapshot: Snapshot, symbol: SymbolRecord, lines: readonly string[]): string | undefined {
  const children = childrenByParent(snapshot, symbol);
  const out: string[] = [];
  let left = 0;

  const container = ({ id, startLine, endLine }: SymbolRecord): void => {
    let next = startLine;
    for (const child of children.get(id) ?? []) {
      if (child.startLine < next || child.endLine > endLine) continue;
      out.push(...lines.slice(next - 1, child.startLine - 1));
      next = child.endLine + 1;
      if (isContainer(child)) container(child);
      else if (bodies.has(child.kind)) body(child);
      else field(child);
    }
    out.push(...lines.slice(next - 1, endLine));
  };
  const body = (child: SymbolRecord): void => {
    if (child.endLine - child.startLine < 2) {
      out.push(...lines.slice(child.startLine - 1, child.endLine));
      return;
    }
    out.push(...lines.slice(child.startLine - 1, child.nameLine - 1));
    const indent = /^\s*/.exec(lines[child.nameLine - 1] ?? '')![0];
    out.push(`${indent}${child.signature ?? child.name} …`);
    left += child.endLine - child.nameLine;
  };
  const field = (child: SymbolRecord): void => {
    const shown = lines.slice(child.startLine - 1, child.endLine);
    if (shown.length <= FIELD_LINES) out.push(...shown);
    else {
      out.push(...shown.slice(0, FIELD_LINES - 1), `${/^\s*/.exec(shown[1]!)![0]}…`);
      left += shown.length - FIELD_LINES;
    }
  };

  container(symbol);
  return left === 0 ? undefined : joined(out);
}

/** Of the container and the containers in it, in the order of the text. */
function childrenByParent(snapshot: Snapshot, { id, file }: SymbolRecord): ReadonlyMap<SymbolId, SymbolRecord[]> {
  const inside = new Map<SymbolId, SymbolRecord[]>([[id, []]]);
  for (const symbol of snapshot.symbolsOf(file)) {
    const siblings = symbol.parent === undefined ? undefined : inside.get(symbol.parent);
    if (!siblings || (symbol.flags & SymbolFlag.anonymous) !== 0) continue;
    siblings.push(symbol);
    if (isContainer(symbol)) inside.set(symbol.id, []);
  }
  for (const list of inside.values()) list.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
  return inside;
}
