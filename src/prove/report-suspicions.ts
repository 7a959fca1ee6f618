import { findSuspects, type Run, smallestSuspects, type Suspect } from '#generate/keep/suspect.ts';
import type { Candidate, SeenStep, Step } from '#generate/model/candidate.ts';
import { isMarked, type Value } from '#generate/model/value.ts';
import { SEEN_TIME } from '#generate/search/goal.ts';
import { isUsable } from '#generate/search/run-search.ts';
import { roundTrips } from '#generate/strategies/round-trips.ts';
import type { SearchState } from '#generate/strategies/strategy.ts';
import type { Suspicion } from '#model/test-report.ts';
import type { ProvingLanguage } from './proving-language.ts';
import type { Study } from './study.ts';

const PROPERTIES = 120;
const BATCH = 60;

/** What documentation shows and what properties say, run once: what does not hold is suspected, not asserted. */
export async function suspectBehaviour(
  study: Study,
  state: SearchState,
  examples: readonly Candidate[],
): Promise<Suspect[]> {
  const candidates = [
    ...examples.filter(({ documented }) => documented !== undefined),
    ...roundTrips().propose(state, PROPERTIES),
  ];
  const runs: Run[] = [];
  for (let at = 0; at < candidates.length; at += BATCH) {
    const batch = candidates.slice(at, at + BATCH);
    const seen = await study.fresh.run(batch, { full: true, now: SEEN_TIME, random: 0 });
    for (const [i, candidate] of batch.entries())
      if (seen[i] && isUsable(seen[i])) runs.push({ candidate, seen: seen[i] });
  }
  return findSuspects(runs, study.surfaces);
}

/** As the report says them. */
export function suspicionsOf(suspects: readonly Suspect[], study: Study, language: ProvingLanguage): Suspicion[] {
  return smallestSuspects(suspects)
    .map(({ candidate, step, seen, why }): Suspicion => {
      const call = callText(candidate.steps, step, language);
      const root = candidate.steps.map(({ on }) => on).find((on) => 'module' in on);
      return {
        path: study.modules[root && 'module' in root ? root.module : 0]!.path,
        call: call.slice(0, 300),
        seen: outcomeText(seen, language, ['throws', 'gives']),
        why,
      };
    })
    .sort((a, b) => (a.path + a.call < b.path + b.call ? -1 : 1));
}

/** `verbs`: for an error, and for a result. */
export function outcomeText(
  { outcome, value }: SeenStep,
  language: ProvingLanguage,
  [throws, gives]: readonly [string, string],
): string {
  return outcome === 'threw' && value !== undefined && isMarked(value) && value.$ === 'error'
    ? `${throws} ${value.c}: ${value.m.slice(0, 160)}`
    : `${gives} ${literal(value ?? null, language).slice(0, 200)}`;
}

function callText(steps: readonly Step[], index: number, language: ProvingLanguage): string {
  const step = steps[index]!;
  const given = [
    ...(step.with ?? []).map((value) => argumentText(value, steps, language)),
    ...(step.named ?? []).map(([name, value]) => `${name}=${argumentText(value, steps, language)}`),
  ].join(', ');
  const path = step.on.path.filter((name) => name !== 'default').join('.');
  if ('step' in step.on) return `${callText(steps, step.on.step, language)}.${path}(${given})`;
  const isNew = step.op === 'new' && language.id === 'ecmascript';
  return `${isNew ? 'new ' : ''}${path === '' ? 'default' : path}(${given})`;
}

function argumentText(value: Value, steps: readonly Step[], language: ProvingLanguage): string {
  return isMarked(value) && value.$ === 'step' ? callText(steps, value.i, language) : literal(value, language);
}

function literal(value: Value, language: ProvingLanguage): string {
  try {
    return language.literal(value);
  } catch {
    return '…';
  }
}
