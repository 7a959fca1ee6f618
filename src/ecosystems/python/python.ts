/** Projects of the Python world: pyproject.toml, setup.cfg, setup.py, requirements files, and the frameworks that they use. */
import type { DeclaredEntry, DeclaredPackage, DependencyKind, Ecosystem } from '../ecosystem.ts';
import { folderOf, nameOf, type ProjectFiles } from '../project-files.ts';
import { asRecord, asTexts, readJson, readToml, readYaml } from '../read-data.ts';
import { builtMetadata, readMetadata } from './read-metadata.ts';
import { PythonPackage } from './python-package.ts';
import { readPyproject } from './read-pyproject.ts';
import { readSetupCfg, readSetupPy } from './read-setup.ts';
import { dependencyOf, requirementsOf } from './requirements.ts';
import { pythonTools } from './tools-registry.ts';

const manifestNames = new Set([
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
  'Pipfile',
  'requirements.txt',
  'manage.py',
  'environment.yml',
]);
const requirementFile = /^(?:[\w-]*requirements?[\w.-]*|[\w-]*constraints[\w.-]*)\.(?:txt|in)$/i;

export const python: Ecosystem = {
  id: 'python',
  read(project) {
    const folders = new Set<string>();
    let hasSources = false;
    for (const path of project.paths) {
      if (/(?:^|\/)(?:node_modules|site-packages|\.?venv)\//.test(path)) continue;
      hasSources ||= path.endsWith('.py');
      if (manifestNames.has(nameOf(path)) && describesProject(project, path)) folders.add(folderOf(path));
      const built = builtMetadata.exec(path);
      if (built) folders.add((built[1] ?? '').replace(/\/$/, ''));
    }
    if (folders.size === 0 && hasSources) folders.add('');
    const nested = (folder: string): string[] =>
      [...folders].filter((other) => other !== folder && (folder === '' || other.startsWith(`${folder}/`)));
    return [...folders].sort().map((folder) => readPackage(project, folder, nested(folder)));
  },
};

/** A pyproject.toml or setup.cfg that holds nothing but tools' settings makes no project of its folder. */
function describesProject(project: ProjectFiles, path: string): boolean {
  const name = nameOf(path);
  const text = project.text(path) ?? '';
  if (name === 'pyproject.toml')
    return folderOf(path) === '' || /^\[(?:project|tool\.poetry|build-system|dependency-groups)\b/m.test(text);
  if (name === 'setup.cfg') return /^\[(?:metadata|options)\]/m.test(text);
  if (name === 'environment.yml') return /^dependencies:/m.test(text);
  if (name === 'setup.py') return /\bsetup\s*\(/.test(text);
  return true;
}

const lockFiles = [
  ['uv', 'uv.lock'],
  ['poetry', 'poetry.lock'],
  ['pdm', 'pdm.lock'],
  ['pipenv', 'Pipfile.lock'],
  ['pip', 'pylock.toml'],
] as const;

function readPackage(project: ProjectFiles, folder: string, others: readonly string[]): DeclaredPackage {
  const into = new PythonPackage(project, folder, others);
  const inside = folder === '' ? '' : `${folder}/`;
  const text = (name: string): string | undefined => {
    if (!project.has(inside + name)) return undefined;
    into.manifests.push(inside + name);
    return project.text(inside + name);
  };
  const pyprojectText = text('pyproject.toml');
  // Layout first: object references need the roots.
  const cfg = text('setup.cfg');
  const script = text('setup.py');
  for (const pass of [0, 1]) {
    if (pass === 1) {
      into.entries.length =
        into.binaries.length =
        into.dependencies.length =
        into.unread.length =
        into.uses.length =
        into.scripts.length =
          0;
    }
    if (cfg !== undefined) readSetupCfg(into, `${inside}setup.cfg`, cfg);
    if (script !== undefined) readSetupPy(into, `${inside}setup.py`, script);
    if (pyprojectText !== undefined) readPyproject(into, `${inside}pyproject.toml`, pyprojectText);
    readMetadata(into);
  }
  const toml = pyprojectText === undefined ? undefined : readToml(pyprojectText);
  const pyproject = toml && 'data' in toml ? asRecord(toml.data) : {};
  readRequirementFiles(into);
  readPipfile(into, inside, text('Pipfile'));
  readCondaFile(into, inside, text('environment.yml'));
  addConventions(into);
  const known = new Set([...into.dependencies.map(({ name }) => name), into.name?.toLowerCase()]);
  const imported = into.dependencies.length === 0 ? importedModules(into) : new Set<string>();
  for (const tool of pythonTools) {
    const files = (tool.conventions ?? []).map((convention) => ({
      convention,
      paths: into.matching(convention.globs),
    }));
    const isNamed = tool.packages.some((name) => known.has(name) || imported.has(name));
    if (!isNamed && tool.packages.length > 0 && !(tool.id === 'django' && project.has(`${inside}manage.py`))) continue;
    if (isNamed || files.some(({ paths }) => paths.length > 0)) into.tools.add(tool.id);
    for (const { convention, paths } of files)
      for (const path of paths)
        into.entries.push({
          path,
          use: convention.use,
          reason: `${tool.id} convention`,
          ...(convention.exports && { exports: convention.exports }),
        });
    try {
      tool.read?.(into, pyproject);
    } catch (error) {
      into.unread.push({
        path: into.manifests[0] ?? folder,
        line: 1,
        what: `${tool.id}: ${error instanceof Error ? error.message : 'unreadable'}`,
      });
    }
  }
  const lock = lockFiles.find(([, file]) => project.has(inside + file) || project.text(inside + file) !== undefined);
  const tools = asRecord(pyproject['tool']);
  return {
    ecosystem: 'python',
    folder,
    manifests: into.manifests,
    name: into.name,
    version: into.version,
    isPrivate: into.isPrivate,
    packageManager:
      lock?.[0] ??
      ['poetry', 'pdm', 'uv', 'hatch'].find((name) => tools[name] !== undefined) ??
      (into.manifests.some((path) => path.endsWith('Pipfile'))
        ? 'pipenv'
        : into.manifests.some((path) => path.endsWith('environment.yml'))
          ? 'conda'
          : 'pip'),
    lockFile: lock && inside + lock[1],
    workspace: into.workspace,
    scripts: into.scripts,
    binaries: into.binaries,
    entries: distinct(into.entries),
    dependencies: into.dependencies,
    uses: into.uses,
    aliases: [],
    sourceFolders: sourceFolders(into),
    tests: into.tests,
    tools: [...into.tools],
    unread: into.unread,
  };
}

function readRequirementFiles(into: PythonPackage): void {
  for (const path of into.matching([
    '*.{txt,in}',
    'requirements/**/*.{txt,in}',
    'reqs/*.{txt,in}',
    'docs/*.{txt,in}',
    'deps/*.{txt,in}',
  ])) {
    const name = nameOf(path);
    const inFolder = /(?:^|\/)(?:requirements|reqs)\//.test(path);
    if (!inFolder && !requirementFile.test(name)) continue;
    // A compiled file repeats what its source says, and lists what that needs in turn.
    if (name.endsWith('.txt') && into.project.has(path.replace(/\.txt$/, '.in'))) continue;
    if (
      /constraints/i.test(name) ||
      /^\s*#.*(?:autogenerated|generated) by (?:pip-compile|uv)/im.test((into.project.text(path) ?? '').slice(0, 600))
    )
      continue;
    const isDevelopment = /dev|test|doc|lint|ci|build|local|typing|mypy|bench|tox|release/i.test(
      path.slice(into.folder.length),
    );
    const kind: DependencyKind = isDevelopment ? 'development' : 'runtime';
    into.manifests.push(path);
    into.dependencies.push(...requirementsOf(into.project.text(path) ?? '', path, kind, name.replace(/\.\w+$/, '')));
  }
}

function readPipfile(into: PythonPackage, inside: string, text: string | undefined): void {
  if (text === undefined) return;
  const path = `${inside}Pipfile`;
  const reading = readToml(text);
  if ('error' in reading) return void into.unread.push({ path, line: reading.line, what: reading.error });
  const data = asRecord(reading.data);
  for (const [field, kind] of [
    ['packages', 'runtime'],
    ['dev-packages', 'development'],
  ] as const)
    for (const name of Object.keys(asRecord(data[field])))
      into.dependencies.push(...dependencyOf(name, kind, path, text.slice(0, text.indexOf(name)).split('\n').length));
  for (const [name, command] of Object.entries(asRecord(data['scripts'])))
    if (typeof command === 'string') into.scripts.push({ name, command, path, line: 1 });
}

function readCondaFile(into: PythonPackage, inside: string, text: string | undefined): void {
  if (text === undefined) return;
  const path = `${inside}environment.yml`;
  const reading = /^\s*\{/.test(text) ? readJson(text) : readYaml(text);
  if ('error' in reading) return void into.unread.push({ path, line: reading.line, what: reading.error });
  const list = asRecord(reading.data)['dependencies'];
  if (!Array.isArray(list)) return;
  for (const each of list)
    for (const name of typeof each === 'string' ? [each] : asTexts(asRecord(each)['pip']))
      if (!/^(?:python|pip)\b/.test(name))
        into.dependencies.push(...dependencyOf(name.replace(/^[\w-]+::/, ''), 'development', path, 1, 'conda'));
}

/** What Python itself runs, and files that users of a package import. */
function addConventions(into: PythonPackage): void {
  const add = (globs: readonly string[], use: DeclaredEntry['use'], reason: string): void => {
    for (const path of into.matching(globs)) into.entries.push({ path, use, reason });
  };
  add(['**/__main__.py'], 'program', 'runs with python -m');
  add(['setup.py', 'build.py', '_custom_build.py', 'hatch_build.py'], 'tool', 'builds the package');
  add(['**/sitecustomize.py', '**/usercustomize.py'], 'program', 'Python loads it at start');
  if (into.isPrivate || into.name === undefined) return;
  const module = into.name.replaceAll(/[-.]/g, '_').toLowerCase();
  const names = new Set([module, module.replace(/^python_|_python$|^py|^django_|^flask_|^pytest_/g, '')]);
  const tops = topModules(into);
  const own = tops.filter(({ name }) => names.has(name.toLowerCase()));
  // A distribution may be called otherwise than what it holds.
  for (const { path } of own.length > 0 ? own : tops.filter(({ path }) => path.endsWith('/__init__.py')))
    into.entries.push({ path, use: 'public', reason: 'what users of the package import' });
}

/** Top-level modules that the code imports: what a project without a list of dependencies depends on. */
function importedModules(into: PythonPackage): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of into.matching(['**/*.py']))
    for (const name of into.project.derive(path, 'imported modules', importedIn)) found.add(name);
  return found;
}

function importedIn(text: string): string[] {
  const names = Array.from(text.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm), ([, name]) =>
    name!.toLowerCase().replaceAll('_', '-'),
  );
  return [...new Set(names)].sort();
}

/** Modules and packages that lie directly under a root. */
function topModules(into: PythonPackage): { readonly name: string; readonly path: string }[] {
  return into.roots().flatMap((root) =>
    into.project.under(root).flatMap((path) => {
      const rest = root === '' ? path : path.slice(root.length + 1);
      const found = /^([\p{L}_]\w*)(?:\.py|\/__init__\.py)$/u.exec(rest);
      if (!found || !into.owns(path)) return [];
      return /^(?:tests?|docs?|examples?|setup|conftest|noxfile|tasks|benchmarks?|scripts?|tools?)$/.test(found[1]!)
        ? []
        : [{ name: found[1]!, path }];
    }),
  );
}

function distinct(entries: readonly DeclaredEntry[]): DeclaredEntry[] {
  const seen = new Map<string, DeclaredEntry>();
  for (const entry of entries) {
    const key = `${entry.path}\0${entry.use}\0${entry.exports === undefined}`;
    const before = seen.get(key);
    if (!before) seen.set(key, entry);
    else if (before.exports && entry.exports)
      seen.set(key, { ...before, exports: [...new Set([...before.exports, ...entry.exports])] });
  }
  return [...seen.values()];
}

function sourceFolders(into: PythonPackage): string[] {
  const found = [...into.declaredRoots].filter((root) => into.project.under(root).some((path) => path.endsWith('.py')));
  if (found.length > 0) return found;
  const source = into.inside('src')!;
  return [into.project.under(source).some((path) => path.endsWith('.py')) ? source : into.folder];
}
