import path from 'node:path';
import * as z from 'zod';
import { writeTextFile } from '#base/write-file.ts';
import { measureCoverage } from '#coverage/measure-coverage.ts';
import { makeCoverageMap, testsReaching, untestedSymbols } from '#coverage/coverage-map.ts';
import { coberturaOf } from '#formats/coverage/cobertura.ts';
import { lcovOf } from '#formats/coverage/lcov.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import type { Coverage } from '#model/coverage.ts';
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
  ],
  async run({ path: given, symbol, repeats, seed, lcov, cobertura, all }, context) {
    const { snapshot, root, scope, indexFolder } = await openTree(context, given);
    try {
      const runs = await runSuites({
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
      const whole = measureCoverage(runs);
      const inScope = whole.files.filter(
        (file) => scope === '' || file.path === scope || file.path.startsWith(`${scope}/`),
      );
      const coverage =
        inScope.length === whole.files.length
          ? whole
          : measureCoverage(
              runs.map((run) => ({
                ...run,
                files: run.files.filter(({ id }) => inScope.some((file) => file.path === id)),
              })),
            );
      const map = makeCoverageMap(snapshot, runs);
      if (runs.every(({ complete }) => complete)) writeCoverageMap(indexFolder, map);
      const written: string[] = [];
      const write = (file: string | undefined, text: () => string): void => {
        if (file === undefined) return;
        const target = path.resolve(context.services.workingFolder, file);
        writeTextFile(target, text());
        written.push(target);
      };
      write(lcov, () => lcovOf(coverage));
      write(cobertura, () => coberturaOf(coverage, { root, time: context.services.clock.now() }));
      const chosen = symbol === undefined ? undefined : chooseSymbol(snapshot, symbol, scope);
      return {
        suites: runs.map((run) => ({
          framework: run.framework,
          folder: run.folder,
          tests: run.tests.length,
          failed: run.tests.filter(({ outcome }) => outcome === 'failed').map(({ id, message }) => ({ id, message })),
          skipped: run.tests.filter(({ outcome }) => outcome === 'skipped').length,
          flaky: flakyTests(run),
          rounds: repeats,
          errors: [...run.errors, ...run.skipped.map(({ path: file, reason }) => `${file}: ${reason}`)],
          milliseconds: run.milliseconds,
        })),
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
