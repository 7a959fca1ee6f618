/** Runs the project's own vitest with our runner: node run-vitest.mjs PLAN.json. Events: as run-suite.mjs. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const plan = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
process.chdir(plan.root);
process.env.TROWEL_PLAN = path.resolve(process.argv[2]);
process.env.CI = '1';
const tell = (event) => fs.appendFileSync(plan.output, `${JSON.stringify(event)}\n`);

try {
  fs.appendFileSync(plan.output, '');
  const manifest = createRequire(path.join(plan.root, 'package.json')).resolve('vitest/package.json');
  const { startVitest } = await import(pathToFileURL(path.join(path.dirname(manifest), 'dist/node.js')).href);
  const rounds = [
    undefined,
    ...Array.from({ length: plan.repeats || 0 }, (_, index) => (plan.seed || 1) * 1000 + index + 1),
  ];
  for (const [round, seed] of rounds.entries()) {
    process.env.TROWEL_ROUND = String(round);
    const vitest = await startVitest('test', plan.testFiles, {
      runner: fileURLToPath(new URL('suite-vitest.mjs', import.meta.url)),
      root: plan.root,
      watch: false,
      run: true,
      pool: 'forks',
      fileParallelism: false,
      isolate: true,
      retry: 0,
      bail: 0,
      passWithNoTests: true,
      includeTaskLocation: true,
      coverage: { enabled: false },
      typecheck: { enabled: false },
      reporters: [{}],
      silent: true,
      ...(plan.shard === undefined ? {} : { shard: plan.shard }),
      ...((plan.leftOut || []).length > 0 ? { exclude: plan.leftOut } : {}),
      ...(seed === undefined ? {} : { sequence: { seed, shuffle: { files: true, tests: true } } }),
    });
    for (const error of vitest.state.getUnhandledErrors().slice(0, 3))
      tell({ event: 'error', message: String((error && error.message) || error).slice(0, 500) });
    await vitest.close();
  }
  tell({ event: 'done' });
} catch (error) {
  tell({ event: 'error', fatal: true, message: String((error && error.stack) || error).slice(0, 2000) });
}
process.exit(0);
