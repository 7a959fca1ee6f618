/**
 * Runs a project's suite in this process: node --experimental-vm-modules --no-warnings run-suite.mjs PLAN.json
 *
 * The plan and the events that are written, one JSON object a line, are described in src/test-frameworks/README.md.
 */
import fs from 'node:fs';
import path from 'node:path';
import { createGraphs } from './module-graph.mjs';
import { installRuntime } from './runtime.mjs';
import { createSession } from './suite-session.mjs';
import { startWatchdog } from './watchdog.mjs';

const plan = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
process.chdir(plan.root);
const descriptor = fs.openSync(plan.output, 'a');
const exit = process.exit;
const runtime = installRuntime();
const watchdog = startWatchdog(descriptor);
const files = plan.testFiles.map((relative) => [path.resolve(plan.root, relative), relative]);

function aliases(specifier) {
  for (const { prefix, target, exact } of plan.aliases || []) {
    if (exact ? specifier === prefix : specifier.startsWith(prefix))
      return path.resolve(plan.root, target, exact ? '' : specifier.slice(prefix.length));
  }
  return undefined;
}

async function opener() {
  if (plan.framework === 'mocha') {
    const { loadMocha, openMocha } = await import('./suite-mocha.mjs');
    const Mocha = loadMocha(plan.root);
    const graphs = createGraphs({ root: plan.root, aliases });
    return (file) => openMocha(Mocha, graphs, file, plan.root, plan.settings || {});
  }
  const { provideNodeTest, openNodeTest } = await import('./suite-node-test.mjs');
  const { holder, provide } = provideNodeTest();
  const graphs = createGraphs({ root: plan.root, aliases, provide });
  return (file) => openNodeTest(graphs, file, plan.root, holder);
}

try {
  await createSession({ plan, runtime, watchdog, descriptor, open: await opener() }).run(files);
} catch (error) {
  fs.writeSync(
    descriptor,
    `${JSON.stringify({ event: 'error', fatal: true, message: String((error && error.stack) || error).slice(0, 2000) })}\n`,
  );
}
// Timers and sockets of the project's tests would keep the process.
exit(0);
