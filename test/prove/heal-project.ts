/** Suites that are written as planned, run by the real framework in the sandbox, and healed. */
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { harnessFolder } from '#base/harness-folder.ts';
import type { ProvenTest } from '#generate/keep/proven-test.ts';
import type { Step } from '#generate/model/candidate.ts';
import type { Value } from '#generate/model/value.ts';
import type { TestStyle } from '#generate/write/test-file.ts';
import type { Draft } from '#prove/heal/draft.ts';
import { healDrafts, type Settled } from '#prove/heal/heal-drafts.ts';
import type { ProvingLanguage } from '#prove/proving-language.ts';
import { readProject } from '#prove/read-project.ts';
import { ecmascriptTarget } from '#prove/targets/ecmascript.ts';
import { pythonTarget } from '#prove/targets/python.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { makeProject, runner } from './prove-project.ts';

const opened: Sandbox[] = [];
afterAll(async () => {
  for (const sandbox of opened) await sandbox.close();
});

export interface Planned {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly tests: readonly ProvenTest[];
  readonly draft: Pick<Draft, 'path'> & { readonly format?: 'module' | 'commonjs'; readonly specifier: string };
  /** What the module is taken for. */
  readonly imported?: 'module' | 'commonjs';
  readonly disturb?: (target: ProvingLanguage) => ProvingLanguage;
  /** Default: `node:test` and `unittest`. */
  readonly framework?: TestStyle['framework'];
  /** Prepares the project's folder. */
  readonly install?: (root: string) => void;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Writes a suite as planned, runs it with the real framework in the sandbox, and heals it. */
export async function heal({ name, files, subject, tests, draft, imported, ...more }: Planned): Promise<Settled> {
  const { disturb, framework, install, environment = process.env } = more;
  const root = makeProject(name, files);
  install?.(root);
  const tools = await findToolchains({ tree: root, environment, home: os.homedir() });
  const sandbox = await runner.open(
    {
      tree: root,
      readable: [harnessFolder(), ...tools.readable],
      searchPath: tools.searchPath,
      dataFolder: path.join(root, '..', 'data'),
    },
    new AbortController().signal,
  );
  opened.push(sandbox);
  const isPython = subject.endsWith('.py');
  const plain = isPython
    ? pythonTarget({ python: tools.python!, harnessFolder: harnessFolder() })
    : ecmascriptTarget({ node: tools.node!, harnessFolder: harnessFolder() });
  const project = await readProject(root);
  const file = { path: subject, text: files[subject]!, language: isPython ? 'python' : 'javascript' };
  return healDrafts(
    [
      {
        subject: file,
        path: draft.path,
        style: {
          framework: framework ?? (isPython ? 'unittest' : 'node:test'),
          format: draft.format ?? 'module',
          globals: false,
          typescript: false,
        },
        modules: [{ module: 0, specifier: draft.specifier, format: imported ?? 'module', name: 'subject' }],
        tests,
        bindings: {},
      },
    ],
    {
      target: disturb ? disturb(plain) : plain,
      language: plain.id,
      project: { ...project, declared: project.packages[0] },
      sources: new Map([[0, file]]),
      sandbox,
    },
  );
}

export function shows(
  steps: readonly Step[],
  values: readonly Value[],
  more: Partial<ProvenTest['seen']> = {},
): ProvenTest {
  return {
    candidate: { steps, origin: 'examples' },
    seen: { steps: values.map((value) => ({ outcome: 'returned', value })), effects: {}, ...more },
    assertions: [{ kind: 'equals', step: values.length - 1, value: values.at(-1)! }],
    reaches: [],
    kills: [],
    sees: [],
    fixes: [],
  };
}

export const call = (name: string, ...given: readonly Value[]): Step => ({
  op: 'call',
  on: { module: 0, path: [name] },
  with: given,
});

export function helped({ attempts }: Settled): string[] {
  return attempts.filter((one) => one.helped).map(({ kind, what }) => `${kind}: ${what}`);
}
