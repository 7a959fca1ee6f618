import type { Candidate, Seen } from '../model/candidate.ts';
import type { Callable } from '../model/surface.ts';
import { isMarked, isWhole, type Value } from '../model/value.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { callableKey, type SearchState } from '../strategies/strategy.ts';
import { combinationsFor, type Domain, neededParameters, sampleDomain } from './domain.ts';
import { findPairs, type OfModule, type Pair } from './find-pairs.ts';
import type { FoundProperty, Sample } from './property.ts';
import { type Function, type Relation, relationHolds, relationSteps } from './relation.ts';
import { isTelling } from './telling.ts';
import { resultRelations } from './result-relations.ts';

/** So many inputs must show a property before the rest is tried, and in all. */
const FIRST = 20;
const SAMPLES = 64;
/** Domains in which a function works, widest first; further ones tell little more. */
const MOST_DOMAINS = 6;

export interface PropertySearch {
  readonly state: SearchState;
  readonly executor: Executor;
  /** Modules whose functions are looked at. */
  readonly modules: readonly number[];
  readonly areNeighbours: (one: number, other: number) => boolean;
  readonly within: () => boolean;
}

/**
 * Relations that hold for every sampled input of a domain, the widest domain for each: none of them was written down by anybody,
 * so that they are conjectures until many inputs agree, and worth a test only when a mutant breaks them (after Ernst and others,
 * "Dynamically discovering likely program invariants", 2001).
 */
export async function findProperties(search: PropertySearch): Promise<FoundProperty[]> {
  const { state } = search;
  const pairs = findPairs(state.surfaces, search.areNeighbours);
  const found: FoundProperty[] = [];
  for (const module of search.modules) {
    for (const callable of state.surfaces[module]?.callables ?? []) {
      if (callable.kind !== 'function' || !search.within()) continue;
      const mine = pairs.filter(({ there }) => there.module === module && there.callable === callable);
      found.push(...(await propertiesOf({ module, callable }, mine, search)));
    }
  }
  return found;
}

async function propertiesOf(
  subject: OfModule,
  pairs: readonly Pair[],
  search: PropertySearch,
): Promise<FoundProperty[]> {
  const { module, callable } = subject;
  const { state } = search;
  const learned = (state.learned.get(callableKey(module, callable)) ?? []).map(({ shapes }) => shapes);
  const names = neededParameters(callable).map(({ name }) => name);
  const functions = [{ module, path: callable.path }];
  const found: FoundProperty[] = [];
  const known = new Set<string>();
  let works = 0;
  for (const domains of combinationsFor(callable, learned)) {
    if (works >= MOST_DOMAINS || !search.within()) break;
    const make = (relation: Relation, of: readonly Function[], samples: readonly Sample[]): void => {
      known.add(identityOf(relation, of));
      found.push({ relation, functions: of, domains, names, samples });
    };
    const plain: Trial = { relation: { kind: 'type', of: 'list' }, functions, domains };
    const runs = await collect(plain, search, () => true);
    if (!runs) continue;
    works++;
    for (const relation of resultRelations(runs, state.pool.language)) {
      if (known.has(identityOf(relation, functions))) continue;
      if (isTelling(relation, runs, state.pool.language)) make(relation, functions, runs);
    }
    for (const trial of chains(callable, functions, domains, pairs, runs)) {
      if (known.has(identityOf(trial.relation, trial.functions)) || !search.within()) continue;
      const samples = await collect(trial, search, (inputs, results) =>
        relationHolds(trial.relation, inputs, results, state.pool.language),
      );
      if (samples && isTelling(trial.relation, samples, state.pool.language))
        make(trial.relation, trial.functions, samples);
    }
  }
  return found;
}

function identityOf(relation: Relation, functions: readonly Function[]): string {
  return `${relation.kind} ${functions.map(({ module, path }) => `${module} ${path.join('.')}`).join(' ')}`;
}

interface Trial {
  readonly relation: Relation;
  readonly functions: readonly Function[];
  readonly domains: readonly Domain[];
}

/** Relations that need a second call. */
function chains(
  callable: Callable,
  functions: readonly Function[],
  domains: readonly Domain[],
  pairs: readonly Pair[],
  runs: readonly Sample[],
): Trial[] {
  const trials: Trial[] = [];
  const add = (relation: Relation, of: readonly Function[] = functions): void =>
    void trials.push({ relation, functions: of, domains });
  for (const { back } of pairs)
    if (domains.length === 1)
      add({ kind: 'round trip' }, [...functions, { module: back.module, path: back.callable.path }]);
  const resembles = runs.every(({ inputs, seen }) => kindOf(inputs[0]!) === kindOf(seen.steps[0]!.value!));
  if (resembles) {
    add({ kind: 'idempotent' });
    if (domains.length === 1) add({ kind: 'involution' });
  }
  const [first, second] = domains;
  if (domains.length === 2 && JSON.stringify(first) === JSON.stringify(second) && callable.parameters.length <= 3)
    add({ kind: 'commutative' });
  return trials;
}

function kindOf(value: Value): string {
  if (Array.isArray(value)) return 'list';
  return isMarked(value) ? value.$ : typeof value;
}

/** Runs over the domains; undefined as soon as one does not end well or does not hold. */
async function collect(
  { relation, functions, domains }: Trial,
  { state, executor }: PropertySearch,
  holds: (inputs: readonly Value[], results: readonly Value[]) => boolean,
): Promise<Sample[] | undefined> {
  const samples: Sample[] = [];
  const used = new Set<string>();
  for (const most of [FIRST, SAMPLES - FIRST]) {
    const batch: { inputs: readonly Value[]; candidate: Candidate }[] = [];
    for (let tries = 0; tries < most * 3 && batch.length < most; tries++) {
      const inputs = domains.map((domain) => sampleDomain(domain, state.random, state.pool));
      const key = JSON.stringify(inputs);
      if (used.has(key)) continue;
      used.add(key);
      batch.push({
        inputs,
        candidate: { steps: relationSteps(relation, functions, inputs), origin: 'properties', note: relation.kind },
      });
    }
    const seen = await executor.run(
      batch.map(({ candidate }) => candidate),
      { full: true, now: SEEN_TIME, random: 0 },
    );
    for (const [i, { inputs, candidate }] of batch.entries()) {
      const results = seen[i] && resultsOf(seen[i]);
      if (!results || !holds(inputs, results)) return undefined;
      samples.push({ inputs, candidate, seen: seen[i]! });
    }
  }
  return samples.length >= FIRST / 2 ? samples : undefined;
}

/** What each step gave; undefined where a step failed, waited, changed what it was given or gave what cannot be compared. */
export function resultsOf(seen: Seen): Value[] | undefined {
  if (!isUsable(seen) || seen.effects['time'] || seen.effects['random']) return undefined;
  const results: Value[] = [];
  for (const { outcome, value, awaited, after } of seen.steps) {
    if (outcome !== 'returned' || value === undefined || awaited || Object.keys(after ?? {}).length > 0)
      return undefined;
    const given = isMarked(value) && value.$ === 'step' ? results[value.i] : value;
    if (given === undefined || !isWhole(given)) return undefined;
    results.push(given);
  }
  return results;
}
