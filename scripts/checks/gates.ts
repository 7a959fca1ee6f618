/** The gates of `npm run check`. Each says on what it looked, so that "nothing found" cannot mean "nothing looked at". */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkArchitecture } from './architecture.ts';
import { staleDocuments } from './documents.ts';
import type { LockFile } from './lock-file.ts';
import { lockFileFaults } from './lock-file.ts';

export interface GateResult {
  readonly passed: boolean;
  /** What was looked at, or what is wrong. */
  readonly report: string;
}

export interface Gate {
  readonly name: string;
  run(root: string): Promise<GateResult>;
}

interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Programs of the packages, run by this Node. */
function runPackage(root: string, program: string, words: readonly string[]): Promise<Finished> {
  const script = path.resolve(import.meta.dirname, '../../node_modules', program);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...words], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

async function simple(
  root: string,
  program: string,
  words: readonly string[],
  looked: (output: string) => string,
): Promise<GateResult> {
  const { code, output } = await runPackage(root, program, words);
  return { passed: code === 0, report: code === 0 ? looked(output) : output };
}

const types: Gate = {
  name: 'types',
  async run(root) {
    const { code, output } = await runPackage(root, 'typescript-7/bin/tsc', ['-p', '.', '--listFilesOnly']);
    const files = output.split('\n').filter((line) => line !== '' && !line.includes('node_modules')).length;
    if (code !== 0 || files === 0) return { passed: false, report: `no files to check\n${output}` };
    return simple(root, 'typescript-7/bin/tsc', ['-p', '.'], () => `${files} files`);
  },
};

const lint: Gate = {
  name: 'lint',
  async run(root) {
    const result = await simple(
      root,
      'oxlint/bin/oxlint',
      ['--deny-warnings'],
      (output) => output.split('\n').at(-1) ?? '',
    );
    return result.passed && !/ on [1-9]\d* files/.test(result.report)
      ? { passed: false, report: `no files were checked\n${result.report}` }
      : result;
  },
};

const format: Gate = {
  name: 'format',
  run: (root) => simple(root, 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'], () => 'all files'),
};

const unused: Gate = {
  name: 'unused',
  run: (root) =>
    simple(root, 'knip/bin/knip.js', ['--no-progress', '--no-config-hints'], () => 'files, exports and dependencies'),
};

/** Needs version 6 of the compiler API beside version 7: without it, it passes with 0 modules. */
const boundaries: Gate = {
  name: 'boundaries',
  async run(root) {
    const config = path.resolve(import.meta.dirname, '../../.dependency-cruiser.mjs');
    const words = ['src', 'test', 'scripts', '--config', config, '--output-type', 'json'];
    const { output } = await runPackage(root, 'dependency-cruiser/bin/dependency-cruise.mjs', words);
    let summary: {
      totalCruised: number;
      totalDependenciesCruised: number;
      violations: { rule: { name: string }; from: string; to: string }[];
    };
    try {
      summary = (JSON.parse(output) as { summary: typeof summary }).summary;
    } catch {
      return { passed: false, report: output };
    }
    if (summary.totalCruised === 0 || summary.totalDependenciesCruised === 0)
      return { passed: false, report: 'no modules were checked' };
    if (summary.violations.length > 0) {
      return {
        passed: false,
        report: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).join('\n'),
      };
    }
    return {
      passed: true,
      report: `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} dependencies`,
    };
  },
};

const architecture: Gate = {
  name: 'architecture',
  async run(root) {
    const { modules, violations, medianLines, p95Lines } = checkArchitecture(root);
    if (modules === 0) return { passed: false, report: 'no modules were checked' };
    if (violations.length > 0) return { passed: false, report: violations.join('\n') };
    return { passed: true, report: `${modules} modules; lines of a file: median ${medianLines}, p95 ${p95Lines}` };
  },
};

/** Trowel judges itself, by the settings of trowel.config.json. Its index is kept, so that only what changed is judged again. */
const judged: Gate = {
  name: 'judged',
  run: (root) =>
    new Promise((resolve, reject) => {
      const child = spawn(path.resolve(import.meta.dirname, '../../bin/trowel'), ['check', '--json'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
      child.on('error', reject);
      child.on('close', () => {
        try {
          const { findings, counts, judgedFiles, failures } = JSON.parse(output) as {
            findings: { gates: boolean; rule: string; message: string; place: { path: string; startLine: number } }[];
            counts: { shown: number };
            judgedFiles: number;
            failures: { rule: string; message: string }[];
          };
          const wrong = [
            ...findings
              .filter(({ gates: fails }) => fails)
              .map(({ rule, message, place }) => `${place.path}:${place.startLine} ${rule}: ${message}`),
            ...failures.map(({ rule, message }) => `the rule ${rule} failed: ${message}`),
            ...(judgedFiles === 0 ? ['no files were judged'] : []),
          ];
          resolve({
            passed: wrong.length === 0,
            report:
              wrong.length > 0
                ? wrong.join('\n')
                : `${judgedFiles} files judged, ${counts.shown} findings, none that fails`,
          });
        } catch {
          resolve({ passed: false, report: errors.trim() });
        }
      });
    }),
};

const documents: Gate = {
  name: 'documents',
  async run(root) {
    const stale = await staleDocuments(root);
    return stale.length === 0
      ? { passed: true, report: 'generated pages are current' }
      : { passed: false, report: `not current: ${stale.join(', ')}. Run: npm run docs` };
  },
};

const lockFile: Gate = {
  name: 'lock file',
  async run(root) {
    const read = (name: string): unknown => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
    const lock = read('package-lock.json') as LockFile;
    const faults = lockFileFaults(lock, read('package.json') as Record<string, unknown>);
    return faults.length === 0
      ? { passed: true, report: `${Object.keys(lock.packages).length} packages, pinned` }
      : { passed: false, report: faults.join('\n') };
  },
};

export const gates: readonly Gate[] = [
  types,
  lint,
  format,
  unused,
  boundaries,
  architecture,
  documents,
  lockFile,
  judged,
];
