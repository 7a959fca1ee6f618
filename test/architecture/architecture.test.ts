/** Every rule has a positive control: the real tree is green and was really looked at; a planted violation is red. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkArchitecture } from '../../scripts/checks/architecture.ts';
import { gates } from '../../scripts/checks/gates.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');

const clean: Readonly<Record<string, string>> = {
  'src/base/errors.ts': 'export const fail = (): never => {\n  throw new Error("no");\n};\n',
  'src/model/noun.ts': 'export interface Noun {\n  readonly name: string;\n}\n',
  'src/languages/registry.ts': "export const load = () => import('./python/python.ts');\n",
  'src/languages/python/python.ts':
    "import type { Noun } from '#model/noun.ts';\nexport const python: Noun = { name: 'python' };\n",
  'src/languages/go/go.ts': "export const go = { name: 'go' };\n",
  'src/scan/scan.ts':
    "import { load } from '#languages/registry.ts';\nexport const scan = async () => (await load()).python.name;\n",
  'src/link/link.ts': 'export const link = () => 1;\n',
  'src/operations/registry.ts': "export const names = ['dig'];\nexport const dig = () => import('./dig.ts');\n",
  'src/operations/dig.ts': "import { scan } from '#scan/scan.ts';\nexport const run = () => scan();\n",
  'src/doors/cli/run.ts': "import { names } from '#operations/registry.ts';\nexport const run = () => names;\n",
  'src/main.ts': "import { run } from '#doors/cli/run.ts';\nrun();\n",
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'trowel-planted-'));
  for (const name of [
    'package.json',
    'tsconfig.json',
    '.oxlintrc.json',
    '.prettierrc.json',
    'knip.json',
    'package-lock.json',
  ])
    cpSync(path.join(projectRoot, name), path.join(root, name));
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  for (const folder of ['test', 'scripts']) {
    mkdirSync(path.join(root, folder));
    writeFileSync(path.join(root, folder, 'placeholder.ts'), 'export const placeholder = 1;\n');
  }
  plant(clean);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

const gate = (name: string): ((at?: string) => Promise<{ passed: boolean; report: string }>) => {
  const found = gates.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no gate ${name}`);
  return (at = root) => found.run(at);
};

/** What each import rule is there to stop. */
const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['lower-tier-only-scan', 'src/scan/up.ts', "import { run } from '#operations/dig.ts';\nexport const up = run;\n"],
  [
    'lower-tier-only-scan',
    'src/scan/beside.ts',
    "import { link } from '#link/link.ts';\nexport const beside = link;\n",
  ],
  [
    'lower-tier-only-scan',
    'src/scan/type-only.ts',
    "import type { run } from '#operations/dig.ts';\nexport type Up = typeof run;\n",
  ],
  ['lower-tier-only-scan', 'src/scan/lazily.ts', "export const up = () => import('#operations/dig.ts');\n"],
  [
    'base-and-model-alone',
    'src/model/alone.ts',
    "import { fail } from '#base/errors.ts';\nexport const alone = fail;\n",
  ],
  ['model-in-a-browser', 'src/model/node.ts', "import path from 'node:path';\nexport const separator = path.sep;\n"],
  ['no-cycle', 'src/link/around.ts', "import { back } from './back.ts';\nexport const around = () => back;\n"],
  [
    'members-by-registry',
    'src/scan/member.ts',
    "import { python } from '#languages/python/python.ts';\nexport const member = python;\n",
  ],
  [
    'families-apart',
    'src/languages/go/other.ts',
    "import { python } from '../python/python.ts';\nexport const other = python;\n",
  ],
  [
    'doors-see-the-surface',
    'src/doors/cli/engine.ts',
    "import { link } from '#link/link.ts';\nexport const engine = link;\n",
  ],
  [
    'operations-by-registry',
    'src/doors/cli/direct.ts',
    "import { run } from '#operations/dig.ts';\nexport const direct = run;\n",
  ],
  ['roots-are-roots', 'src/doors/cli/root.ts', "import '../../main.ts';\nexport const root = 1;\n"],
  ['known-room', 'src/strange/room.ts', "import { link } from './other.ts';\nexport const room = link;\n"],
  ['product-without-tests', 'src/link/tested.ts', "import '../../test/placeholder.ts';\nexport const tested = 1;\n"],
  ['no-unresolved', 'src/link/lost.ts', "import { gone } from './gone.ts';\nexport const lost = gone;\n"],
  [
    'declared-packages',
    'src/link/development.ts',
    "import { build } from 'esbuild';\nexport const development = build;\n",
  ],
];

describe('boundaries', () => {
  it('pass on the planted tree as it is, and look at every module', async () => {
    const { passed, report } = await gate('boundaries')();
    expect(report).toMatch(/^1[3-9] modules, [1-9]\d* dependencies$/);
    expect(passed).toBe(true);
  });

  it('are red for each planted violation, by its rule', async () => {
    plant({
      'src/link/back.ts': "import { around } from './around.ts';\nexport const back = () => around;\n",
      'src/strange/other.ts': 'export const link = 1;\n',
      ...Object.fromEntries(planted.map(([, file, text]) => [file, text])),
    });
    const { passed, report } = await gate('boundaries')();
    expect(passed).toBe(false);
    const found = report.split('\n').map((line) => line.split(' → ')[0]);
    for (const [rule, file] of planted) expect(found, report).toContain(`${rule}: ${file}`);
  });

  it('is red where nothing was checked', async () => {
    rmSync(path.join(root, 'src'), { recursive: true });
    mkdirSync(path.join(root, 'src'));
    rmSync(path.join(root, 'test'), { recursive: true });
    rmSync(path.join(root, 'scripts'), { recursive: true });
    expect((await gate('boundaries')()).passed).toBe(false);
  });
});

describe('architecture', () => {
  const violations = (): readonly string[] => checkArchitecture(root, projectRoot).violations;

  it('passes on the planted tree as it is, and looks at every module', () => {
    expect(checkArchitecture(root, projectRoot)).toMatchObject({ modules: 13, violations: [] });
  });

  it.each<[what: string, file: string, text: string]>([
    [
      'node:fs is not for this file',
      'src/link/link.ts',
      "import { readFileSync } from 'node:fs';\nexport const link = readFileSync;\n",
    ],
    ['node:fs is not for this file', 'src/link/link.ts', "export const link = () => import('node:fs/promises');\n"],
    [
      'node:child_process is not for this file',
      'src/link/link.ts',
      "export { spawn as link } from 'node:child_process';\nexport const more = 1;\n",
    ],
    ['process.env is not for this file', 'src/link/link.ts', "export const link = () => process.env['HOME'];\n"],
    ['console is not for this file', 'src/link/link.ts', "export const link = () => console.log('x');\n"],
    ['process.stdout and stderr is not', 'src/link/link.ts', "export const link = () => process.stderr.write('x');\n"],
    ['node:sqlite is not for this file', 'src/link/link.ts', "export const link = () => import('node:sqlite');\n"],
    ['zod is not for this file', 'src/link/link.ts', "import { z } from 'zod';\nexport const link = z;\n"],
    ['a default export', 'src/link/link.ts', 'export default 1;\n'],
    ['a barrel', 'src/link/index.ts', "export * from './link.ts';\n"],
    ['an enum', 'src/link/link.ts', 'export enum Link {\n  a,\n}\n'],
    ['it.skip', 'src/link/link.test.ts', "import { it } from 'vitest';\nit.skip('x', () => {});\n"],
    ['401 lines, at most 400', 'src/link/link.ts', 'export const link = 1;\n'.padEnd(23 + 400, '\n')],
    ['a folder named utils', 'src/link/utils/x.ts', 'export const x = 1;\n'],
  ])('%s', (what, file, text) => {
    plant({ [file]: text });
    expect(violations().join('\n')).toContain(what);
  });

  it('lets one file only know a package', () => {
    plant({ 'src/link/link.ts': "import ignore from 'ignore';\nexport const link = ignore;\n" });
    expect(violations()).toEqual([]);
    plant({ 'src/scan/scan.ts': "import ignore from 'ignore';\nexport const scan = ignore;\n" });
    expect(violations().join('\n')).toContain('ignore is imported by 2 files');
  });
});

describe('the other gates', () => {
  it('types: red for a wrong type', async () => {
    expect((await gate('types')()).report).toMatch(/^1[3-9] files$/);
    plant({ 'src/link/link.ts': 'export const link: number = "one";\n' });
    expect(await gate('types')()).toMatchObject({ passed: false, report: expect.stringContaining('src/link/link.ts') });
  });

  it('lint: red for any, and for a focused test', async () => {
    expect(await gate('lint')()).toMatchObject({ passed: true, report: expect.stringMatching(/ on [1-9]\d* files/) });
    plant({ 'src/link/link.ts': 'export const link = (x: any): unknown => x;\n' });
    expect(await gate('lint')()).toMatchObject({ passed: false, report: expect.stringContaining('no-explicit-any') });
    plant({
      'src/link/link.ts': 'export const link = 1;\n',
      'src/link/link.test.ts': "import { it } from 'vitest';\nit.only('x', () => {});\n",
    });
    expect((await gate('lint')()).passed).toBe(false);
  });

  it('format: red for a file that prettier would write otherwise', async () => {
    plant({ 'src/link/link.ts': 'export const link   =    1\n' });
    expect(await gate('format')()).toMatchObject({
      passed: false,
      report: expect.stringContaining('src/link/link.ts'),
    });
  });

  it('judged: red for a bug that check finds', async () => {
    plant({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'trowel.config.json': '{"check":{"gate":4}}',
      'src/link/link.ts': 'export const link = 1;\n',
    });
    expect(await gate('judged')()).toMatchObject({
      passed: true,
      report: expect.stringMatching(/^[1-9]\d* files judged/),
    });
    plant({ 'src/link/link.ts': 'export function link(a: number) {\n  a = a;\n  return a;\n}\n' });
    expect(await gate('judged')()).toMatchObject({ passed: false, report: expect.stringContaining('self-assignment') });
  });

  it('unused: red for a file that nothing imports and an export that nothing uses', async () => {
    plant({
      'src/link/orphan.ts': 'export const orphan = 1;\n',
      'src/scan/scan.ts': 'export const scan = () => 1;\nexport const extra = 2;\n',
    });
    const { passed, report } = await gate('unused')();
    expect(passed).toBe(false);
    expect(report).toContain('src/link/orphan.ts');
    expect(report).toContain('extra');
  });

  it('documents: red for a missing page', async () => {
    expect(await gate('documents')()).toMatchObject({
      passed: false,
      report: expect.stringContaining('docs/commands.md'),
    });
  });

  it('lock file: red for a version range and a named registry', async () => {
    expect(await gate('lock file')()).toMatchObject({ passed: true });
    plant({
      'package.json': '{ "dependencies": { "zod": "^4.0.0" } }',
      'package-lock.json': '{ "packages": { "node_modules/zod": { "resolved": "https://registry.example/zod.tgz" } } }',
    });
    const { passed, report } = await gate('lock file')();
    expect(passed).toBe(false);
    expect(report).toContain('zod is not pinned');
    expect(report).toContain('names its registry');
    plant({
      'package-lock.json':
        '{ "packages": { "node_modules/a": { "version": "1.0.0", "optionalDependencies": { "@a/b-linux-x64-musl": "1.0.0" } } } }',
    });
    expect((await gate('lock file')()).report).toContain('@a/b-linux-x64-musl');
  });
});
