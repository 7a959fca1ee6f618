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
import type { OldRevision } from './old-revision.ts';
import {
  type LineRanges,
  type ModuleEase,
  type ModuleHistory,
  planModules,
  type PlannedModule,
  withSeconds,
} from './plan.ts';
import type { ProvingLanguage, StudiedFile } from './proving-language.ts';
import { packageFoldersAbove, type ReadProject, readProject } from './read-project.ts';
import { ecmascriptTarget } from './targets/ecmascript.ts';
import { pythonTarget } from './targets/python.ts';

export interface ProofRequest {
  readonly root: string;
  /** A folder or file of the tree; '' for all of it. */
  readonly scope: string;
  readonly snapshot: Snapshot | undefined;
  /** Only files with such lines are tested, and these lines come first, where given. */
  readonly changed: LineRanges | undefined;
  /** What git knows of files, by path. */
  readonly changes: ReadonlyMap<string, ModuleHistory>;
  /** How easily a file of the tree is tested, from 0 to 100. */
  readonly easeOf?: ((path: string) => ModuleEase | undefined) | undefined;
  /** Only this is tested: its qualified name, its file and its lines. */
  readonly symbol?: AskedSymbol | undefined;
  /** Results are compared with those of this revision. */
  readonly old?: OldRevision | undefined;
  /** Benchmark files as well. */
  readonly benchmarks?: boolean | undefined;
  /** Nothing is run: the report tells what would be. */
  readonly planOnly?: boolean | undefined;
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

export interface AskedSymbol {
  readonly name: string;
  readonly path: string;
  readonly lines: readonly [number, number];
}

/** Plan → generate → execute → keep → heal → report, for each language of the tree that tests are written for. */
export async function proveTests(request: ProofRequest): Promise<TestReport> {
  const began = request.now();
  const project = await readProject(request.root);
  const tools = await findToolchains({ tree: request.root, environment: request.environment, home: request.home });
  const reports: TestReport[] = [];
  for (const { language, files: inScope, runtime, ecosystem } of languagesOf(project, request.scope, tools)) {
    // What a file alone is tested with: its neighbours may undo what it does, or make what it takes.
    const files = [...inScope, ...neighboursOf(request, project, language.id, inScope)];
    const { changed, symbol } = request;
    const wanted = inScope.filter(({ path }) => (symbol ? path === symbol.path : !changed || changed.has(path)));
    if (wanted.length === 0) continue;
    const planned = planModules(wanted, {
      snapshot: request.snapshot,
      changed: changed ?? new Map(),
      histories: request.changes,
      easeOf: request.easeOf,
      secondsPerModule: request.secondsPerModule,
    });
    if (request.planOnly) {
      reports.push(onlyPlanned(planned, request, runtime));
      continue;
    }
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

const MOST_NEIGHBOURS = 6;

/** Files that the file asked for imports or is imported by; none where more than a file was asked for. */
function neighboursOf(
  { scope, snapshot }: ProofRequest,
  project: ReadProject,
  language: ProvingLanguage['id'],
  inScope: readonly StudiedFile[],
): StudiedFile[] {
  const file = snapshot?.fileByPath(scope);
  if (!snapshot || !file || inScope.length !== 1) return [];
  const imports = importsOf(snapshot);
  const near = snapshot
    .files()
    .filter(({ path }) => path !== scope && (imports(path, scope) || imports(scope, path)))
    .slice(0, MOST_NEIGHBOURS);
  const modulesOf = language === 'python' ? pythonModules : ecmascriptModules;
  // A test that imports it is no module.
  return near.flatMap(({ path, roles }) => (roles.includes('test') ? [] : modulesOf(project, path)));
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
  const taken = withSeconds(planned.slice(0, request.mostModules), request.secondsPerModule);
  const seconds = new Map(taken.map((one) => [one.path, one.seconds]));
  const { symbol } = request;
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
    secondsOf: (path) => seconds.get(path) ?? 0,
    lines: symbol ? new Map([[symbol.path, [symbol.lines]]]) : request.changed,
    onlyLines: symbol !== undefined,
    symbol: symbol?.name,
    old: request.old,
    benchmarks: request.benchmarks,
    imports: request.snapshot && importsOf(request.snapshot),
    callers: request.snapshot && callersOf(request.snapshot),
    seed: request.seed,
    now: request.now,
    emit: request.emit,
    signal: request.signal,
  });
  return makeReport(generation, {
    runtime: given.runtime,
    planned: taken,
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

/** Whether one file imports another, as the index has it. */
function importsOf(snapshot: Snapshot): (path: string, other: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const imported = (path: string): ReadonlySet<string> => {
    let found = known.get(path);
    if (!found) {
      const file = snapshot.fileByPath(path);
      const targets = file
        ? snapshot
            .edgesFrom(file.firstSymbol, ['imports'])
            .flatMap(({ target }) => (target < 0 ? [] : [snapshot.symbol(target).path]))
        : [];
      found = new Set(targets);
      known.set(path, found);
    }
    return found;
  };
  return (path, other) => imported(path).has(other);
}

function callersOf(snapshot: Snapshot): (path: string, name: string) => ReadonlySet<number> {
  const known = new Map<string, ReadonlySet<number>>();
  return (path, name) => {
    const key = `${path} ${name}`;
    let found = known.get(key);
    if (!found) {
      const file = snapshot.fileByPath(path);
      const symbols = file ? snapshot.symbolsOf(file.id).filter(({ qualifiedName }) => qualifiedName === name) : [];
      found = new Set(symbols.flatMap(({ id }) => snapshot.edgesTo(id, ['calls']).map(({ source }) => source)));
      known.set(key, found);
    }
    return found;
  };
}

function onlyPlanned(
  planned: readonly PlannedModule[],
  { mostModules, secondsPerModule, seed }: ProofRequest,
  runtime: string,
): TestReport {
  return {
    files: [],
    modules: [],
    planned: withSeconds(planned.slice(0, mostModules), secondsPerModule),
    suspicions: [],
    dropped: [],
    healing: [],
    left: planned
      .slice(mostModules)
      .map(({ path }) => ({ path, reason: 'There was no room for it: raise --modules.' })),
    executed: 0,
    milliseconds: 0,
    steadyRuns: 0,
    strategies: {},
    runtime,
    evidence: { treeHash: '', seed, secondsPerModule },
  };
}

function join(one: TestReport, other: TestReport): TestReport {
  return {
    ...one,
    files: [...one.files, ...other.files],
    modules: [...one.modules, ...other.modules],
    planned: [...one.planned, ...other.planned],
    suspicions: [...one.suspicions, ...other.suspicions],
    dropped: [...one.dropped, ...other.dropped],
    healing: [...one.healing, ...other.healing],
    left: [...one.left, ...other.left],
    executed: one.executed + other.executed,
    milliseconds: other.milliseconds,
    steadyRuns: Math.min(one.steadyRuns, other.steadyRuns),
    strategies: { ...one.strategies, ...other.strategies },
    runtime: `${one.runtime}, ${other.runtime}`,
    evidence: { ...one.evidence, treeHash: contentHash(one.evidence.treeHash + other.evidence.treeHash) },
  };
}
