/**
 * A suite in a warm process, whatever the framework: `open(file)` loads a test file afresh and gives `{ tests, close }`. What each
 * test covers, shuffled re-runs, and which mutants the tests kill. Events go to the plan's output, one JSON object a line.
 */
import fs from 'node:fs';
import { shuffled } from './shuffled.mjs';

const FIRST_STEPS = 5e7;
const STEPS_FACTOR = 20;
const STEPS_MORE = 20_000;
const TIME_FACTOR = 5;
const TIME_MORE = 500;

function words(error) {
  try {
    return String((error && error.message) || error).slice(0, 500);
  } catch {
    return 'an error that cannot be read';
  }
}

export function createSession({ plan, runtime, watchdog, open, descriptor }) {
  const tell = (event) => fs.writeSync(descriptor, `${JSON.stringify(event)}\n`);
  const longest = plan.milliseconds || 10_000;
  let stray;
  process.on('unhandledRejection', (error) => (stray = stray || { error }));
  process.on('uncaughtException', (error) => (stray = stray || { error }));
  const exit = process.exit;
  /** id → { file, milliseconds, steps, covered, outcome, position } */
  const measured = new Map();
  const loads = new Map();
  const trusted = new Map();

  async function attempt(test, milliseconds) {
    stray = undefined;
    process.exit = (code) => {
      throw new Error(`process.exit(${code})`);
    };
    let timer;
    try {
      const limit = new Promise((resolve) => {
        timer = setTimeout(
          () => resolve({ outcome: 'failed', error: new Error('took too long'), late: true }),
          milliseconds,
        );
      });
      const result = await Promise.race([test.run(), limit]);
      if (result.outcome === 'passed' && stray) return { outcome: 'failed', error: stray.error };
      return result;
    } catch (error) {
      return { outcome: 'failed', error };
    } finally {
      clearTimeout(timer);
      process.exit = exit;
    }
  }

  async function guarded(work, milliseconds, run) {
    watchdog.arm(work, milliseconds);
    try {
      return await run();
    } finally {
      watchdog.disarm();
    }
  }

  /** Every test of a file, in its order. */
  async function measureFile(file, relative) {
    runtime.m = 0;
    runtime.reset();
    runtime.f = FIRST_STEPS;
    let suite;
    try {
      suite = await guarded(-1, longest * 3, () => open(file));
    } catch (error) {
      tell({ event: 'error', path: relative, message: words(error) });
      return;
    }
    const loaded = runtime.covered();
    loads.set(file, loaded);
    tell({ event: 'loaded', path: relative, covered: loaded });
    let position = 0;
    for (const test of suite.tests) {
      runtime.reset();
      runtime.f = FIRST_STEPS;
      tell({ event: 'start', id: test.id });
      const started = performance.now();
      const result = await guarded(-2, longest + 1000, () => attempt(test, longest));
      const value = {
        id: test.id,
        outcome: result.outcome,
        message: result.error ? words(result.error) : '',
        milliseconds: performance.now() - started,
        steps: FIRST_STEPS - runtime.f,
        covered: runtime.covered(),
      };
      measured.set(test.id, { ...value, file, position: position++ });
      tell({ event: 'test', path: relative, name: test.name, line: test.line || 0, ...value });
    }
    await suite.close();
  }

  async function rerun(files, round) {
    for (const [file] of shuffled(files, (plan.seed || 1) * 1000 + round)) {
      runtime.f = FIRST_STEPS;
      try {
        const suite = await open(file);
        for (const test of shuffled(suite.tests, (plan.seed || 1) * 7919 + round)) {
          const { outcome } = await guarded(-3, longest + 1000, () => attempt(test, longest));
          tell({ event: 'rerun', round, id: test.id, outcome });
        }
        await suite.close();
      } catch (error) {
        tell({ event: 'error', path: file, message: words(error) });
      }
    }
  }

  /** Runs tests in the order given, under a mutant; each file is loaded afresh once. Ends at the first that fails. */
  async function underMutant(number, order) {
    const suites = new Map();
    const result = { status: 'survived', by: [], tests: 0 };
    const sequence = [];
    runtime.reset();
    try {
      for (const id of order) {
        const { file, steps, milliseconds } = measured.get(id);
        const limit = milliseconds * TIME_FACTOR + TIME_MORE;
        const failed = await guarded(number, limit * 2 + 1000, async () => {
          runtime.f = steps * STEPS_FACTOR + STEPS_MORE + 1e6 * (suites.has(file) ? 0 : 1);
          runtime.m = number;
          let suite = suites.get(file);
          if (!suite) {
            try {
              suite = await open(file);
            } catch (error) {
              return { error };
            }
            suites.set(file, suite);
          }
          const test = suite.tests.find((each) => each.id === id);
          if (!test) return { error: new Error('the test is not declared any more') };
          runtime.f = steps * STEPS_FACTOR + STEPS_MORE;
          const found = await attempt(test, limit);
          return found.outcome === 'failed' ? { error: found.error, late: found.late } : undefined;
        });
        result.tests++;
        sequence.push(id);
        if (runtime.out || (failed && failed.late)) return { ...result, status: 'timeout' };
        if (failed) return { ...result, status: 'killed', by: [id], message: words(failed.error), sequence };
      }
      return result;
    } finally {
      runtime.m = 0;
      for (const suite of suites.values()) await suite.close().catch(() => undefined);
    }
  }

  /** A test may need those before it: one that also fails alone without a mutant proves nothing. */
  async function isTrusted(id, sequence) {
    let found = trusted.get(id);
    if (found === undefined) {
      const control = await underMutant(0, sequence);
      found = control.status === 'survived';
      trusted.set(id, found);
    }
    return found;
  }

  async function judge(mutant, order) {
    const started = performance.now();
    let result = await underMutant(mutant.id, order);
    if (result.status === 'killed' && !(await isTrusted(result.by[0], result.sequence))) {
      // In the suite's own order, where every test passed.
      const files = new Set(order.map((id) => measured.get(id).file));
      const whole = [...measured.values()]
        .filter(({ file, outcome }) => files.has(file) && outcome === 'passed')
        .map(({ id }) => id);
      result = await underMutant(mutant.id, whole);
    }
    delete result.sequence;
    return { ...result, milliseconds: performance.now() - started };
  }

  async function mutate() {
    const passing = [...measured.values()].filter(({ outcome }) => outcome === 'passed');
    passing.sort((a, b) => a.milliseconds - b.milliseconds || (a.id < b.id ? -1 : 1));
    const reach = new Map();
    const atLoad = new Map();
    const add = (map, key, value) => {
      const found = map.get(key);
      if (!found) map.set(key, new Set([value]));
      else found.add(value);
    };
    for (const { id, covered } of passing)
      for (const [name, counters] of Object.entries(covered))
        for (const counter of counters) add(reach, `${name}\0${counter}`, id);
    for (const [file, covered] of loads)
      for (const [name, counters] of Object.entries(covered))
        for (const counter of counters) add(atLoad, `${name}\0${counter}`, file);
    const kills = new Map();
    for (const mutant of plan.mutants) {
      const key = `${mutant.file}\0${mutant.counter}`;
      const direct = [...(reach.get(key) || [])];
      const loading = atLoad.get(key);
      let order = direct;
      if (loading) {
        const touched = passing
          .filter(({ file, covered }) => loading.has(file) && covered[mutant.file])
          .map(({ id }) => id);
        const rest = passing.filter(({ file }) => loading.has(file)).map(({ id }) => id);
        order = [...new Set([...direct, ...touched, ...rest])];
      }
      if (order.length === 0) {
        tell({ event: 'mutant', mutant: mutant.id, status: 'no-coverage', by: [], tests: 0, milliseconds: 0 });
        continue;
      }
      if (!loading)
        order.sort((a, b) => (kills.get(`${mutant.file}\0${b}`) || 0) - (kills.get(`${mutant.file}\0${a}`) || 0));
      tell({ event: 'try', mutant: mutant.id });
      const result = await judge(mutant, order);
      for (const id of result.by) kills.set(`${mutant.file}\0${id}`, (kills.get(`${mutant.file}\0${id}`) || 0) + 1);
      tell({ event: 'mutant', mutant: mutant.id, ...result });
    }
  }

  return {
    /** `files`: pairs of absolute path and path in the tree. */
    async run(files) {
      for (const [file, relative] of files) await measureFile(file, relative);
      for (let round = 1; round <= (plan.repeats || 0); round++) await rerun(files, round);
      if (plan.mode === 'mutate') await mutate();
      tell({ event: 'done' });
    },
  };
}
