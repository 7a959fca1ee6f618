/**
 * The index as text in which equal indexes are equal: sorted by symbol key, without row numbers, times or history. The law
 * "incremental equals fresh" is checked on it.
 */
import type { FileFacts } from '#model/facts.ts';
import type { Snapshot } from '#model/snapshot.ts';

export function* canonicalDump(snapshot: Snapshot): Generator<string> {
  yield `revision ${snapshot.freshness.revision} ${snapshot.freshness.level} ${snapshot.freshness.partial ? 'partial' : 'complete'}`;
  for (const file of snapshot.files()) {
    yield `file ${file.path} ${file.language} ${file.roles.join(',')} ${file.level} ${file.partial} ${file.bytes} ${file.codeLines} ${file.commentLines} ${file.blankLines} ${file.hash}`;
    yield `facts ${factsLine(snapshot.facts(file.id))}`;
    const symbols = [...snapshot.symbolsOf(file.id)]
      .map((symbol) => ({ symbol, key: symbol.key }))
      .sort((a, b) => compare(a.key, b.key));
    for (const { symbol, key } of symbols) {
      const parent = symbol.parent === undefined ? '' : snapshot.symbol(symbol.parent).key;
      yield `symbol ${key} ${symbol.name} ${symbol.visibility} ${symbol.flags} ${symbol.startLine}-${symbol.endLine} ${parent}`;
      const edges = snapshot.edgesFrom(symbol.id).map((edge) => {
        const target = edge.external ?? snapshot.symbol(edge.target).key;
        return `  ${edge.kind} ${edge.provenance} ${target} ${edge.line}:${edge.column} ${edge.rivals}`;
      });
      yield* edges.sort(compare);
      const incoming = snapshot
        .edgesTo(symbol.id)
        .map((edge) => `  from ${edge.kind} ${snapshot.symbol(edge.source).key} ${edge.line}:${edge.column}`);
      yield* incoming.sort(compare);
    }
  }
  for (const { path, reason, detail } of [...snapshot.skipped()].sort(
    (a, b) => compare(a.path, b.path) || compare(a.reason, b.reason),
  )) {
    yield `skipped ${path} ${reason} ${detail ?? ''}`;
  }
  yield `unresolved ${snapshot.unresolvedCalls()}`;
}

function factsLine(facts: FileFacts): string {
  return `${facts.language} ${facts.interfaceHash} ${facts.symbols.length} ${facts.references.length} ${facts.imports.length}`;
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
