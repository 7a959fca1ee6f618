import type { Emit } from '#base/progress.ts';
import { chooseTests, type Choice } from '#generate/keep/choose-tests.ts';
import { findKills, joinKills } from '#generate/keep/find-kills.ts';
import { huntSurvivors } from '#generate/keep/hunt-survivors.ts';
import { inspectState } from '#generate/keep/inspect-state.ts';
import { findSuspects } from '#generate/keep/suspect.ts';
import { observe, type Observed } from '#generate/keep/observe.ts';
import { trimTests } from '#generate/keep/trim-tests.ts';
import { shrinkCandidate } from '#generate/keep/shrink-candidate.ts';
import type { MutantPoint } from '#generate/keep/find-kills.ts';
import type { Candidate } from '#generate/model/candidate.ts';
import type { ModuleSurface } from '#generate/model/surface.ts';
import { Archive } from '#generate/search/archive.ts';
import type { Goal } from '#generate/search/goal.ts';
import { runSearch, type SearchOutcome } from '#generate/search/run-search.ts';
import { boundaryValues } from '#generate/strategies/boundary-values.ts';
import { branchSearch } from '#generate/strategies/branch-search.ts';
import { findCombinations } from '#generate/strategies/combine-modules.ts';
import { callSequences } from '#generate/strategies/call-sequences.ts';
import { huntCombinations } from '#generate/keep/hunt-combinations.ts';
import type { OfModule } from '#generate/properties/find-pairs.ts';
import { findProperties } from '#generate/properties/find-properties.ts';
import { proveProperties } from '#generate/properties/prove-properties.ts';
import { followComparisons } from '#generate/strategies/follow-comparisons.ts';
import { moduleTables } from '#generate/strategies/module-tables.ts';
import { documentedExamples } from '#generate/strategies/documented-examples.ts';
import { probeParameters } from '#generate/strategies/probe-parameters.ts';
import { numberSearch } from '#generate/strategies/number-search.ts';
import { roundTrips } from '#generate/strategies/round-trips.ts';
import type { SearchState } from '#generate/strategies/strategy.ts';
import { varyScenes } from '#generate/strategies/vary-scenes.ts';
import { makeRandom } from '#generate/values/random.ts';
import { makeValuePool } from '#generate/values/value-pool.ts';
import type { Suspicion } from '#model/test-report.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { ProvingLanguage, StudiedFile, StudiedProject } from './proving-language.ts';
import { suspectBehaviour, suspicionsOf } from './report-suspicions.ts';
import { openStudy, type Study } from './study.ts';
import { choosePlainly } from './choose-plainly.ts';
import { makeBenchmarks } from './make-benchmarks.ts';
import { compareRevisions, type Compared, type OldRevision } from './old-revision.ts';
import type { LineRanges } from './plan.ts';
import { settleSuite, type Suite } from './settle-suite.ts';

export interface GenerationRequest {
  readonly language: ProvingLanguage;
  readonly project: StudiedProject;
  /** In the order in which they are taken. */
  readonly files: readonly StudiedFile[];
  /** Only these are tested; the others are loaded beside them. */
  readonly isSubject: (path: string) => boolean;
  /** Lines that tests are wanted for before others, or alone. */
  readonly lines?: LineRanges | undefined;
  readonly onlyLines?: boolean | undefined;
  /** What is called on the way to these lines: `Purse.put`. */
  readonly symbol?: string | undefined;
  /** Benchmark files as well. */
  readonly benchmarks?: boolean | undefined;
  /** What results are compared with. */
  readonly old?: OldRevision | undefined;
  /** A module's part of the time, where modules do not have the same. */
  readonly secondsOf?: ((path: string) => number) | undefined;
  /** Who calls something of a file, by its path and name, where the graph is known. */
  readonly callers?: ((path: string, name: string) => ReadonlySet<number>) | undefined;
  /** Whether the first file imports the second, where the graph is known. */
  readonly imports?: ((path: string, other: string) => boolean) | undefined;
  /** Opens the tree as it is; called twice. */
  readonly openSandbox: () => Promise<Sandbox>;
  readonly secondsPerModule: number;
  readonly seed: number;
  readonly now: () => number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface Generation {
  readonly study: Study;
  readonly isSubject: (path: string) => boolean;
  readonly archive: Archive;
  readonly search: SearchOutcome;
  readonly choice: Choice;
  readonly suite: Suite;
  readonly suspicions: readonly Suspicion[];
  readonly compared: Compared | undefined;
  readonly benchmarks: Awaited<ReturnType<typeof makeBenchmarks>> | undefined;
  /** Goals that lie in the lines asked for; undefined where none were. */
  readonly isAsked: ((goal: number) => boolean) | undefined;
}

/** Share of a module's time for the search; shrinking, observing and mutants have the rest. */
const SEARCH_SHARE = 0.45;

/** Explore → cover → shrink → observe → choose by mutants → write → run with the framework → heal. */
export async function generateTests(request: GenerationRequest): Promise<Generation> {
  const { language, project, files, now, signal } = request;
  const sandbox = await request.openSandbox();
  try {
    const study = await openStudy(language, files, project, sandbox);
    try {
      const began = now();
      const subjects = study.modules.flatMap(({ path }, i) => (request.isSubject(path) ? [i] : []));
      const budget = Math.max(1, subjects.length) * request.secondsPerModule * 1000;
      const inTime = (share: number) => (): boolean => now() - began < budget * share && !signal.aborted;
      /** Until so much of the budget is over, but at least so much from now on: a slow machine tries mutants, too. */
      const untilOrFor = (share: number, least: number): (() => boolean) => {
        const [until, further] = [inTime(share), withMore(least)];
        return () => until() || further();
      };
      /** From now on: what comes last has its time on a slow machine, too. */
      const withMore = (share: number): (() => boolean) => {
        const from = now();
        return () => now() - from < budget * share && !signal.aborted;
      };
      const isAsked = goalsAsked(study, request);
      const { state, search, examples } = await explore(request, study, subjects, budget * SEARCH_SHARE, isAsked);
      const { archive } = state;
      const isWanted = (goal: number): boolean => !archive.goals[goal]?.atLoad && archive.reached.has(goal);
      const mutants = mutantsAsked(study, request, isAsked);
      const surroundings = { fresh: study.fresh, others: study.others };
      const step = (done: number, detail: string): void =>
        request.emit({ type: 'progress', stage: 'prove', done, total: 4, detail });
      step(0, 'shrinking');
      const small = await shrinkAll(archive.cover(), archive, study, inTime(0.55));
      const suspects = await suspectBehaviour(study, state, examples);
      const trusted = (list: readonly Observed[]): Observed[] => {
        const found = findSuspects(list, study.surfaces);
        suspects.push(...found);
        const doubted = new Set(suspects.map(({ candidate }) => JSON.stringify(candidate.steps)));
        return list.filter(({ candidate }) => !doubted.has(JSON.stringify(candidate.steps)));
      };
      const looking = await inspectState(small, study.explorer);
      const tables = moduleTables(study.surfaces, subjects);
      const observedFirst = await observe([...looking, ...tables], surroundings);
      const against = request.old
        ? await compareRevisions(study, state, observedFirst, { ...request, old: request.old })
        : undefined;
      suspects.push(...(against?.suspects ?? []));
      const covering = trusted(observedFirst);
      step(1, 'mutants');
      // The processes that looked for candidates share the work: both cores have something to do.
      await study.explorer.renew();
      const workers = [study.fresh, study.explorer];
      const first = await findKills(covering, mutants, workers, untilOrFor(0.9, 0.3));
      const hunted = await huntSurvivors(first.survived, state, study.fresh, untilOrFor(1, 0.12));
      const more = hunted.length === 0 ? [] : trusted(await observe(hunted, surroundings));
      const observed = [...covering, ...more];
      const kills =
        more.length === 0
          ? first
          : joinKills(
              first,
              await findKills(more, [...first.survived, ...first.untried], workers, untilOrFor(1.2, 0.12)),
            );
      const choice = await choosePlainly({
        observed,
        kills,
        isWanted,
        mutants,
        trusted,
        study,
        within: withMore(0.15),
      });
      step(2, 'properties');
      const found = await findProperties({
        state,
        executor: study.explorer,
        modules: subjects,
        areNeighbours: areNeighbours(study, request),
        within: withMore(0.12),
      });
      const properties = await proveProperties({
        found,
        mutants,
        executor: study.fresh,
        others: study.others,
        seenByExamples: new Set(choice.tests.flatMap(({ sees }) => sees)),
        language: language.id,
        within: withMore(0.15),
      });
      const unit = [...properties, ...(await trimTests(choice.tests, study.fresh))];
      const seenByUnits = new Set(unit.flatMap(({ sees }) => sees));
      // Also those that no test of one module comes near.
      const survivors = mutants.filter(({ id }) => !seenByUnits.has(id));
      const combinations = findCombinations(state, subjects, {
        areNeighbours: areNeighbours(study, request),
        areCalledTogether: (one, other) =>
          request.callers !== undefined && haveCaller(study, request.callers, one, other),
      });
      const combined = await huntCombinations(survivors, state, combinations, study.fresh, withMore(0.1));
      const joined = combined.length === 0 ? [] : trusted(await observe(combined, surroundings));
      const integration =
        joined.length === 0
          ? []
          : chooseTests(joined, await findKills(joined, survivors, workers, withMore(0.1)), () => false).tests;
      step(3, 'running the suite');
      const suite = await settleSuite(request, study, [...unit, ...(await trimTests(integration, study.fresh))]);
      return {
        study,
        isSubject: request.isSubject,
        archive,
        search,
        choice,
        suite,
        benchmarks: request.benchmarks
          ? await makeBenchmarks(
              request,
              study,
              suite.files.flatMap(({ tests }) => tests.map(({ test }) => test)),
            )
          : undefined,
        suspicions: suspicionsOf(suspects, study, language),
        compared: against?.compared,
        isAsked,
      };
    } finally {
      await study.close();
    }
  } finally {
    await sandbox.close();
  }
}

async function explore(
  request: GenerationRequest,
  study: Study,
  subjects: readonly number[],
  budget: number,
  isAsked: ((goal: number) => boolean) | undefined,
): Promise<{
  readonly state: SearchState;
  readonly search: SearchOutcome;
  readonly examples: readonly Candidate[];
}> {
  const { language, project, now, signal } = request;
  const pool = makeValuePool(language.id);
  language.fillPool(pool, study.modules, project);
  // What is not asked for is no goal.
  const isGoal = (goal: Goal): boolean =>
    request.isSubject(study.countedFiles[goal.file]!.path) && (!request.onlyLines || !isAsked || isAsked(goal.id));
  const archive = new Archive(study.goals.map((goal) => (isGoal(goal) ? goal : { ...goal, atLoad: true })));
  const state: SearchState = {
    random: makeRandom(request.seed),
    pool,
    archive,
    surfaces: surfacesFor(study, request),
    isPreferred: isAsked,
    focus: subjects[0] ?? 0,
    learned: new Map(),
    awaited: new Set(),
    iterated: new Set(),
    makers: new Set(),
    leads: [],
    stages: [],
  };
  const examples = await language.examples(study.loaded, study.modules, study.surfaces, project);
  const turns = [callSequences, branchSearch, followComparisons(), numberSearch(), varyScenes(), roundTrips()];
  const began = now();
  const total: SearchOutcome & { executed: number; milliseconds: number } = {
    executed: 0,
    milliseconds: 0,
    strategies: {},
  };
  const strategies: Record<string, { tried: number; reached: number }> = {};
  for (const [at, focus] of subjects.entries()) {
    state.focus = focus;
    request.emit({
      type: 'progress',
      stage: 'explore',
      done: at,
      total: subjects.length,
      detail: study.modules[focus]!.path,
    });
    const weights = subjects.slice(at).map((one) => request.secondsOf?.(study.modules[one]!.path) ?? 1);
    const share = ((budget - (now() - began)) * weights[0]!) / weights.reduce((sum, one) => sum + one, 0);
    const outcome = await runSearch({
      state,
      executor: study.explorer,
      first: at === 0 ? [documentedExamples(examples), probeParameters(), boundaryValues()] : [boundaryValues()],
      turns,
      deadline: now() + share,
      patienceMilliseconds: Math.max(3000, share * 0.35),
      now,
      signal,
    });
    total.executed += outcome.executed;
    for (const [name, { tried, reached }] of Object.entries(outcome.strategies)) {
      const tally = (strategies[name] ??= { tried: 0, reached: 0 });
      tally.tried += tried;
      tally.reached += reached;
    }
  }
  return { state, examples, search: { executed: total.executed, milliseconds: now() - began, strategies } };
}

/** Goals in the lines that were asked for. */
function goalsAsked(study: Study, { lines }: GenerationRequest): ((goal: number) => boolean) | undefined {
  if (!lines) return undefined;
  const asked = new Set(
    study.goals
      .filter(({ file, line }) =>
        lines.get(study.countedFiles[file]!.path)?.some(([first, last]) => line >= first && line <= last),
      )
      .map(({ id }) => id),
  );
  return (goal) => asked.has(goal);
}

/** Those in lines asked for come first, or are the only ones. */
function mutantsAsked(
  { mutants: all, countedFiles }: Study,
  { onlyLines, isSubject }: GenerationRequest,
  isAsked: ((goal: number) => boolean) | undefined,
): readonly MutantPoint[] {
  const mutants = all.filter(({ file }) => isSubject(countedFiles[file]!.path));
  if (!isAsked) return mutants;
  const asked = mutants.filter(({ goal }) => isAsked(goal));
  return onlyLines ? asked : [...asked, ...mutants.filter(({ goal }) => !isAsked(goal))];
}

/** Of the subjects only what leads to the symbol, where it is offered by name; what is private is reached through the others. */
function surfacesFor({ surfaces, modules }: Study, { symbol, isSubject }: GenerationRequest): readonly ModuleSurface[] {
  if (symbol === undefined) return surfaces;
  const words = new Set(symbol.split('.'));
  return surfaces.map((surface) => {
    if (!isSubject(modules[surface.module]!.path)) return surface;
    const named = surface.callables.filter(
      ({ path, name }) => words.has(name) || words.has(path.filter((part) => part !== 'default').at(-1) ?? ''),
    );
    return named.length > 0 ? { ...surface, callables: named } : surface;
  });
}

/** Whether some function calls both. */
function haveCaller(
  { modules }: Study,
  callers: NonNullable<GenerationRequest['callers']>,
  one: OfModule,
  other: OfModule,
): boolean {
  const of = ({ module, callable }: OfModule): ReadonlySet<number> =>
    callers(modules[module]!.path, callable.path.filter((part) => part !== 'default').join('.') || callable.name);
  const callersOfOther = of(other);
  return [...of(one)].some((caller) => callersOfOther.has(caller));
}

/** Modules of which one imports the other; where the graph is not known, those of one folder. */
function areNeighbours(study: Study, { imports }: GenerationRequest): (one: number, other: number) => boolean {
  const path = (module: number): string => study.modules[module]!.path;
  const folder = (module: number): string => path(module).slice(0, Math.max(0, path(module).lastIndexOf('/')));
  if (!imports) return (one, other) => folder(one) === folder(other);
  return (one, other) =>
    imports(path(one), path(other)) || imports(path(other), path(one)) || folder(one) === folder(other);
}

/** Each candidate keeps what it adds to those before it. */
async function shrinkAll(
  cover: readonly Candidate[],
  archive: Archive,
  study: Study,
  within: () => boolean,
): Promise<Candidate[]> {
  const claimed = new Set<number>();
  const small: Candidate[] = [];
  for (const candidate of cover) {
    const entry =
      archive.entries.find((one) => one.candidate === candidate) ??
      [...archive.reached.values()].find((one) => one.candidate === candidate);
    const mine = (entry?.hits ?? []).filter((goal) => !claimed.has(goal));
    for (const goal of mine) claimed.add(goal);
    small.push(
      within()
        ? await shrinkCandidate(candidate, study.explorer, (seen) => mine.every((goal) => seen.hits?.includes(goal)))
        : candidate,
    );
  }
  return small;
}
