import type { ModuleCoverage, Share, TestReport } from '#model/test-report.ts';
import type { Goal } from '#generate/search/goal.ts';
import type { Generation } from './generate-tests.ts';
import type { PlannedModule } from './plan.ts';

export interface ReportContext {
  readonly runtime: string;
  readonly planned: readonly PlannedModule[];
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  readonly milliseconds: number;
  readonly evidence: TestReport['evidence'];
}

/** What the kept tests reach and kill, by module; what was found on the way is left out where no kept test shows it. */
export function makeReport(generation: Generation, context: ReportContext): TestReport {
  const { study, suite, search } = generation;
  const kept = suite.files.flatMap(({ tests }) => tests.map(({ test }) => test));
  const reached = new Set(kept.flatMap(({ seen }) => seen.hits ?? []));
  const killed = new Set(kept.flatMap(({ sees }) => sees));
  return {
    files: [
      ...suite.files.map(({ path, subject, style, text, tests }) => ({
        path,
        subject,
        framework: style.framework,
        text,
        tests: tests.map(({ test, title }) => ({
          title,
          origin: test.candidate.origin,
          reaches: test.reaches.length,
          kills: test.kills.length,
          assertions: test.property ? 1 : test.assertions.length,
        })),
      })),
      ...(generation.benchmarks?.files ?? []).map((file) => ({ ...file, tests: [] })),
    ],
    modules: moduleCoverage(generation, reached, killed, context),
    planned: context.planned,
    ...(generation.compared ? { compared: generation.compared } : {}),
    suspicions: generation.suspicions,
    dropped: suite.dropped,
    healing: suite.attempts,
    left: [
      ...context.left,
      ...(generation.benchmarks?.left ?? []),
      ...study.unloadable.map(({ path, reason }) => ({
        path,
        reason: `It cannot be loaded: ${reason.split('\n')[0]!}`,
      })),
    ],
    executed: search.executed,
    milliseconds: context.milliseconds,
    steadyRuns: suite.runs,
    strategies: search.strategies,
    runtime: context.runtime,
    evidence: context.evidence,
  };
}

function moduleCoverage(
  { study, archive, choice, isSubject, isAsked }: Generation,
  reached: ReadonlySet<number>,
  killed: ReadonlySet<number>,
  { planned }: ReportContext,
): ModuleCoverage[] {
  const timedOut = new Set(choice.timedOut);
  const untried = new Set(choice.untried);
  return study.instrumented.flatMap((_, number): ModuleCoverage[] => {
    const { path, language } = study.countedFiles[number]!;
    if (!isSubject(path)) return [];
    const goals = study.goals.filter((goal) => goal.file === number && goal.counted);
    const shares = (is: (goal: Goal) => boolean): ModuleCoverage['atLoad'] => ({
      statements: share(goals, 'statement', is),
      branches: share(goals, 'branch', is),
      functions: share(goals, 'function', is),
    });
    const mutants = study.mutants.filter(({ file }) => file === number);
    const met = mutants.filter(({ goal, atLoad }) => atLoad || reached.has(goal));
    const open = goals.filter(({ id, atLoad }) => !atLoad && !reached.has(id));
    return [
      {
        path,
        language,
        reasons: planned.find((one) => one.path === path)?.reasons ?? [],
        atLoad: shares(({ atLoad }) => atLoad),
        byTests: shares(({ id, atLoad }) => atLoad || reached.has(id)),
        mutants: {
          killed: met.filter(({ id }) => killed.has(id)).length,
          timedOut: met.filter(({ id }) => timedOut.has(id) && !killed.has(id)).length,
          survived: met.filter(({ id }) => !timedOut.has(id) && !untried.has(id) && !killed.has(id)).length,
          untried: met.filter(({ id }) => untried.has(id) && !killed.has(id)).length,
          notReached: mutants.length - met.length,
        },
        ...(isAsked
          ? {
              asked: {
                reached: goals.filter(({ id, atLoad }) => isAsked(id) && (atLoad || reached.has(id))).length,
                total: goals.filter(({ id }) => isAsked(id)).length,
              },
            }
          : {}),
        uncovered: open.map(({ id, line, kind }) => ({ line, what: kind, why: whyOpen(id, archive) })),
      },
    ];
  });
}

function share(goals: readonly Goal[], kind: Goal['kind'], is: (goal: Goal) => boolean): Share {
  const all = goals.filter((goal) => goal.kind === kind);
  return { reached: all.filter(is).length, total: all.length };
}

function whyOpen(goal: number, archive: Generation['archive']): string {
  if (archive.reached.has(goal)) return 'a candidate reached it, but no test of it was stable enough to keep';
  const near = archive.nearest.get(goal);
  if (near)
    return near.distance < 2
      ? 'its condition was evaluated, and came close'
      : 'its condition was evaluated, but no input was found for it';
  return 'what leads to it was never reached';
}
