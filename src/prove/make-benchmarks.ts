import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { Step } from '#generate/model/candidate.ts';
import { isList, sizeOf, type Value } from '#generate/model/value.ts';
import { SEEN_TIME } from '#generate/search/goal.ts';
import { type BenchmarkCase, writeBenchmarks } from '#generate/write/benchmark-file.ts';
import type { GenerationRequest } from './generate-tests.ts';
import type { BenchmarkPlace } from './proving-language.ts';
import type { Study } from './study.ts';
import { withSandbox } from './with-sandbox.ts';

export interface BenchmarkFile {
  readonly path: string;
  readonly subject: string;
  readonly framework: string;
  readonly text: string;
}

const MOST_FUNCTIONS = 8;
const TIMES = 100;

/**
 * A benchmark file for each module, from calls that tests show: each function with its largest input, and with that input many
 * times over where it can be. What does not run to its end in the sandbox is left out and said.
 */
export async function makeBenchmarks(
  request: GenerationRequest,
  study: Study,
  tests: readonly ProvenTest[],
): Promise<{ readonly files: readonly BenchmarkFile[]; readonly left: readonly { path: string; reason: string }[] }> {
  const { language, project } = request;
  const files: BenchmarkFile[] = [];
  const left: { path: string; reason: string }[] = [];
  return withSandbox(request.openSandbox, async (sandbox) => {
    for (const [module, subject] of study.modules.entries()) {
      if (!request.isSubject(subject.path)) continue;
      const cases = await casesOf(module, study, tests);
      if (cases.length === 0) continue;
      const place: BenchmarkPlace = language.placeBenchmarks(subject, project);
      const modules = study.modules.map((one, number) => ({
        module: number,
        format:
          language.modulesOf([one], project).get(one.path)!.format === 'commonjs'
            ? ('commonjs' as const)
            : ('module' as const),
        ...language.specifier(place.path, one, project),
      }));
      const text = writeBenchmarks({ cases, modules, ...place });
      await sandbox.writeFile(place.path, text);
      const failure = await language.runBenchmarks(sandbox, place, project);
      if (failure !== undefined) left.push({ path: place.path, reason: `The benchmark does not run: ${failure}` });
      else files.push({ path: place.path, subject: subject.path, framework: place.with, text });
    }
    return { files, left };
  });
}

async function casesOf(module: number, study: Study, tests: readonly ProvenTest[]): Promise<BenchmarkCase[]> {
  const largest = new Map<string, { readonly step: Step; readonly size: number }>();
  for (const { candidate, seen, fixes, property } of tests) {
    const [step] = candidate.steps;
    if (property || fixes.length > 0 || candidate.steps.length !== 1 || step?.op !== 'call' || !isPlain(step)) continue;
    if (!('module' in step.on) || step.on.module !== module) continue;
    const [first] = seen.steps;
    if (first?.outcome !== 'returned' || first.awaited || Object.keys(first.after ?? {}).length > 0) continue;
    const key = step.on.path.join('.');
    const size = (step.with ?? []).reduce<number>((sum, value) => sum + sizeOf(value), 0);
    if (size > (largest.get(key)?.size ?? -1)) largest.set(key, { step, size });
  }
  const cases: BenchmarkCase[] = [];
  for (const { step } of [...largest.values()].slice(0, MOST_FUNCTIONS)) {
    const inputs = step.with ?? [];
    const plain = { module, path: step.on.path, inputs };
    cases.push({ ...plain, times: 1 });
    const large = timesOver(inputs[0]);
    if (large === undefined) continue;
    const [seen] = await study.fresh.run(
      [{ steps: [{ ...step, with: [large, ...inputs.slice(1)] }], origin: 'benchmarks' }],
      { now: SEEN_TIME, random: 0 },
    );
    if (seen?.steps[0]?.outcome === 'returned') cases.push({ ...plain, times: TIMES });
  }
  return cases;
}

/** Values that can be written in one expression; callbacks would be measured as well. */
function isPlain(step: Step): boolean {
  return (
    (step.named ?? []).length === 0 &&
    !/"\$":"(?:callback|step|import|symbol|promise|iterable)"/.test(JSON.stringify(step.with ?? []))
  );
}

function timesOver(value: Value | undefined): Value | undefined {
  if (typeof value === 'string') return value.length > 1 ? value.repeat(TIMES) : undefined;
  return value !== undefined && isList(value) && value.length > 0 ? Array(TIMES).fill(value).flat() : undefined;
}
