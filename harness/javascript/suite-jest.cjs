/** jest's own circus runner, which also tells what each test covers and runs the file again under each mutant: `--testRunner=` this. */
// Jest loads its runner by require.
// oxlint-disable-next-line typescript/no-require-imports
const { createRequire } = require('node:module');
// oxlint-disable-next-line typescript/no-require-imports
const path = require('node:path');

/** From the project through jest's own packages, however they are laid out. */
function findCircus(root) {
  let at = createRequire(path.join(root, 'package.json'));
  for (const name of ['jest-circus/runner', 'jest', '@jest/core', 'jest-config']) {
    if (name !== 'jest-circus/runner') {
      try {
        at = createRequire(at.resolve(name));
      } catch {
        continue;
      }
    }
    try {
      return at.resolve('jest-circus/runner');
    } catch {
      // Further in.
    }
  }
  throw new Error('jest-circus was not found: jest 27 or later is needed');
}

let shared;
async function tools() {
  if (!shared) {
    const planning = await import('./suite-plan.mjs');
    const { createRuntime } = await import('./runtime.mjs');
    const { startWatchdog } = await import('./watchdog.mjs');
    const plan = planning.readPlan();
    const events = planning.openEvents(plan);
    const circus = createRequire(__filename)(findCircus(plan.root));
    shared = {
      ...planning,
      ...events,
      plan,
      runtime: createRuntime(),
      watchdog: startWatchdog(events.descriptor),
      circus: circus.default || circus,
    };
  }
  return shared;
}

/** Circus keeps what was declared in the realm of the test file: that goes, and the file's modules with it. */
function refresh(jestRuntime, environment) {
  jestRuntime.resetModules();
  if (jestRuntime._esmoduleRegistry) jestRuntime._esmoduleRegistry.clear();
  if (jestRuntime._internalModuleRegistry) {
    jestRuntime._internalModuleRegistry.clear();
    return;
  }
  for (const symbol of Object.getOwnPropertySymbols(environment.global)) {
    const value = environment.global[symbol];
    // The first two are circus's own; each run adds those of the environment again.
    if (String(symbol) === 'Symbol(EVENT_HANDLERS)' && Array.isArray(value)) value.length = 2;
    if (String(symbol) === 'Symbol(JEST_STATE_SYMBOL)' && value) startOver(value);
  }
}

/** As circus makes it for a file. */
function startOver(state) {
  const root = {
    type: 'describeBlock',
    children: [],
    hooks: [],
    mode: undefined,
    name: 'ROOT_DESCRIBE_BLOCK',
    parent: undefined,
    tests: [],
  };
  Object.assign(state, {
    currentDescribeBlock: root,
    rootDescribeBlock: root,
    currentlyRunningTest: null,
    hasFocusedTests: false,
    hasStarted: false,
    testTimeout: 5000,
    unhandledErrors: [],
    unhandledRejectionErrorByPromise: new Map(),
  });
}

/** In every version, not only in those that can do it themselves. */
function shuffleTests(block, seed, shuffled) {
  block.children = shuffled(block.children, seed);
  // Before jest 27, tests stood apart.
  if (block.tests) block.tests = block.children.filter(({ type }) => type !== 'describeBlock');
  for (const child of block.children) if (child.type === 'describeBlock') shuffleTests(child, seed + 1, shuffled);
}

const fullName = (test) => {
  const names = [];
  for (let each = test; each && each.name !== 'ROOT_DESCRIBE_BLOCK'; each = each.parent) names.unshift(each.name);
  return names.join(' > ');
};

module.exports = async function run(globalConfig, config, environment, jestRuntime, testPath, sendMessage) {
  const { plan, tell, runtime, watchdog, circus, mutateFile, words, shuffled, FIRST_STEPS } = await tools();
  const relative = path.relative(plan.root, testPath).split(path.sep).join('/');
  const original = environment.handleTestEvent && environment.handleTestEvent.bind(environment);
  const measured = [];
  let loaded = {};
  let loadSteps = 0;
  let nested;
  let started = 0;
  environment.global.__trowel = runtime;
  // Counters belong to the modules of one file's run.
  for (const id of Object.keys(runtime.c)) delete runtime.c[id];

  const round = Number(process.env.TROWEL_ROUND || 0);
  const tellTest = (test, outcome, error) => {
    if (round > 0) {
      tell({ event: 'rerun', round, id: `${relative}::${fullName(test)}`, outcome });
      return;
    }
    const value = {
      id: `${relative}::${fullName(test)}`,
      outcome,
      message: error ? words(error) : '',
      milliseconds: started === 0 ? 0 : performance.now() - started,
      steps: FIRST_STEPS - runtime.f,
      covered: outcome === 'skipped' ? {} : runtime.covered(),
    };
    measured.push(value);
    tell({ event: 'test', path: relative, name: fullName(test), line: 0, ...value });
  };
  const errorOf = (test) => {
    const [first] = test.errors;
    return Array.isArray(first) ? first[0] || first[1] : first;
  };

  environment.handleTestEvent = async (event, state) => {
    if (original) await original(event, state);
    switch (event.name) {
      case 'run_start':
        if (nested) {
          state.testTimeout = Math.ceil(nested.milliseconds);
          const mark = (block) => {
            for (const child of block.children) {
              if (child.type === 'describeBlock') mark(child);
              else if (!nested.chosen.has(`${relative}::${fullName(child)}`)) child.mode = 'skip';
            }
          };
          mark(state.rootDescribeBlock);
        } else {
          loaded = runtime.covered();
          loadSteps = FIRST_STEPS - runtime.f;
          if (round > 0) shuffleTests(state.rootDescribeBlock, (plan.seed || 1) * 1000 + round, shuffled);
          if (round === 0) tell({ event: 'loaded', path: relative, covered: loaded });
        }
        break;
      case 'test_start':
        if (nested) {
          if (nested.failed !== undefined) event.test.mode = 'skip';
          break;
        }
        runtime.reset();
        runtime.f = FIRST_STEPS;
        started = performance.now();
        tell({ event: 'start', id: `${relative}::${fullName(event.test)}` });
        watchdog.arm(-2, (plan.milliseconds || 10_000) + 1000);
        break;
      case 'test_skip':
      case 'test_todo':
        if (!nested) tellTest(event.test, 'skipped');
        break;
      case 'test_done': {
        watchdog.disarm();
        const error = errorOf(event.test);
        if (!nested) tellTest(event.test, event.test.errors.length > 0 ? 'failed' : 'passed', error);
        else {
          nested.tests++;
          if (event.test.errors.length > 0 && nested.failed === undefined) {
            nested.failed = `${relative}::${fullName(event.test)}`;
            nested.message = words(error);
            nested.timeout = /Exceeded timeout of/.test(nested.message);
          }
        }
        break;
      }
    }
  };

  const call = (send) => circus(globalConfig, config, environment, jestRuntime, testPath, send);
  runtime.m = 0;
  runtime.reset();
  runtime.f = FIRST_STEPS;
  let result;
  try {
    result = await call(sendMessage);
  } catch (error) {
    tell({ event: 'error', path: relative, message: words(error) });
    throw error;
  }
  if (result.testExecError) tell({ event: 'error', path: relative, message: words(result.testExecError) });
  if (plan.mode === 'mutate' && round === 0) {
    const again = async (chosen, milliseconds) => {
      nested = { chosen: new Set(chosen), milliseconds, tests: 0 };
      refresh(jestRuntime, environment);
      let broken;
      try {
        const outcome = await call(undefined);
        if (outcome.testExecError) broken = words(outcome.testExecError);
      } catch (error) {
        broken = words(error);
      }
      const { failed, message, tests, timeout } = nested;
      nested = undefined;
      return { failed, broken, message: message || broken, tests, timeout };
    };
    // What the first run has left behind belongs to it.
    await mutateFile({ plan, runtime, tell, watchdog, measured: [...measured], loaded, loadSteps, run: again });
  }
  return result;
};
