import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { WrittenFile } from '#generate/write/test-file.ts';
import type { Draft, Failure, FailureKind, Repair } from './draft.ts';
import { healers } from './registry.ts';
import { type HealRequest, runDrafts, writeDraft } from './run-drafts.ts';

export interface Attempt {
  /** The file as it was called then. */
  readonly path: string;
  readonly kind: FailureKind;
  readonly what: string;
  /** More of its tests ran, and none fewer. */
  readonly helped: boolean;
}

export interface Settled {
  readonly files: readonly { readonly draft: Draft; readonly written: WrittenFile }[];
  readonly attempts: readonly Attempt[];
  readonly dropped: readonly { readonly title: string; readonly reason: string }[];
  /** Runs in a row, in different orders, without a failure. */
  readonly steadyRuns: number;
}

const MOST_ROUNDS = 24;
const MOST_REPAIRS = 6;
const STEADY_RUNS = 3;

interface State {
  draft: Draft;
  failures: readonly Failure[];
  trial: (Repair & { readonly kind: FailureKind }) | undefined;
  readonly tried: Set<string>;
}

/**
 * Runs files with the project's framework until all pass in several orders. What fails is written anew in the ways that its kind
 * of failure suggests, one at a time, and kept that way when it helps; a test that still fails is taken out, never weakened.
 */
export async function healDrafts(drafts: readonly Draft[], request: HealRequest): Promise<Settled> {
  const states = drafts.map((draft): State => ({ draft, failures: [], trial: undefined, tried: new Set() }));
  const attempts: Attempt[] = [];
  const dropped: { title: string; reason: string }[] = [];
  let steady = 0;
  for (let round = 1; round <= MOST_ROUNDS && steady < STEADY_RUNS; round++) {
    const running = states.filter(({ draft }) => draft.tests.length > 0);
    if (running.length === 0) break;
    const outcomes = await runDrafts(
      running.map(({ draft, trial }) => trial?.draft ?? draft),
      request,
      round,
    );
    let failed = false;
    for (const [i, state] of running.entries()) {
      weigh(state, outcomes[i]!, attempts);
      if (state.failures.length === 0) continue;
      failed = true;
      state.trial = round < MOST_ROUNDS - STEADY_RUNS ? nextRepair(state, request) : undefined;
      if (!state.trial) await takeOut(state, request, dropped, round);
    }
    steady = failed ? 0 : steady + 1;
  }
  const isSteady = steady >= STEADY_RUNS;
  return {
    files: isSteady
      ? states
          .filter(({ draft }) => draft.tests.length > 0)
          .map(({ draft }) => ({ draft, written: writeDraft(draft, request) }))
      : [],
    attempts,
    dropped,
    steadyRuns: steady,
  };
}

/** A trial that leaves fewer failures becomes the draft. */
function weigh(state: State, failures: readonly Failure[], attempts: Attempt[]): void {
  const { trial } = state;
  if (!trial) {
    state.failures = failures;
    return;
  }
  const helped = weightOf(failures, trial.draft) < weightOf(state.failures, state.draft);
  attempts.push({ path: state.draft.path, kind: trial.kind, what: trial.what, helped });
  state.trial = undefined;
  if (!helped) return;
  state.draft = trial.draft;
  state.failures = failures;
}

function weightOf(failures: readonly Failure[], { tests }: Draft): number {
  return failures.some(({ test }) => test === undefined) ? tests.length + 1 : failures.length;
}

function nextRepair(state: State, request: HealRequest): State['trial'] {
  if (state.tried.size >= MOST_REPAIRS) return undefined;
  for (const failure of state.failures) {
    for (const healer of healers) {
      if (!healer.recognises(failure)) continue;
      for (const repair of healer.repairs(state.draft, failure, request)) {
        const key = `${healer.kind} ${repair.what} ${failure.test ? state.draft.tests.indexOf(failure.test) : ''}`;
        const overwrites = repair.draft.path !== state.draft.path && request.project.paths.includes(repair.draft.path);
        if (state.tried.has(key) || overwrites) continue;
        state.tried.add(key);
        return { ...repair, kind: healer.kind };
      }
    }
  }
  return undefined;
}

/** Nothing helps: tests that fail go. Where the file as a whole does not run, those go that keep it from running. */
async function takeOut(
  state: State,
  request: HealRequest,
  dropped: { title: string; reason: string }[],
  seed: number,
): Promise<void> {
  const { draft, failures } = state;
  const whole = failures.find(({ test }) => test === undefined);
  const reasons = new Map(failures.flatMap(({ test, reason }) => (test ? [[test, reason] as const] : [])));
  if (whole) {
    const sound = new Set(await soundTests(draft, request, seed, { runs: MOST_SPLITS }));
    for (const test of draft.tests) if (!sound.has(test)) reasons.set(test, whole.reason);
  }
  for (const { test, title } of writeDraft(draft, request).tests)
    if (reasons.has(test)) dropped.push({ title, reason: reasons.get(test)! });
  state.draft = { ...draft, tests: draft.tests.filter((test) => !reasons.has(test)) };
  state.failures = [];
}

const MOST_SPLITS = 16;

/** Tests of a file that run when those that break it are away: by halves. */
async function soundTests(
  draft: Draft,
  request: HealRequest,
  seed: number,
  left: { runs: number },
): Promise<readonly ProvenTest[]> {
  if (draft.tests.length < 2 || left.runs < 2) return [];
  const middle = draft.tests.length >> 1;
  const sound: ProvenTest[] = [];
  for (const tests of [draft.tests.slice(0, middle), draft.tests.slice(middle)]) {
    const half = { ...draft, tests };
    left.runs--;
    const [failures] = await runDrafts([half], request, seed);
    if (failures!.some(({ test }) => test === undefined)) sound.push(...(await soundTests(half, request, seed, left)));
    else sound.push(...tests.filter((test) => !failures!.some((one) => one.test === test)));
  }
  return sound;
}
