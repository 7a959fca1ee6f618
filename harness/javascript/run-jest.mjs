/** Runs the project's own jest with our runner: node --experimental-vm-modules run-jest.mjs PLAN.json. Events: as run-suite.mjs. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const plan = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
process.chdir(plan.root);
process.env.TROWEL_PLAN = path.resolve(process.argv[2]);
const tell = (event) => fs.appendFileSync(plan.output, `${JSON.stringify(event)}\n`);

try {
  fs.appendFileSync(plan.output, '');
  const require = createRequire(path.join(plan.root, 'package.json'));
  const jest = require('jest');
  const major = Number(require('jest/package.json').version.split('.')[0]);
  withoutTypeChecks(require);
  for (let round = 0; round <= (plan.repeats || 0); round++) {
    process.env.TROWEL_ROUND = String(round);
    const runner = fileURLToPath(new URL('suite-jest.cjs', import.meta.url));
    const words = [
      '--runInBand',
      '--ci',
      '--coverage=false',
      '--passWithNoTests',
      '--silent',
      '--cache=false',
      `--testRunner=${runner}`,
    ];
    const [at, of] = (plan.shard || '1/1').split('/').map(Number);
    // Versions that cannot share a suite out run all of it once.
    if (of > 1 && major < 28 && at > 1) continue;
    if (of > 1 && major >= 28) words.push(`--shard=${plan.shard}`);
    const leftOut = (plan.leftOut || []).map((name) => `${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    for (const pattern of leftOut.length > 0 ? ['/node_modules/', ...leftOut] : [])
      words.push(`--testPathIgnorePatterns=${pattern}`);
    if (plan.testFiles.length > 0) words.push('--runTestsByPath', ...plan.testFiles);
    await run(jest, words);
  }
  tell({ event: 'done' });
} catch (error) {
  tell({ event: 'error', fatal: true, message: String((error && error.stack) || error).slice(0, 2000) });
}
process.exit(0);

/** Rewritten code does the same, but its types need not fit. */
function withoutTypeChecks(require) {
  for (const name of ['ts-jest/dist/legacy/config/config-set', 'ts-jest/dist/config/config-set']) {
    try {
      const { ConfigSet } = require(name);
      ConfigSet.prototype.shouldReportDiagnostics = () => false;
    } catch {
      // Another version, or none.
    }
  }
}

/** jest may end the process behind a run. */
async function run(jest, words) {
  const exit = process.exit;
  process.exit = () => {};
  try {
    await jest.run(words, plan.root);
  } finally {
    process.exit = exit;
    process.exitCode = 0;
  }
}
