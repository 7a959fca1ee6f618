import type { Relation, SymbolDescription } from '#model/inspection.ts';
import { halstead, maintainabilityIndex } from '#model/derived-metrics.ts';
import type { EdgeRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import type { EdgeKind, Provenance } from '#model/vocabulary.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { choiceOf } from './choose-symbol.ts';

const calls: readonly EdgeKind[] = ['calls', 'instantiates', 'decorates'];
const uses: readonly EdgeKind[] = ['reads', 'writes', 'types', 'imports', 'imports-types'];

/** All that the index knows of one symbol. A class is called through its constructors, and its callers are counted so. */
export function describeSymbol(snapshot: Snapshot, symbol: SymbolRecord): SymbolDescription {
  const members = snapshot.members(symbol.id).filter(({ flags }) => (flags & SymbolFlag.anonymous) === 0);
  const callers = relations(snapshot, snapshot.edgesTo(symbol.id, calls), 'source');
  const callees = relations(snapshot, snapshot.edgesFrom(symbol.id, calls), 'target');
  const distinct = (list: readonly Relation[]): number =>
    new Set(
      list
        .filter(({ provenance }) => provenance !== 'candidate')
        .map((relation) => relation.symbol?.key ?? relation.external),
    ).size;
  return {
    symbol: choiceOf(symbol),
    endLine: symbol.endLine,
    visibility: symbol.visibility,
    traits: traits(symbol.flags),
    decorators: symbol.decorators,
    parameters: symbol.parameters,
    returnType: symbol.returnType,
    documentation: symbol.documentation,
    source: sourceOf(snapshot, symbol),
    container: symbol.parent === undefined ? undefined : choiceOf(snapshot.symbol(symbol.parent)),
    members: members.map(choiceOf),
    callers,
    callees,
    bases: relations(snapshot, snapshot.edgesFrom(symbol.id, ['inherits', 'implements']), 'target'),
    derived: relations(snapshot, snapshot.edgesTo(symbol.id, ['inherits', 'implements']), 'source'),
    overrides: relations(snapshot, snapshot.edgesFrom(symbol.id, ['overrides']), 'target'),
    overriddenBy: relations(snapshot, snapshot.edgesTo(symbol.id, ['overrides']), 'source'),
    usedBy: relations(snapshot, snapshot.edgesTo(symbol.id, uses), 'source'),
    tests: relations(snapshot, snapshot.edgesTo(symbol.id, ['tests']), 'source'),
    metrics: symbol.metrics && {
      ...symbol.metrics,
      fanIn: distinct(callers),
      fanOut: distinct(callees),
      parameters: symbol.parameters.length,
      halstead: halstead(symbol.metrics),
      maintainability: maintainabilityIndex(symbol.metrics),
    },
  };
}

function relations(snapshot: Snapshot, edges: readonly EdgeRecord[], end: 'source' | 'target'): Relation[] {
  const grouped = Map.groupBy(
    edges,
    (edge) => `${edge[end]}\0${edge.external ?? ''}\0${edge.kind}\0${edge.provenance}`,
  );
  const order: readonly Provenance[] = ['exact', 'inferred', 'external', 'candidate'];
  return Array.from(grouped.values(), (group): Relation => {
    const edge = group[0]!;
    return {
      symbol: edge[end] < 0 ? undefined : choiceOf(snapshot.symbol(edge[end])),
      external: edge.external,
      kind: edge.kind,
      provenance: edge.provenance,
      rivals: edge.rivals,
      lines: [...new Set(group.map(({ line }) => line))].sort((a, b) => a - b),
    };
  }).sort((a, b) => order.indexOf(a.provenance) - order.indexOf(b.provenance) || (name(a) < name(b) ? -1 : 1));
}

function name({ symbol, external }: Relation): string {
  return symbol?.key ?? external ?? '';
}

function traits(flags: number): string[] {
  const named: readonly (readonly [number, string])[] = [
    [SymbolFlag.exported, 'exported'],
    [SymbolFlag.async, 'async'],
    [SymbolFlag.static, 'static'],
    [SymbolFlag.classmethod, 'classmethod'],
    [SymbolFlag.abstract, 'abstract'],
    [SymbolFlag.generator, 'generator'],
    [SymbolFlag.getter, 'getter'],
    [SymbolFlag.setter, 'setter'],
    [SymbolFlag.readonly, 'readonly'],
    [SymbolFlag.final, 'final'],
    [SymbolFlag.override, 'override'],
    [SymbolFlag.deprecated, 'deprecated'],
    [SymbolFlag.declaration, 'declaration only'],
    [SymbolFlag.test, 'test'],
  ];
  return named.filter(([bit]) => (flags & bit) !== 0).map(([, text]) => text);
}

function sourceOf(snapshot: Snapshot, symbol: SymbolRecord): string | undefined {
  const lines = snapshot.text(symbol.file)?.split(/\r\n|\n|\r/);
  return lines?.slice(symbol.startLine - 1, symbol.endLine).join('\n');
}
