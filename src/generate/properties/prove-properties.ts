import type { MutantExecutor, MutantPoint } from '../keep/find-kills.ts';
import type { ProvenTest } from '../keep/proven-test.ts';
import type { Seen } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { resultsOf } from './find-properties.ts';
import type { FoundProperty, ProvenProperty, Sample } from './property.ts';
import { relationHolds, relationStrength } from './relation.ts';

/** Inputs of a property that run against mutants, and those that a test shows. */
const TRIED = 16;
const SHOWN = 8;
const MOST_TESTS = 80;
const CHUNK = 24;
const MOST_OF_A_FUNCTION = 3;
/** Up to this strength a property must see a mutant that no example sees. */
const WEAK = 3;
const OTHER_TIME = 1899999999321;

export interface PropertyProof {
  readonly found: readonly FoundProperty[];
  readonly mutants: readonly MutantPoint[];
  readonly executor: Executor & MutantExecutor;
  /** Processes with another time zone, locale and hash seed. */
  readonly others: readonly Executor[];
  /** Mutants that tests by example see. */
  readonly seenByExamples: ReadonlySet<number>;
  readonly language: 'ecmascript' | 'python';
  readonly within: () => boolean;
}

/** Of the properties those that hold elsewhere as well and that mutants break; each sees one that no other property sees. */
export async function proveProperties(proof: PropertyProof): Promise<ProvenTest[]> {
  const { seenByExamples } = proof;
  const tried = await steadyOnes(
    proof.found.map((property) => ({ property, samples: chooseSamples(property.samples) })),
    proof,
  );
  const kills = await killsOf(tried, proof);
  const order = tried
    .map((one, i) => ({ ...one, kills: kills[i]! }))
    .sort(
      (a, b) =>
        relationStrength(b.property.relation) - relationStrength(a.property.relation) || b.kills.size - a.kills.size,
    );
  const seen = new Set<number>();
  const count = new Map<string, number>();
  const kept: ProvenTest[] = [];
  for (const { property, samples, kills: mine } of order) {
    const isWeak = relationStrength(property.relation) <= WEAK;
    const fresh = [...mine.keys()].filter((mutant) => !seen.has(mutant) && !(isWeak && seenByExamples.has(mutant)));
    const subject = JSON.stringify(property.functions[0]);
    if (fresh.length === 0 || (count.get(subject) ?? 0) >= MOST_OF_A_FUNCTION) continue;
    count.set(subject, (count.get(subject) ?? 0) + 1);
    for (const mutant of mine.keys()) seen.add(mutant);
    kept.push(asTest(property, samples, mine, fresh));
  }
  return kept;
}

interface Tried {
  readonly property: FoundProperty;
  readonly samples: readonly Sample[];
}

/** Inputs that reach most come first, then small ones. */
function chooseSamples(samples: readonly Sample[]): Sample[] {
  const left = [...samples].sort((a, b) => cost(a) - cost(b));
  const reached = new Set<number>();
  const chosen: Sample[] = [];
  for (const sample of left) {
    if (chosen.length >= TRIED) break;
    const hits = sample.seen.hits ?? [];
    if (chosen.length > 0 && hits.every((goal) => reached.has(goal))) continue;
    for (const goal of hits) reached.add(goal);
    chosen.push(sample);
  }
  for (const [i, sample] of left.entries())
    if (chosen.length < TRIED && !chosen.includes(sample) && i % 3 === 0) chosen.push(sample);
  return chosen;
}

function cost({ inputs }: Sample): number {
  return JSON.stringify(inputs).length;
}

function holdsOf(
  { property }: Tried,
  { inputs }: Sample,
  seen: Seen | undefined,
  language: PropertyProof['language'],
): boolean {
  const results = seen && resultsOf(seen, property);
  return results !== undefined && relationHolds(property.relation, inputs, results, language);
}

async function steadyOnes(all: readonly Tried[], { executor, others, language }: PropertyProof): Promise<Tried[]> {
  const samples = all.flatMap((tried) => tried.samples.map((sample) => ({ tried, sample })));
  const candidates = samples.map(({ sample }) => sample.candidate);
  const usual = { full: true, now: SEEN_TIME, random: 0 };
  const broken = new Set<Tried>();
  for (const [runner, options] of [
    [executor, { ...usual, now: OTHER_TIME, random: 99991 }],
    ...others.map((one) => [one, usual] as const),
  ] as const) {
    const seen = await runner.run(candidates, options);
    for (const [i, { tried, sample }] of samples.entries())
      if (!holdsOf(tried, sample, seen[i], language)) broken.add(tried);
  }
  return all.filter((tried) => !broken.has(tried));
}

/** For each property: mutants that break it, with the samples that show it. */
async function killsOf(all: readonly Tried[], proof: PropertyProof): Promise<Map<number, Sample[]>[]> {
  const kills = all.map(() => new Map<number, Sample[]>());
  const tests = all.flatMap(({ samples }, number) =>
    samples.map((sample) => ({ sample, number, hits: new Set(sample.seen.hits) })),
  );
  const tasks = proof.mutants.flatMap(({ id, goal, atLoad }) => {
    const mine = tests.flatMap(({ hits }, i) => (atLoad || hits.has(goal) ? [i] : [])).slice(0, MOST_TESTS);
    return mine.length === 0 ? [] : [{ id, tests: mine, load: atLoad }];
  });
  if (tasks.length === 0) return kills;
  await proof.executor.prepare(
    tests.map(({ sample }) => sample.candidate),
    { now: SEEN_TIME, random: 0 },
  );
  for (let at = 0; at < tasks.length && proof.within(); at += CHUNK) {
    for (const { mutant, runs } of await proof.executor.kill(tasks.slice(at, at + CHUNK), MOST_TESTS)) {
      for (const { test, seen } of runs) {
        const { sample, number } = tests[test]!;
        // An endless mutant is no kill.
        if (seen.hung || holdsOf(all[number]!, sample, seen, proof.language)) continue;
        kills[number]!.set(mutant, [...(kills[number]!.get(mutant) ?? []), sample]);
      }
    }
  }
  return kills;
}

/** The fewest inputs that see every mutant first, then small ones. */
function chooseShown(
  kills: ReadonlyMap<number, readonly Sample[]>,
  fresh: readonly number[],
  samples: readonly Sample[],
): Sample[] {
  const left = new Set(fresh);
  const shown = new Set<Sample>();
  while (left.size > 0 && shown.size < TRIED) {
    let best: Sample | undefined;
    let most = 0;
    for (const sample of samples) {
      let gain = 0;
      for (const mutant of left) if (kills.get(mutant)!.includes(sample)) gain++;
      const worth = gain / (4 + cost(sample));
      if (worth > most) [best, most] = [sample, worth];
    }
    if (!best) break;
    shown.add(best);
    for (const mutant of left) if (kills.get(mutant)!.includes(best)) left.delete(mutant);
  }
  for (const sample of [...samples].sort((a, b) => cost(a) - cost(b))) if (shown.size < SHOWN) shown.add(sample);
  return [...shown].sort((a, b) => inReadingOrder(a, b));
}

function inReadingOrder(one: Sample, other: Sample): number {
  const [a, b] = [one.inputs[0], other.inputs[0]];
  return typeof a === 'number' && typeof b === 'number' ? a - b : cost(one) - cost(other);
}

function asTest(
  property: FoundProperty,
  samples: readonly Sample[],
  kills: ReadonlyMap<number, readonly Sample[]>,
  fresh: readonly number[],
): ProvenTest {
  const shown = chooseShown(kills, fresh, samples);
  const proven: ProvenProperty = {
    relation: property.relation,
    functions: property.functions,
    domains: property.domains,
    names: property.names,
    examples: shown.map(({ inputs }) => inputs),
    held: property.samples.length,
  };
  return {
    candidate: shown[0]!.candidate,
    seen: { ...shown[0]!.seen, hits: [...new Set(shown.flatMap(({ seen }) => seen.hits ?? []))] },
    assertions: [],
    reaches: [],
    kills: fresh,
    sees: [...kills].flatMap(([mutant, by]) => (by.some((sample) => shown.includes(sample)) ? [mutant] : [])),
    fixes: [],
    property: proven,
  };
}
