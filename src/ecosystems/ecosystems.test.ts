import { describe, expect, it } from 'vitest';
import type { DeclaredPackage } from './ecosystem.ts';
import { evaluateScript } from './evaluate-script.ts';
import { fileMatcher } from './file-pattern.ts';
import { evaluatePython } from './python/evaluate-python.ts';
import { readScript } from './npm/read-script.ts';
import { readDeclarations } from './registry.ts';
import { stringsAt, stringsWithin, unknownParts } from './static-value.ts';

const read = (files: Readonly<Record<string, string>>): Promise<DeclaredPackage[]> =>
  readDeclarations(Object.keys(files), (path) => files[path]);
const entriesOf = (found: DeclaredPackage): string[] => found.entries.map(({ path, use }) => `${use} ${path}`).sort();
const usesOf = (found: DeclaredPackage): string[] =>
  [...new Set(found.uses.map(({ name, isBinary }) => (isBinary ? `!${name}` : name)))].sort();

describe('globs', () => {
  it.each([
    ['src/**/*.ts', 'src/a/b.ts', 'lib/a.ts'],
    ['**/*.{test,spec}.?(c|m)[jt]s?(x)', 'a/b.test.mts', 'a/b.test.css'],
    ['{a,b}/*.js', 'b/x.js', 'c/x.js'],
    ['src/**', 'src/a/b.ts', 'src.ts'],
    ['*.js', 'a.js', 'a/b.js'],
    ['./src/*.js', 'src/a.js', 'a.js'],
    ['@(a|b).ts', 'a.ts', 'c.ts'],
  ])('%s matches %s and not %s', (glob, yes, no) => {
    expect(fileMatcher([glob])(yes)).toBe(true);
    expect(fileMatcher([glob])(no)).toBe(false);
  });
  it('leaves out what a negated glob matches', () => {
    expect(fileMatcher(['**/*.ts', '!**/*.d.ts'])('a/b.d.ts')).toBe(false);
  });
  it('matches nothing with a glob that could take for ever', () => {
    expect(fileMatcher(['*a'.repeat(40)])('a'.repeat(400))).toBe(false);
  });
});

describe('configuration in JavaScript', () => {
  const exported = (text: string, path = 'x.config.ts') => evaluateScript(path, text)!.exported;
  it('follows constants, calls of define functions, conditions and paths', () => {
    const value = exported(`
      import path from 'node:path';
      const entry = path.resolve(__dirname, 'src/main.ts');
      const plugins = ['a', process.env.CI ? 'b' : 'c', dev && 'd'].filter(Boolean);
      export default defineConfig(({ mode }) => ({ build: { lib: { entry } }, plugins, name: \`x-\${'y'}\` }));`);
    expect(stringsAt(value, 'build', 'lib', 'entry')).toEqual(['./src/main.ts']);
    expect(stringsWithin([value])).toEqual(['./src/main.ts', 'a', 'b', 'c', 'd', 'x-y']);
  });
  it('says what it cannot know', () => {
    const value = exported('module.exports = { entry: findEntry(), mode: compute.it.all };', 'x.js');
    expect(unknownParts(value).map(({ what }) => what)).toEqual(['findEntry', 'compute.it.all']);
  });
  it('never runs what it reads', () => {
    expect(evaluateScript('x.js', 'process.exit(3); throw new Error("ran");')!.exported.kind).toBe('constant');
  });
  it('gives up on a broken and on a hostile file', () => {
    expect(evaluateScript('x.js', 'export default {')).toBeUndefined();
    expect(evaluateScript('x.js', '['.repeat(100_000))).toBeUndefined();
    expect(evaluateScript('x.ts', 'const a = b; const b = a; export default a;')!.exported.kind).toBe('unknown');
  });
});

describe('scripts', () => {
  it.each([
    ['tsc -p . && cross-env CI=1 jest --config jest.ci.js', ['tsc', 'cross-env', 'jest'], []],
    ['c8 --reporter html mocha', ['c8', 'mocha'], []],
    ['node -r dotenv/config scripts/build.js | tee log', [], ['scripts/build.js']],
    ['npx eslint . ; rm -rf dist', ['eslint'], []],
    ['npx create-thing@latest', [], []],
    ['yarn workspace a build', [], []],
    ['concurrently "tsc -w" "node server.js"', ['concurrently', 'tsc'], ['server.js']],
  ])('%s', (command, programs, files) => {
    const parts = readScript(command);
    expect(parts.programs).toEqual(programs);
    expect(parts.files).toEqual(files);
  });
});

describe('npm', () => {
  it('reads a package: entries behind a build, programs, dependencies, tests, tools', async () => {
    const [found] = await read({
      'package.json': JSON.stringify({
        name: 'box',
        version: '1.2.3',
        main: './dist/index.js',
        bin: { box: './dist/cli.js' },
        exports: { '.': './dist/index.js', './features/*': './dist/features/*.js' },
        scripts: { build: 'tsup', check: 'node scripts/check.mjs' },
        dependencies: { zod: '^4' },
        devDependencies: { tsup: '1', vitest: '3', typescript: '5', vite: '6' },
        peerDependencies: { react: '*' },
      }),
      'tsconfig.json':
        '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] }, /* say */ "outDir": "dist", "types": ["vitest/globals"], } }',
      'tsup.config.ts':
        "import { defineConfig } from 'tsup';\nexport default defineConfig({ entry: ['src/worker.ts'] });",
      'vitest.config.ts':
        "export default { test: { include: ['checks/*.ts'], setupFiles: ['./checks/setup.ts'], environment: 'jsdom' } };",
      'src/index.ts': '',
      'src/cli.ts': '',
      'src/worker.ts': '',
      'src/features/a.ts': '',
      'src/other.ts': '',
      'checks/one.ts': '',
      'checks/setup.ts': '',
      'scripts/check.mjs': '',
      'pnpm-lock.yaml': '',
    });
    expect(entriesOf(found!)).toEqual([
      'program scripts/check.mjs',
      'program src/cli.ts',
      'public src/features/a.ts',
      'public src/index.ts',
      'public src/worker.ts',
      'test checks/one.ts',
      'test checks/setup.ts',
      'tool checks/setup.ts',
      'tool tsup.config.ts',
      'tool vitest.config.ts',
    ]);
    expect(found).toMatchObject({
      name: 'box',
      packageManager: 'pnpm',
      lockFile: 'pnpm-lock.yaml',
      sourceFolders: ['src'],
      isPrivate: false,
    });
    expect(found!.binaries).toEqual([{ command: 'box', file: 'src/cli.ts' }]);
    expect(found!.dependencies.map(({ name, kind }) => `${kind} ${name}`)).toContain('peer react');
    expect(found!.aliases).toEqual([{ pattern: '@/*', targets: ['src/*'] }]);
    expect(found!.tests).toEqual([
      {
        framework: 'vitest',
        configuration: 'vitest.config.ts',
        include: ['checks/*.ts'],
        exclude: [],
        setup: ['checks/setup.ts'],
      },
    ]);
    expect(usesOf(found!)).toEqual(['!tsup', '@types/vitest/globals', 'jsdom', 'tsup', 'vitest', 'vitest/globals']);
  });
  it('knows members of a workspace and their own files', async () => {
    const packages = await read({
      'package.json': '{"private":true,"workspaces":["packages/*"],"devDependencies":{"jest":"1"}}',
      'packages/a/package.json': '{"name":"a","main":"lib.js"}',
      'packages/a/lib.js': '',
      'packages/a/lib.test.js': '',
      'other/package.json': '{"name":"other"}',
      'yarn.lock': '',
    });
    expect(packages.map(({ folder, workspace, packageManager }) => [folder, workspace, packageManager])).toEqual([
      ['', '', 'yarn'],
      ['other', undefined, 'yarn'],
      ['packages/a', '', 'yarn'],
    ]);
    expect(entriesOf(packages[2]!)).toEqual(['public packages/a/lib.js', 'test packages/a/lib.test.js']);
    expect(packages[2]!.tests[0]!.framework).toBe('jest');
  });
  it('spells out the short names of plug-ins', async () => {
    const [found] = await read({
      'package.json':
        '{"devDependencies":{"eslint":"8","@babel/core":"7"},"babel":{"presets":["@babel/env",["react-app"]],"plugins":["lodash"]}}',
      '.eslintrc.json':
        '{"extends":["airbnb","plugin:@typescript-eslint/recommended","plugin:react/all"],"plugins":["import","@foo"],"parser":"@typescript-eslint/parser"}',
    });
    expect(usesOf(found!)).toEqual([
      '@babel/core',
      '@babel/preset-env',
      '@foo/eslint-plugin',
      '@typescript-eslint/eslint-plugin',
      '@typescript-eslint/parser',
      'babel-plugin-lodash',
      'babel-preset-react-app',
      'eslint',
      'eslint-config-airbnb',
      'eslint-plugin-import',
      'eslint-plugin-react',
    ]);
  });
  it('lists the exports that a framework reads', async () => {
    const [found] = await read({
      'package.json': '{"dependencies":{"next":"15"}}',
      'app/page.tsx': '',
      'app/api/x/route.ts': '',
      'app/part.tsx': '',
    });
    expect(found!.entries.find(({ path }) => path === 'app/api/x/route.ts')!.exports).toContain('GET');
    expect(entriesOf(found!)).toEqual(['tool app/api/x/route.ts', 'tool app/page.tsx']);
  });
  it('says what is broken and goes on', async () => {
    const [found] = await read({
      'package.json': '{"name": "a",\n oops',
      'a.test.js': '',
      'vite.config.js': 'export default {',
    });
    expect(found!.unread).toHaveLength(1);
    expect(found!.unread[0]!.path).toBe('package.json');
  });
});

describe('python', () => {
  it('reads literals of a file and calls, never running it', () => {
    const reading = evaluatePython(
      "A = ['x', 'y'] + ['z']\nA += ('w',)\nB = os.environ.get('B', default='q')\nif X:\n    C = 'a'\nelse:\n    C = \"b\"\nsetup(name='n' 'm', **{'version': '1'}, install_requires=A)\n",
    );
    expect(stringsWithin([reading.names.get('A')!])).toEqual(['x', 'y', 'z', 'w']);
    expect(stringsWithin([reading.names.get('B')!])).toEqual(['q']);
    expect(stringsWithin([reading.names.get('C')!])).toEqual(['a', 'b']);
    const [call] = reading.calls('setup');
    expect(stringsAt(call, 'name')).toEqual(['nm']);
    expect(stringsAt(call, 'install_requires')).toEqual(['x', 'y', 'z', 'w']);
  });
  it('reads pyproject.toml with its scripts, groups and layout', async () => {
    const [found] = await read({
      'pyproject.toml':
        '[project]\nname = "box-kit"\ndependencies = ["PyYAML>=6 ; python_version > \'3.8\'", "requests[socks]~=2.0"]\n[project.scripts]\nbox = "box_kit.cli:main"\n[project.optional-dependencies]\nfast = ["orjson"]\n[dependency-groups]\ndev = ["pytest", {include-group = "lint"}]\n[tool.pytest.ini_options]\ntestpaths = ["checks"]\naddopts = "-p box_kit.plugin --cov"\n[tool.setuptools.package-dir]\n"" = "python"\n',
      'python/box_kit/__init__.py': '',
      'python/box_kit/cli.py': '',
      'python/box_kit/plugin.py': '',
      'python/box_kit/__main__.py': '',
      'checks/test_a.py': '',
      'checks/conftest.py': '',
      'uv.lock': '',
    });
    expect(found!.dependencies.map(({ name, kind, range }) => `${kind} ${name}${range}`)).toEqual([
      'runtime pyyaml>=6',
      'runtime requests~=2.0',
      'extra orjson',
      'development pytest',
    ]);
    expect(found!.dependencies[0]!.modules).toEqual(['yaml']);
    expect(found!.binaries).toEqual([{ command: 'box', file: 'python/box_kit/cli.py', object: 'box_kit.cli:main' }]);
    expect(found!.entries.find(({ path, use }) => path.endsWith('cli.py') && use === 'program')!.exports).toEqual([
      'main',
    ]);
    expect(entriesOf(found!)).toEqual([
      'program python/box_kit/__main__.py',
      'program python/box_kit/cli.py',
      'public python/box_kit/__init__.py',
      'test checks/conftest.py',
      'test checks/test_a.py',
      'tool python/box_kit/plugin.py',
    ]);
    expect(found!.tests).toEqual([
      {
        framework: 'pytest',
        configuration: 'pyproject.toml',
        include: ['checks/**/test_*.py', 'checks/**/*_test.py'],
        exclude: [],
        setup: ['checks/conftest.py'],
      },
    ]);
    expect(found).toMatchObject({ packageManager: 'uv', sourceFolders: ['python'] });
  });
  it('reads setup.py and setup.cfg by their syntax', async () => {
    const [found] = await read({
      'setup.py':
        "import os\nREQ = ['attrs']\nsetup(name='old', install_requires=REQ, entry_points={'console_scripts': ['old = old.main:run']}, extras_require={'x': ['lxml']})\nos.remove('setup.py')\n",
      'setup.cfg':
        '[options]\ninstall_requires =\n  click>=8\n  six\n[options.entry_points]\nconsole_scripts =\n  older = old.main:walk\n',
      'old/__init__.py': '',
      'old/main.py': '',
      'requirements-dev.txt': 'black==24 # format\n-r other.txt\ngit+https://x/y.git#egg=thing\n',
    });
    expect(found!.dependencies.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
      'development black',
      'development thing',
      'extra lxml',
      'runtime attrs',
      'runtime click',
      'runtime six',
    ]);
    expect(found!.entries.find(({ path }) => path === 'old/main.py')!.exports!.toSorted()).toEqual(['run', 'walk']);
  });
  it('follows what Django settings and include() name', async () => {
    const [found] = await read({
      'manage.py': '',
      'requirements.txt': 'django\ndjango-cors-headers\n',
      'site/settings.py':
        "INSTALLED_APPS = ['django.contrib.admin', 'corsheaders', 'shop']\nMIDDLEWARE = ['shop.middle.Stamp']\nROOT_URLCONF = 'site.urls'\n",
      'site/urls.py': "urlpatterns = [path('', include('shop.routes'))]\n",
      'site/__init__.py': '',
      'shop/__init__.py': '',
      'shop/middle.py': '',
      'shop/routes.py': '',
      'shop/models.py': '',
      'shop/unused.py': '',
    });
    const files = entriesOf(found!);
    expect(files).toContain('tool shop/routes.py');
    expect(files).not.toContain('tool shop/unused.py');
    expect(found!.entries.find(({ path }) => path === 'shop/middle.py')!.exports).toEqual(['Stamp']);
    expect(usesOf(found!)).toContain('corsheaders');
  });
  it('survives hostile and broken files', async () => {
    const [found] = await read({
      'pyproject.toml': '[project\nname=',
      'setup.py': `setup(${'['.repeat(50_000)}`,
      'a.py': '',
    });
    expect(found!.unread[0]!.path).toBe('pyproject.toml');
  });
});

it('has a registry line for every file of a tool', async () => {
  const { readdirSync, readFileSync } = await import('node:fs');
  for (const room of ['npm', 'python']) {
    const registry = readFileSync(new URL(`./${room}/tools-registry.ts`, import.meta.url), 'utf8');
    const files = readdirSync(new URL(`./${room}/tools`, import.meta.url)).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(20);
    for (const name of files) expect(registry).toContain(`./tools/${name}`);
  }
});
