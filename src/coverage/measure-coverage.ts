/** From counters to lines, branches and functions; what only loading runs is told apart from what tests run. */
import type { InstrumentedFile } from '#model/instrumented.ts';
import type { CoveredCounters, SuiteRun } from '#model/suite-run.ts';
import type { Coverage, CoverageOfFile, Share } from '#model/coverage.ts';

export function measureCoverage(runs: readonly SuiteRun[]): Coverage {
  const files = new Map<string, CoverageOfFile>();
  for (const run of runs) {
    for (const file of run.files) {
      const one = coverageOfFile(
        file,
        run.tests.map(({ covered }) => covered),
        run.loaded.map(({ covered }) => covered),
      );
      const before = files.get(file.id);
      files.set(file.id, before ? joined(before, one) : one);
    }
  }
  const list = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files: list,
    lines: total(list.map(({ lineShare }) => lineShare)),
    branches: total(list.map(({ branchShare }) => branchShare)),
    functions: total(list.map(({ functionShare }) => functionShare)),
    tests: runs.reduce((sum, run) => sum + run.tests.length, 0),
  };
}

function total(shares: readonly Share[]): Share {
  const sum = (key: keyof Share): number => shares.reduce((all, share) => all + share[key], 0);
  return { total: sum('total'), covered: sum('covered'), importOnly: sum('importOnly') };
}

function coverageOfFile(
  file: InstrumentedFile,
  tests: readonly CoveredCounters[],
  loaded: readonly CoveredCounters[],
): CoverageOfFile {
  const byTests = new Uint32Array(file.counters);
  const byLoading = new Uint8Array(file.counters);
  for (const covered of tests) for (const counter of covered[file.id] ?? []) byTests[counter]! += 1;
  for (const covered of loaded) for (const counter of covered[file.id] ?? []) byLoading[counter] = 1;
  const hits = (counter: number): number => byTests[counter]!;
  const isImported = (counter: number): boolean => byTests[counter] === 0 && byLoading[counter] === 1;
  const lines = new Map<number, { hits: number; importOnly: boolean }>();
  for (const { place, counter } of file.statements) {
    const before = lines.get(place.startLine);
    lines.set(place.startLine, {
      hits: Math.max(before?.hits ?? 0, hits(counter)),
      importOnly: (before?.importOnly ?? false) || isImported(counter),
    });
  }
  return finished({
    path: file.id,
    lines: [...lines]
      .sort(([a], [b]) => a - b)
      .map(([line, found]) => ({ line, hits: found.hits, importOnly: found.importOnly && found.hits === 0 })),
    branches: file.branches
      .filter(({ counted }) => counted)
      .map(({ kind, place, arms }) => ({
        kind,
        line: place.startLine,
        arms: arms.map(({ counter }) => ({ hits: hits(counter), importOnly: isImported(counter) })),
      })),
    functions: file.functions.map(({ name, place, counter }) => ({
      name,
      line: place.startLine,
      endLine: place.endLine,
      hits: hits(counter),
      importOnly: isImported(counter),
    })),
  });
}

type Parts = Omit<CoverageOfFile, 'lineShare' | 'branchShare' | 'functionShare'>;

function finished(parts: Parts): CoverageOfFile {
  return {
    ...parts,
    lineShare: share(parts.lines),
    branchShare: share(parts.branches.flatMap(({ arms }) => arms)),
    functionShare: share(parts.functions),
  };
}

function share(points: readonly { readonly hits: number; readonly importOnly: boolean }[]): Share {
  return {
    total: points.length,
    covered: points.filter(({ hits, importOnly }) => hits > 0 || importOnly).length,
    importOnly: points.filter(({ importOnly }) => importOnly).length,
  };
}

/** The same file in two suites' runs. */
function joined(one: CoverageOfFile, other: CoverageOfFile): CoverageOfFile {
  const add = <T extends { readonly hits: number; readonly importOnly: boolean }>(a: T, b: T | undefined): T => {
    const hits = a.hits + (b?.hits ?? 0);
    return { ...a, hits, importOnly: hits === 0 && (a.importOnly || b?.importOnly === true) };
  };
  return finished({
    path: one.path,
    lines: one.lines.map((line, index) => add(line, other.lines[index])),
    branches: one.branches.map((branch, index) => ({
      ...branch,
      arms: branch.arms.map((arm, at) => add(arm, other.branches[index]?.arms[at])),
    })),
    functions: one.functions.map((each, index) => add(each, other.functions[index])),
  });
}
