import path from 'node:path';
import { readDeclarations } from '#ecosystems/registry.ts';
import { ProjectFiles } from '#ecosystems/project-files.ts';
import type { DeclaredPackage, DeclaredTests } from '#ecosystems/ecosystem.ts';
import { frameworkIds, loadFramework } from '#test-frameworks/registry.ts';
import type { TestFramework } from '#test-frameworks/test-framework.ts';

/** A suite of one package, as it can be run. */
export interface Suite {
  readonly framework: TestFramework;
  /** '' for the tree's root. */
  readonly folder: string;
  /** Tree-relative; for frameworks that find their own, those that look like theirs. */
  readonly testFiles: readonly string[];
  /** Beside `folder`, on Python's path. */
  readonly sourceFolders: readonly string[];
  readonly aliases: readonly { readonly prefix: string; readonly target: string; readonly exact: boolean }[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Its folder has tests of another framework, too: only the files that are named are its own. */
  readonly isMixed: boolean;
  /** The project runs its test files one behind the other. */
  readonly isSerial: boolean;
  /** Scripts of the tree that build what tests may load, in the order of their packages. */
  readonly builds: readonly Build[];
  /** All packages that the tree declares. */
  readonly packages: readonly DeclaredPackage[];
}

export interface Build {
  readonly folder: string;
  /** Of the package. */
  readonly name: string | undefined;
  readonly script: string;
  readonly command: string;
}

/** The suites of a tree: what packages declare, else what test files say. */
export async function findSuites(
  paths: readonly string[],
  readText: (path: string) => string | undefined,
): Promise<readonly Suite[]> {
  const packages = await readDeclarations(paths, readText);
  const project = new ProjectFiles(paths, readText);
  const suites: Suite[] = [];
  for (const each of packages) {
    const found: { readonly framework: TestFramework; readonly declared: DeclaredTests }[] = [];
    for (const declared of each.tests) {
      const framework = await loadFramework(declared.framework);
      if (framework && !found.some((other) => other.framework === framework)) found.push({ framework, declared });
    }
    const chosen = chosenFrameworks(each, found);
    for (const { framework, declared } of chosen) {
      const inner = packages.map(({ folder }) => folder).filter((folder) => isInside(folder, each.folder));
      const settings = settingsOf(each, framework, declared, project);
      const files = project
        .matching('', [...(settings.include ?? declared.include), ...declared.exclude.map((glob) => `!${glob}`)])
        .filter((path) => isTestSource(path, framework) && !inner.some((folder) => path.startsWith(`${folder}/`)))
        .filter((path) => chosen.length === 1 || !isOfAnother(project.text(path) ?? '', framework, chosen));
      // Declared for its members by a workspace, or for nothing.
      if (files.length === 0 && (inner.length > 0 || chosen.length > 1)) continue;
      const suite = suiteOf(framework, each, files, project, packages);
      suites.push({ ...suite, settings: settings.settings, isMixed: chosen.length > 1 });
    }
  }
  return suites.length > 0 ? suites : byTheirSigns(packages, project);
}

function isInside(folder: string, outer: string): boolean {
  return folder !== outer && (outer === '' || folder.startsWith(`${outer}/`));
}

function isTestSource(path: string, { language }: TestFramework): boolean {
  return language === 'python' ? path.endsWith('.py') : /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** What compiles TypeScript as it is loaded: files have lost their types when they are run. */
const compilers = /(?:^|\/)(?:ts-node|tsx|esbuild|@?swc|@babel|babel|sucrase|coffee|source-map-support|nyc|jiti)/;

/** By the framework's settings file and the scripts that start it, which come later and win. */
function settingsOf(
  owner: DeclaredPackage,
  framework: TestFramework,
  declared: DeclaredTests,
  project: ProjectFiles,
): { readonly settings: Readonly<Record<string, unknown>>; readonly include: readonly string[] | undefined } {
  const text = declared.configuration === undefined ? undefined : project.text(declared.configuration);
  const inFolder = (name: string): string => path.posix.join(owner.folder, name);
  const lines = owner.scripts
    .filter(({ name }) => /test|unit|spec|mocha/.test(name))
    .flatMap(({ command }) => framework.commandLine?.(command) ?? []);
  const settings: Record<string, unknown> = Object.assign(
    { ...framework.settings?.(text ?? '') },
    ...lines.map((line) => line.settings),
  );
  const required = [
    ...declared.setup.map((name) => `./${path.posix.relative(owner.folder, name)}`),
    ...lines
      .flatMap((line) => (line.settings['require'] as readonly string[] | undefined) ?? [])
      .map((name) =>
        name.startsWith('.') ||
        !project.paths.some((each) => each === inFolder(name) || each.startsWith(`${inFolder(name)}.`))
          ? name
          : `./${name}`,
      ),
  ].filter((name) => !compilers.test(name));
  if (required.length > 0) settings['require'] = [...new Set(required)];
  const given = lines.flatMap(({ files }) => files);
  const inner = settings['recursive'] === true ? '**/*' : '*';
  const include = given.map((name) => {
    const plain = inFolder(name.replace(/\/$/, ''));
    const isFolder = project.paths.some((each) => each.startsWith(`${plain}/`));
    return isFolder ? `${plain}/${inner}.{js,cjs,mjs,jsx,ts,cts,mts,tsx}` : plain;
  });
  return { settings, include: include.length > 0 ? include : undefined };
}

/** Test files by their names; the framework by what they import. */
async function byTheirSigns(packages: readonly DeclaredPackage[], project: ProjectFiles): Promise<Suite[]> {
  const named = project.paths.filter((path) => /(?:^|[./_-])(?:tests?|spec)(?:[./_-]|$)/.test(path));
  const suites: Suite[] = [];
  const taken = new Set<string>();
  for (const id of frameworkIds) {
    const framework = (await loadFramework(id))!;
    const files = named.filter(
      (path) => !taken.has(path) && isTestSource(path, framework) && framework.signs.test(project.text(path) ?? ''),
    );
    if (files.length === 0) continue;
    for (const path of files) taken.add(path);
    const owner = packages.find(({ ecosystem }) => (ecosystem === 'python') === (framework.language === 'python'));
    suites.push(suiteOf(framework, owner, files, project, packages));
  }
  return suites;
}

/** What a package of its own calls its tests by; what a workspace declares holds for all of its members. */
function chosenFrameworks<Each extends { readonly framework: TestFramework }>(
  { scripts }: DeclaredPackage,
  found: readonly Each[],
): readonly Each[] {
  const scripted = found.filter(({ framework }) => framework.language !== 'python');
  if (scripted.length < 2) return found;
  const commands = scripts.filter(({ name }) => /^test\b/.test(name)).map(({ command }) => command);
  const named = scripted.filter(({ framework: { id } }) => {
    const word = id === 'node:test' ? /\bnode\b[^&|;]*\s--test\b/ : new RegExp(`(?:^|[\\s/])${id}\\b`);
    return commands.some((command) => word.test(command));
  });
  if (named.length === 0) return found;
  return found.filter((each) => each.framework.language === 'python' || named.includes(each));
}

/** Whether a file says by its imports that it belongs to another of the frameworks. */
function isOfAnother(text: string, own: TestFramework, all: readonly { readonly framework: TestFramework }[]): boolean {
  const claiming = all.filter(({ framework }) => framework.signs.test(text)).map(({ framework }) => framework);
  return claiming.length > 0 && !claiming.includes(own);
}

const buildScripts = ['build', 'compile', 'build:lib', 'prepare', 'prepublishOnly'];

function buildsOf(packages: readonly DeclaredPackage[]): Build[] {
  return packages.flatMap(({ folder, name, scripts }) => {
    const script = buildScripts
      .map((wanted) => scripts.find((each) => each.name === wanted))
      .find((each) => each !== undefined && !/\bhusky\b/.test(each.command));
    return script ? [{ folder, name, script: script.name, command: script.command }] : [];
  });
}

function isSerial(owner: DeclaredPackage | undefined, framework: TestFramework, configuration: string): boolean {
  const commands = (owner?.scripts ?? []).filter(({ name }) => /^test\b/.test(name)).map(({ command }) => command);
  if (framework.id === 'mocha')
    return (
      !commands.some((command) => /--parallel\b/.test(command)) && !/["']?parallel["']?\s*:\s*true/.test(configuration)
    );
  return (
    commands.some((command) =>
      /--runInBand\b|\s-i\b|--no-file-parallelism|--test-concurrency[= ]1\b|--maxWorkers[= ]1\b/.test(command),
    ) ||
    /fileParallelism\s*:\s*false|singleThread\s*:\s*true|singleFork\s*:\s*true|maxWorkers\s*:\s*1\b/.test(configuration)
  );
}

function suiteOf(
  framework: TestFramework,
  owner: DeclaredPackage | undefined,
  testFiles: readonly string[],
  project: ProjectFiles,
  packages: readonly DeclaredPackage[],
): Suite {
  const folder = owner?.folder ?? '';
  const configuration = owner?.tests.find((tests) => tests.framework === framework.id)?.configuration;
  const text = configuration === undefined ? undefined : project.text(configuration);
  return {
    framework,
    folder,
    testFiles,
    sourceFolders: (owner?.sourceFolders ?? []).filter((each) => each !== folder),
    aliases: (owner?.aliases ?? []).flatMap(({ pattern, targets }) => {
      const [target] = targets;
      if (target === undefined) return [];
      const exact = !pattern.includes('*');
      return [{ prefix: pattern.replace('*', ''), target: target.replace('*', ''), exact }];
    }),
    settings: (text === undefined ? undefined : framework.settings?.(text)) ?? {},
    isMixed: false,
    isSerial: isSerial(owner, framework, text ?? ''),
    builds: buildsOf(packages),
    packages,
  };
}
