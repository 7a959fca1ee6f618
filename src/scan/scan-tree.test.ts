import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ScanOptions, ScanResult } from './scan-result.ts';
import { scanTree } from './scan-tree.ts';

let root: string;
let home: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'trowel-scan-'));
  home = mkdtempSync(path.join(tmpdir(), 'trowel-home-'));
});
afterEach(() => {
  for (const folder of [root, home]) rmSync(folder, { recursive: true, force: true });
});

const write = (file: string, text = 'x\n'): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const git = (folder: string, ...words: string[]): string =>
  execFileSync('git', ['-c', 'protocol.file.allow=always', '-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words], {
    cwd: path.join(root, folder),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const scan = (folder = '', options: ScanOptions = {}): Promise<ScanResult> =>
  scanTree(path.join(root, folder), { environment: { HOME: home }, ...options });
const paths = (result: ScanResult): string[] => result.files.map((file) => file.path);
const skips = (result: ScanResult): Record<string, string> =>
  Object.fromEntries(
    result.skipped.map(({ path: at, reason, detail }) => [at, detail === undefined ? reason : `${reason}: ${detail}`]),
  );

test('files with their language, stamp and roles; manifests; sorted by path', async () => {
  for (const file of [
    'src/b.ts',
    'src/a.py',
    'tests/test_a.py',
    'README.md',
    'package.json',
    'vendor/x.c',
    'api.pb.go',
    'index.d.ts',
    'data.csv',
    'test/client.py',
    'lib/test/test_x.py',
    'lib/test/support.py',
  ])
    write(file);
  const result = await scan();
  expect(
    Object.fromEntries(result.files.map(({ path: at, language, roles }) => [at, `${language} ${roles.join(' ')}`])),
  ).toEqual({
    'README.md': 'markdown documentation',
    'api.pb.go': 'go source generated',
    'data.csv': 'csv data',
    'index.d.ts': 'typescript source types',
    'package.json': 'json configuration',
    'src/a.py': 'python source',
    'src/b.ts': 'typescript source',
    'tests/test_a.py': 'python test',
    'vendor/x.c': 'c source vendored',
    'test/client.py': 'python source',
    'lib/test/test_x.py': 'python test',
    'lib/test/support.py': 'python test',
  });
  expect(paths(result)).toEqual([...paths(result)].sort());
  expect(result.manifests).toEqual(['package.json']);
  expect(result.files[0]!.stamp).toMatchObject({ size: 2 });
  expect(result.files[0]!.stamp.modified).toMatch(/^\d{18,}$/);
});

test('special files are not opened, links not followed, binaries and large files told by name and size', async () => {
  write('a.py');
  write('image.png');
  write('lib.min.js');
  writeFileSync(path.join(root, 'huge.py'), '');
  truncateSync(path.join(root, 'huge.py'), 100 << 20);
  execFileSync('mkfifo', [path.join(root, 'pipe.py')]);
  mkdirSync(path.join(root, 'deep/er'), { recursive: true });
  symlinkSync('..', path.join(root, 'deep/er/up'));
  symlinkSync('a.py', path.join(root, 'again.py'));
  symlinkSync('/etc', path.join(root, 'etc'));
  symlinkSync('nowhere', path.join(root, 'broken'));
  symlinkSync('loop', path.join(root, 'loop'));
  symlinkSync('../a.py', path.join(root, 'deep/a.py'));
  const server = createServer().listen(path.join(root, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  const result = await scan();
  server.close();
  expect(paths(result)).toEqual(['a.py']);
  expect(skips(result)).toEqual({
    'again.py': 'symlink-inside: a.py',
    broken: 'symlink-broken',
    'deep/a.py': 'symlink-inside: a.py',
    'deep/er/up': 'symlink-loop: deep',
    etc: 'symlink-outside: /etc',
    'huge.py': `oversize: ${100 << 20} bytes, the limit is ${4 << 20}`,
    'image.png': 'binary',
    'lib.min.js': 'minified',
    loop: 'symlink-loop',
    'pipe.py': 'special: fifo',
    socket: 'special: socket',
  });
});

test('names that are not UTF-8 keep their bytes, and differ from one another', async () => {
  for (const name of ['caf\xe9.py', 'caf\xe8.py', 'd\xff/x.py']) {
    const file = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
    if (name.includes('/')) mkdirSync(file.subarray(0, file.lastIndexOf('/')));
    try {
      writeFileSync(file, 'x = 1\n');
    } catch {
      return; // A file system that takes UTF-8 only.
    }
  }
  write('ünïcode.py');
  const result = await scan();
  expect(result.files.map(({ path: at, rawPath }) => [at, rawPath])).toEqual([
    ['caf\\xE8.py', 'caf\xe8.py'],
    ['caf\\xE9.py', 'caf\xe9.py'],
    ['d\\xFF/x.py', 'd\xff/x.py'],
    ['ünïcode.py', undefined],
  ]);
});

test('names that differ in case only are noted', async () => {
  write('a/Read.py');
  write('a/read.py');
  const { files, notes } = await scan();
  if (files.length === 2)
    expect(notes).toEqual(['a/Read.py and a/read.py differ in case only: some systems can hold only one of them.']);
});

test('folders of tools are left out, with or without an ignore file; a rule can take one back', async () => {
  for (const file of [
    'node_modules/a/index.js',
    'env/pyvenv.cfg',
    'env/lib/a.py',
    'cache/CACHEDIR.TAG',
    'src/__pycache__/a.py',
    'a.py',
    '.idea/x.xml',
  ])
    write(file);
  expect(paths(await scan())).toEqual(['a.py']);
  write('.trowelignore', '!node_modules/\n');
  expect(paths(await scan())).toEqual(['.trowelignore', 'a.py', 'node_modules/a/index.js']);
});

test('.trowelignore and the configuration are stronger than all; what git tracks counts although ignored', async () => {
  git('', 'init', '-q');
  for (const file of [
    '.gitignore',
    'build/kept.py',
    'build/other.py',
    'own/a.py',
    'conf/a.py',
    'src/a.py',
    'node_modules/m/a.js',
    'x.log',
  ])
    write(file, file === '.gitignore' ? 'build/\n*.log\n' : 'x\n');
  git('', 'add', '-f', 'build/kept.py', 'own/a.py', 'node_modules', 'src');
  write('.trowelignore', 'own/\n');
  const result = await scan('', { excludes: ['conf/'] });
  expect(paths(result)).toEqual(['.gitignore', '.trowelignore', 'build/kept.py', 'node_modules/m/a.js', 'src/a.py']);
  expect(skips(result)).toEqual({
    'build/other.py': 'ignored',
    'conf/': 'ignored: configuration',
    'own/': 'ignored: .trowelignore',
    'x.log': 'ignored',
  });
  expect(result.files.find(({ path: at }) => at.startsWith('node_modules'))!.roles).toEqual(['source', 'vendored']);
});

test("a folder inside a repository follows the rules from the repository's root, info/exclude and the user's own", async () => {
  git('', 'init', '-q');
  write('.gitignore', '/app/out/\n*.gen.py\n');
  write('app/.gitignore', '!keep.gen.py\n');
  for (const file of ['app/out/a.py', 'app/out.py', 'app/x.gen.py', 'app/keep.gen.py', 'app/secret.py', 'app/mine.py'])
    write(file);
  writeFileSync(path.join(root, '.git/info/exclude'), 'secret.py\n');
  mkdirSync(path.join(home, '.config/git'), { recursive: true });
  writeFileSync(path.join(home, '.config/git/ignore'), 'mine.py\n');
  expect(paths(await scan('app'))).toEqual(['.gitignore', 'keep.gen.py', 'out.py']);
  writeFileSync(path.join(home, '.gitconfig'), '[core]\n\texcludesFile = ~/my-ignores\n');
  writeFileSync(path.join(home, 'my-ignores'), 'out.py\n');
  expect(paths(await scan('app'))).toEqual(['.gitignore', 'keep.gen.py', 'mine.py']);
});

test('a root that its repository ignores is walked all the same, and that is said', async () => {
  git('', 'init', '-q');
  write('.gitignore', 'scratch/\n');
  write('scratch/a.py');
  const result = await scan('scratch');
  expect(paths(result)).toEqual(['a.py']);
  expect(result.notes).toHaveLength(1);
});

test('submodules belong to the tree, other repositories inside and further work trees do not', async () => {
  git('', 'init', '-q', 'lib');
  write('lib/l.py');
  write('lib/.gitignore', 'ignored.py\n');
  git('lib', 'add', '-A');
  git('lib', 'commit', '-qm', 'l');
  git('', 'init', '-q', 'main');
  write('main/m.py');
  write('main/.gitignore', 'l.py\n');
  git('main', 'submodule', '--quiet', 'add', '../lib', 'sub');
  git('main', 'add', '-A');
  git('main', 'commit', '-qm', 'm');
  write('main/sub/ignored.py');
  git('main', 'worktree', 'add', '-q', 'other');
  git('main', 'init', '-q', 'own');
  write('main/own/o.py');
  write('main/fake/.git/readme.txt');
  write('main/fake/f.py');
  const result = await scan('main');
  expect(paths(result)).toEqual(['.gitignore', '.gitmodules', 'fake/f.py', 'm.py', 'sub/.gitignore', 'sub/l.py']);
  expect(skips(result)).toEqual({
    'other/': 'nested-repository: another work tree of a repository',
    'own/': 'nested-repository: an independent repository',
    'sub/ignored.py': 'ignored',
  });
  // The work tree is a tree of its own: its .git is a file.
  const other = await scan('main/other');
  expect(paths(other)).toEqual(['.gitignore', '.gitmodules', 'm.py']);
  expect(skips(other)).toEqual({ 'sub/': 'submodule-missing: git submodule update --init' });
});

test('an unreadable folder is skipped, not fatal', async () => {
  write('closed/a.py');
  write('a.py');
  chmodSync(path.join(root, 'closed'), 0);
  const result = await scan();
  chmodSync(path.join(root, 'closed'), 0o755);
  // The superuser reads everything.
  if (process.getuid?.() !== 0) expect(skips(result)).toEqual({ 'closed/': 'unreadable: EACCES' });
  expect(paths(result)).toContain('a.py');
});

test('many files in one folder, a deep tree, and a stop in the middle', async () => {
  for (let i = 0; i < 20_000; i++) writeFileSync(path.join(root, `f${i}.py`), '');
  mkdirSync(path.join(root, Array.from({ length: 600 }, () => 'd').join('/')), { recursive: true });
  expect((await scan()).files).toHaveLength(20_000);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  await expect(scanTree(root, {}, undefined, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('no folder, or a file in its place', async () => {
  write('a.py');
  await expect(scan('nothing')).rejects.toMatchObject({ code: 'not-found' });
  await expect(scan('a.py')).rejects.toMatchObject({ code: 'usage' });
});

test('ignore rules agree with git on any rules and names', async () => {
  git('', 'init', '-q');
  const letters = fc.constantFrom('a', 'b', 'ab', 'b.py', 'a b', 'é', '[x]', '-', '.h');
  const part = fc.constantFrom(
    'a',
    'b',
    'ab',
    '*',
    '?',
    'a*',
    '*b',
    '*.py',
    'b.*',
    '[ab]',
    '[!a]',
    '[a-b]*',
    '[[:alpha:]]',
    '**',
    '\\*',
    '\\[x]',
    '[x\\]]',
    '[]-]',
    '[x',
    'a b',
    'é',
    '*é',
    'a**b',
    '.*',
    '***',
    '\\a',
    '[^[:digit:]]',
  );
  const rule = fc
    .record({
      negative: fc.boolean(),
      rooted: fc.boolean(),
      parts: fc.array(part, { minLength: 1, maxLength: 3 }),
      folder: fc.boolean(),
      tail: fc.constantFrom('', '', '', ' ', '\\ ', '\r', '  '),
    })
    .map(
      ({ negative, rooted, parts, folder, tail }) =>
        `${negative ? '!' : ''}${rooted ? '/' : ''}${parts.join('/')}${folder ? '/' : ''}${tail}`,
    );
  const files = fc.uniqueArray(
    fc.array(letters, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
    { minLength: 3, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.array(rule, { minLength: 1, maxLength: 6 }),
      fc.array(rule, { maxLength: 3 }),
      async (names, rules, inner) => {
        rmSync(path.join(root, 'work'), { recursive: true, force: true });
        mkdirSync(path.join(root, 'work/a'), { recursive: true });
        for (const name of names) {
          try {
            write(`work/${name}`);
          } catch {
            // A folder and a file of one name: the first stays.
          }
        }
        write('work/.gitignore', rules.join('\n'));
        if (inner.length > 0) write('work/a/.gitignore', inner.join('\n'));
        const expected = git('work', '-c', 'core.quotepath=off', 'ls-files', '-z', '--others', '--exclude-standard')
          .split('\0')
          .filter(Boolean)
          .sort();
        expect(paths(await scan('work'))).toEqual(expected);
      },
    ),
    { numRuns: 80 },
  );
});
