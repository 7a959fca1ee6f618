/** Tests of a file by the project's own mocha: declared on a fresh graph, and run one by one. */
import path from 'node:path';
import { createRequire } from 'node:module';

export function loadMocha(root) {
  return createRequire(path.join(root, 'package.json'))('mocha');
}

function allTests(suite, found = []) {
  found.push(...suite.tests);
  for (const inner of suite.suites) allTests(inner, found);
  return found;
}

/** Leaves one test in a tree of suites for a moment; mocha's runner runs it with all its hooks. */
async function runOne(Mocha, mocha, test) {
  const kept = [];
  const keep = (suite) => {
    kept.push([suite, suite.tests, suite.suites]);
    suite.suites.forEach(keep);
    suite.tests = suite.tests.filter((each) => each === test);
    suite.suites = suite.suites.filter((each) => allTests(each).includes(test));
  };
  keep(mocha.suite);
  if (mocha.suite.reset) mocha.suite.reset();
  let result = { outcome: 'skipped' };
  try {
    await new Promise((resolve) => {
      let runner;
      try {
        runner = new Mocha.Runner(mocha.suite, { delay: false });
      } catch {
        runner = new Mocha.Runner(mocha.suite, false);
      }
      runner.on('pass', () => (result = { outcome: 'passed' }));
      runner.on('fail', (_, error) => (result = { outcome: 'failed', error }));
      runner.on('pending', () => (result = { outcome: 'skipped' }));
      runner.run(resolve);
    });
  } finally {
    for (const [suite, tests, suites] of kept) {
      suite.tests = tests;
      suite.suites = suites;
    }
  }
  return result;
}

/** @param settings `.mocharc` as data: ui, timeout, require (as written: relative to the root, or packages). */
export async function openMocha(Mocha, graphs, file, root, settings) {
  const mocha = new Mocha({
    ui: settings.ui || 'bdd',
    ...(settings.timeout === undefined ? {} : { timeout: settings.timeout }),
  });
  if (mocha.cleanReferencesAfterRun) mocha.cleanReferencesAfterRun(false);
  const graph = graphs.open();
  for (const name of settings.require || []) {
    let hooks;
    try {
      hooks = await graph.import(name);
    } catch (error) {
      // A file of the project is needed; a package that hooks into Node's loading may not fit here.
      if (name.startsWith('.')) throw error;
      continue;
    }
    const plugin = hooks.mochaHooks || (hooks.default && hooks.default.mochaHooks);
    if (plugin && mocha.rootHooks) mocha.rootHooks(typeof plugin === 'function' ? await plugin() : plugin);
  }
  mocha.suite.emit('pre-require', globalThis, file, mocha);
  const exported = await graph.import(file);
  mocha.suite.emit('require', exported, file, mocha);
  mocha.suite.emit('post-require', globalThis, file, mocha);
  const relative = path.relative(root, file).split(path.sep).join('/');
  const seen = new Map();
  const tests = allTests(mocha.suite).map((test) => {
    const name = test.titlePath().join(' > ');
    const count = (seen.get(name) || 0) + 1;
    seen.set(name, count);
    return { id: `${relative}::${name}${count > 1 ? ` (${count})` : ''}`, name, run: () => runOne(Mocha, mocha, test) };
  });
  return { tests, close: async () => {} };
}
