/** Findings of the linters that a project uses, run in the sandbox by its own configuration. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import type { Config } from '#config/schema.ts';
import { textOf } from '#execution/list-files.ts';
import { prepareRun } from '#execution/prepare-run.ts';
import { type LinterName, linterNames, loadLinter } from '#linters/registry.ts';
import type { Linter, LinterProblem, LinterProject } from '#linters/linter.ts';
import type { RuleMeta } from '#rules/rule.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { FindingSource, SourcedProblem } from './finding-source.ts';

export interface LinterRun {
  readonly names: readonly LinterName[];
  readonly required: ReadonlySet<string>;
  readonly sandbox: Config['sandbox'];
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Filled with what was asked for and could not be had, in words. */
  readonly missing: string[];
}

const rules: readonly RuleMeta[] = linterNames.map((id) => ({
  id,
  title: `Said by ${id}`,
  reason: `The project’s own ${id}, with its own configuration, says so. Where it is wrong, its configuration and its comments are the place to say that.`,
  category: 'standards',
  severity: 2,
  references: [],
  languages: [],
  roles: ['source', 'test'],
  evidence: 'tool',
  minutes: 5,
}));

/** Without names it only knows the rules, so that settings may speak of them. */
export function linterSource(run: LinterRun | undefined): FindingSource {
  const asked = run && run.names.length > 0 ? run : undefined;
  return {
    name: asked ? `outside tools: ${asked.names.join(', ')}` : '',
    rules: asked ? rules.map((rule) => (asked.required.has(rule.id) ? { ...rule, evidence: 'tree' } : rule)) : rules,
    async find({ snapshot, root, isOn, emit, signal }) {
      if (!asked) return [];
      const found: SourcedProblem[] = [];
      const prepared = await prepareRun({ root, scope: '', environment: asked.environment });
      let sandbox: Sandbox | undefined;
      try {
        for (const name of asked.names) {
          if (!isOn(name)) continue;
          const linter = await loadLinter(name);
          const folders = [...prepared.toolchains.searchPath, '/usr/bin', '/usr/local/bin', '/usr/local/go/bin'];
          const command = linter.command(projectView(root, prepared.files, folders));
          if (!command) {
            if (asked.required.has(name))
              asked.missing.push(`${name}: the project has no such program and configuration`);
            continue;
          }
          if (!sandbox) {
            const runner = await chooseRunner(asked.sandbox.runner, {
              environment: asked.environment,
              image: asked.sandbox.image,
            });
            const { readable, searchPath } = prepared.toolchains;
            sandbox = await runner.open(
              {
                tree: root,
                dataFolder: asked.dataFolder,
                network: 'none',
                limits: LIMITS,
                readable,
                searchPath: [...searchPath, '/usr/local/go/bin'],
              },
              signal,
            );
          }
          const result = await sandbox.run({ ...command, environment: prepared.toolchains.environment }, signal);
          const problems = readResult(linter, result.exit.kind === 'exited' ? result.exit.code : -1, result);
          if (typeof problems === 'string') {
            emit({ type: 'warning', message: `${name} could not be used: ${problems}` });
            if (asked.required.has(name)) asked.missing.push(`${name}: ${problems}`);
            continue;
          }
          const inside = (file: string): string => relativePath(file, sandbox!.root, root);
          for (const problem of problems) {
            const file = inside(problem.path);
            if (snapshot.fileByPath(file)) found.push(toFinding(name, { ...problem, path: file }));
          }
        }
      } catch (error) {
        if (!(error instanceof TrowelError) || error.code !== 'sandbox-unavailable') throw error;
        emit({ type: 'warning', message: `Outside tools were not run: ${error.message}` });
        for (const name of asked.names) if (asked.required.has(name)) asked.missing.push(`${name}: ${error.message}`);
      } finally {
        await sandbox?.close();
      }
      return found;
    },
  };
}

const LIMITS = { wallMilliseconds: 180_000, outputBytes: 64 * 1024 * 1024 };

function readResult(
  linter: Linter,
  code: number,
  { output, errors }: { readonly output: string; readonly errors: string },
): readonly LinterProblem[] | string {
  try {
    return linter.read({ code, output, errors });
  } catch (error) {
    const said = errors.trim().split('\n')[0] ?? '';
    return said !== '' ? said.slice(0, 200) : error instanceof Error ? error.message : 'it failed';
  }
}

function projectView(root: string, files: ReadonlySet<string>, folders: readonly string[]): LinterProject {
  return {
    has: (file) => files.has(file),
    find: (pattern) => [...files].find((file) => !file.includes('/') && pattern.test(file)),
    hasExtension: (extensions) => [...files].some((file) => extensions.some((each) => file.endsWith(each))),
    program(name) {
      const own = [`node_modules/.bin/${name}`, `.venv/bin/${name}`, `venv/bin/${name}`].find((file) =>
        existsSync(path.join(root, file)),
      );
      if (own !== undefined) return path.join(root, own);
      const folder = folders.find((each) => existsSync(path.join(each, name)));
      return folder === undefined ? undefined : path.join(folder, name);
    },
    mentions: (file, text) => (textOf(root, file) ?? '').includes(text),
  };
}

function relativePath(file: string, ...roots: readonly string[]): string {
  for (const root of roots) if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
  return file.replace(/^\.\//, '');
}

function toFinding(rule: string, problem: LinterProblem): SourcedProblem {
  const { path: file, line, column, endLine, endColumn, message, severity } = problem;
  return {
    rule,
    problem: {
      message: problem.rule === '' ? message : `${problem.rule}: ${message}`,
      place: { path: file, startLine: line, startColumn: column, endLine: Math.max(line, endLine), endColumn },
      severity,
      ...(problem.rule !== '' && { foreignRule: problem.rule }),
    },
  };
}
