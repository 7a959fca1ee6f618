/** Healing that only shows where a framework or a library is really there: each is installed, and skipped where it cannot be. */
import os from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { call, heal, helped, type Planned, shows } from './heal-project.ts';
import { installedPackages, linkPackages, pythonEnvironment } from '../installed-packages.ts';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';

const awaited = { steps: [{ outcome: 'returned' as const, value: 7, awaited: true as const }] };
const slow = 'export const later = (value) => new Promise((resolve) => setTimeout(() => resolve(value), 700));\n';
const tag = 'export const tagOf = (name) => document.createElement(name).tagName;\n';

/** Put together here, as Vitest would read it in this file. */
const comment = (framework: string): string => `@${framework}-${'environment'} jsdom`;

describe.skipIf(!sandboxes)('healing by frameworks and libraries', () => {
  let packages: string | undefined;
  let python: string | undefined;
  beforeAll(async () => {
    packages = installedPackages();
    const environment: NodeJS.ProcessEnv = { ...process.env };
    delete environment['VIRTUAL_ENV'];
    const tools = await findToolchains({ tree: os.tmpdir(), environment, home: os.homedir() });
    python = tools.python && pythonEnvironment(tools.python.program);
  }, 600_000);

  const project = (framework: string, source: string, settings: Readonly<Record<string, string>> = {}) => ({
    files: {
      'package.json': JSON.stringify({
        type: framework === 'jest' ? 'commonjs' : 'module',
        devDependencies: { [framework]: '*' },
      }),
      'later.js': framework === 'jest' ? source.replace(/export const (\w+)/, 'exports.$1') : source,
      ...settings,
    },
    subject: 'later.js',
    draft: {
      path: 'test/later.test.js',
      specifier: '../later.js',
      format: framework === 'jest' ? ('commonjs' as const) : ('module' as const),
    },
    imported: framework === 'jest' ? ('commonjs' as const) : ('module' as const),
    framework: framework as NonNullable<Planned['framework']>,
    install: (root: string) => linkPackages(packages!, root),
  });

  test.for([
    [
      'vitest',
      { 'vitest.config.js': 'export default { test: { testTimeout: 200 } };\n' },
      ', { timeout: 30000 }, async',
    ],
    ['jest', { 'jest.config.js': 'module.exports = { testTimeout: 200 };\n' }, '}, 30000);'],
    ['mocha', { '.mocharc.json': '{ "timeout": 200 }' }, '}).timeout(30000);'],
  ] as const)(
    'async: %s has less patience than the code',
    { timeout: 240_000 },
    async ([framework, settings, text], { skip }) => {
      skip(packages === undefined, 'no registry answers');
      const settled = await heal({
        name: `slow-${framework}`,
        ...project(framework, slow, settings),
        tests: [shows([call('later', 7)], [7], awaited)],
      });
      expect(helped(settled)).toEqual(['async: gives its tests 30 s']);
      expect(settled.files[0]!.written.text).toContain(text);
      expect(settled.steadyRuns).toBe(3);
    },
  );

  test.for([
    ['vitest', `// ${comment('vitest')}`],
    ['jest', `/** ${comment('jest')} */`],
  ] as const)('environment: a page, by %s', { timeout: 240_000 }, async ([framework, head], { skip }) => {
    skip(packages === undefined, 'no registry answers');
    const settled = await heal({
      name: `page-${framework}`,
      ...project(framework, tag),
      tests: [shows([call('tagOf', 'div')], ['DIV'])],
    });
    expect(helped(settled)).toEqual(['environment: asks for a page (jsdom)']);
    expect(settled.files[0]!.written.text.startsWith(`${head}\n`)).toBe(true);
    expect(settled.steadyRuns).toBe(3);
  });

  test("environment: Django's settings", { timeout: 240_000 }, async ({ skip }) => {
    skip(python === undefined, 'no registry answers');
    const settled = await heal({
      name: 'django-shop',
      files: {
        'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["django"]\n',
        'shop/__init__.py': '',
        'shop/settings.py': 'SECRET_KEY = "x"\nCURRENCY = "EUR"\nINSTALLED_APPS = []\n',
        'shop/prices.py':
          'from django.conf import settings\n\n\ndef shown(amount):\n    return "%d %s" % (amount, settings.CURRENCY)\n',
      },
      subject: 'shop/prices.py',
      tests: [shows([call('shown', 5)], ['5 EUR'])],
      draft: { path: 'tests/test_prices.py', specifier: 'shop.prices' },
      environment: { ...process.env, VIRTUAL_ENV: python },
    });
    expect(helped(settled)).toEqual(['environment: uses the settings shop.settings']);
    expect(settled.files[0]!.written.text).toContain(
      'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
    );
    expect(settled.steadyRuns).toBe(3);
  });

  test('imports and paths: an alias, as the tests of the project have it', { timeout: 240_000 }, async ({ skip }) => {
    skip(packages === undefined, 'no registry answers');
    const root = makeProject('aliased', {
      'package.json':
        '{ "name": "aliased", "type": "module", "devDependencies": { "vitest": "*" }, "scripts": { "test": "vitest" } }',
      'vitest.config.js':
        "import { fileURLToPath } from 'node:url';\nexport default { resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } } };\n",
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
      'src/text/join.js': "export const join = (one, other) => one + '-' + other;\n",
      'src/text/half.js': 'export const half = (number) => number / 2;\n',
      'test/half.test.js':
        "import { expect, it } from 'vitest';\nimport { half } from '@/text/half';\nit('halves', () => expect(half(4)).toBe(2));\n",
    });
    linkPackages(packages!, root);
    const report = await proveProject(root, { scope: 'src/text/join.js' });
    expect(report.files[0]!.text).toContain("from '@/text/join';");
    expect(report.healing).toEqual([]);
    expect(report.steadyRuns).toBe(3);
  });
});
