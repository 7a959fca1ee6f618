import path from 'node:path';
import * as z from 'zod';
import { writeTextFile } from '#base/write-file.ts';
import { measureCoverage } from '#coverage/measure-coverage.ts';
import { joinCoverage, treePathOf } from '#coverage/join-coverage.ts';
import { readReport } from '#coverage/read-reports.ts';
import { makeCoverageMap, testsReaching, untestedSymbols } from '#coverage/coverage-map.ts';
import { coberturaOf } from '#formats/coverage/cobertura.ts';
import { lcovOf } from '#formats/coverage/lcov.ts';
import { junitOfTests } from '#formats/tests/junit-tests.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import type { Coverage } from '#model/coverage.ts';
import type { TestResult } from '#model/test-results.ts';
import { flakyTests } from '#model/suite-run.ts';
import { writeCoverageMap } from '#coverage/coverage-file.ts';
import { runSuites } from '#prove/suites/run-suites.ts';
import { coverForTerminal } from '#report/cover-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a file of the repository; default: where you are.'),
  symbol: z.string().optional().describe('Say which tests reach this symbol.'),
  repeats: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('Run the tests again so often, shuffled, to find flaky ones.'),
  seed: z.number().int().default(1).describe('Of the shuffling.'),
  lcov: z.string().optional().describe('Write LCOV to this file.'),
  cobertura: z.string().optional().describe('Write Cobertura XML to this file.'),
  junit: z.string().optional().describe('Write the results of the tests to this file, as JUnit XML.'),
  from: z
    .array(z.string())
    .default([])
    .describe('Coverage (LCOV, Cobertura) or results (JUnit XML) made elsewhere, instead of running the tests.'),
  run: z.boolean().default(false).describe('With --from: run the tests as well, and add up.'),
  all: z.boolean().default(false).describe('List every file, not a screen of them.'),
});

export interface CoverOutput {
  readonly suites: readonly {
    readonly framework: string;
    readonly folder: string;
    readonly tests: number;
    readonly failed: readonly { readonly id: string; readonly message: string }[];
    readonly skipped: number;
    readonly flaky: readonly string[];
    readonly rounds: number;
    readonly errors: readonly string[];
    readonly milliseconds: number;
    /** Made elsewhere, read from a file. */
    readonly isRead?: boolean;
  }[];
  readonly coverage: Coverage;
  /** Functions and methods that no test reaches, the longest first. */
  readonly untested: readonly {
    readonly key: string;
    readonly name: string;
    readonly path: string;
    readonly line: number;
  }[];
  readonly reaching: { readonly symbol: string; readonly tests: readonly string[] } | undefined;
  readonly written: readonly string[];
  readonly all: boolean;
}

export const operation = defineOperation<typeof input, CoverOutput>({
  name: 'cover',
  group: 'prove',
  summary: 'Run the tests in the sandbox and show what they reach: lines, branches, functions, test by test.',
  effect: 'execute',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel cover', explains: 'Every suite of the repository.' },
    { command: 'trowel cover src --lcov lcov.info', explains: 'One folder, also as LCOV.' },
    { command: 'trowel cover --symbol parseConfig', explains: 'Which tests reach one symbol.' },
    { command: 'trowel cover --repeats 10', explains: 'Finds flaky tests by ten shuffled re-runs.' },
    {
      command: 'trowel cover --from lcov.info --from junit.xml',
      explains: 'What another tool measured, in this report.',
    },
  ],
  async run({ path: given, symbol, repeats, seed, lcov, cobertura, junit, from, run, all }, context) {
    const { snapshot, root, scope, indexFolder } = await openTree(context, given);
    try {
      const pathOf = treePathOf(
        root,
        snapshot.files().map(({ path: name }) => name),
      );
      const reports = from.map((name) => readReport(path.resolve(context.services.workingFolder, name), pathOf));
      const runs =
        from.length > 0 && !run
          ? []
          : await runSuites({
              snapshot,
              root,
              scope,
              mode: 'cover',
              repeats,
              seed,
              dataFolder: context.services.folders.data,
              environment: context.services.environment,
              emit: context.emit,
              signal: context.signal,
            });
      const isInScope = (name: string): boolean => scope === '' || name === scope || name.startsWith(`${scope}/`);
      const measured = measureCoverage(
        runs.map((each) => ({ ...each, files: each.files.filter(({ id }) => isInScope(id)) })),
      );
      const foreign = reports.flatMap(({ coverage: other, results }) => {
        const tests = results?.tests.length ?? 0;
        return [
          { ...(other ?? nothingCovered), files: other?.files.filter((file) => isInScope(file.path)) ?? [], tests },
        ];
      });
      const coverage = foreign.length === 0 ? measured : joinCoverage([measured, ...foreign]);
      if (runs.length > 0 && runs.every(({ complete }) => complete))
        writeCoverageMap(indexFolder, makeCoverageMap(snapshot, runs));
      const written: string[] = [];
      const write = (file: string | undefined, text: () => string): void => {
        if (file === undefined) return;
        const target = path.resolve(context.services.workingFolder, file);
        writeTextFile(target, text());
        written.push(target);
      };
      write(lcov, () => lcovOf(coverage));
      write(junit, () =>
        junitOfTests([
          ...runs.map(({ framework, folder, tests }) => ({
            name: [framework, folder].filter(Boolean).join(' in '),
            tests,
          })),
          ...reports.flatMap(({ results }) => results ?? []),
        ]),
      );
      write(cobertura, () => coberturaOf(coverage, { root, time: context.services.clock.now() }));
      const chosen = symbol === undefined ? undefined : chooseSymbol(snapshot, symbol, scope);
      return {
        suites: [
          ...runs.map((each) => ({
            framework: each.framework,
            folder: each.folder,
            ...outcomesOf(each.tests),
            flaky: flakyTests(each),
            rounds: repeats,
            errors: [...each.errors, ...each.skipped.map(({ path: file, reason }) => `${file}: ${reason}`)],
            milliseconds: each.milliseconds,
          })),
          ...reports.map(({ file, format, results, foreign: others }) => ({
            isRead: true,
            framework: `${format} of ${path.basename(file)}`,
            folder: '',
            ...outcomesOf(results?.tests ?? []),
            flaky: [],
            rounds: 0,
            errors:
              others.length === 0
                ? []
                : [`${others.length} files of it are not of this tree: ${others.slice(0, 3).join(', ')}`],
            milliseconds: (results?.tests ?? []).reduce((sum, { milliseconds }) => sum + milliseconds, 0),
          })),
        ],
        coverage,
        untested: untestedSymbols(snapshot, coverage),
        reaching:
          chosen?.status === 'one'
            ? { symbol: chosen.symbol.key, tests: testsReaching(chosen.symbol, runs) }
            : undefined,
        written,
        all,
      };
    } finally {
      snapshot.close();
    }
  },
  render: coverForTerminal,
  exitCode: ({ suites }) => (suites.some(({ failed, errors }) => failed.length > 0 || errors.length > 0) ? 1 : 0),
});

const none = { total: 0, covered: 0, importOnly: 0 };
const nothingCovered: Coverage = { files: [], lines: none, branches: none, functions: none, tests: 0 };

function outcomesOf(tests: readonly TestResult[]): {
  readonly tests: number;
  readonly failed: readonly { readonly id: string; readonly message: string }[];
  readonly skipped: number;
} {
  return {
    tests: tests.length,
    failed: tests.filter(({ outcome }) => outcome === 'failed').map(({ id, message }) => ({ id, message })),
    skipped: tests.filter(({ outcome }) => outcome === 'skipped').length,
  };
}
