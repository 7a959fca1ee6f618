/** What a context is about: from what a person or a model writes to symbols. */
import { TrowelError } from '#base/errors.ts';
import type { ContextPassage, ContextTarget } from '#context/context-section.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import type { SymbolChoice } from '#model/inspection.ts';
import type { SearchHit } from '#model/search.ts';
import type { Snapshot, SymbolId, SymbolRecord } from '#model/snapshot.ts';
import type { SymbolKind } from '#model/vocabulary.ts';
import { find } from '#search/find.ts';
import { searchFilters } from './search-filters.ts';

export type Subjects =
  | {
      readonly targets: readonly ContextTarget[];
      /** Of symbols to a task, 0 to 1. */
      readonly relevance?: ReadonlyMap<SymbolId, number>;
      /** Prose about it. */
      readonly passages?: readonly ContextPassage[];
    }
  | { readonly choices: readonly SymbolChoice[] };

/** So many places at most answer a task in words. */
const MOST_TARGETS = 12;
/** Less relevant ones, compared with the best, are not what the task is about. */
const LEAST_WEIGHT = 0.35;
const HITS = 40;

export function equally(symbols: readonly SymbolRecord[]): readonly ContextTarget[] {
  return symbols.map(({ id }) => ({ symbol: id, weight: 1 }));
}

/** A file, a symbol or a place where the subject names one; a task in words otherwise. */
export function subjectsOf(snapshot: Snapshot, subject: string, scope: string): Subjects {
  const file =
    snapshot.fileByPath(subject.replace(/^\.\//, '')) ??
    snapshot.fileByPath(scope === '' ? subject : `${scope}/${subject}`);
  if (file) return { targets: equally([snapshot.symbol(file.firstSymbol)]) };
  let unknown: unknown;
  try {
    const chosen = chooseSymbol(snapshot, subject, scope);
    return chosen.status === 'one' ? { targets: equally([chosen.symbol]) } : { choices: chosen.choices };
  } catch (error) {
    if (!(error instanceof TrowelError) || error.code !== 'not-found') throw error;
    unknown = error;
  }
  const found = taskSubjects(snapshot, subject, scope);
  if (found.targets.length === 0 && found.passages?.length === 0) throw unknown;
  return found;
}

/** What search finds for a task, as whole definitions. */
export function taskSubjects(snapshot: Snapshot, task: string, scope: string): Exclude<Subjects, { choices: unknown }> {
  const filters = searchFilters(snapshot, { scope, kind: [], language: [], glob: [] });
  const { hits } = find({
    query: task,
    snapshot,
    filters,
    offset: 0,
    limit: HITS,
    snippetLines: 0,
    symbolsOnly: true,
  });
  const relevance = new Map<SymbolId, number>();
  const targets = new Map<SymbolId, number>();
  const passages: ContextPassage[] = [];
  for (const hit of hits) {
    const symbol = symbolOf(snapshot, hit);
    if (!symbol) {
      const { path, line, endLine, name } = hit;
      passages.push({ file: snapshot.fileByPath(path)!.id, path, line, endLine, name });
      continue;
    }
    relevance.set(symbol.id, Math.max(hit.score, relevance.get(symbol.id) ?? 0));
    const unit = definitionAround(snapshot, symbol);
    if (targets.size < MOST_TARGETS && hit.score >= LEAST_WEIGHT && !targets.has(unit)) targets.set(unit, hit.score);
  }
  return { targets: Array.from(targets, ([symbol, weight]) => ({ symbol, weight })), relevance, passages };
}

/** The definition that a hit is, or is a piece of; undefined for prose, settings and whole files. */
function symbolOf(snapshot: Snapshot, { key, kind, path, line }: SearchHit): SymbolRecord | undefined {
  if (kind === 'section' || kind === 'configuration' || kind === 'text' || kind === 'file') return undefined;
  const symbol = key === undefined ? snapshot.resolve(`${path}:${line}`)[0] : snapshot.symbolByKey(key);
  return symbol?.parent === undefined ? undefined : symbol;
}

const parts: ReadonlySet<SymbolKind> = new Set(['field', 'enum-member', 'variable', 'constant', 'property']);

/** What a field, a member of an enumeration or a local variable belongs to: it says little alone. */
function definitionAround(snapshot: Snapshot, symbol: SymbolRecord): SymbolId {
  for (let at = symbol; ;) {
    const outer = at.parent === undefined ? undefined : snapshot.symbol(at.parent);
    if (!parts.has(at.kind) || !outer || outer.kind === 'module' || outer.kind === 'namespace') return at.id;
    at = outer;
  }
}
