import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineEvent } from '#base/progress.ts';
import { type ClonedRepository, cloneFolder, cloneRepository } from './clone.ts';
import { parseGitAddress, withoutCredentials } from './git-address.ts';

let root: string;
let environment: Record<string, string | undefined>;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'trowel-clone-'));
  environment = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (folder: string, ...words: string[]): string =>
  execFileSync('git', ['-c', 'protocol.file.allow=always', '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words], {
    cwd: path.join(root, folder),
    encoding: 'utf8',
    env: environment as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
function commit(folder: string, file: string, text: string): string {
  writeFileSync(path.join(root, folder, file), text);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', file);
  return git(folder, 'rev-parse', 'HEAD');
}
function makeRemote(): string {
  git('', 'init', '-q', '-b', 'main', 'remote');
  return commit('remote', 'a.py', 'x = 1\n');
}
const remoteUrl = (): string => pathToFileURL(path.join(root, 'remote')).href;
const data = (): string => path.join(root, 'data');
const clone = (address: string, emit?: (event: EngineEvent) => void, signal?: AbortSignal): Promise<ClonedRepository> =>
  cloneRepository({ address: parseGitAddress(address)!, dataFolder: data(), environment }, emit, signal);

test.each([
  ['https://example.org/a/b.git', 'https://example.org/a/b.git', undefined, 'b'],
  ['https://joe:s3cret@example.org/a/b.git#main', 'https://example.org/a/b.git', 'main', 'b'],
  ['https://token@example.org/a/b?x=token', 'https://example.org/a/b', undefined, 'b'],
  ['ssh://git@example.org:22/a/b', 'ssh://git@example.org:22/a/b', undefined, 'b'],
  ['git@example.org:a/b.git#v1.2', 'git@example.org:a/b.git', 'v1.2', 'b'],
  ['file:///a/b/.git', 'file:///a/b/.git', undefined, 'b'],
  ['git://example.org/a/ü b', undefined, undefined, undefined],
] as const)('address %s', (text, url, revision, name) => {
  if (url === undefined) expect(() => parseGitAddress(text)).toThrow('spaces');
  else expect(parseGitAddress(text)).toMatchObject({ url, revision, name });
});

test('paths are no addresses; what could run a command is refused', () => {
  for (const text of ['.', 'src', '/a/b', '../a', 'C:\\a', 'a:b', 'folder/x:y'])
    expect(parseGitAddress(text)).toBeUndefined();
  for (const text of [
    'ext::sh -c touch% /tmp/x',
    'ftp://a/b',
    'ssh://-oProxyCommand=x/a',
    'https://a/b#--upload-pack=x',
    'https://a/b#a..b',
    'https://a/b#x y',
    'git@host:-x',
  ])
    expect(() => parseGitAddress(text), text).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(
    withoutCredentials('fatal: https://joe:s3cret@host/x s3cret', parseGitAddress('https://joe:s3cret@host/x')),
  ).toBe('fatal: https://host/x …');
});

test('clones, and later fetches and moves; branches, tags and commits', async () => {
  const first = makeRemote();
  const events: EngineEvent[] = [];
  const cloned = await clone(remoteUrl(), (event) => events.push(event));
  expect(cloned).toEqual({ folder: cloneFolder(data(), parseGitAddress(remoteUrl())!), commit: first, fresh: true });
  expect(readFileSync(path.join(cloned.folder, 'a.py'), 'utf8')).toBe('x = 1\n');
  git('remote', 'checkout', '-qb', 'side/topic');
  const side = commit('remote', 'b.py', 'y = 2\n');
  git('remote', 'tag', 'v1');
  git('remote', 'checkout', '-q', 'main');
  const second = commit('remote', 'a.py', 'x = 3\n');
  writeFileSync(path.join(cloned.folder, 'a.py'), 'edited');
  expect((await clone(remoteUrl())).commit).toBe(second);
  expect(readFileSync(path.join(cloned.folder, 'a.py'), 'utf8')).toBe('x = 3\n');
  for (const revision of ['side/topic', 'v1', side, side.slice(0, 8)])
    expect((await clone(`${remoteUrl()}#${revision}`)).commit).toBe(side);
  expect(readFileSync(path.join(cloned.folder, 'b.py'), 'utf8')).toBe('y = 2\n');
  await expect(clone(`${remoteUrl()}#nowhere`)).rejects.toMatchObject({ code: 'not-found' });
  expect(git(path.relative(root, cloned.folder), 'rev-list', '--count', '--all')).toBe('3');
});

test('without the remote the last state is served, and that is said', async () => {
  const first = makeRemote();
  await clone(remoteUrl());
  rmSync(path.join(root, 'remote'), { recursive: true });
  const warnings: EngineEvent[] = [];
  expect(await clone(remoteUrl(), (event) => event.type === 'warning' && warnings.push(event))).toMatchObject({
    commit: first,
    fresh: false,
  });
  expect(warnings).toHaveLength(1);
});

test("nothing half remains: no repository, an abort, a dead process's leftover, a damaged clone", async () => {
  await expect(clone(remoteUrl())).rejects.toMatchObject({ code: 'clone-failed' });
  expect(readdirSync(path.join(data(), 'clones'))).toEqual([]);
  makeRemote();
  const controller = new AbortController();
  const aborted = clone(remoteUrl(), undefined, controller.signal);
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(path.join(data(), 'clones'))).toEqual([]);
  mkdirSync(path.join(data(), 'clones', '.partial-999999999-ab'), { recursive: true });
  mkdirSync(cloneFolder(data(), parseGitAddress(remoteUrl())!));
  const { folder } = await clone(remoteUrl());
  expect(readdirSync(path.join(data(), 'clones'))).toEqual([path.basename(folder)]);
});

test("submodules come along; hooks of the user's template do not run; an empty repository is said to be empty", async () => {
  git('', 'init', '-q', '-b', 'main', 'lib');
  commit('lib', 'l.py', '');
  makeRemote();
  git('remote', 'submodule', '--quiet', 'add', '../lib', 'sub');
  commit('remote', 'm.py', '');
  mkdirSync(path.join(root, 'template/hooks'), { recursive: true });
  writeFileSync(path.join(root, 'template/hooks/post-checkout'), `#!/bin/sh\ntouch "${root}/ran"\n`, { mode: 0o755 });
  environment['GIT_TEMPLATE_DIR'] = path.join(root, 'template');
  writeFileSync(path.join(root, '.gitconfig'), `[init]\n\ttemplateDir = ${root}/template\n`);
  const { folder } = await clone(remoteUrl());
  expect(existsSync(path.join(folder, 'sub/l.py'))).toBe(true);
  expect(existsSync(path.join(root, 'ran'))).toBe(false);
  git('', 'init', '-q', 'none');
  await expect(clone(pathToFileURL(path.join(root, 'none')).href)).rejects.toMatchObject({ code: 'clone-failed' });
});

test('credentials reach the server and nothing else', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const error: unknown = await clone(`http://joe:s3cret@127.0.0.1:${port}/a/b.git`).catch((thrown: unknown) => thrown);
  server.close();
  expect(seen[0]).toBe(`Basic ${Buffer.from('joe:s3cret').toString('base64')}`);
  expect(error).toMatchObject({ code: 'clone-failed' });
  expect(String((error as Error).message)).not.toContain('s3cret');
});

test('a server that asks for a password gets none, at once', async () => {
  const server = createServer((_, response) =>
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end(),
  ).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const error: unknown = await clone(`http://127.0.0.1:${port}/a.git`).catch((thrown: unknown) => thrown);
  server.close();
  expect(error).toMatchObject({ code: 'clone-failed', hint: expect.stringContaining('credential helper') as string });
});
