/** Parameters of the same names that go through several functions. */
import type { SymbolRecord } from '#model/snapshot.ts';
import { functionKinds } from '#model/vocabulary.ts';
import type { Project } from '../rule.ts';
import { isAnonymous, judgedFiles } from './measured-symbols.ts';
import { folderOf } from './module-imports.ts';

/** So many parameters of the same names, in so many functions of different names. */
const NAMES = 4;
const FUNCTIONS = 4;
const plainNames = /^(?:self|cls|args|kwargs|_.*|x|y|z|a|b|c|i|j|n|e|k|v)$/;

/** Sorted; undefined where there are too few to be one. */
export function clumpNames(symbol: SymbolRecord): readonly string[] | undefined {
  if (!functionKinds.includes(symbol.kind) || symbol.parameters.length < NAMES || isAnonymous(symbol)) return undefined;
  const names = symbol.parameters
    .filter(
      ({ kind, name, default: fallback }) => kind === 'positional' && fallback === undefined && !plainNames.test(name),
    )
    .map(({ name }) => name);
  return names.length < NAMES ? undefined : names.toSorted();
}

/** Of functions with different names that take the same: enough of them, and not all over the tree. */
export function isClump(paths: readonly string[]): boolean {
  return paths.length >= FUNCTIONS && new Set(paths.map(folderOf)).size <= 4;
}

export interface DataClump {
  /** Sorted. */
  readonly names: readonly string[];
  readonly functions: readonly SymbolRecord[];
}

export function dataClumps(project: Project): readonly DataClump[] {
  const takers = judgedFiles(project).flatMap((file) =>
    project.snapshot.symbolsOf(file.id).flatMap((symbol) => {
      const names = clumpNames(symbol);
      return names ? [{ names, symbol }] : [];
    }),
  );
  return [...Map.groupBy(takers, ({ names }) => names.join(', ')).values()].flatMap((alike) => {
    // Equal names are one function overridden, overloaded or implemented anew.
    const functions = [...new Map(alike.map(({ symbol }) => [symbol.name, symbol])).values()];
    return isClump(functions.map(({ path }) => path)) ? [{ names: alike[0]!.names, functions }] : [];
  });
}
