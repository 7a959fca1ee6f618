/** What a summary is made from: facts of one piece of code, nothing of the rest of the repository. */
import { REFERENCE_STRIDE, ReferenceColumn } from '#model/facts.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { referenceRoles, SymbolFlag } from '#model/vocabulary.ts';

export interface SummarySubject {
  readonly kind: string;
  readonly name: string;
  readonly documentation: string | undefined;
  readonly parameters: readonly string[];
  readonly returnType: string | undefined;
  readonly bases: readonly string[];
  /** Public ones, in the order of the text. */
  readonly members: readonly { readonly kind: string; readonly name: string }[];
  /** Names that are called, those called most first. */
  readonly calls: readonly string[];
  readonly lines: number;
  /** Equal for equal code: what a summary is kept under. */
  readonly contentKey: string;
}

const roleOf = (name: (typeof referenceRoles)[number]): number => referenceRoles.indexOf(name);
const calling: ReadonlySet<number> = new Set([roleOf('call'), roleOf('instantiate')]);
const inheriting: ReadonlySet<number> = new Set([roleOf('inherit'), roleOf('implement')]);

export function summarySubject(snapshot: Snapshot, symbol: SymbolRecord): SummarySubject {
  const file = snapshot.files()[symbol.file]!;
  const row = symbol.id - file.firstSymbol;
  const members = snapshot
    .symbolsOf(symbol.file)
    .filter(
      ({ parent, flags, visibility }) =>
        parent === symbol.id && (flags & SymbolFlag.anonymous) === 0 && visibility !== 'private',
    );
  return {
    kind: symbol.kind,
    name: symbol.parent === undefined ? symbol.path : symbol.name,
    documentation: symbol.documentation,
    parameters: symbol.parameters.map(({ name }) => name).filter((name) => name !== 'self' && name !== 'cls'),
    returnType: symbol.returnType,
    bases: namesUsed(snapshot, symbol, inheriting, (of) => of === row),
    members: members.map(({ kind, name }) => ({ kind, name })),
    calls: namesUsed(snapshot, symbol, calling, withinRows(snapshot, symbol)),
    lines: symbol.endLine - symbol.startLine + 1,
    contentKey: `${file.hash} ${row}`,
  };
}

function namesUsed(
  snapshot: Snapshot,
  { file }: SymbolRecord,
  roles: ReadonlySet<number>,
  within: (row: number) => boolean,
): string[] {
  const { references, strings } = snapshot.facts(file);
  const counts = new Map<string, number>();
  for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
    if (!roles.has(references[at + ReferenceColumn.role]!) || !within(references[at + ReferenceColumn.symbol]!))
      continue;
    const name = strings[references[at + ReferenceColumn.name]!];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** The symbol's own row and those of all that lies in it. */
function withinRows(snapshot: Snapshot, { id, file }: SymbolRecord): (row: number) => boolean {
  const { firstSymbol } = snapshot.files()[file]!;
  const inside = new Set([id]);
  // Parents come before their children.
  for (const { id: other, parent } of snapshot.symbolsOf(file))
    if (parent !== undefined && inside.has(parent)) inside.add(other);
  return (row) => inside.has(firstSymbol + row);
}
