/** Runs vitest, lists what was skipped, and closes with the counts; .ci/run reads the last line. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const results = path.join(root, 'coverage/test-results.json');

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

mkdirSync(path.dirname(results), { recursive: true });
rmSync(results, { force: true });
// The command line is built once here, so that tests which start it do not each build it.
const built = await run(['scripts/build.ts', '--quiet']);
if (built !== 0) process.exit(1);
const words = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
];
const code = await run(['node_modules/vitest/vitest.mjs', ...words]);

let report: Results | undefined;
try {
  report = JSON.parse(readFileSync(results, 'utf8')) as Results;
} catch {
  console.log('tests: no results were written');
}
const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped: string[] = [];
for (const file of report?.testResults ?? []) {
  // A file that could not be loaded has no tests, and is a failure all the same.
  if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) counts.failed++;
  for (const { status, fullName } of file.assertionResults) {
    if (status === 'passed') counts.passed++;
    else if (status === 'failed') counts.failed++;
    else {
      counts.skipped++;
      skipped.push(`${path.relative(root, file.name)}: ${fullName}`);
    }
  }
}
if (!report || (code !== 0 && counts.failed === 0)) counts.failed++;
for (const name of skipped) console.log(`skipped  ${name}`);
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(code === 0 && counts.failed === 0 ? 0 : 1);

function run(command: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const [script, ...rest] = command;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', path.join(root, script!), ...rest],
      { cwd: root, stdio: 'inherit' },
    );
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}
