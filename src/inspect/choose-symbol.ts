import type { SymbolChoice } from '#model/inspection.ts';
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';

export type Chosen =
  | { readonly status: 'one'; readonly symbol: SymbolRecord }
  /** Equally good meanings of what was typed. */
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] };

/** The one symbol that a query means, or the choices. Throws `not-found` with the nearest name there is. */
export function chooseSymbol(snapshot: Snapshot, query: string, within = ''): Chosen {
  const all = snapshot.resolve(query);
  const scoped = within === '' ? all : all.filter(({ path }) => path === within || path.startsWith(`${within}/`));
  const found = preferWhole(preferDefinitions(scoped), query);
  if (found.length === 1) return { status: 'one', symbol: found[0]! };
  if (found.length > 1) return { status: 'ambiguous', choices: found.map(choiceOf) };
  throw new TrowelError('not-found', `No symbol is called ${query}${within === '' ? '' : ` in ${within}`}.`, {
    hint: hint(snapshot, query),
  });
}

export function choiceOf(symbol: SymbolRecord): SymbolChoice {
  const { key, qualifiedName, kind, path, startLine, signature } = symbol;
  return { key, name: qualifiedName || path, kind, path, line: startLine, signature };
}

/** A declaration without a body (overload, prototype, stub) gives way to the definition that stands beside it. */
function preferDefinitions(symbols: readonly SymbolRecord[]): readonly SymbolRecord[] {
  const defined = symbols.filter(({ flags }) => (flags & SymbolFlag.declaration) === 0);
  return defined.length > 0 ? defined : symbols;
}

const held = new Set(['field', 'property', 'enum-member', 'variable', 'constant', 'section']);

/** A type or function of just that name is meant, not the fields of the same name that other types hold. */
function preferWhole(symbols: readonly SymbolRecord[], query: string): readonly SymbolRecord[] {
  const whole = symbols.filter(({ qualifiedName, kind }) => qualifiedName === query.trim() && !held.has(kind));
  return whole.length === 1 && symbols.every((symbol) => symbol === whole[0] || held.has(symbol.kind))
    ? whole
    : symbols;
}

/** Names are compared only with those of the same first letter: a repository may hold a million. */
function hint(snapshot: Snapshot, query: string): string {
  const last =
    query
      .split(/[.:#/\\]/)
      .filter((part) => part !== '')
      .pop() ?? query;
  // The last part of a qualified name is there, elsewhere.
  const elsewhere = last === query ? [] : snapshot.resolve(last).slice(0, 3);
  if (elsewhere.length > 0)
    return `Did you mean ${elsewhere.map(({ qualifiedName, path, startLine }) => `${qualifiedName || path} (${path}:${startLine})`).join(', ')}?`;
  const names = snapshot.namesLike(last);
  const near = nearestName(last, names);
  return near === undefined
    ? 'Give a name, a qualified name (Type.method), or a place (path:line).'
    : `Did you mean ${near}?`;
}
