import type { Candidate, Seen } from '../model/candidate.ts';
import { isMarked, isWhole, type Value } from '../model/value.ts';
import { addLead } from '../strategies/follow-comparisons.ts';
import type { SearchState, Strategy } from '../strategies/strategy.ts';
import { addStage } from '../strategies/vary-scenes.ts';
import { type Executor, SEEN_TIME } from './goal.ts';

export interface SearchRequest {
  readonly state: SearchState;
  readonly executor: Executor;
  /** Run to their end first, in this order. */
  readonly first: readonly Strategy[];
  /** Take turns, the more successful ones more often. */
  readonly turns: readonly Strategy[];
  /** When to stop, by the clock; and how long without progress. */
  readonly deadline: number;
  readonly patienceMilliseconds: number;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

export interface SearchOutcome {
  readonly executed: number;
  readonly milliseconds: number;
  /** By strategy: candidates tried, goals reached first. */
  readonly strategies: Readonly<Record<string, { tried: number; reached: number }>>;
}

const BATCH = 60;
const REST = 8;
/** Of the time, what each strategy that runs to its end may take. */
const FIRST_SHARE = 0.3;

export async function runSearch(request: SearchRequest): Promise<SearchOutcome> {
  const { state, now, deadline } = request;
  const began = now();
  const strategies: Record<string, { tried: number; reached: number }> = {};
  let executed = 0;
  const turn = async (strategy: Strategy): Promise<number> => {
    const candidates = strategy.propose(state, BATCH);
    if (candidates.length === 0) return -1;
    const seen = await request.executor.run(candidates, { members: true, near: true, now: SEEN_TIME, random: 0 });
    executed += candidates.length;
    const tally = (strategies[strategy.name] ??= { tried: 0, reached: 0 });
    tally.tried += candidates.length;
    let progress = 0;
    for (const [i, candidate] of candidates.entries()) {
      const result = seen[i];
      if (!result) continue;
      strategy.learn?.(state, candidate, result);
      progress += learn(state, candidate, result, tally);
    }
    return progress;
  };
  for (const strategy of request.first) {
    const end = now() + (deadline - began) * FIRST_SHARE;
    while (now() < Math.min(end, deadline) && !request.signal?.aborted && (await turn(strategy)) >= 0);
  }
  const weights = request.turns.map(() => 1);
  /** So many turns pass before a strategy that had nothing to propose is asked again. */
  const rests = request.turns.map(() => 0);
  let lastProgress = now();
  while (now() < deadline && now() - lastProgress < request.patienceMilliseconds && !request.signal?.aborted) {
    if (state.archive.openGoals.size === 0) break;
    const chosen = pickWeighted(
      weights.map((weight, i) => (rests[i]! > 0 ? 0 : weight)),
      state.random.next(),
    );
    const progress = await turn(request.turns[chosen]!);
    for (const i of rests.keys()) rests[i] = Math.max(0, rests[i]! - 1);
    if (progress < 0) rests[chosen] = REST;
    weights[chosen] = Math.max(0.15, weights[chosen]! * 0.9 + Math.min(1, Math.max(0, progress) / 5) * 0.4);
    if (progress > 0) lastProgress = now();
    if (rests.every((rest) => rest > 0)) break;
  }
  return { executed, milliseconds: now() - began, strategies };
}

function pickWeighted(weights: readonly number[], at: number): number {
  let left = at * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left <= 0) return i;
  }
  return weights.length - 1;
}

/** Milliseconds that a test may really wait for timers. */
const MOST_WAITING = 60;

function isStackOverflow(value: Value | undefined): boolean {
  return (
    value !== undefined &&
    isMarked(value) &&
    value.$ === 'error' &&
    /^Maximum call stack|^maximum recursion depth/.test(value.m)
  );
}

/** What makes a candidate no test: it would leave the program, wait, or break what runs beside it. */
export function isUsable(seen: Seen): boolean {
  const { effects } = seen;
  if (
    seen.hung ||
    effects['network'] ||
    effects['process'] ||
    effects['files'] ||
    effects['rejection'] ||
    effects['globals']
  )
    return false;
  if ((effects['timer'] ?? 0) > MOST_WAITING) return false;
  if (seen.steps.some(({ value }) => isStackOverflow(value))) return false;
  return seen.steps.every(({ outcome }) => outcome === 'returned' || outcome === 'threw' || outcome === 'skipped');
}

function learn(state: SearchState, candidate: Candidate, seen: Seen, tally: { reached: number }): number {
  for (const value of seen.compared ?? []) state.pool.addCompared(value);
  for (const [i, { awaited, iterable, value }] of seen.steps.entries()) {
    const { op, on } = candidate.steps[i]!;
    const name = op === 'call' ? on.path.at(-1) : undefined;
    if (name === undefined) continue;
    if (awaited) state.awaited.add(name);
    if (iterable) state.iterated.add(name);
    if (value !== undefined && isMarked(value) && value.$ === 'function') state.makers.add(name);
  }
  const isProbe = JSON.stringify(candidate.steps).includes('{"$":"probe"');
  if (isProbe || !isUsable(seen)) return 0;
  const { reached, nearer } = state.archive.add(candidate, seen);
  tally.reached += reached;
  if (reached > 0) remember(state, candidate, seen);
  if (reached > 0 || nearer > 0) {
    addLead(state, candidate, seen);
    addStage(state, candidate, seen);
  }
  return reached + nearer * 0.2;
}

/** Inputs that led on, and results that may be inputs. */
function remember({ pool, random }: SearchState, candidate: Candidate, seen: Seen): void {
  for (const [i, step] of candidate.steps.entries()) {
    for (const value of step.with ?? []) if (isInput(value)) pool.addWhole(value);
    const result = seen.steps[i];
    if (result?.outcome === 'returned' && result.value !== undefined && isInput(result.value) && random.chance(0.5)) {
      pool.addWhole(result.value);
      if (typeof result.value === 'string' && result.value.length < 80) pool.addText(result.value);
    }
  }
}

function isInput(value: Value): boolean {
  if (value === null || typeof value === 'boolean' || !isWhole(value)) return false;
  return (
    !(isMarked(value) && ['step', 'callback', 'class', 'undefined', 'import'].includes(value.$)) &&
    !JSON.stringify(value).includes('"$":"step"') &&
    !JSON.stringify(value).includes('"$":"callback"')
  );
}
