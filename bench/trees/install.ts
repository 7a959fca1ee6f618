/** Gets packages from the usual sources; says why when it cannot. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const INSTALL_MS = 10 * 60 * 1000;

/** Something that a bench could use is not on this machine. */
export class Absent extends Error {}

function run(file: string, args: readonly string[], cwd?: string): string {
  const done = spawnSync(file, args, { cwd, timeout: INSTALL_MS, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error) throw new Absent(`${file}: ${done.error.message}`);
  if (done.status !== 0)
    throw new Absent(
      `${file} ${args[0] ?? ''}: ${(done.stderr || done.stdout).trim().split('\n').slice(-2).join(' / ')}`,
    );
  return done.stdout;
}

/** A Debian package, when this is Debian and we may install. */
export function installDebian(name: string): void {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) throw new Absent(`install the package ${name}`);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name]);
}

/** Packages of npm in a folder of their own, which is left alone when it holds them already. */
export function installNpm(folder: string, packages: Readonly<Record<string, string>>): string {
  const mark = path.join(folder, 'installed.json');
  const wanted = JSON.stringify(packages);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-progress', ...names], folder);
  writeFileSync(mark, wanted);
  return folder;
}

/** The content of a Python wheel. */
export function unpackWheel(folder: string, requirement: string): string {
  if (existsSync(folder)) return folder;
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  try {
    run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '-d', beside, requirement]);
    const [wheel] = run('find', [beside, '-name', '*.whl']).trim().split('\n');
    run('python3', ['-m', 'zipfile', '-e', wheel!, beside]);
    rmSync(wheel!);
    renameSync(beside, folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return folder;
}
