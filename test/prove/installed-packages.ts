/** npm packages that tests of suites need, installed once and shared by hard links; absent where no registry answers. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const packages = {
  vitest: '4.1.12',
  jest: '30.5.2',
  'ts-jest': '29.4.15',
  mocha: '11.8.0',
  tsx: '4.23.15',
  typescript: '5.9.3',
};

/** The folder that has `node_modules`; undefined where they cannot be had. */
export function installedPackages(): string | undefined {
  const key = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `trowel-test-packages-${key}`);
  if (existsSync(path.join(folder, 'node_modules'))) return folder;
  const making = `${folder}-${process.pid}`;
  mkdirSync(making, { recursive: true });
  writeFileSync(path.join(making, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const done = spawnSync('npm', words, { cwd: making, stdio: 'ignore', timeout: 300_000 });
  try {
    if (done.status !== 0) return undefined;
    renameSync(making, folder);
    return folder;
  } catch {
    // Another run was faster.
    return existsSync(path.join(folder, 'node_modules')) ? folder : undefined;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Hard links: a sandbox sees the tree alone. */
export function linkPackages(folder: string, root: string): void {
  spawnSync('cp', ['-al', path.join(folder, 'node_modules'), path.join(root, 'node_modules')]);
}
