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
    if (round > 0) words.push('--randomize', `--seed=${(plan.seed || 1) * 1000 + round}`);
    if (plan.testFiles.length > 0) words.push('--runTestsByPath', ...plan.testFiles);
    await run(jest, words);
  }
  tell({ event: 'done' });
} catch (error) {
  tell({ event: 'error', fatal: true, message: String((error && error.stack) || error).slice(0, 2000) });
}
process.exit(0);

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
