/** The mutation-testing-report schema, version 2 (mutation-testing-elements): what Stryker writes and its viewers read. */
import type { MutantResult, MutationReport } from '#model/mutation.ts';

const statuses: Readonly<Record<MutantResult['status'], string>> = {
  killed: 'Killed',
  survived: 'Survived',
  timeout: 'Timeout',
  'no-coverage': 'NoCoverage',
  equivalent: 'Ignored',
};

export interface MutationOrigin {
  readonly root: string;
  readonly version: string;
}

export function mutationJson(report: MutationReport, { root, version }: MutationOrigin): string {
  const numbers = new Map(report.tests.map(({ id }, index) => [id, String(index)]));
  const numbered = (ids: readonly string[]): string[] => ids.flatMap((id) => numbers.get(id) ?? []);
  let next = 0;
  const byPath = Map.groupBy(report.mutants, ({ path }) => path);
  const files = Object.fromEntries(
    report.files.map(({ path, language, source }) => [
      path,
      {
        language,
        source,
        mutants: (byPath.get(path) ?? []).map((mutant) => ({
          id: String(next++),
          mutatorName: mutant.operator,
          replacement: mutant.replacement,
          location: {
            start: { line: mutant.place.startLine, column: mutant.place.startColumn + 1 },
            end: { line: mutant.place.endLine, column: mutant.place.endColumn + 1 },
          },
          status: statuses[mutant.status],
          ...(mutant.status === 'equivalent'
            ? { statusReason: 'A compiler makes the same code of it.' }
            : mutant.message === undefined
              ? {}
              : { statusReason: mutant.message }),
          static: mutant.static,
          coveredBy: numbered(mutant.coveredBy),
          killedBy: numbered(mutant.killedBy),
          testsCompleted: mutant.tests,
          duration: Math.round(mutant.milliseconds),
        })),
      },
    ]),
  );
  const testFiles: Record<
    string,
    { tests: { id: string; name: string; location?: { start: { line: number; column: number } } }[] }
  > = {};
  for (const { id, path, name, line } of report.tests) {
    (testFiles[path] ??= { tests: [] }).tests.push({
      id: numbers.get(id)!,
      name,
      ...(line > 0 ? { location: { start: { line, column: 1 } } } : {}),
    });
  }
  return `${JSON.stringify(
    {
      schemaVersion: '2',
      thresholds: { high: 80, low: 60 },
      projectRoot: root,
      files,
      testFiles,
      framework: { name: 'Trowel', version },
    },
    undefined,
    1,
  )}\n`;
}
