import path from 'node:path';
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { writeTextFile } from '#base/write-file.ts';
import { mutationHtml } from '#formats/mutation/mutation-html.ts';
import { mutationJson } from '#formats/mutation/mutation-json.ts';
import { readDiff } from '#inspect/changed-symbols.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import { diffOf } from '#inspect/diff-of.ts';
import type { MutantResult, MutationReport } from '#model/mutation.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { buildMutationReport } from '#mutation/build-report.ts';
import { keyOf, readKeptResults, writeKeptResults } from '#mutation/kept-results.ts';
import { runSuites } from '#prove/suites/run-suites.ts';
import type { LineRanges } from '#prove/suites/suite-request.ts';
import { mutateForTerminal } from '#report/mutate-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  subject: z
    .string()
    .optional()
    .describe('A folder, a file or a symbol; default: all of the repository where you are.'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  diff: z.string().optional().describe('Only on lines that differ from this commit, branch or tag.'),
  tests: z.array(z.string()).default([]).describe('Only with the tests of this file.'),
  again: z
    .boolean()
    .default(false)
    .describe('Run every mutant again, also where neither its file nor a test has changed.'),
  report: z.string().optional().describe('Write the report to this file: .html, else mutation-testing-report JSON.'),
  all: z.boolean().default(false).describe('List every surviving mutant, not a screen of them.'),
});

export interface MutateOutput extends MutationReport {
  readonly suites: readonly {
    readonly framework: string;
    /** '' for the root. */
    readonly folder: string;
    readonly tests: number;
    readonly errors: readonly string[];
  }[];
  /** Mutants that were run now, and the whole time of it, dry run included. */
  readonly run: { readonly mutants: number; readonly milliseconds: number };
  readonly kept: number;
  readonly written: readonly string[];
  readonly all: boolean;
}

export const operation = defineOperation<typeof input, MutateOutput>({
  name: 'mutate',
  group: 'prove',
  summary: 'Change the code in small ways and see which changes no test notices.',
  effect: 'execute',
  input,
  positional: ['subject', 'path'],
  examples: [
    { command: 'trowel mutate src/parse.ts', explains: 'One file, with the tests that reach it.' },
    { command: 'trowel mutate --diff main', explains: 'Only the lines that your branch changes.' },
    { command: 'trowel mutate src --report mutation.html', explains: 'A page with every mutant at its place.' },
  ],
  async run({ subject: named, path: where, diff, tests, again, report, all }, context) {
    // A path that leads out of here is no name of something in this repository.
    const isElsewhere =
      where === undefined && named !== undefined && /^(?:[/~]|\.\.(?:\/|$)|[A-Za-z]:[\\/])/.test(named);
    const [subject, given] = isElsewhere ? [undefined, named] : [named, where];
    const { snapshot, root, scope: folder, indexFolder } = await openTree(context, given);
    try {
      const { scope, ranges } = await choose(snapshot, root, folder, subject, diff, context.signal);
      const testFiles = snapshot
        .files()
        .filter(({ roles }) => roles.includes('test'))
        .map(({ path: name, hash }) => ({ path: name, hash }));
      const keptBefore = readKeptResults(indexFolder);
      const isWhole = ranges === undefined && tests.length === 0;
      const reusable = new Map<string, readonly MutantResult[]>();
      const keys = new Map<string, string>();
      for (const file of snapshot.files()) {
        const text = snapshot.text(file.id);
        if (text === undefined) continue;
        keys.set(file.path, keyOf(text, testFiles));
        const found = keptBefore.files[file.path];
        if (
          !again &&
          tests.length === 0 &&
          found !== undefined &&
          found.key === keys.get(file.path) &&
          isWithinScope(file.path, scope)
        )
          reusable.set(file.path, found.mutants);
      }
      const started = context.services.clock.monotonic();
      const runs = await runSuites({
        snapshot,
        root,
        scope,
        mode: 'mutate',
        ...(ranges ? { ranges } : {}),
        mutates: (name) => !reusable.has(name) && (ranges === undefined || ranges[name] !== undefined),
        ...(tests.length > 0
          ? { testFiles: tests.map((name) => relativeTo(root, context.services.workingFolder, name)) }
          : {}),
        dataFolder: context.services.folders.data,
        environment: context.services.environment,
        emit: context.emit,
        signal: context.signal,
      });
      const milliseconds = context.services.clock.monotonic() - started;
      if (runs.length > 0 && runs.every((run) => run.tests.length === 0)) {
        throw new TrowelError(
          'sandbox-failed',
          `No test could be run: ${runs.flatMap((run) => run.errors)[0] ?? 'the suite has none'}`,
          {
            hint: 'trowel cover says more.',
          },
        );
      }
      const kept = [...reusable.values()]
        .flat()
        .filter((mutant) => isOnLines(mutant, ranges))
        .map((mutant) => ({ ...mutant, kept: true }));
      const sources = snapshot.files().flatMap(({ id, path: name, language }) => {
        const text = isWithinScope(name, scope) ? snapshot.text(id) : undefined;
        return text === undefined ? [] : [{ path: name, language, text }];
      });
      const whole = buildMutationReport(runs, sources, kept);
      if (isWhole && runs.every(({ complete }) => complete)) {
        const files = { ...keptBefore.files };
        for (const [name, mutants] of Map.groupBy(whole.mutants, (mutant) => mutant.path))
          files[name] = { key: keys.get(name)!, mutants };
        writeKeptResults(indexFolder, { ...keptBefore, files });
      }
      const written: string[] = [];
      if (report !== undefined) {
        const target = path.resolve(context.services.workingFolder, report);
        const origin = { root, version: context.services.version };
        const isPage = /\.html?$/i.test(target);
        writeTextFile(
          target,
          isPage ? mutationHtml(whole, `Mutants of ${path.basename(root)}`) : mutationJson(whole, origin),
        );
        written.push(target);
      }
      return {
        ...whole,
        suites: runs.map((run) => ({
          framework: run.framework,
          folder: run.folder,
          tests: run.tests.length,
          errors: [...run.errors, ...run.skipped.map(({ path: name, reason }) => `${name}: ${reason}`)],
        })),
        run: { mutants: runs.reduce((sum, run) => sum + run.mutants.length, 0), milliseconds },
        kept: kept.length,
        written,
        all,
      };
    } finally {
      snapshot.close();
    }
  },
  render: mutateForTerminal,
  exitCode: ({ score }) => (score.survived > 0 ? 1 : 0),
});

function isWithinScope(name: string, scope: string): boolean {
  return scope === '' || name === scope || name.startsWith(`${scope}/`);
}

function isOnLines({ path: name, place }: MutantResult, ranges: LineRanges | undefined): boolean {
  return !ranges || (ranges[name] ?? []).some(([from, to]) => place.startLine <= to && place.endLine >= from);
}

function relativeTo(root: string, workingFolder: string, name: string): string {
  return path.relative(root, path.resolve(workingFolder, name)).split(path.sep).join('/');
}

/** What is to be mutated: a part of the tree, and lines in it. */
async function choose(
  snapshot: Snapshot,
  root: string,
  folder: string,
  subject: string | undefined,
  diff: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly scope: string; readonly ranges: LineRanges | undefined }> {
  let scope = folder;
  let ranges: Record<string, readonly (readonly [number, number])[]> | undefined;
  if (subject !== undefined) {
    const plain = subject.replace(/^\.\//, '').replace(/\/$/, '');
    const named = [plain, folder === '' ? plain : `${folder}/${plain}`].find(
      (name) =>
        snapshot.fileByPath(name) !== undefined ||
        snapshot.files().some(({ path: file }) => file.startsWith(`${name}/`)),
    );
    if (named !== undefined || plain === '.' || plain === '') scope = named ?? folder;
    else {
      const chosen = chooseSymbol(snapshot, subject, folder);
      if (chosen.status !== 'one') {
        throw new TrowelError(
          'ambiguous',
          `${subject} is more than one symbol: ${chosen.choices
            .map(({ key }) => key)
            .slice(0, 5)
            .join(', ')}.`,
          {
            hint: 'Give one of these keys.',
          },
        );
      }
      scope = chosen.symbol.path;
      ranges = { [scope]: [[chosen.symbol.startLine, chosen.symbol.endLine]] };
    }
  }
  if (diff !== undefined) {
    const { changed } = readDiff(await diffOf(root, diff, signal));
    ranges = Object.fromEntries(
      changed.filter(({ path: name }) => isWithinScope(name, scope)).map((each) => [each.path, each.ranges]),
    );
  }
  return { scope, ranges };
}
