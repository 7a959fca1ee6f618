/** Runs tests on fresh module graphs: what each covers, and which mutants they kill. */

/** Steps that loops may take in a test before it is known how many it needs. */
const FIRST_STEPS = 5e6;
/** A mutant may take this many times the steps and the time of the same test without it, and a little more. */
const STEPS_FACTOR = 20;
const STEPS_MORE = 20_000;
const TIME_FACTOR = 5;

class TookTooLong extends Error {}

/** Why the running piece of work failed besides what it threw. */
let stray;
process.on('unhandledRejection', (error) => {
  stray = stray || { error };
});
process.on('uncaughtException', (error) => {
  stray = stray || { error };
});

function message(error) {
  try {
    return String((error && error.message) || error).slice(0, 500);
  } catch {
    return 'an error that cannot be read';
  }
}

/** One test: undefined when it passes. */
async function attempt(run, milliseconds) {
  const exit = process.exit;
  process.exit = (code) => {
    throw new Error(`process.exit(${code})`);
  };
  stray = undefined;
  let timer;
  try {
    const result = run();
    if (result && typeof result.then === 'function') {
      const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new TookTooLong('took too long')), milliseconds);
      });
      await Promise.race([result, limit]);
    }
    return stray;
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
    process.exit = exit;
  }
}

/**
 * What each test does on unchanged code: `{ passed, error?, covered, loaded, steps, milliseconds }`. `covered` and `loaded`
 * (while the modules were loaded) are counter indexes by file.
 *
 * @param {{ runtime: object, load: () => Promise<unknown>, tests: { run(modules: unknown): unknown }[], milliseconds?: number,
 *   watchdog?: { arm(work: number, milliseconds: number): void, disarm(): void }, distances?: boolean }} request
 *   `load` gives the modules on a fresh graph; `milliseconds`: the longest that a test may take.
 */
export async function measureTests({ runtime, load, tests, milliseconds = 5000, watchdog, distances = false }) {
  const measured = [];
  for (let index = 0; index < tests.length; index++) {
    if (watchdog) watchdog.arm(-1 - index, milliseconds + 1000);
    runtime.m = 0;
    runtime.reset();
    runtime.f = FIRST_STEPS;
    const started = performance.now();
    let failed;
    let loaded = {};
    try {
      const modules = await load();
      loaded = runtime.covered();
      runtime.reset();
      failed = await attempt(() => tests[index].run(modules), milliseconds);
    } catch (error) {
      failed = { error };
    }
    measured.push({
      passed: failed === undefined,
      ...(failed ? { error: message(failed.error) } : {}),
      covered: runtime.covered(),
      loaded,
      steps: FIRST_STEPS - runtime.f,
      milliseconds: performance.now() - started,
      ...(distances ? { distances: runtime.distances(), values: runtime.values() } : {}),
    });
    if (watchdog) watchdog.disarm();
  }
  return measured;
}

/**
 * Which tests kill which mutants: `{ mutant, status, by, tests, milliseconds }` with status `killed`, `survived`, `timeout` or
 * `no-coverage`; `by`: indexes of the tests that fail under it, the first one only unless `all`. Tests that fail without a
 * mutant are left out. Tests run in the order of their speed.
 *
 * @param {{ runtime: object, load: () => Promise<unknown>, tests: { run(modules: unknown): unknown }[],
 *   measured: Awaited<ReturnType<typeof measureTests>>, mutants: { id: number, file: string, counter: number, static: boolean }[],
 *   all?: boolean, watchdog?: object, onResult?: (result: object) => void, onStart?: (mutant: number) => void }} request
 *   `all`: the whole matrix of kills.
 */
export async function killMutants({
  runtime,
  load,
  tests,
  measured,
  mutants,
  all = false,
  watchdog,
  onResult,
  onStart,
}) {
  const order = tests
    .map((_, index) => index)
    .filter((index) => measured[index].passed)
    .sort((a, b) => measured[a].milliseconds - measured[b].milliseconds || a - b);
  const reach = new Map();
  for (const index of order) {
    for (const kind of ['covered', 'loaded']) {
      for (const [file, counters] of Object.entries(measured[index][kind])) {
        for (const counter of counters) {
          const key = `${kind}\0${file}\0${counter}`;
          const found = reach.get(key);
          if (!found) reach.set(key, [index]);
          else if (found[found.length - 1] !== index) found.push(index);
        }
      }
    }
  }
  const slot = new Map(order.map((index, at) => [index, at]));
  const results = [];
  for (const { id, file, counter, static: isStatic } of mutants) {
    const direct = reach.get(`covered\0${file}\0${counter}`) || [];
    const atLoad = reach.get(`loaded\0${file}\0${counter}`) || [];
    const reaching = isStatic || atLoad.length > 0 ? union(direct, atLoad, slot) : direct;
    const result = {
      mutant: id,
      status: reaching.length === 0 ? 'no-coverage' : 'survived',
      by: [],
      tests: 0,
      milliseconds: 0,
    };
    if (onStart && reaching.length > 0) onStart(id);
    const started = performance.now();
    for (const index of reaching) {
      const { steps, milliseconds } = measured[index];
      const limit = milliseconds * TIME_FACTOR + 500;
      if (watchdog) watchdog.arm(id, limit + 500);
      runtime.reset();
      runtime.f = steps * STEPS_FACTOR + STEPS_MORE;
      runtime.m = id;
      let failed;
      try {
        const modules = await load();
        failed = await attempt(() => tests[index].run(modules), limit);
      } catch (error) {
        failed = { error };
      }
      runtime.m = 0;
      if (watchdog) watchdog.disarm();
      result.tests++;
      if (runtime.out || (failed && failed.error instanceof TookTooLong)) {
        if (result.by.length === 0) result.status = 'timeout';
        if (!all || runtime.out) break;
      } else if (failed) {
        result.status = 'killed';
        result.by.push(index);
        if (result.message === undefined) result.message = message(failed.error);
        if (!all) break;
      }
    }
    result.milliseconds = performance.now() - started;
    results.push(result);
    if (onResult) onResult(result);
  }
  runtime.f = 1 / 0;
  return results;
}

function union(one, other, slot) {
  return [...new Set([...one, ...other])].sort((a, b) => slot.get(a) - slot.get(b));
}
