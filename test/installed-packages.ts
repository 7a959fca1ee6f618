/** Packages that tests of suites need, installed once in the folder for temporary files; absent where no registry answers. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const usual = {
  vitest: '4.1.12',
  jest: '30.5.2',
  'ts-jest': '29.4.15',
  mocha: '11.8.0',
  jsdom: '26.1.0',
  'jest-environment-jsdom': '30.5.2',
  tsx: '4.23.15',
  typescript: '5.9.3',
};

const pythonPackages = [
  'pytest==9.2.0',
  'pytest-benchmark==5.3.1',
  'hypothesis==6.170.17',
  'requests==2.34.2',
  'httpx==0.28.1',
  'django==5.2.19',
];

/** The folder that has `node_modules`; undefined where they cannot be had. */
export function installedPackages(packages: Readonly<Record<string, string>> = usual): string | undefined {
  return installedOnce(JSON.stringify(packages), 'node_modules', (making) => {
    writeFileSync(path.join(making, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
    const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    return succeeds('npm', words, making);
  });
}

/** A virtual environment with pytest and what Python's tests name; undefined where it cannot be made. */
export function pythonEnvironment(python: string): string | undefined {
  return installedOnce(JSON.stringify([python, ...pythonPackages]), 'whole', (making) => {
    const program = path.join(making, 'bin/python');
    const isMade =
      succeeds(python, ['-m', 'venv', making], making) &&
      succeeds(program, ['-m', 'pip', 'install', '-q', '--only-binary', ':all:', ...pythonPackages], making);
    if (isMade) writeFileSync(path.join(making, 'whole'), '');
    return isMade;
  });
}

function succeeds(program: string, words: readonly string[], folder: string): boolean {
  return spawnSync(program, words, { cwd: folder, stdio: 'ignore', timeout: 300_000 }).status === 0;
}

/** `sign`: what a finished folder holds. */
function installedOnce(key: string, sign: string, install: (making: string) => boolean): string | undefined {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `trowel-test-packages-${name}`);
  if (existsSync(path.join(folder, sign))) return folder;
  const making = `${folder}-${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    if (!install(making)) return undefined;
    renameSync(making, folder);
    return folder;
  } catch {
    // Another run was faster.
    return existsSync(path.join(folder, sign)) ? folder : undefined;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Hard links: a sandbox sees the tree alone. */
export function linkPackages(folder: string, root: string): void {
  spawnSync('cp', ['-al', path.join(folder, 'node_modules'), path.join(root, 'node_modules')]);
}
