/** For hooks of languages whose declarations no table describes: parameters one by one, and symbols that several nodes make up. */
import { SymbolColumn } from '#model/facts.ts';
import type { ParameterKind } from '#model/vocabulary.ts';
import { typeText } from './declare-symbol.ts';
import type { Extraction } from './extraction.ts';

export interface ParameterPart {
  /** Its text is the parameter's name. */
  readonly node: number;
  /** Leaf that is bound in the body, if the name is more than a leaf. */
  readonly binding?: number;
  readonly type?: number;
  readonly default?: number;
  readonly kind?: ParameterKind;
}

/** Sets a symbol's parameters and binds them in the scope that is open. */
export function setParameters(x: Extraction, symbol: number, parts: readonly ParameterPart[]): void {
  const first = x.facts.parameters.rows;
  for (const part of parts) {
    const { start, end } = x.tree;
    const text = (node: number | undefined): number =>
      node === undefined || node < 0 ? -1 : x.facts.string(x.oneLine(start[node]!, end[node]!, 120));
    x.parameter(
      text(part.node),
      part.type === undefined ? -1 : typeText(x, part.type),
      text(part.default),
      part.kind ?? 'positional',
    );
  }
  x.facts.symbols.set(symbol, SymbolColumn.parameters, first);
  x.facts.symbols.set(symbol, SymbolColumn.parameterCount, x.facts.parameters.rows - first);
  for (const part of parts) {
    const leaf = part.binding ?? part.node;
    if (leaf >= 0 && x.isLeaf(leaf)) x.local(leaf, part.type === undefined ? -1 : typeText(x, part.type));
  }
}

/** Binds every leaf of the types below a pattern as a local variable. */
export function bindLeaves(x: Extraction, pattern: number, ...types: readonly string[]): void {
  if (pattern < 0) return;
  for (let at = pattern; at < x.tree.subtreeEnd[pattern]!; at++)
    if (x.isLeaf(at) && types.includes(x.typeName(at))) x.local(at, -1);
}

/** The symbol goes on to the end of this node: another clause of the same function. */
export function extendSymbol(x: Extraction, symbol: number, node: number): void {
  const end = x.tree.end[node]!;
  const line = x.index.line(end);
  x.facts.symbols.set(symbol, SymbolColumn.endByte, x.index.byte(end, line));
  x.facts.symbols.set(symbol, SymbolColumn.endLine, line);
  x.facts.symbols.set(symbol, SymbolColumn.endColumn, x.index.column(end, line));
}

/** All named children, comments left out. */
export function namedChildren(x: Extraction, node: number): readonly number[] {
  const children: number[] = [];
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at))
    if (!x.spec.isComment[x.tree.type[at]!]) children.push(at);
  return children;
}

/** Children in that field. */
export function childrenIn(x: Extraction, node: number, field: string): readonly number[] {
  return namedChildren(x, node).filter((child) => x.fieldIs(child, field));
}

/** Inside a function or method, where variables are locals. */
export function inFunction(x: Extraction): boolean {
  return /^(?:function|method|constructor|macro)$/.test(x.kindOf(x.symbol));
}
