import type { TestStyle, WrittenFile } from '#generate/write/test-file.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { FrameworkRun, ProvingLanguage } from '../proving-language.ts';
import type { Draft, Failure, HealContext } from './draft.ts';

export interface HealRequest extends HealContext {
  readonly target: ProvingLanguage;
  readonly sandbox: Sandbox;
}

export function writeDraft(
  { style, modules, tests, bindings, head, setup }: Draft,
  { target }: HealRequest,
): WrittenFile {
  return target.write({ style, modules, tests, bindings, ...(head ? { head } : {}), ...(setup ? { setup } : {}) });
}

/** What failed of each draft: its tests, or the file as a whole. */
export async function runDrafts(
  drafts: readonly Draft[],
  request: HealRequest,
  seed: number,
): Promise<readonly (readonly Failure[])[]> {
  const written = drafts.map((draft) => writeDraft(draft, request));
  for (const [i, draft] of drafts.entries()) await request.sandbox.writeFile(draft.path, written[i]!.text);
  const outcomes: (readonly Failure[])[] = drafts.map(() => []);
  for (const [style, numbers] of groupByStyle(drafts)) {
    const run = await runFiles(
      numbers.map((i) => drafts[i]!.path),
      style,
      request,
      seed,
    );
    for (const i of numbers) {
      // A file that did not run says why only when it is run by itself.
      const own =
        isSilent(written[i]!, run) && numbers.length > 1
          ? await runFiles([drafts[i]!.path], style, request, seed)
          : run;
      outcomes[i] = failuresOf(written[i]!, own);
    }
  }
  return outcomes;
}

function runFiles(
  paths: readonly string[],
  style: TestStyle,
  { target, sandbox, project }: HealRequest,
  seed: number,
): Promise<FrameworkRun> {
  return target.runTests(sandbox, paths, style, project, seed);
}

function isSilent({ tests }: WrittenFile, { passed, failed }: FrameworkRun): boolean {
  return tests.length > 0 && tests.every(({ title }) => !passed.has(title) && !failed.has(title));
}

function failuresOf(file: WrittenFile, run: FrameworkRun): Failure[] {
  if (isSilent(file, run)) return [{ test: undefined, reason: run.broken ?? 'The framework ran none of its tests.' }];
  return file.tests.flatMap(({ test, title }) =>
    run.passed.has(title) && !run.failed.has(title)
      ? []
      : [{ test, reason: run.failed.get(title) ?? run.broken ?? 'The framework did not run it.' }],
  );
}

/** Files of one framework and format run together. */
function groupByStyle(drafts: readonly Draft[]): [TestStyle, number[]][] {
  const groups = new Map<string, [TestStyle, number[]]>();
  for (const [i, { style }] of drafts.entries()) {
    const key = `${style.framework} ${style.format}`;
    const group = groups.get(key) ?? [style, []];
    group[1].push(i);
    groups.set(key, group);
  }
  return [...groups.values()];
}
