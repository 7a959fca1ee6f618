/** Functions and classes of the judged source, with what is measured of them. */
import type { FindingPlace } from '#model/finding.ts';
import type { FileRecord, SymbolMetrics, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag } from '#model/vocabulary.ts';
import type { JudgedRole, Project } from '../rule.ts';

export type MeasuredSymbol = SymbolRecord & { readonly metrics: SymbolMetrics };

export interface Least {
  readonly codeLines?: number;
  readonly cyclomatic?: number;
  readonly cognitive?: number;
}

/** Those over the least values, of the files that are looked at. */
export function* measuredFunctions(project: Project, least: Least): Generator<MeasuredSymbol> {
  for (const file of judgedFiles(project))
    for (const symbol of project.snapshot.symbolsOf(file.id)) {
      const metrics = functionKinds.includes(symbol.kind) ? symbol.metrics : undefined;
      if (!metrics || metrics.codeLines < (least.codeLines ?? 0) || metrics.cyclomatic < (least.cyclomatic ?? 0))
        continue;
      if (metrics.cognitive >= (least.cognitive ?? 0)) yield symbol as MeasuredSymbol;
    }
}

export function* judgedClasses(project: Project): Generator<SymbolRecord> {
  for (const file of judgedFiles(project))
    for (const symbol of project.snapshot.symbolsOf(file.id))
      if (symbol.kind === 'class' || symbol.kind === 'struct') yield symbol;
}

export function judgedFiles({ files, role }: Project, wanted: JudgedRole = 'source'): readonly FileRecord[] {
  return files.filter(({ path, roles }) => role(path) === wanted && !roles.includes('types'));
}

/** The declaration's first line, from its name on. */
export function placeOf({ path, nameLine, nameColumn, name, startLine }: SymbolRecord): FindingPlace {
  const line = nameLine > 0 ? nameLine : startLine;
  const startColumn = Math.max(0, nameColumn - 1);
  return { path, startLine: line, startColumn, endLine: line, endColumn: startColumn + Math.max(1, name.length) };
}

export function isAnonymous({ flags }: SymbolRecord): boolean {
  return (flags & SymbolFlag.anonymous) !== 0;
}

/** For people: the qualified name, or where the function stands. */
export function titleOf(symbol: SymbolRecord): string {
  return symbol.name === '' || isAnonymous(symbol)
    ? `the function on line ${symbol.startLine}`
    : `\`${symbol.qualifiedName}\``;
}

/** Lanza and Marinescu, "Object-Oriented Metrics in Practice" (2006): long, branching and deep at once, over many variables. */
const brain = { lines: 65, branchesPerLine: 0.24, depth: 4, variables: 8 } as const;

export function isBrainMethod({ codeLines, cyclomatic, nesting, distinctOperands }: SymbolMetrics): boolean {
  const { lines, branchesPerLine, depth, variables } = brain;
  return (
    codeLines > lines && cyclomatic / codeLines >= branchesPerLine && nesting >= depth && distinctOperands > variables
  );
}
