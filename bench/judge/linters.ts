/** Linters that install, each with all of its rules on: which rules speak of which text. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extensions } from '../../test/judge/run-rules.ts';
import { repository } from '../measure/environment.ts';
import { Absent, installNpm, unpackWheel } from '../trees/install.ts';

export interface LintedText {
  readonly language: string;
  readonly text: string;
}

export interface Linter {
  readonly name: string;
  readonly languages: readonly string[];
  /** Names of the rules that spoke, by text. */
  lint(
    texts: readonly LintedText[],
    folder: string,
  ): Promise<{ readonly version: string; readonly found: readonly (readonly string[])[] }>;
}

const script = ['javascript', 'typescript', 'tsx'];
const RUFF = '0.14.4';
const ESLINT = {
  eslint: '9.39.1',
  'eslint-plugin-sonarjs': '3.0.5',
  'typescript-eslint': '8.46.3',
  'eslint-plugin-jsx-a11y': '6.10.2',
  typescript: '5.9.3',
} as const;

function lay(texts: readonly LintedText[], folder: string): (name: string) => number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, { language, text }] of texts.entries())
    writeFileSync(path.join(folder, `case${index}.${extensions[language]}`), text);
  return (name) => Number(/case(\d+)\./.exec(name)?.[1] ?? -1);
}

function run(file: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(file, args, { cwd, encoding: 'utf8', timeout: 300_000, maxBuffer: 256 * 1024 * 1024 });
  if (done.error) throw new Absent(`${file}: ${done.error.message}`);
  if (done.stdout.trim() === '') throw new Absent(`${file}: ${done.stderr.trim().split('\n').slice(-2).join(' / ')}`);
  return done.stdout;
}

const ruff: Linter = {
  name: 'ruff',
  languages: ['python'],
  async lint(texts, folder) {
    const wheel = unpackWheel(path.join(folder, 'ruff'), `ruff==${RUFF}`);
    const program = readdirSync(wheel, { recursive: true, encoding: 'utf8' }).find((name) =>
      /scripts[/\\]ruff$/.test(name),
    );
    if (program === undefined) throw new Absent('the wheel of ruff holds no program');
    chmodSync(path.join(wheel, program), 0o755);
    const cases = path.join(folder, 'cases-python');
    const indexOf = lay(texts, cases);
    const output = run(
      path.join(wheel, program),
      ['check', '--isolated', '--select', 'ALL', '--preview', '--no-cache', '--output-format', 'json', '.'],
      cases,
    );
    const found = texts.map((): string[] => []);
    for (const { filename, code } of JSON.parse(output) as { filename: string; code: string | null }[])
      found[indexOf(filename)]?.push(code ?? 'syntax');
    return { version: RUFF, found };
  },
};

const oxlint: Linter = {
  name: 'oxlint',
  languages: script,
  async lint(texts) {
    const program = path.join(repository, 'node_modules/oxlint/bin/oxlint');
    if (!existsSync(program)) throw new Absent('node_modules/oxlint');
    // It passes over what git ignores, as the folder of this bench's data.
    const cases = mkdtempSync(path.join(tmpdir(), 'trowel-judge-'));
    const indexOf = lay(texts, cases);
    const plugins = ['react', 'jsx-a11y', 'promise', 'import', 'react-perf'].map((name) => `--${name}-plugin`);
    const output = run(
      process.execPath,
      [program, ...plugins, '-D', 'all', '-D', 'nursery', '--format', 'json', '.'],
      cases,
    );
    const found = texts.map((): string[] => []);
    for (const { filename, code } of (JSON.parse(output) as { diagnostics: { filename: string; code?: string }[] })
      .diagnostics)
      found[indexOf(filename)]?.push(code ?? 'syntax');
    const version = run(process.execPath, [program, '--version'], cases).trim();
    rmSync(cases, { recursive: true, force: true });
    return { version, found };
  },
};

const eslint: Linter = {
  name: 'eslint with sonarjs, typescript-eslint, jsx-a11y',
  languages: script,
  async lint(texts, folder) {
    const home = installNpm(path.join(folder, 'eslint'), ESLINT);
    const cases = path.join(home, 'cases');
    const indexOf = lay(texts, cases);
    writeFileSync(
      path.join(home, 'eslint.config.mjs'),
      `import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';
export default [
  js.configs.all,
  ...tseslint.configs.strict,
  sonarjs.configs.recommended,
  a11y.flatConfigs.strict,
  { files: ['**/*.{js,ts,tsx}'], languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
];
`,
    );
    const output = run(
      process.execPath,
      [path.join(home, 'node_modules/eslint/bin/eslint.js'), '--format', 'json', 'cases'],
      home,
    );
    const found = texts.map((): string[] => []);
    for (const { filePath, messages } of JSON.parse(output) as {
      filePath: string;
      messages: { ruleId: string | null }[];
    }[])
      found[indexOf(filePath)]?.push(...messages.map(({ ruleId }) => ruleId ?? 'syntax'));
    return {
      version: Object.entries(ESLINT)
        .map((one) => one.join(' '))
        .join(', '),
      found,
    };
  },
};

export const linters: readonly Linter[] = [ruff, oxlint, eslint];
