import type { Candidate, Seen } from '../model/candidate.ts';
import type { Callable } from '../model/surface.ts';
import { isMarked, isWhole, type Value } from '../model/value.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';
import { callableKey, type SearchState } from '../strategies/strategy.ts';
import { combinationsFor, type Domain, neededParameters, sampleDomain } from './domain.ts';
import { findKeeping, findMethodPairs, findPairs } from './find-pairs.ts';
import { findReceiver } from './find-receiver.ts';
import type { FoundProperty, Property, Sample } from './property.ts';
import { type Function, type Relation, relationHolds, relationSteps, stepsBefore } from './relation.ts';
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
 * "Dynamically discovering likely program invariants", 2001). Of functions, and of methods of objects that can be made.
 */
export async function findProperties(search: PropertySearch): Promise<FoundProperty[]> {
  const { state } = search;
  const pairs = findPairs(state.surfaces, search.areNeighbours);
  const found: FoundProperty[] = [];
  for (const module of search.modules) {
    for (const callable of state.surfaces[module]?.callables ?? []) {
      if (!search.within()) break;
      const subjects = callable.kind === 'class' ? await methodsOf(module, callable, search) : [];
      if (callable.kind === 'function')
        subjects.push({
          callable,
          key: callableKey(module, callable),
          self: { module, path: callable.path },
          partners: pairs
            .filter(({ there }) => there.module === module && there.callable === callable)
            .map(({ back }) => ({
              relation: { kind: 'round trip' },
              by: { module: back.module, path: back.callable.path },
            })),
        });
      for (const subject of subjects) if (search.within()) found.push(...(await propertiesOf(subject, search)));
    }
  }
  return found;
}

interface Subject {
  readonly callable: Callable;
  readonly key: string;
  readonly self: Function;
  /** Relations that need another function. */
  readonly partners: readonly { readonly relation: Relation; readonly by: Function }[];
}

const MOST_METHODS = 16;

async function methodsOf(module: number, owner: Callable, search: PropertySearch): Promise<Subject[]> {
  const receiver = await findReceiver(module, owner, search.state, search.executor);
  if (!receiver) return [];
  const of = ({ path }: Callable): Function => ({ module, path, receiver });
  const back = findMethodPairs(owner);
  const keeping = findKeeping(owner);
  return owner.members
    .filter(({ kind, parameters }) => kind === 'method' && parameters.length > 0)
    .slice(0, MOST_METHODS)
    .map((method) => ({
      callable: method,
      key: callableKey(module, method, owner),
      self: of(method),
      partners: [
        ...back
          .filter(({ there }) => there === method)
          .map((pair): Subject['partners'][number] => ({ relation: { kind: 'round trip' }, by: of(pair.back) })),
        ...keeping
          .filter(({ keeps }) => keeps === method)
          .map(({ tells, as }): Subject['partners'][number] => ({
            relation: { kind: 'stored', as },
            by: { ...of(tells), takes: tells.parameters.filter(({ optional }) => !optional).length },
          })),
      ],
    }));
}

async function propertiesOf(
  { callable, key, self, partners }: Subject,
  search: PropertySearch,
): Promise<FoundProperty[]> {
  const { state } = search;
  const learned = (state.learned.get(key) ?? []).map(({ shapes }) => shapes);
  const names = neededParameters(callable).map(({ name }) => name);
  const found: FoundProperty[] = [];
  const known = new Set<string>();
  let works = 0;
  for (const domains of combinationsFor(callable, learned)) {
    if (works >= MOST_DOMAINS || !search.within()) break;
    const make = (relation: Relation, of: readonly Function[], samples: readonly Sample[]): void => {
      known.add(identityOf(relation, of));
      found.push({ relation, functions: asSeen(of, samples), domains, names, samples });
    };
    const trials = partners
      .filter(({ relation }) => relation.kind === 'stored' || domains.length === 1)
      .map(({ relation, by }): Trial => ({ relation, functions: [self, by], domains }));
    const runs = await collect(
      { relation: { kind: 'type', of: 'list' }, functions: [self], domains },
      search,
      () => true,
    );
    if (runs) {
      for (const relation of resultRelations(runs, state.pool.language)) {
        if (known.has(identityOf(relation, [self]))) continue;
        if (isTelling(relation, runs, state.pool.language)) make(relation, [self], runs);
      }
      trials.push(...chains(callable, self, domains, runs));
    }
    // What a method that keeps something gives may be the object itself: no result to compare.
    if (runs || trials.some(({ relation }) => relation.kind === 'stored')) works++;
    for (const trial of trials) {
      if (known.has(identityOf(trial.relation, trial.functions)) || !search.within()) continue;
      if (!runs && trial.relation.kind !== 'stored') continue;
      const samples = await collect(trial, search, (inputs, results) =>
        relationHolds(trial.relation, inputs, results, state.pool.language),
      );
      if (samples && isTelling(trial.relation, samples, state.pool.language))
        make(trial.relation, trial.functions, samples);
    }
  }
  return found;
}

/** Whether what they give is waited for shows when they run. */
function asSeen(functions: readonly Function[], samples: readonly Sample[]): Function[] {
  const before = stepsBefore(functions).length;
  return functions.map((one, i) => {
    const isAsync = samples.some(({ seen }) => seen.steps[before + i]?.awaited === true);
    return isAsync ? { ...one, isAsync } : one;
  });
}

function identityOf(relation: Relation, functions: readonly Function[]): string {
  return `${relation.kind} ${functions.map(({ module, path }) => `${module} ${path.join('.')}`).join(' ')}`;
}

interface Trial {
  readonly relation: Relation;
  readonly functions: readonly Function[];
  readonly domains: readonly Domain[];
}

/** Relations that need a second call of the same function. */
function chains(callable: Callable, self: Function, domains: readonly Domain[], runs: readonly Sample[]): Trial[] {
  const trials: Trial[] = [];
  const add = (relation: Relation): void => void trials.push({ relation, functions: [self], domains });
  const resembles = runs.every(({ inputs, results }) => kindOf(inputs[0]!) === kindOf(results[0]!));
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
      const results = seen[i] && resultsOf(seen[i], { relation, functions });
      if (!results || !holds(inputs, results)) return undefined;
      samples.push({ inputs, results, candidate, seen: seen[i]! });
    }
  }
  return samples.length >= FIRST / 2 ? samples : undefined;
}

const NOT_ASKED: Value = { $: 'cut' };

/**
 * What each call gave; undefined where a step failed, took real time, changed what it was given or gave what cannot be compared.
 * Methods may change their object.
 */
export function resultsOf(
  seen: Seen,
  { relation, functions }: Pick<Property, 'relation' | 'functions'>,
): Value[] | undefined {
  const { effects } = seen;
  if (!isUsable(seen) || effects['time'] || effects['random'] || effects['timer']) return undefined;
  const before = stepsBefore(functions).length;
  const results: Value[] = [];
  for (const [i, { outcome, value, after }] of seen.steps.entries()) {
    if (outcome !== 'returned') return undefined;
    if (i < before) continue;
    if (Object.keys(after ?? {}).some((place) => place !== 'receiver')) return undefined;
    const given = value !== undefined && isMarked(value) && value.$ === 'step' ? results[value.i - before] : value;
    const isAsked = !(relation.kind === 'stored' && i === before);
    if (isAsked && (given === undefined || !isWhole(given))) return undefined;
    results.push(isAsked ? given! : NOT_ASKED);
  }
  return results;
}
