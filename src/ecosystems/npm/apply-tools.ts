/** Asks every tool that a package uses what it loads. */
import type { DeclaredEntry, DeclaredTests, NamedUse, PathAlias, UnreadPart } from '../ecosystem.ts';
import { folderOf, joinPath, type ProjectFiles } from '../project-files.ts';
import { fromData, type StaticValue } from '../static-value.ts';
import { fileOf } from './manifest-entries.ts';
import { readSettings } from './read-settings.ts';
import type { NpmTool, ToolFindings } from './tool.ts';
import { npmTools } from './tools-registry.ts';

export interface ToolReading {
  readonly tools: string[];
  readonly entries: DeclaredEntry[];
  readonly uses: NamedUse[];
  readonly aliases: PathAlias[];
  readonly tests: DeclaredTests[];
  readonly unread: UnreadPart[];
}

export interface ToolSubject {
  readonly project: ProjectFiles;
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly manifestPath: string;
  /** Of the package and of its workspace. */
  readonly dependencies: ReadonlySet<string>;
  /** Configuration files that scripts name, from the tree's root. */
  readonly named: readonly string[];
  /** Whether a path belongs to this package and not to one further in. */
  owns(path: string): boolean;
}

export function applyTools(subject: ToolSubject): ToolReading {
  const reading: ToolReading = { tools: [], entries: [], uses: [], aliases: [], tests: [], unread: [] };
  for (const tool of npmTools) applyTool(tool, subject, reading);
  return reading;
}

function applyTool(tool: NpmTool, subject: ToolSubject, reading: ToolReading): void {
  const { project, folder, manifest, dependencies } = subject;
  const isEnabled = tool.packages.some((wanted) =>
    typeof wanted === 'string' ? dependencies.has(wanted) : [...dependencies].some((name) => wanted.test(name)),
  );
  const files = project.matching(folder, tool.configuration ?? []).filter((path) => subject.owns(path));
  for (const path of subject.named) {
    const matches = project.has(path) && !files.includes(path) && isConfigurationOf(tool, path);
    if (matches) files.push(path);
  }
  const inManifest = tool.manifestKey !== undefined && manifest[tool.manifestKey] !== undefined;
  if (!isEnabled && (tool.packages.length > 0 || (files.length === 0 && !inManifest))) return;
  reading.tools.push(tool.id);
  let replaced = false;
  let include: readonly string[] = [];
  let exclude: readonly string[] = [];
  const setup: string[] = [];
  const findings = (path: string): ToolFindings => {
    const base = folderOf(path);
    const entry: ToolFindings['entry'] = (globs, use, reason = `${tool.id} configuration`) => {
      for (const glob of globs) {
        const found = filesOf(project, base, glob);
        for (const each of found) reading.entries.push({ path: each, use, reason });
      }
    };
    return {
      folder: base,
      path,
      entry,
      uses(names, as) {
        for (const name of names) {
          if (name === '') continue;
          const isPath = /^\.{0,2}\//.test(name) || name === '.' || name.startsWith('<rootDir>');
          if (isPath) entry([name.replace('<rootDir>', '.')], 'tool', as);
          else if (/^[\w@][\w@./:-]*$/.test(name) && !name.startsWith('node:'))
            reading.uses.push({ name, path, line: lineOfUse(project, path, name), as });
        }
      },
      alias(pattern, targets) {
        reading.aliases.push({ pattern, targets: targets.flatMap((target) => joinPath(base, target) ?? []) });
      },
      tests(settings) {
        if (settings.include !== undefined && settings.include.length > 0) include = settings.include;
        if (settings.exclude !== undefined && settings.exclude.length > 0) exclude = settings.exclude;
        for (const each of settings.setup ?? []) {
          if (/^\.{0,2}\/|^<rootDir>/.test(each) || filesOf(project, base, each).length > 0) {
            setup.push(...filesOf(project, base, each.replace('<rootDir>', '.')));
            entry([each.replace('<rootDir>', '.')], 'tool', `${tool.id} setup`);
          } else findings(path).uses([each], `${tool.id} setup`);
        }
      },
      replaceConventions() {
        replaced = true;
      },
    };
  };
  for (const path of files) {
    reading.entries.push({ path, use: 'tool', reason: `${tool.id} configuration` });
    const { value, unread } = readSettings(project, path);
    reading.unread.push(...unread);
    if (value !== undefined) safely(tool, value, findings(path), reading);
  }
  if (inManifest) {
    const value = manifest[tool.manifestKey!];
    const found = findings(subject.manifestPath);
    if (typeof value === 'string') found.uses([value], `${tool.id} settings`);
    else safely(tool, fromData(value), found, reading);
  }
  const before = reading.entries.length;
  const conventions = replaced ? [] : (tool.conventions ?? []);
  for (const { globs, use, exports } of conventions)
    for (const path of project.matching(folder, globs))
      if (subject.owns(path) && !path.includes('node_modules/'))
        reading.entries.push({ path, use, reason: `${tool.id} convention`, ...(exports && { exports }) });
  // What is configured, or loads files by convention, is in use, whoever starts it.
  if (files.length > 0 || inManifest || reading.entries.length > before)
    for (const name of tool.packages)
      if (typeof name === 'string' && dependencies.has(name))
        reading.uses.push({ name, path: files[0] ?? subject.manifestPath, line: 1, as: `${tool.id} in use` });
  if (tool.framework === undefined) return;
  const base = files.length > 0 ? folderOf(files[0]!) : folder;
  const tests = (tool.conventions ?? []).filter(({ use }) => use === 'test').flatMap(({ globs }) => [...globs]);
  const rooted = (globs: readonly string[]): string[] =>
    globs.map((glob) => (base === '' ? glob : `${base}/${glob.replace(/^\.\//, '')}`));
  reading.tests.push({
    framework: tool.framework,
    configuration: files[0] ?? (inManifest ? subject.manifestPath : undefined),
    include: rooted(include.length > 0 ? include : tests.filter((glob) => !glob.startsWith('!'))),
    exclude: rooted(exclude),
    setup: [...new Set(setup)],
  });
  if (include.length > 0)
    for (const path of project.matching(base, [...include, ...exclude.map((glob) => `!${glob}`)]))
      if (subject.owns(path)) reading.entries.push({ path, use: 'test', reason: `${tool.id} configuration` });
}

function safely(tool: NpmTool, value: StaticValue, found: ToolFindings, reading: ToolReading): void {
  try {
    tool.read?.(value, found);
  } catch (error) {
    reading.unread.push({
      path: found.path,
      line: 1,
      what: `${tool.id}: ${error instanceof Error ? error.message : 'unreadable'}`,
    });
  }
}

function isConfigurationOf(tool: NpmTool, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return new RegExp(`(?:^|[._-])${tool.id.replace(/[^\w]/g, '.')}(?:[._-]|$)`).test(name);
}

function filesOf(project: ProjectFiles, folder: string, target: string): readonly string[] {
  if (/[*{?[(]/.test(target)) return project.matching(folder, [target]);
  const file = fileOf(project, folder, target);
  return file === undefined ? [] : [file];
}

function lineOfUse(project: ProjectFiles, path: string, name: string): number {
  const text = project.text(path) ?? '';
  const at = text.indexOf(name);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
