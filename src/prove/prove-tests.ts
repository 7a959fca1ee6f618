import { contentHash } from '#base/hash.ts';
import { TrowelError } from '#base/errors.ts';
import { harnessFolder } from '#base/harness-folder.ts';
import type { Emit } from '#base/progress.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { TestReport } from '#model/test-report.ts';
import type { Sandbox, SandboxRunner } from '#sandbox/sandbox.ts';
import { findToolchains, type Toolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { ecmascriptModules, pythonModules } from './choose-modules.ts';
import { generateTests } from './generate-tests.ts';
import { makeReport } from './make-report.ts';
import { planModules, type PlannedModule } from './plan.ts';
import type { ProvingLanguage, StudiedFile } from './proving-language.ts';
import { packageFoldersAbove, type ReadProject, readProject } from './read-project.ts';
import { ecmascriptTarget } from './targets/ecmascript.ts';
import { pythonTarget } from './targets/python.ts';

export interface ProofRequest {
  readonly root: string;
  /** A folder or file of the tree; '' for all of it. */
  readonly scope: string;
  readonly snapshot: Snapshot | undefined;
  /** Only these files are tested, where given. */
  readonly changed: ReadonlySet<string> | undefined;
  readonly changes: ReadonlyMap<string, number>;
  readonly runner: SandboxRunner;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly dataFolder: string;
  readonly secondsPerModule: number;
  readonly mostModules: number;
  readonly seed: number;
  readonly now: () => number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Plan → generate → execute → keep → heal → report, for each language of the tree that tests are written for. */
export async function proveTests(request: ProofRequest): Promise<TestReport> {
  const began = request.now();
  const project = await readProject(request.root);
  const tools = await findToolchains({ tree: request.root, environment: request.environment, home: request.home });
  const reports: TestReport[] = [];
  for (const { language, files, runtime, ecosystem } of languagesOf(project, request.scope, tools)) {
    const wanted = request.changed ? files.filter(({ path }) => request.changed!.has(path)) : files;
    if (wanted.length === 0) continue;
    const planned = planModules(wanted, {
      snapshot: request.snapshot,
      changed: request.changed ?? new Set(),
      changes: request.changes,
    });
    reports.push(await proveLanguage(request, { language, files, planned, project, tools, runtime, ecosystem, began }));
  }
  const [first, ...rest] = reports;
  if (!first) {
    throw new TrowelError(
      'not-found',
      request.changed
        ? 'No module that tests can be written for has changed.'
        : 'There is no module here that tests can be written for.',
      {
        hint: 'Tests are written for JavaScript, TypeScript and Python: name a folder or a file with such code.',
      },
    );
  }
  return rest.reduce(join, first);
}

interface LanguageOfTree {
  readonly language: ProvingLanguage;
  readonly files: readonly StudiedFile[];
  readonly runtime: string;
  readonly ecosystem: string;
}

function languagesOf(project: ReadProject, scope: string, tools: Toolchains): LanguageOfTree[] {
  const found: LanguageOfTree[] = [];
  const scripts = ecmascriptModules(project, scope);
  if (scripts.length > 0) {
    if (!tools.node) throw noRuntime('Node');
    found.push({
      language: ecmascriptTarget({ node: tools.node, harnessFolder: harnessFolder() }),
      files: scripts,
      runtime: `Node ${tools.node.version}`,
      ecosystem: 'npm',
    });
  }
  const modules = pythonModules(project, scope);
  if (modules.length > 0) {
    if (!tools.python) throw noRuntime('Python');
    found.push({
      language: pythonTarget({ python: tools.python, harnessFolder: harnessFolder() }),
      files: modules,
      runtime: `Python ${tools.python.version}`,
      ecosystem: 'python',
    });
  }
  return found;
}

function noRuntime(name: string): TrowelError {
  return new TrowelError('package-missing', `${name} was not found: tests of this project cannot be run.`, {
    hint: `Install ${name}, or put it on the PATH.`,
  });
}

async function proveLanguage(
  request: ProofRequest,
  given: {
    readonly language: ProvingLanguage;
    readonly files: readonly StudiedFile[];
    readonly planned: readonly PlannedModule[];
    readonly project: ReadProject;
    readonly tools: Toolchains;
    readonly runtime: string;
    readonly ecosystem: string;
    readonly began: number;
  },
): Promise<TestReport> {
  const { language, files, planned, project, tools } = given;
  const taken = planned.slice(0, request.mostModules);
  const subjects = new Set(taken.map(({ path }) => path));
  const order = new Map(planned.map(({ path }, i) => [path, i]));
  const openSandbox = async (): Promise<Sandbox> =>
    request.runner.open(
      {
        tree: request.root,
        readable: [harnessFolder(), ...tools.readable, ...packageFoldersAbove(request.root)],
        searchPath: tools.searchPath,
        dataFolder: request.dataFolder,
      },
      request.signal,
    );
  const generation = await generateTests({
    language,
    project: { ...project, declared: project.packageOf(taken[0]!.path, given.ecosystem) },
    files: [...files].sort((a, b) => (order.get(a.path) ?? 1e9) - (order.get(b.path) ?? 1e9)),
    isSubject: (path) => subjects.has(path),
    openSandbox,
    secondsPerModule: request.secondsPerModule,
    seed: request.seed,
    now: request.now,
    emit: request.emit,
    signal: request.signal,
  });
  return makeReport(generation, {
    runtime: given.runtime,
    planned,
    left: planned
      .slice(request.mostModules)
      .map(({ path }) => ({ path, reason: 'There was no room for it: raise --modules.' })),
    milliseconds: request.now() - given.began,
    evidence: {
      treeHash: contentHash(files.map(({ path, text }) => `${path}\0${text}`).join('\0')),
      seed: request.seed,
      secondsPerModule: request.secondsPerModule,
    },
  });
}

function join(one: TestReport, other: TestReport): TestReport {
  return {
    ...one,
    files: [...one.files, ...other.files],
    modules: [...one.modules, ...other.modules],
    suspicions: [...one.suspicions, ...other.suspicions],
    dropped: [...one.dropped, ...other.dropped],
    left: [...one.left, ...other.left],
    executed: one.executed + other.executed,
    milliseconds: other.milliseconds,
    steadyRuns: Math.min(one.steadyRuns, other.steadyRuns),
    strategies: { ...one.strategies, ...other.strategies },
    runtime: `${one.runtime}, ${other.runtime}`,
    evidence: { ...one.evidence, treeHash: contentHash(one.evidence.treeHash + other.evidence.treeHash) },
  };
}
