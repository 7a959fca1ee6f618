/** vitest's own runner, which also tells what each test covers and runs the file again under each mutant: `--runner=` this file. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vitest from 'vitest';
import { installRuntime } from './runtime.mjs';
import { FIRST_STEPS, mutateFile, openEvents, readPlan, words } from './suite-plan.mjs';
import { startWatchdog } from './watchdog.mjs';

const plan = readPlan();
const { tell, descriptor } = openEvents(plan);
const runtime = installRuntime();
const watchdog = startWatchdog(descriptor);
const require = createRequire(path.join(plan.root, 'package.json'));

/** The class that vitest runs tests with; its place changed from version to version. */
async function baseRunner() {
  if (vitest.TestRunner) return vitest.TestRunner;
  const older = 'vitest/runners';
  const { VitestTestRunner } = await import(/* @vite-ignore */ older);
  return VitestTestRunner;
}

/** The function that collects and runs files; inside of vitest's package where it has no package of its own. */
async function findStartTests() {
  const home = path.dirname(fs.realpathSync(require.resolve('vitest/package.json')));
  try {
    const { startTests } = await import(
      /* @vite-ignore */ pathToFileURL(createRequire(path.join(home, 'package.json')).resolve('@vitest/runner')).href
    );
    if (startTests) return startTests;
  } catch {
    // Bundled.
  }
  const chunks = path.join(home, 'dist/chunks');
  for (const name of fs.readdirSync(chunks)) {
    if (!name.endsWith('.js') || !fs.readFileSync(path.join(chunks, name), 'utf8').includes('function startTests('))
      continue;
    const found = Object.values(await import(/* @vite-ignore */ pathToFileURL(path.join(chunks, name)).href)).find(
      (value) => typeof value === 'function' && value.name === 'startTests',
    );
    if (found) return found;
  }
  throw new Error('this version of vitest cannot run a file again');
}

const Base = await baseRunner();
/** 0: the run that is measured; above: re-runs in another order. */
const round = Number(process.env.TROWEL_ROUND || 0);

function nameOf(test) {
  const names = [];
  for (let task = test; task && task.type !== 'file' && !task.filepath; task = task.suite) names.unshift(task.name);
  return names.join(' > ');
}
const relative = (file) => path.relative(plan.root, file).split(path.sep).join('/');
const idOf = (test) => `${relative(test.file.filepath)}::${nameOf(test)}`;

function eachTest(task, visit) {
  for (const inner of task.tasks || []) {
    if (inner.type === 'suite' || inner.tasks) eachTest(inner, visit);
    else visit(inner);
  }
}

function outcomeOf(test) {
  const state = test.result && test.result.state;
  return state === 'pass' ? 'passed' : state === 'fail' ? 'failed' : 'skipped';
}

export default class TrowelRunner extends Base {
  /** Of the nested run of one mutant: the tests to run, and what came of it. */
  nested;
  measured = [];
  loaded = {};

  onBeforeCollect(paths) {
    if (!this.nested) {
      runtime.m = 0;
      runtime.reset();
      runtime.f = FIRST_STEPS;
      watchdog.arm(-1, (plan.milliseconds || 10_000) * 3);
    }
    return super.onBeforeCollect && super.onBeforeCollect(paths);
  }

  async onCollected(files) {
    if (this.nested) {
      for (const file of files) {
        if (file.result && file.result.state === 'fail') {
          const [error] = file.result.errors || [];
          this.nested.broken = words(error || 'the file could not be loaded');
        }
        eachTest(file, (test) => {
          if (!this.nested.chosen.has(idOf(test))) test.mode = 'skip';
        });
      }
    } else {
      this.loaded = runtime.covered();
      this.loadSteps = FIRST_STEPS - runtime.f;
      watchdog.disarm();
      if (round === 0)
        for (const file of files) tell({ event: 'loaded', path: relative(file.filepath), covered: this.loaded });
    }
    if (super.onCollected) await super.onCollected(files);
  }

  onBeforeTryTask(test, options) {
    if (!this.nested) {
      runtime.reset();
      runtime.f = FIRST_STEPS;
      this.started = performance.now();
      tell({ event: 'start', id: idOf(test) });
      watchdog.arm(-2, (plan.milliseconds || 10_000) + 1000);
    }
    return super.onBeforeTryTask && super.onBeforeTryTask(test, options);
  }

  async onAfterRunTask(test) {
    if (super.onAfterRunTask) await super.onAfterRunTask(test);
    const outcome = outcomeOf(test);
    const [error] = (test.result && test.result.errors) || [];
    if (this.nested) {
      if (outcome !== 'skipped') this.nested.tests++;
      if (outcome !== 'failed') return;
      if (this.nested.failed === undefined) {
        this.nested.failed = idOf(test);
        this.nested.message = error ? words(error) : '';
        this.nested.timeout = /timed out in \d+ ?ms/i.test(this.nested.message);
      }
      this.cancelRun = true;
      return;
    }
    this.record(test, outcome, error);
  }

  record(test, outcome, error) {
    watchdog.disarm();
    if (round > 0) {
      this.measured.push({ id: idOf(test) });
      tell({ event: 'rerun', round, id: idOf(test), outcome });
      return;
    }
    const value = {
      id: idOf(test),
      outcome,
      message: error ? words(error) : '',
      milliseconds: this.started === undefined ? 0 : performance.now() - this.started,
      steps: FIRST_STEPS - runtime.f,
      covered: outcome === 'skipped' ? {} : runtime.covered(),
    };
    this.measured.push(value);
    const file = relative(test.file.filepath);
    tell({ event: 'test', path: file, name: nameOf(test), line: (test.location && test.location.line) || 0, ...value });
  }

  async onAfterRunFiles(files) {
    if (super.onAfterRunFiles) await super.onAfterRunFiles(files);
    if (this.nested) return;
    for (const file of files) {
      if (file.result && file.result.state === 'fail' && !file.tasks.length) {
        const [error] = file.result.errors || [];
        tell({ event: 'error', path: relative(file.filepath), message: words(error || 'could not be loaded') });
      }
      // Tests that vitest skips never start.
      eachTest(file, (test) => {
        if (!this.measured.some(({ id }) => id === idOf(test))) this.record(test, outcomeOf(test), undefined);
      });
    }
    if (plan.mode !== 'mutate' || round > 0) return;
    const startTests = await findStartTests();
    for (const file of files) {
      const prefix = `${relative(file.filepath)}::`;
      const measured = this.measured.filter(({ id }) => id.startsWith(prefix));
      const run = (chosen, milliseconds) => this.again(startTests, file.filepath, chosen, milliseconds);
      await mutateFile({
        plan,
        runtime,
        tell,
        watchdog,
        measured,
        loaded: this.loaded,
        loadSteps: this.loadSteps,
        run,
      });
    }
  }

  /** The file once more on fresh modules, with some of its tests, until one fails. Nothing of it is reported by vitest. */
  async again(startTests, filepath, chosen, milliseconds) {
    const runner = new TrowelRunner({
      ...this.config,
      testTimeout: Math.ceil(milliseconds),
      hookTimeout: Math.ceil(milliseconds),
      retry: 0,
    });
    // Vitest puts things on its runner that are not listed.
    for (const key of Object.getOwnPropertyNames(this))
      if (typeof this[key] !== 'function' && !['config', 'nested', 'measured', 'loaded', 'cancelRun'].includes(key))
        runner[key] = this[key];
    runner.nested = { chosen: new Set(chosen), tests: 0 };
    vitest.vi.useRealTimers();
    vitest.vi.resetModules();
    try {
      await startTests([{ filepath }], runner);
    } catch (error) {
      runner.nested.broken = words(error);
    }
    const { failed, broken, message, tests, timeout } = runner.nested;
    return { failed, broken, message: message || broken, tests, timeout };
  }
}
