/** What the parts that live inside of vitest and jest share: the plan, the events, which tests reach which mutant. */
import fs from 'node:fs';

export { shuffled } from './shuffled.mjs';

const STEPS_FACTOR = 20;
const STEPS_MORE = 20_000;
export const FIRST_STEPS = 5e7;

export function readPlan() {
  return JSON.parse(fs.readFileSync(process.env.TROWEL_PLAN, 'utf8'));
}

export function openEvents(plan) {
  const descriptor = fs.openSync(plan.output, 'a');
  return { descriptor, tell: (event) => fs.writeSync(descriptor, `${JSON.stringify(event)}\n`) };
}

export function words(error) {
  try {
    return String((error && error.message) || error).slice(0, 500);
  } catch {
    return 'an error that cannot be read';
  }
}

/** Mutants that earlier workers have dealt with: killed, or found to hang. */
function settled(plan) {
  const found = new Set(plan.skip || []);
  for (const line of fs.readFileSync(plan.output, 'utf8').split('\n')) {
    if (!line.includes('"mutant"')) continue;
    try {
      const event = JSON.parse(line);
      if (event.event === 'mutant' && (event.status === 'killed' || event.status === 'timeout'))
        found.add(event.mutant);
    } catch {
      // The line that is being written by another.
    }
  }
  return found;
}

/**
 * Every mutant that the tests of one file reach. `measured`: per test `{ id, outcome, milliseconds, steps, covered }`, in their
 * order; `loaded`: counters of loading the file. `run(chosen, limits)` runs the tests with these ids on fresh modules and gives
 * `{ id, error } | undefined` for the first that fails, or `{ timeout: true }`, and the number of tests that it ran.
 */
export async function mutateFile({ plan, runtime, tell, watchdog, measured, loaded, loadSteps = 0, run }) {
  const passing = measured.filter(({ outcome }) => outcome === 'passed');
  if (passing.length === 0) return;
  const done = settled(plan);
  const byId = new Map(passing.map((test) => [test.id, test]));
  const reach = new Map();
  for (const { id, covered } of passing)
    for (const [name, counters] of Object.entries(covered))
      for (const counter of counters) {
        const key = `${name}\0${counter}`;
        const found = reach.get(key);
        if (found) found.add(id);
        else reach.set(key, new Set([id]));
      }
  const atLoad = new Set(
    Object.entries(loaded).flatMap(([name, counters]) => counters.map((counter) => `${name}\0${counter}`)),
  );
  const trusted = new Map();
  const all = passing.map(({ id }) => id);

  const limited = async (number, chosen) => {
    const tests = chosen.map((id) => byId.get(id));
    const steps = (loadSteps + tests.reduce((sum, test) => sum + test.steps, 0)) * STEPS_FACTOR + STEPS_MORE;
    const milliseconds = tests.reduce((longest, test) => Math.max(longest, test.milliseconds), 0) * 5 + 500;
    const whole = tests.reduce((sum, test) => sum + test.milliseconds, 0) * 5 + 2000;
    watchdog.arm(number, whole + milliseconds);
    runtime.reset();
    runtime.f = steps;
    runtime.m = number;
    try {
      const result = await run(chosen, milliseconds);
      return { ...result, timeout: runtime.out || result.timeout };
    } finally {
      runtime.m = 0;
      runtime.f = 1 / 0;
      watchdog.disarm();
    }
  };

  for (const mutant of plan.mutants) {
    const key = `${mutant.file}\0${mutant.counter}`;
    const loading = atLoad.has(key);
    const chosen = loading ? all : all.filter((id) => reach.get(key)?.has(id));
    if (chosen.length === 0 || done.has(mutant.id)) continue;
    tell({ event: 'try', mutant: mutant.id });
    const started = performance.now();
    let result = await limited(mutant.id, chosen);
    const why = result.failed || (result.broken && 'loading');
    if (why && !result.timeout && !trusted.get(why)) {
      // A test may need those before it: what also fails without a mutant proves nothing.
      let control = await limited(0, chosen);
      if (control.failed) {
        result = await limited(mutant.id, all);
        control = trusted.get('whole') ? {} : await limited(0, all);
        if (!control.failed && !control.broken) trusted.set('whole', true);
      } else if (!control.broken) trusted.set(why, true);
      if (control.failed || control.broken) {
        tell({ event: 'error', message: `the tests cannot be run again: ${control.message}`, fatal: true });
        return;
      }
    }
    const status = result.timeout ? 'timeout' : result.failed || result.broken ? 'killed' : 'survived';
    tell({
      event: 'mutant',
      mutant: mutant.id,
      status,
      by: status === 'killed' && result.failed ? [result.failed] : [],
      tests: result.tests,
      milliseconds: performance.now() - started,
      ...(result.message ? { message: result.message } : {}),
    });
  }
}
