/** The public packages that the evaluation set asks about, pinned, fetched by each registry's own client. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Absent } from '../trees/install.ts';
import { commitAll } from '../trees/prepare-tree.ts';
import { dataFolder } from '../trowel.ts';

export interface EvaluatedPackage {
  readonly name: string;
  readonly language: string;
  readonly registry: 'npm' | 'PyPI' | 'crates.io' | 'Maven' | 'Go';
  /** As the registry's client wants it. */
  readonly requirement: string;
}

export const evaluatedPackages: readonly EvaluatedPackage[] = [
  { name: 'flask', language: 'python', registry: 'PyPI', requirement: 'flask==3.1.2' },
  { name: 'httpx', language: 'python', registry: 'PyPI', requirement: 'httpx==0.28.1' },
  { name: 'fastify', language: 'javascript', registry: 'npm', requirement: 'fastify@5.4.0' },
  { name: 'zod', language: 'typescript', registry: 'npm', requirement: 'zod@4.1.5' },
  { name: 'rxjs', language: 'typescript', registry: 'npm', requirement: 'rxjs@7.8.2' },
  { name: 'gin', language: 'go', registry: 'Go', requirement: 'github.com/gin-gonic/gin@v1.10.0' },
  { name: 'cobra', language: 'go', registry: 'Go', requirement: 'github.com/spf13/cobra@v1.8.1' },
  { name: 'axum', language: 'rust', registry: 'crates.io', requirement: 'axum@0.8.4' },
  { name: 'clap', language: 'rust', registry: 'crates.io', requirement: 'clap_builder@4.5.40' },
  { name: 'gson', language: 'java', registry: 'Maven', requirement: 'com.google.code.gson:gson:2.11.0' },
  { name: 'jsoup', language: 'java', registry: 'Maven', requirement: 'org.jsoup:jsoup:1.18.1' },
  { name: 'okhttp', language: 'kotlin', registry: 'Maven', requirement: 'com.squareup.okhttp3:okhttp:4.12.0' },
];

const FETCH_MS = 5 * 60_000;

function run(file: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(file, args, { cwd, timeout: FETCH_MS, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error) throw new Absent(`${file}: ${done.error.message}`);
  if (done.status !== 0)
    throw new Absent(`${file}: ${(done.stderr || done.stdout).trim().split('\n').slice(-2).join(' / ')}`);
  return done.stdout;
}

/** Each leaves the package's sources in the folder that it returns. */
const fetchers: Readonly<Record<EvaluatedPackage['registry'], (requirement: string, folder: string) => string>> = {
  npm(requirement, folder) {
    const archive = run('npm', ['pack', '--silent', requirement], folder).trim().split('\n').pop()!;
    run('tar', ['xzf', archive], folder);
    return path.join(folder, 'package');
  },
  PyPI(requirement, folder) {
    run(
      'python3',
      ['-m', 'pip', 'download', '-q', '--no-deps', '--no-binary', ':all:', '-d', folder, requirement],
      folder,
    );
    const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz'))!;
    run('tar', ['xzf', archive], folder);
    return path.join(folder, archive.replace(/\.tar\.gz$/, ''));
  },
  'crates.io'(requirement, folder) {
    const [name, version] = requirement.split('@');
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(path.join(folder, 'src', 'lib.rs'), '');
    writeFileSync(
      path.join(folder, 'Cargo.toml'),
      `[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n${name} = "=${version}"\n`,
    );
    run('cargo', ['vendor', '-q', 'vendor'], folder);
    return path.join(folder, 'vendor', name!);
  },
  Maven(requirement, folder) {
    run(
      'mvn',
      ['-q', 'dependency:copy', `-Dartifact=${requirement}:jar:sources`, `-DoutputDirectory=${folder}`],
      folder,
    );
    const archive = readdirSync(folder).find((name) => name.endsWith('.jar'))!;
    const sources = path.join(folder, 'sources');
    run('python3', ['-m', 'zipfile', '-e', path.join(folder, archive), sources], folder);
    return sources;
  },
  Go(requirement, folder) {
    const answer = run('go', ['mod', 'download', '-json', requirement], folder);
    return (JSON.parse(answer) as { Dir: string }).Dir;
  },
};

/** Compiled copies of what stands beside in source are left out. */
const leftOut = /(?:^|\/)(?:node_modules|dist|META-INF)(?:\/|$)|\.(?:d\.cts|d\.mts|cjs|mjs|js\.map)$/;

/** The package's tree, a repository of its own; fetched on first use. Throws `Absent`. */
export function preparePackage({ name, registry, requirement, language }: EvaluatedPackage): string {
  const folder = path.join(dataFolder, 'search', `${name}-${requirement.replace(/.*[=@:]v?/, '')}`);
  if (existsSync(folder)) return folder;
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  try {
    const from = fetchers[registry](requirement, beside);
    const tree = path.join(beside, 'tree');
    cpSync(from, tree, {
      recursive: true,
      filter: (at) => {
        const relative = path.relative(from, at).split(path.sep).join('/');
        if (language === 'typescript' && /(?<!\.d)\.js$|\.d\.ts$/.test(relative)) return false;
        return !leftOut.test(relative);
      },
    });
    run('chmod', ['-R', 'u+w', tree], beside);
    commitAll(tree);
    renameSync(tree, folder);
  } finally {
    spawnSync('chmod', ['-R', 'u+w', beside]);
    rmSync(beside, { recursive: true, force: true });
  }
  return folder;
}
