/** Joins graph and history into the survey of one repository. Tests, generated and vendored files are counted, not judged. */
import { pageRank } from '#graph/page-rank.ts';
import { type SparseGraph, sparseGraph } from '#graph/sparse-graph.ts';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { fileHistories } from '#history/file-histories.ts';
import { hotspots } from '#history/hotspots.ts';
import type { HistoryAbsence, HistoryFacts } from '#model/history.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { Survey, SurveyHotspot, SurveyLanguage, SurveyReading, SurveySize, SurveyTrust } from '#model/survey.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import { fileCommunities } from './file-communities.ts';
import { declaredEntries } from './declared-entries.ts';
import { entryPoints, isBuildScript } from './entry-points.ts';
import { fileGraph, joinedFiles } from './file-graph.ts';
import { importCycles } from './import-cycles.ts';
import { firstSentence, modules } from './modules.ts';
import { activity, coupling, people } from './people.ts';
import { centralSymbols, complexSymbols } from './symbols.ts';

export interface SurveyInput {
  readonly snapshot: Snapshot;
  readonly name: string;
  /** Only files at or below this path; '' for all. */
  readonly scope: string;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly history: HistoryFacts | HistoryAbsence;
  readonly readText: (path: string) => string | undefined;
  /** What the tree's own files declare. */
  readonly packages: readonly DeclaredPackage[];
  /** Display name of a language, and whether its lines count as code of the product. */
  readonly language: (id: string) => { readonly name: string; readonly isCode: boolean };
}

export function buildSurvey(input: SurveyInput): Survey {
  const { snapshot } = input;
  const history = typeof input.history === 'string' ? undefined : input.history;
  const inScope = ({ path }: FileRecord): boolean =>
    input.scope === '' || path === input.scope || path.startsWith(`${input.scope}/`);
  const all = snapshot.files();
  const files = all.filter(inScope);
  const isProduct = (file: FileRecord): boolean =>
    inScope(file) &&
    input.language(file.language).isCode &&
    !file.roles.some((role) => role === 'test' || role === 'generated' || role === 'vendored' || role === 'minified');
  const product = files.filter(isProduct);
  const pathOf = (file: number): string => all[file]!.path;
  const paths = new Set(files.map(({ path }) => path));
  const graph = fileGraph(snapshot);
  const complexity = fileComplexity(snapshot);
  const histories = history ? fileHistories(history, (path) => paths.has(path)) : new Map();
  const productHistories = new Map([...histories].filter(([path]) => isProduct(snapshot.fileByPath(path)!)));
  const declared = declaredEntries(snapshot, input.packages, input.readText).filter(({ path }) =>
    inScope(snapshot.fileByPath(path)!),
  );
  const entries = entryPoints(snapshot, declared, isProduct);
  const central = centralSymbols(snapshot, isProduct);
  return {
    name: input.name,
    root: snapshot.root,
    revision: {
      branch: input.branch,
      commit: input.commit,
      asOf: snapshot.freshness.asOf,
      level: snapshot.freshness.level,
      partial: snapshot.freshness.partial,
    },
    size: size(snapshot, files, input.language),
    languages: languages(files, input.language),
    ...modules(snapshot, product, graph),
    communities: fileCommunities(product, graph.uses),
    entryPoints: entries,
    readFirst: readFirst(
      snapshot,
      product,
      graph.uses,
      entries.map(({ path }) => path).filter((path) => !isBuildScript(path)),
    ),
    central: central.slice(0, 20),
    complex: complexSymbols(snapshot, isProduct).slice(0, 20),
    hotspots: history ? surveyHotspots(product, complexity, histories, history) : [],
    cycles: importCycles(withoutTests(graph.imports, all), withoutTests(graph.allImports, all), pathOf).filter(
      (cycle) => cycle.files.some((path) => paths.has(path)),
    ),
    people: history && people(history, productHistories),
    historyAbsence: typeof input.history === 'string' ? input.history : undefined,
    activity: history ? activity(history) : [],
    coupling: history ? coupling(history, (path) => productHistories.has(path), joinedFiles(snapshot, graph.uses)) : [],
    trust: trust(snapshot, files),
    files: files
      .filter((file) => isProduct(file) || (file.roles.includes('test') && input.language(file.language).isCode))
      .map((file) => ({
        path: file.path,
        language: file.language,
        codeLines: file.codeLines,
        complexity: complexity[file.id]!,
        commits: histories.get(file.path)?.commits ?? 0,
        test: file.roles.includes('test'),
      })),
  };
}

function fileComplexity(snapshot: Snapshot): Int32Array {
  const result = new Int32Array(snapshot.fileCount);
  const { file, kind, cognitive } = snapshot.symbolTable();
  for (let id = 0; id < snapshot.symbolCount; id++) {
    // A function's own complexity; modules and classes would count it again.
    const name = symbolKinds[kind[id]!]!;
    if (
      cognitive[id]! > 0 &&
      (name === 'function' || name === 'method' || name === 'constructor' || name === 'property')
    )
      result[file[id]!]! += cognitive[id]!;
  }
  return result;
}

function size(snapshot: Snapshot, files: readonly FileRecord[], language: SurveyInput['language']): SurveySize {
  const code = files.filter((file) => language(file.language).isCode);
  const tests = code.filter((file) => file.roles.includes('test'));
  const sum = (members: readonly FileRecord[], field: 'codeLines' | 'commentLines' | 'blankLines'): number =>
    members.reduce((total, file) => total + file[field], 0);
  const { kind, flags } = snapshot.symbolTable();
  let functions = 0;
  let types = 0;
  for (let id = 0; id < snapshot.symbolCount; id++) {
    if ((flags[id]! & SymbolFlag.anonymous) !== 0) continue;
    const name = symbolKinds[kind[id]!]!;
    if (name === 'function' || name === 'method' || name === 'constructor') functions++;
    else if (
      name === 'class' ||
      name === 'interface' ||
      name === 'trait' ||
      name === 'struct' ||
      name === 'enum' ||
      name === 'type' ||
      name === 'union'
    )
      types++;
  }
  return {
    files: files.length,
    codeLines: sum(code, 'codeLines'),
    commentLines: sum(code, 'commentLines'),
    blankLines: sum(code, 'blankLines'),
    symbols: snapshot.symbolCount,
    functions,
    types,
    testFiles: tests.length,
    testCodeLines: sum(tests, 'codeLines'),
  };
}

function languages(files: readonly FileRecord[], language: SurveyInput['language']): SurveyLanguage[] {
  const groups = Map.groupBy(
    files.filter((file) => language(file.language).isCode),
    (file) => file.language,
  );
  const lines = (members: readonly FileRecord[]): number => members.reduce((total, file) => total + file.codeLines, 0);
  const total = lines([...groups.values()].flat());
  return [...groups]
    .map(([id, members]) => ({
      language: id,
      name: language(id).name,
      files: members.length,
      codeLines: lines(members),
      share: total === 0 ? 0 : lines(members) / total,
      level: members[0]!.level,
    }))
    .sort((a, b) => b.codeLines - a.codeLines || (a.language < b.language ? -1 : 1));
}

function surveyHotspots(
  product: readonly FileRecord[],
  complexity: Int32Array,
  histories: ReturnType<typeof fileHistories>,
  history: HistoryFacts,
): SurveyHotspot[] {
  const byPath = new Map(product.map((file) => [file.path, file]));
  const ranked = hotspots(
    product.map((file) => ({
      path: file.path,
      commits: histories.get(file.path)?.commits ?? 0,
      complexity: complexity[file.id]!,
    })),
  );
  return ranked.slice(0, 25).map((spot) => {
    const author = histories.get(spot.path)?.authors[0]?.author;
    return {
      ...spot,
      codeLines: byPath.get(spot.path)!.codeLines,
      mainAuthor: author === undefined ? undefined : history.authors[author]?.name,
    };
  });
}

/** README, then where it starts, then what the rest stands on. */
function readFirst(
  snapshot: Snapshot,
  product: readonly FileRecord[],
  uses: SparseGraph,
  entries: readonly string[],
): SurveyReading[] {
  const result: SurveyReading[] = [];
  const add = (path: string, reason: string): void => {
    const file = snapshot.fileByPath(path);
    if (!file || result.some((reading) => reading.path === path)) return;
    const documentation = file.symbolCount > 0 ? snapshot.symbol(file.firstSymbol).documentation : undefined;
    result.push({
      path,
      line: 1,
      title: documentation ? firstSentence(documentation) : path.split('/').pop()!,
      reason,
    });
  };
  const readme = snapshot
    .files()
    .filter(({ path }) => /^(?:[^/]+\/)?readme(?:\.\w+)?$/i.test(path))
    .sort((a, b) => a.path.length - b.path.length)[0];
  if (readme) add(readme.path, 'says what it is');
  for (const path of entries.slice(0, 2)) add(path, 'where it starts');
  const wanted = new Set(product.map(({ id }) => id));
  const ranks = pageRank(uses);
  const top = [...ranks.keys()].filter((id) => wanted.has(id)).sort((a, b) => ranks[b]! - ranks[a]! || a - b);
  const files = snapshot.files();
  for (const id of top) {
    if (result.length >= 8) break;
    const dependents = dependentsOf(uses, id);
    if (dependents > 1 && files[id]!.codeLines >= 10) add(files[id]!.path, `${dependents} files stand on it`);
  }
  return result;
}

/** A test that imports what it tests, and is declared there, closes no circle of the product. */
function withoutTests(graph: SparseGraph, files: readonly FileRecord[]): SparseGraph {
  const isTest = files.map(({ roles }) => roles.includes('test'));
  const from: number[] = [];
  const to: number[] = [];
  for (let file = 0; file < files.length; file++) {
    if (isTest[file]) continue;
    for (const target of graph.targets.subarray(graph.offsets[file], graph.offsets[file + 1])) {
      if (isTest[target]) continue;
      from.push(file);
      to.push(target);
    }
  }
  return sparseGraph(files.length, from, to);
}

function dependentsOf(graph: SparseGraph, node: number): number {
  let count = 0;
  for (const target of graph.targets) if (target === node) count++;
  return count;
}

function trust(snapshot: Snapshot, files: readonly FileRecord[]): SurveyTrust {
  const counts = snapshot.edgeCounts();
  const of = (provenance: 'exact' | 'inferred' | 'candidate' | 'external'): number =>
    counts.calls[provenance] + counts.instantiates[provenance];
  const skipped = Map.groupBy(snapshot.skipped(), ({ reason }) => reason);
  return {
    exactCalls: of('exact'),
    inferredCalls: of('inferred'),
    candidateCalls: of('candidate'),
    externalCalls: of('external'),
    unresolvedCalls: snapshot.unresolvedCalls(),
    partialFiles: files.filter(({ partial }) => partial).map(({ path }) => path),
    skipped: Array.from(skipped, ([reason, members]) => ({ reason, files: members.length })).sort(
      (a, b) => b.files - a.files,
    ),
  };
}
