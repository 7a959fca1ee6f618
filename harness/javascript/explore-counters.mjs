/**
 * What instrumented files count while a candidate runs. Goals are the counters of all files in one row, and distances likewise:
 * number of the file's first one + index.
 */
import { installRuntime } from './runtime.mjs';

/** Steps that loops may take in one candidate. */
const FUEL = 100_000;
const MOST_COMPARED = 24;
const MOST_PAIRS = 16;

const runtime = installRuntime();
const { isFinite } = Number;
let files = [];

/** `id` of the instrumented file, its first goal and its first distance. */
export function setFiles(list) {
  files = list;
}

export function beginCounting(mutant = 0) {
  runtime.reset();
  runtime.f = FUEL;
  runtime.m = mutant;
}

/** Whether loops ran out of steps. */
export function ranOut() {
  return runtime.out;
}

export function endCounting(options = {}) {
  runtime.m = 0;
  runtime.f = Infinity;
  const hits = [];
  const near = [];
  for (const { id, goal, distance } of files) {
    const counters = runtime.c[id];
    if (counters) for (let i = 0; i < counters.length; i++) if (counters[i] > 0) hits.push(goal + i);
    const distances = options.near && runtime.d[id];
    if (distances)
      for (let i = 0; i < distances.length; i++)
        if (distances[i] > 0 && isFinite(distances[i])) near.push([distance + i, round(distances[i])]);
  }
  if (!options.near) return { hits };
  const values = runtime
    .values()
    .map((value) => (typeof value === 'bigint' ? { $: 'bigint', v: String(value) } : value));
  return {
    hits,
    near,
    pairs: runtime
      .pairs()
      .filter(([one, other]) => typeof one === 'string' || (isFinite(one) && isFinite(other)))
      .slice(-MOST_PAIRS),
    compared: values.filter((value) => typeof value !== 'number' || isFinite(value)).slice(-MOST_COMPARED),
  };
}

const round = (value) => (value < 1e6 ? Math.round(value * 1000) / 1000 : 1e6);
