/** Call targets as an oracle (a SCIP indexer, a compiler) and Trowel see them, place by place. */
import type { SymbolRecord } from '../../src/model/snapshot.ts';
import { SymbolFlag } from '../../src/model/vocabulary.ts';
import { type CallPlace, type CallPlaces, placeKey } from './call-places.ts';
import type { Occurrence, Oracle, Place } from './oracle.ts';

/**
 * An oracle names what a name is declared as, Trowel what a call reaches. They can be compared where the declaration is a
 * function, method or class with a body (`definite`); where it is a variable, parameter or property, a call graph has to go
 * further and the oracle is no judge. A declaration without a body is the target where Trowel's own edges lead to the declared
 * one
 */
export const edgeClasses = [
  'same target',
  'another target',
  'decorated, Trowel reaches the wrapper',
  'only a candidate',
  'no target',
  'declared as a variable, Trowel reaches a function',
  'declared as a variable, no target',
  'outside for both',
  'outside for the oracle, inside for Trowel',
  'unknown to the oracle, inside for Trowel',
  'unknown to both',
] as const;
export type EdgeClass = (typeof edgeClasses)[number];

export interface Verdict {
  readonly call: CallPlace;
  readonly class: EdgeClass;
  /** Where the oracle says it leads. */
  readonly declared: string;
  /** Keys. */
  readonly targets: readonly string[];
  readonly provenance: string;
}

export interface EdgeComparison {
  readonly verdicts: readonly Verdict[];
  /** Uses of functions that the text calls and that are no call of ours. */
  readonly unseen: readonly Occurrence[];
}

const callable = new Set(['function', 'method', 'constructor', 'class', 'struct', 'enum', 'interface', 'macro']);

/** `bodies`: a declaration without a body is no definite target (an interface's method, where Trowel goes on to what runs). */
export function compareEdges(
  oracle: Oracle,
  ours: CallPlaces,
  textOf: (file: string) => string,
  { bodies = true }: { readonly bodies?: boolean } = {},
): EdgeComparison {
  const verdicts: Verdict[] = [];
  const uses = new Map<string, Occurrence>();
  for (const list of oracle.uses.values())
    for (const use of list) if (!uses.has(placeKey(use))) uses.set(placeKey(use), use);
  for (const [key, call] of ours.calls) {
    if (oracle.uses.has(call.file)) verdicts.push(judge(call, uses.get(key), oracle, ours, bodies));
  }
  const unseen: Occurrence[] = [];
  for (const [file, list] of oracle.uses) {
    const lines = textOf(file).split('\n');
    for (const use of list) {
      const rest = lines[use.line - 1]?.slice(use.endColumn - 1) ?? '';
      // A second definition of the name (an overload) is told as a use.
      if (/\b(def|function|get|set)\s+$/.test(lines[use.line - 1]?.slice(0, use.column - 1) ?? '')) continue;
      if (!/^(\?\.)?\s*\(/.test(rest) || ours.calls.has(placeKey(use))) continue;
      if (
        (oracle.definitions.get(use.symbol) ?? []).some((place) =>
          callable.has(ours.symbolsAt.get(placeKey(place))?.kind ?? ''),
        )
      )
        unseen.push(use);
    }
  }
  return { verdicts, unseen };
}

function judge(
  call: CallPlace,
  use: Occurrence | undefined,
  oracle: Oracle,
  ours: CallPlaces,
  bodies: boolean,
): Verdict {
  const certain = call.edges.filter(({ provenance, target }) => target >= 0 && provenance !== 'candidate');
  const targets = certain.map(({ target }) => ours.symbol(target));
  const provenance = certain.some((edge) => edge.provenance === 'exact')
    ? 'exact'
    : certain.length > 0
      ? 'inferred'
      : 'none';
  const keys = targets.map(({ key }) => key);
  const verdict = (name: EdgeClass, declared = ''): Verdict => ({
    call,
    class: name,
    declared,
    targets: keys,
    provenance,
  });
  if (!use) return verdict(targets.length > 0 ? 'unknown to the oracle, inside for Trowel' : 'unknown to both');
  const declarations = oracle.definitions.get(use.symbol) ?? [];
  if (declarations.length === 0)
    return verdict(targets.length > 0 ? 'outside for the oracle, inside for Trowel' : 'outside for both', use.symbol);
  const declared = declarations.map((place) => [place, ours.symbolsAt.get(placeKey(place))] as const);
  const definite = declared.filter(
    ([, symbol]) =>
      symbol &&
      callable.has(symbol.kind) &&
      (!bodies || (symbol.flags & (SymbolFlag.declaration | SymbolFlag.abstract)) === 0),
  );
  const label = declared.map(([place, symbol]) => symbol?.key ?? spell(place)).join(' ');
  if (definite.length === 0)
    return verdict(
      targets.length > 0 ? 'declared as a variable, Trowel reaches a function' : 'declared as a variable, no target',
      label,
    );
  const wanted = new Set(definite.flatMap(([, symbol]) => same(symbol!, ours)));
  if (targets.some((target) => same(target, ours).some((name) => wanted.has(name))))
    return verdict('same target', label);
  if (targets.length > 0)
    return verdict(
      definite.every(([, symbol]) => symbol!.decorators.length > 0)
        ? 'decorated, Trowel reaches the wrapper'
        : 'another target',
      label,
    );
  const candidate = call.edges.some(
    (edge) => edge.target >= 0 && same(ours.symbol(edge.target), ours).some((name) => wanted.has(name)),
  );
  return verdict(candidate ? 'only a candidate' : 'no target', label);
}

/** A constructor and its class are one target. */
function same(symbol: SymbolRecord, ours: CallPlaces): readonly string[] {
  return symbol.kind === 'constructor' && symbol.parent !== undefined ? [ours.symbol(symbol.parent).key] : [symbol.key];
}

function spell({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
