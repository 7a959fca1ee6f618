/** Functions and classes of the judged source, with what is measured of them. */
import type { FindingPlace } from '#model/finding.ts';
import type { SymbolMetrics, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import type { JudgedRole, Project } from '../rule.ts';

export type MeasuredSymbol = SymbolRecord & { readonly metrics: SymbolMetrics };

export interface Least {
  readonly codeLines?: number;
  readonly cyclomatic?: number;
  readonly cognitive?: number;
}

/** Those over the least values; columns are looked at first, records are made for the few. */
export function* measuredFunctions(project: Project, least: Least): Generator<MeasuredSymbol> {
  const { snapshot } = project;
  const table = snapshot.symbolTable();
  const kinds = new Set(functionKinds.map((kind) => symbolKinds.indexOf(kind)));
  const isJudged = judgedFiles(project);
  for (let id = 0; id < table.kind.length; id++) {
    if (!kinds.has(table.kind[id]!) || !isJudged(table.file[id]!)) continue;
    if (table.codeLines[id]! < (least.codeLines ?? 0) || table.cyclomatic[id]! < (least.cyclomatic ?? 0)) continue;
    if (table.cognitive[id]! < (least.cognitive ?? 0)) continue;
    const symbol = snapshot.symbol(id);
    if (symbol.metrics) yield symbol as MeasuredSymbol;
  }
}

export function* judgedClasses(project: Project): Generator<SymbolRecord> {
  const { snapshot } = project;
  const table = snapshot.symbolTable();
  const kinds = new Set([symbolKinds.indexOf('class'), symbolKinds.indexOf('struct')]);
  const isJudged = judgedFiles(project);
  for (let id = 0; id < table.kind.length; id++)
    if (kinds.has(table.kind[id]!) && isJudged(table.file[id]!)) yield snapshot.symbol(id);
}

export function judgedFiles(project: Project, role: JudgedRole = 'source'): (file: number) => boolean {
  const files = project.snapshot.files();
  const judged = files.map(({ path, roles }) => project.role(path) === role && !roles.includes('types'));
  return (file) => judged[file] === true;
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
