/**
 * A git history made from what a registry serves of a package: each release is a commit at its date. Its grain is a release, so
 * that a commit holds what many did, authors are not known, and a fix is known by a patch version or by a changelog that mostly
 * speaks of fixes.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Absent } from '../trees/install.ts';
import { changelogSections, speaksOfFixes } from './changelog.ts';
import { LEAST_RELEASES, MOST_RELEASES, type ReleasedPackage } from './release-packages.ts';

export interface Release {
  readonly version: string;
  /** Seconds since the epoch. */
  readonly time: number;
}

const source = /\.(?:[cm]?js|jsx|[cm]?ts|tsx|py)$/;
const made =
  /(?:^|\/)(?:dist|build|node_modules|_vendor|vendor|locale|locales|[\w.-]+\.dist-info)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$/;

/** The repository's folder; made on first use. Throws `Absent` where the registry does not answer. */
export function releaseHistory(folder: string, asked: ReleasedPackage, say: (message: string) => void): string {
  const root = path.join(folder, `${asked.registry}-${asked.name}`);
  if (existsSync(root)) return root;
  mkdirSync(folder, { recursive: true });
  const beside = mkdtempSync(path.join(folder, '.making-'));
  try {
    const releases = finalReleases(asked.registry === 'npm' ? npmReleases(asked.name) : pypiReleases(asked.name));
    if (releases.length < LEAST_RELEASES) throw new Absent(`${asked.name} has ${releases.length} releases`);
    const chosen = releases.slice(-MOST_RELEASES);
    const tree = path.join(beside, 'tree');
    mkdirSync(tree);
    git(tree, ['init', '-q']);
    say(`${asked.name}: ${chosen.length} releases`);
    const fetched =
      asked.registry === 'npm' ? fetchNpm(beside, asked.name, chosen) : fetchPypi(beside, asked.name, chosen);
    for (const { release, content, notes } of fetched) commitRelease(tree, release, content, notes);
    const commits = Number(run('git', ['-C', tree, 'rev-list', '--count', 'HEAD']));
    if (commits < LEAST_RELEASES) throw new Absent(`${asked.name}: ${commits} releases could be had`);
    renameSync(tree, root);
    return root;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** By version, the final ones alone. */
function finalReleases(releases: readonly Release[]): readonly Release[] {
  return releases
    .filter(({ version }) => /^\d+(?:\.\d+){1,2}$/.test(version))
    .toSorted((a, b) => compare(a.version, b.version));
}

/**
 * Dates that rise with the versions: those of the longest chain that does are kept, the others (mirrors give the day on which they
 * fetched, back-ports come late) lie evenly between their neighbours, before the first a median's distance apart.
 */
function withRisingDates(releases: readonly Release[]): readonly Release[] {
  const best = releases.map(() => 1);
  const before = releases.map(() => -1);
  releases.forEach(({ time }, at) => {
    for (let i = 0; i < at; i++)
      if (releases[i]!.time <= time && best[i]! + 1 > best[at]!) {
        best[at] = best[i]! + 1;
        before[at] = i;
      }
  });
  const kept: number[] = [];
  for (let at = best.indexOf(Math.max(...best)); at >= 0; at = before[at]!) kept.unshift(at);
  const gaps = kept
    .slice(1)
    .map((at, i) => (releases[at]!.time - releases[kept[i]!]!.time) / (at - kept[i]!))
    .sort((a, b) => a - b);
  const usual = gaps[gaps.length >> 1] ?? 30 * 86_400;
  return releases.map((release, at) => {
    const next = kept.find((one) => one >= at);
    const last = kept.findLast((one) => one <= at);
    if (next === at) return release;
    if (last === undefined) return { ...release, time: releases[next!]!.time - usual * (next! - at) };
    if (next === undefined) return { ...release, time: releases[last]!.time + usual * (at - last) };
    const share = (at - last) / (next - last);
    return { ...release, time: releases[last]!.time + share * (releases[next]!.time - releases[last]!.time) };
  });
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]];
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function npmReleases(name: string): Release[] {
  const times = JSON.parse(run('npm', ['view', name, 'time', '--json'])) as Record<string, string>;
  return Object.entries(times).map(([version, time]) => ({ version, time: Date.parse(time) / 1000 }));
}

function pypiReleases(name: string): Release[] {
  // The client shows no dates: the registry's own description of the package has them.
  const script = `import json,sys,urllib.request as u;d=json.load(u.urlopen("https://pypi.org/pypi/"+sys.argv[1]+"/json"));print(json.dumps([[v,min(f["upload_time_iso_8601"] for f in fs)] for v,fs in d["releases"].items() if any(f["packagetype"]=="bdist_wheel" and f["filename"].endswith("-none-any.whl") and not f["yanked"] for f in fs)]))`;
  const rows = JSON.parse(run('python3', ['-c', script, name])) as [string, string][];
  return rows.map(([version, time]) => ({ version, time: Date.parse(time) / 1000 }));
}

interface Fetched {
  readonly release: Release;
  /** Folder that holds what was published. */
  readonly content: string;
  /** What the changelog says of it. */
  readonly notes: string;
}

function* fetchNpm(beside: string, name: string, releases: readonly Release[]): Generator<Fetched> {
  const packed = path.join(beside, 'packed');
  mkdirSync(packed);
  const AT_ONCE = 15;
  const latest = releases.at(-1)!;
  const [last] = unpack(packed, name, [latest]);
  const sections = changelogSections(readChangelog(last!.content));
  rmSync(last!.content, { recursive: true, force: true });
  const dated = withRisingDates(
    releases.map((release) => ({ ...release, time: sections.get(release.version)?.time ?? release.time })),
  );
  for (let at = 0; at < dated.length; at += AT_ONCE)
    for (const { release, content } of unpack(packed, name, dated.slice(at, at + AT_ONCE))) {
      yield { release, content, notes: sections.get(release.version)?.notes ?? '' };
      rmSync(content, { recursive: true, force: true });
    }
}

function unpack(
  folder: string,
  name: string,
  releases: readonly Release[],
): { readonly release: Release; readonly content: string }[] {
  run('npm', ['pack', '--silent', ...releases.map(({ version }) => `${name}@${version}`)], folder);
  return releases.map((release) => {
    const content = path.join(folder, release.version);
    mkdirSync(content, { recursive: true });
    const archive = path.join(folder, `${name.replace('@', '').replace('/', '-')}-${release.version}.tgz`);
    run('tar', ['-xzf', archive, '-C', content, '--strip-components=1', '--no-same-owner']);
    rmSync(archive);
    return { release, content };
  });
}

function* fetchPypi(beside: string, name: string, releases: readonly Release[]): Generator<Fetched> {
  for (const release of withRisingDates(releases)) {
    const content = path.join(beside, release.version);
    mkdirSync(content);
    try {
      run('python3', [
        ...['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '--ignore-requires-python'],
        ...['-d', content, `${name}==${release.version}`],
      ]);
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      continue;
    }
    const [wheel] = readdirSync(content);
    run('python3', ['-m', 'zipfile', '-e', path.join(content, wheel!), content]);
    yield { release, content, notes: '' };
    rmSync(content, { recursive: true, force: true });
  }
}

/** What browserify, rollup, webpack or a compiler put together. */
function isBundle(file: string): boolean {
  if (file.endsWith('.py')) return false;
  const text = readFileSync(file, 'utf8');
  return (
    /^\s*(?:\/\/[^\n]*\n|\/\*[^]{0,2000}?\*\/\s*)*[!;(]*function\s*(?:\(\)\s*\{\s*function r\(|e\(t, ?n, ?r\)|\(global, factory\))/.test(
      text,
    ) || /__webpack_require__|\/\/# sourceMappingURL=\S+\s*$/.test(text)
  );
}

function readChangelog(folder: string): string {
  const name = readdirSync(folder).find((file) => /^(?:changelog|changes|history)(?:\.md|\.txt)?$/i.test(file));
  return name === undefined ? '' : readFileSync(path.join(folder, name), 'utf8');
}

function commitRelease(tree: string, { version, time }: Release, content: string, notes: string): void {
  for (const name of readdirSync(tree)) if (name !== '.git') rmSync(path.join(tree, name), { recursive: true });
  for (const entry of readdirSync(content, { recursive: true, withFileTypes: true })) {
    const file = path.relative(content, path.join(entry.parentPath, entry.name));
    if (entry.isFile() && source.test(file) && !made.test(file) && !isBundle(path.join(content, file)))
      cpSync(path.join(content, file), path.join(tree, file), { recursive: true });
  }
  const isPatch = Number(version.split('.')[2] ?? 0) > 0;
  const isFix = notes === '' ? isPatch : (speaksOfFixes(notes) ?? isPatch);
  writeFileSync(
    path.join(tree, '.git', 'message'),
    `${isFix ? 'fix' : 'feat'}: release ${version}\n\n${notes.slice(0, 4000)}`,
  );
  git(tree, ['add', '-A']);
  const date = new Date(Math.round(time) * 1000).toISOString();
  git(tree, ['commit', '-q', '--allow-empty', '--no-verify', '-F', '.git/message', `--date=${date}`], {
    GIT_COMMITTER_DATE: date,
  });
}

function git(folder: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): void {
  const identity = [
    '-c',
    'user.name=releases',
    '-c',
    'user.email=releases@example.invalid',
    '-c',
    'commit.gpgsign=false',
  ];
  run('git', [...identity, '-c', 'core.autocrlf=false', '-c', 'gc.auto=0', ...args], folder, more);
}

function run(file: string, args: readonly string[], cwd?: string, more: Readonly<Record<string, string>> = {}): string {
  try {
    return execFileSync(file, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, ...more },
    });
  } catch (error) {
    throw new Absent(`${file} ${args[0] ?? ''} failed: ${error instanceof Error ? error.message.slice(0, 300) : ''}`);
  }
}
