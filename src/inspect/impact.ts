import type { AffectedSymbol, ImpactReport, ImpactTest, SymbolChoice } from '#model/inspection.ts';
import type { Snapshot, SymbolId, SymbolRecord } from '#model/snapshot.ts';
import type { EdgeKind, Provenance } from '#model/vocabulary.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { choiceOf } from './choose-symbol.ts';

/** Uses through which a change is felt by the user. */
const felt: readonly EdgeKind[] = [
  'calls',
  'instantiates',
  'inherits',
  'implements',
  'reads',
  'writes',
  'decorates',
  'types',
  'imports',
  'imports-types',
  'tests',
];

/** Everything that may feel a change of these symbols: users of users, up to a depth. */
export function impactOf(
  snapshot: Snapshot,
  changed: readonly SymbolRecord[],
  maximumDepth = Number.POSITIVE_INFINITY,
): ImpactReport {
  const distance = new Map<SymbolId, number>();
  const affected: AffectedSymbol[] = [];
  let frontier: SymbolId[] = [];
  const start = (id: SymbolId): void => {
    if (distance.has(id)) return;
    distance.set(id, 0);
    frontier.push(id);
  };
  for (const symbol of changed) {
    start(symbol.id);
    for (const member of descendants(snapshot, symbol)) start(member);
  }
  const starts = new Set(frontier);
  for (let depth = 1; frontier.length > 0 && depth <= maximumDepth; depth++) {
    const next: SymbolId[] = [];
    for (const id of frontier) {
      for (const edge of incoming(snapshot, id)) {
        const { user } = edge;
        if (distance.has(user)) continue;
        distance.set(user, depth);
        next.push(user);
        affected.push({
          symbol: choiceOf(snapshot.symbol(user)),
          distance: depth,
          through: snapshot.symbol(id).key,
          relation: edge.kind,
          line: edge.line,
          provenance: edge.provenance,
        });
      }
    }
    frontier = next;
  }
  const shown = affected.filter(({ symbol }) => !isAnonymous(snapshot, symbol));
  return {
    changed: changed.map(choiceOf),
    affected: shown,
    affectedFiles: [...new Set(affected.map(({ symbol }) => symbol.path))].sort(),
    tests: testsIn(snapshot, distance, starts),
    candidates: affected.filter(({ provenance }) => provenance === 'candidate').length,
  };
}

function isAnonymous(snapshot: Snapshot, { key }: SymbolChoice): boolean {
  return ((snapshot.symbolByKey(key)?.flags ?? 0) & SymbolFlag.anonymous) !== 0;
}

interface IncomingUse {
  readonly user: SymbolId;
  readonly kind: EdgeKind;
  readonly line: number;
  readonly provenance: Provenance;
}

/**
 * Who uses a symbol, dynamic dispatch included: a caller of the overridden method may run the overriding one, and what derives
 * from a method's class inherits its change.
 */
function* incoming(snapshot: Snapshot, id: SymbolId): Generator<IncomingUse> {
  for (const { source, kind, line, provenance } of snapshot.edgesTo(id, felt)) {
    if (provenance !== 'candidate') yield { user: source, kind, line, provenance };
  }
  for (const { target, kind, line, provenance } of snapshot.edgesFrom(id, ['overrides'])) {
    if (target < 0 || provenance === 'candidate') continue;
    for (const call of snapshot.edgesTo(target, ['calls']))
      if (call.provenance !== 'candidate')
        yield { user: call.source, kind, line: call.line || line, provenance: 'inferred' };
  }
}

function descendants(snapshot: Snapshot, symbol: SymbolRecord): SymbolId[] {
  const inside = new Set([symbol.id]);
  // Parents come before their children.
  for (const other of snapshot.symbolsOf(symbol.file))
    if (other.parent !== undefined && inside.has(other.parent)) inside.add(other.id);
  inside.delete(symbol.id);
  return [...inside];
}

function testsIn(
  snapshot: Snapshot,
  distance: ReadonlyMap<SymbolId, number>,
  starts: ReadonlySet<SymbolId>,
): ImpactTest[] {
  const files = new Map<string, { distance: number; symbols: Set<string>; cases: Set<string> }>();
  for (const [id, hops] of distance) {
    const symbol = snapshot.symbol(id);
    const file = snapshot.fileByPath(symbol.path);
    if (!file?.roles.includes('test')) continue;
    const entry = files.get(symbol.path) ?? {
      distance: hops,
      symbols: new Set<string>(),
      cases: new Set<string>(),
    };
    entry.distance = Math.min(entry.distance, hops);
    if (!starts.has(id) && (symbol.flags & SymbolFlag.anonymous) === 0 && symbol.qualifiedName !== '') {
      entry.symbols.add(symbol.qualifiedName);
      if ((symbol.flags & SymbolFlag.test) !== 0) entry.cases.add(symbol.qualifiedName);
    }
    files.set(symbol.path, entry);
  }
  return Array.from(files, ([path, entry]) => ({
    path,
    distance: entry.distance,
    // Where tests are marked as such, their helpers are no tests to run.
    symbols: [...(entry.cases.size > 0 ? entry.cases : entry.symbols)].sort(),
  })).sort((a, b) => a.distance - b.distance || (a.path < b.path ? -1 : 1));
}
