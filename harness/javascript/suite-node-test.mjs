/** Tests of a file that uses node:test: declared as Node would, and run one by one. */
import nodeTest from 'node:test';
import assert from 'node:assert';
import path from 'node:path';

class Skipped extends Error {}

function words(values) {
  let [name, options, body] = values;
  if (typeof name === 'function') [name, options, body] = [name.name, {}, name];
  else if (typeof name === 'object' && name !== null) [name, options, body] = [undefined, name, options];
  else if (typeof options === 'function') [options, body] = [{}, options];
  return {
    name: name === undefined ? (body && body.name) || '<anonymous>' : String(name),
    options: options || {},
    body,
  };
}

/** A body that takes a callback, a promise or neither. */
function invoke(body, self, ...values) {
  if (body.length <= values.length) return body.call(self, ...values);
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    Promise.resolve(body.call(self, ...values, done)).catch(reject);
  });
}

const newSuite = (name, parent, options = {}) => ({
  name,
  parent,
  skipped: Boolean(options.skip || options.todo || (parent && parent.skipped)),
  only: Boolean(options.only),
  before: [],
  after: [],
  beforeEach: [],
  afterEach: [],
  begun: undefined,
});

/** The module that test files get instead of node:test, and what they declared with it. */
function createFramework() {
  const root = newSuite('', undefined);
  const tests = [];
  const pending = [];
  let current = root;

  const declareSuite =
    (more) =>
    (...values) => {
      const { name, options, body } = words(values);
      const suite = newSuite(name, current, { ...options, ...more });
      const outer = current;
      current = suite;
      try {
        const result = body && body.call(suite, { name });
        if (result && typeof result.then === 'function') pending.push(result);
      } finally {
        current = outer;
      }
    };
  const declareTest =
    (more) =>
    (...values) => {
      const { name, options, body } = words(values);
      const all = { ...options, ...more };
      tests.push({
        name,
        suite: current,
        body,
        options: all,
        skipped: Boolean(all.skip || all.todo || current.skipped || !body),
      });
      return Promise.resolve();
    };
  const hook = (kind) => (body, options) => current[kind].push({ body, options });
  const withVariants = (declare) =>
    Object.assign(declare({}), {
      skip: declare({ skip: true }),
      todo: declare({ todo: true }),
      only: declare({ only: true }),
    });

  const test = withVariants(declareTest);
  const suite = withVariants(declareSuite);
  const module = Object.assign(test, {
    test,
    it: withVariants(declareTest),
    describe: suite,
    suite,
    before: hook('before'),
    after: hook('after'),
    beforeEach: hook('beforeEach'),
    afterEach: hook('afterEach'),
    mock: nodeTest.mock,
    snapshot: nodeTest.snapshot,
    assert: nodeTest.assert,
    run: nodeTest.run,
  });
  module.default = module;
  return { module, tests, pending };
}

const chainOf = (suite) => (suite ? [...chainOf(suite.parent), suite] : []);

async function within(milliseconds, work) {
  if (milliseconds === undefined || milliseconds === Infinity) return work;
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`test timed out after ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function runTest({ name, suite, body, options }) {
  const suites = chainOf(suite);
  const afters = [];
  const inner = { beforeEach: [], afterEach: [] };
  const controller = new AbortController();
  const context = {
    name,
    fullName: [...suites.map((each) => each.name).filter(Boolean), name].join(' > '),
    signal: controller.signal,
    mock: nodeTest.mock,
    assert: nodeTest.assert || assert,
    diagnostic() {},
    plan() {},
    runOnly() {},
    skip(message) {
      throw new Skipped(message);
    },
    todo(message) {
      throw new Skipped(message);
    },
    before: (work) => invoke(work, context, context),
    after: (work) => afters.unshift(work),
    beforeEach: (work) => inner.beforeEach.push(work),
    afterEach: (work) => inner.afterEach.push(work),
    async test(...values) {
      const sub = words(values);
      if (!sub.body || sub.options.skip || sub.options.todo) return;
      for (const work of inner.beforeEach) await invoke(work, context, context);
      try {
        await invoke(sub.body, context, { ...context, name: sub.name });
      } catch (error) {
        if (!(error instanceof Skipped)) throw error;
      } finally {
        for (const work of inner.afterEach) await invoke(work, context, context);
      }
    },
  };
  context.waitFor = nodeTest.waitFor;
  try {
    for (const each of suites) {
      if (!each.begun)
        each.begun = (async () => {
          for (const work of each.before) await invoke(work.body, context, context);
        })();
      await each.begun;
    }
    for (const each of suites) for (const work of each.beforeEach) await invoke(work.body, context, context);
    try {
      await within(options.timeout, invoke(body, context, context));
    } finally {
      for (const work of afters) await invoke(work, context, context);
      for (const each of suites.slice().reverse())
        for (const work of each.afterEach) await invoke(work.body, context, context);
      if (nodeTest.mock && nodeTest.mock.restoreAll) nodeTest.mock.restoreAll();
    }
    return { outcome: 'passed' };
  } catch (error) {
    return error instanceof Skipped ? { outcome: 'skipped' } : { outcome: 'failed', error };
  }
}

/** Test files are loaded with `node:test` given by this. */
export function provideNodeTest() {
  const holder = { framework: undefined };
  const give = () => holder.framework.module;
  return { holder, provide: { 'node:test': give } };
}

/** Loads a file on a fresh graph: its tests, to be run in any number and order. */
export async function openNodeTest(graphs, file, root, holder) {
  const framework = createFramework();
  holder.framework = framework;
  await graphs.open().import(file);
  await Promise.all(framework.pending);
  const only = framework.tests.some((test) => test.options.only || chainOf(test.suite).some((each) => each.only));
  const seen = new Map();
  const tests = framework.tests
    .filter((test) => !only || test.options.only || chainOf(test.suite).some((each) => each.only))
    .map((test) => {
      const name = [
        ...chainOf(test.suite)
          .map((each) => each.name)
          .filter(Boolean),
        test.name,
      ].join(' > ');
      const count = (seen.get(name) || 0) + 1;
      seen.set(name, count);
      const relative = path.relative(root, file).split(path.sep).join('/');
      return {
        id: `${relative}::${name}${count > 1 ? ` (${count})` : ''}`,
        name,
        run: () => (test.skipped ? Promise.resolve({ outcome: 'skipped' }) : runTest(test)),
      };
    });
  return {
    tests,
    async close() {
      for (const suite of new Set(framework.tests.flatMap((test) => chainOf(test.suite).reverse())))
        if (suite.begun)
          for (const work of suite.after) await Promise.resolve(invoke(work.body, suite, suite)).catch(() => undefined);
    },
  };
}
