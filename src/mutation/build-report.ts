import type { Mutant } from '#model/instrumented.ts';
import type { MutantResult, MutationReport } from '#model/mutation.ts';
import type { SuiteRun } from '#model/suite-run.ts';
import { scoreOf } from './score.ts';

export interface ReportedSource {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

const strength = { killed: 4, timeout: 3, survived: 2, equivalent: 1, 'no-coverage': 0 } as const;

/** What the runs of all suites say of each mutant: one suite's kill is enough. */
export function buildMutationReport(
  runs: readonly SuiteRun[],
  sources: readonly ReportedSource[],
  kept: readonly MutantResult[] = [],
): MutationReport {
  const found = new Map<string, MutantResult>();
  const add = (result: MutantResult): void => {
    const { startLine, startColumn, endLine, endColumn } = result.place;
    const key = [result.path, result.operator, startLine, startColumn, endLine, endColumn, result.replacement].join(
      '\0',
    );
    const before = found.get(key);
    if (!before || strength[before.status] < strength[result.status]) found.set(key, result);
  };
  kept.forEach(add);
  for (const run of runs) {
    const reach = reachOf(run);
    const known = new Map<number, { readonly path: string; readonly mutant: Mutant }>(
      run.files.flatMap((file) => file.mutants.map((mutant) => [mutant.id, { path: file.id, mutant }] as const)),
    );
    const describe = (
      path: string,
      mutant: Mutant,
    ): Omit<MutantResult, 'status' | 'killedBy' | 'tests' | 'milliseconds'> => ({
      path,
      operator: mutant.operator,
      place: mutant.place,
      replacement: mutant.replacement,
      static: mutant.static,
      coveredBy: reach.get(`${path}\0${mutant.counter}`) ?? [],
      kept: false,
    });
    for (const { mutant: id, status, by, tests, milliseconds, message } of run.mutants) {
      const entry = known.get(id);
      if (!entry) continue;
      add({
        ...describe(entry.path, entry.mutant),
        status,
        killedBy: by,
        tests,
        milliseconds,
        ...(message === undefined ? {} : { message }),
      });
    }
    for (const mutant of run.equivalent) {
      const entry = known.get(mutant.id);
      if (entry)
        add({ ...describe(entry.path, mutant), status: 'equivalent', killedBy: [], tests: 0, milliseconds: 0 });
    }
  }
  const mutants = [...found.values()].sort(
    (a, b) =>
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
      a.place.startLine - b.place.startLine ||
      a.place.startColumn - b.place.startColumn,
  );
  const byPath = Map.groupBy(mutants, ({ path }) => path);
  return {
    score: scoreOf(mutants),
    files: sources
      .filter(({ path }) => byPath.has(path))
      .map(({ path, language, text }) => ({ path, language, source: text, score: scoreOf(byPath.get(path)!) })),
    mutants,
    tests: runs.flatMap((run) => run.tests.map(({ id, path, name, line }) => ({ id, path, name, line }))),
  };
}

function reachOf(run: SuiteRun): ReadonlyMap<string, string[]> {
  const reach = new Map<string, string[]>();
  for (const { id, covered } of run.tests) {
    for (const [path, counters] of Object.entries(covered)) {
      for (const counter of counters) {
        const key = `${path}\0${counter}`;
        const tests = reach.get(key);
        if (tests) tests.push(id);
        else reach.set(key, [id]);
      }
    }
  }
  return reach;
}
