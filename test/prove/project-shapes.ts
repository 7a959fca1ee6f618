/** Small projects in the shapes that repositories have; all hold the same code, tested alike. */

type Files = Readonly<Record<string, string>>;

const source = `export function clamp(x: number, low: number, high: number): number {
  if (x < low) return low;
  return x > high ? high : x;
}
export enum Mode { Sum, Product }
export function fold(list: readonly number[], mode: Mode): number {
  let total = mode === Mode.Sum ? 0 : 1;
  for (const each of list) total = mode === Mode.Sum ? total + each : total * each;
  return total;
}
export class Box<T> {
  constructor(private readonly value: T) {}
  get(): T { return this.value; }
}
`;
const script = `function clamp(x, low, high) {
  if (x < low) return low;
  return x > high ? high : x;
}
const Mode = { Sum: 0, Product: 1 };
function fold(list, mode) {
  let total = mode === Mode.Sum ? 0 : 1;
  for (const each of list) total = mode === Mode.Sum ? total + each : total * each;
  return total;
}
class Box {
  constructor(value) { this.value = value; }
  get() { return this.value; }
}
module.exports = { Box, clamp, fold, Mode };
`;

const suite = (imports: string, equal: (one: string, other: string) => string): string => `${imports}
describe('numbers', () => {
  it('clamps', () => { ${equal('clamp(1, 2, 3)', '2')}; ${equal('clamp(5, 2, 3)', '3')}; ${equal('clamp(2, 2, 3)', '2')}; });
  it('folds', () => { ${equal('fold([2, 4], Mode.Sum)', '6')}; ${equal('fold([2, 4], Mode.Product)', '8')}; });
  it('boxes', async () => { ${equal('new Box(7).get()', '7')}; });
});
`;
const expects = (one: string, other: string): string => `expect(${one}).toBe(${other})`;
const asserts = (one: string, other: string): string => `assert.equal(${one}, ${other})`;
const names = '{ Box, clamp, fold, Mode }';

const manifest = (parts: object): string => `${JSON.stringify(parts, undefined, 2)}\n`;
const compiler = (options: object, more: object = {}): string =>
  manifest({ compilerOptions: { target: 'es2022', strict: true, skipLibCheck: true, ...options }, ...more });
const aliased = { module: 'esnext', moduleResolution: 'bundler', baseUrl: '.', paths: { '@/*': ['src/*'] } };
const built = compiler({ module: 'commonjs', outDir: 'dist', rootDir: 'src', declaration: true }, { include: ['src'] });

export interface Shape {
  readonly files: Files;
  /** By folder: how many tests each framework runs. */
  readonly suites: readonly { readonly framework: string; readonly folder: string; readonly tests: number }[];
  /** What the tests reach. */
  readonly covered: readonly string[];
  /** Workspace members: link in node_modules → folder. */
  readonly links?: Readonly<Record<string, string>>;
}

const one = (framework: string): Shape['suites'] => [{ framework, folder: '', tests: 3 }];

export const shapes: Readonly<Record<string, Shape>> = {
  'vitest with TypeScript and an alias of its configuration': {
    files: {
      'package.json': manifest({
        name: 'a',
        type: 'module',
        scripts: { test: 'vitest run' },
        devDependencies: { vitest: '*' },
      }),
      'tsconfig.json': compiler(aliased),
      'vitest.config.ts':
        "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } }, test: { globals: true } });\n",
      'src/lib.ts': source,
      'src/index.ts': "export * from './lib';\n",
      'src/lib.test.ts': suite(`import ${names} from '@/index';`, expects),
    },
    suites: one('vitest'),
    covered: ['src/lib.ts'],
  },
  'jest with ts-jest, CommonJS and an alias': {
    files: {
      'package.json': manifest({
        name: 'b',
        scripts: { test: 'jest' },
        devDependencies: { jest: '*', 'ts-jest': '*' },
      }),
      'tsconfig.json': compiler({
        module: 'commonjs',
        esModuleInterop: true,
        baseUrl: '.',
        paths: { '@/*': ['src/*'] },
      }),
      'jest.config.js':
        "module.exports = { preset: 'ts-jest', moduleNameMapper: { '^@/(.*)$': '<rootDir>/src/$1' } };\n",
      'src/lib.ts': source,
      '__tests__/lib.test.ts': suite(`import ${names} from '@/lib';`, expects).replace(
        /^/,
        'declare const describe: any, it: any, expect: any;\n',
      ),
    },
    suites: one('jest'),
    covered: ['src/lib.ts'],
  },
  'jest with modules of the language': {
    files: {
      'package.json': manifest({
        name: 'c',
        type: 'module',
        scripts: { test: 'NODE_OPTIONS=--experimental-vm-modules jest' },
        jest: { transform: {} },
        devDependencies: { jest: '*' },
      }),
      'lib/lib.js': script.replace('module.exports =', 'export'),
      'test/lib.test.js': suite(`import ${names} from '../lib/lib.js';`, expects),
    },
    suites: one('jest'),
    covered: ['lib/lib.js'],
  },
  'mocha with CommonJS': {
    files: {
      'package.json': manifest({ name: 'd', scripts: { test: 'mocha' }, devDependencies: { mocha: '*' } }),
      'index.js': script,
      'test/lib.js': suite(`const assert = require('node:assert');\nconst ${names} = require('..');`, asserts),
    },
    suites: one('mocha'),
    covered: ['index.js'],
  },
  'mocha with TypeScript, by a loader': {
    files: {
      'package.json': manifest({
        name: 'e',
        type: 'module',
        scripts: { test: 'mocha' },
        devDependencies: { mocha: '*', tsx: '*' },
      }),
      '.mocharc.json': '{ "extension": ["ts"], "spec": "test/**/*.spec.ts", "node-option": ["import=tsx"] }\n',
      'tsconfig.json': compiler(aliased),
      'src/lib.ts': source,
      'test/lib.spec.ts': suite(`import assert from 'node:assert';\nimport ${names} from '@/lib';`, asserts),
    },
    suites: one('mocha'),
    covered: ['src/lib.ts'],
  },
  'a workspace whose members have frameworks of their own': {
    files: {
      'package.json': manifest({
        name: 'root',
        private: true,
        workspaces: ['packages/*'],
        scripts: { test: 'npm test --workspaces' },
        devDependencies: { vitest: '*', jest: '*' },
      }),
      'packages/math/package.json': manifest({
        name: '@f/math',
        type: 'module',
        exports: './src/lib.ts',
        scripts: { test: 'vitest run' },
      }),
      'packages/math/src/lib.ts': source,
      'packages/math/test/lib.test.ts': suite(
        `import { describe, expect, it } from 'vitest';\nimport ${names} from '../src/lib';`,
        expects,
      ),
      'packages/app/package.json': manifest({
        name: '@f/app',
        type: 'module',
        scripts: { test: 'vitest run' },
        dependencies: { '@f/math': '*' },
      }),
      'packages/app/src/app.ts':
        "import { clamp } from '@f/math';\nexport const percent = (x: number): number => clamp(x, 0, 100);\n",
      'packages/app/test/app.test.ts':
        "import { expect, it } from 'vitest';\nimport { percent } from '../src/app';\nit('percents', () => { expect(percent(101)).toBe(100); });\n",
      'packages/old/package.json': manifest({ name: 'old', scripts: { test: 'jest' } }),
      'packages/old/lib.js': script,
      'packages/old/lib.test.js': suite(`const ${names} = require('./lib');`, expects),
    },
    links: { '@f/math': 'packages/math' },
    suites: [
      { framework: 'vitest', folder: 'packages/app', tests: 1 },
      { framework: 'vitest', folder: 'packages/math', tests: 3 },
      { framework: 'jest', folder: 'packages/old', tests: 3 },
    ],
    covered: ['packages/app/src/app.ts', 'packages/math/src/lib.ts', 'packages/old/lib.js'],
  },
  'mocha on what a build makes, by the name of the folder': {
    files: {
      'package.json': manifest({
        name: 'g',
        main: 'dist/lib.js',
        scripts: { build: 'tsc -p .', test: 'mocha' },
        devDependencies: { mocha: '*', typescript: '*' },
      }),
      'tsconfig.json': built,
      'src/lib.ts': source,
      'test/lib.js': suite(`const assert = require('node:assert');\nconst ${names} = require('..');`, asserts),
    },
    suites: one('mocha'),
    covered: ['src/lib.ts'],
  },
  'node:test on what a build makes': {
    files: {
      'package.json': manifest({
        name: 'h',
        scripts: { build: 'tsc -p .', pretest: 'npm run build', test: 'node --test' },
        devDependencies: { typescript: '*' },
      }),
      'tsconfig.json': built,
      'src/lib.ts': source,
      'test/lib.test.js': suite(
        `const { describe, it } = require('node:test');\nconst assert = require('node:assert');\nconst ${names} = require('../dist/lib.js');`,
        asserts,
      ),
    },
    suites: one('node:test'),
    covered: ['src/lib.ts'],
  },
};
