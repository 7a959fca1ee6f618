import { readDeclarations } from '#ecosystems/registry.ts';
import { ProjectFiles } from '#ecosystems/project-files.ts';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
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
    for (const declared of each.tests) {
      const framework = await loadFramework(declared.framework);
      if (!framework || suites.some((suite) => suite.folder === each.folder && suite.framework === framework)) continue;
      const inner = packages.map(({ folder }) => folder).filter((folder) => isInside(folder, each.folder));
      const files = project
        .matching('', [...declared.include, ...declared.exclude.map((glob) => `!${glob}`)])
        .filter((path) => isTestSource(path, framework) && !inner.some((folder) => path.startsWith(`${folder}/`)));
      suites.push(await suiteOf(framework, each, files, project));
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
    suites.push(await suiteOf(framework, owner, files, project));
  }
  return suites;
}

async function suiteOf(
  framework: TestFramework,
  owner: DeclaredPackage | undefined,
  testFiles: readonly string[],
  project: ProjectFiles,
): Promise<Suite> {
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
  };
}
