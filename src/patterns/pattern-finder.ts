import { type DesignPattern, patternFamilies, type PatternFamily, type PatternName } from '#model/design-pattern.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import type { ClassModel, ClassModels } from './class-model.ts';

export type PatternFinder = (classes: ClassModels) => Iterable<DesignPattern>;

export type Cast = readonly (readonly [role: string, players: SymbolRecord | readonly SymbolRecord[]])[];

const familyOf = new Map<string, PatternFamily>(
  (Object.keys(patternFamilies) as PatternFamily[]).flatMap((family) =>
    patternFamilies[family].map((name) => [name, family] as const),
  ),
);

/** The first role's player gives it its place. */
export function found(pattern: PatternName, because: string, cast: Cast): DesignPattern {
  const roles = cast.flatMap(([role, players]) =>
    (Array.isArray(players) ? (players as readonly SymbolRecord[]) : [players as SymbolRecord]).map(
      ({ key, qualifiedName, path, startLine }) => ({ role, key, name: qualifiedName, path, line: startLine }),
    ),
  );
  const first = roles[0]!;
  return {
    pattern,
    family: familyOf.get(pattern)!,
    place: { path: first.path, startLine: first.line, startColumn: 0, endLine: first.line, endColumn: 0 },
    roles,
    because,
  };
}

export const symbolsOf = (models: readonly ClassModel[]): readonly SymbolRecord[] => models.map(({ symbol }) => symbol);

/** `a, b and c` without more than four names. */
export function named(symbols: readonly SymbolRecord[]): string {
  const names = symbols.slice(0, 4).map(({ name }) => name);
  const rest = symbols.length - names.length;
  if (rest > 0) return `${names.join(', ')} and ${rest} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
