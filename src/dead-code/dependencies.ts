/** Packages that are declared and not used, used and not declared; programs that no declared package brings. */
import { builtinModules } from 'node:module';
import type { DeclaredDependency, DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { packagesOfProgram } from '#ecosystems/npm/binaries.ts';
import { typesPackage } from '#ecosystems/npm/compiler-settings.ts';
import type { DeadCode } from './dead-code.ts';
import type { FileView, ImportView } from './file-view.ts';
import { found, placeAt } from './found.ts';
import type { ProjectView } from './project-view.ts';

interface ModuleUse {
  readonly file: FileView;
  readonly row: ImportView;
  /** A package's name for npm, a dotted module for Python. */
  readonly name: string;
}

export function dependencies(project: ProjectView): DeadCode[] {
  return project.request.packages.flatMap((owner) => {
    if (isFixture(owner.folder)) return [];
    return owner.ecosystem === 'npm' ? npmDependencies(project, owner) : pythonDependencies(project, owner);
  });
}

function isFixture(folder: string): boolean {
  return /(?:^|\/)(?:tests?|fixtures?|__fixtures__|examples?|samples?|e2e|testdata|templates?|benchmarks?|playgrounds?)(?:\/|$)/i.test(
    folder,
  );
}

const builtins = new Set(builtinModules);

function npmDependencies(project: ProjectView, owner: DeclaredPackage): DeadCode[] {
  const uses = usesOf(project, owner, 'npm:', (name) => packageName(name));
  const root =
    owner.workspace !== undefined && owner.workspace !== owner.folder
      ? project.request.packages.find((each) => each.ecosystem === 'npm' && each.folder === owner.workspace)
      : undefined;
  const members = project.request.packages.filter(
    (each) => each.ecosystem === 'npm' && each.workspace === owner.folder && each !== owner,
  );
  const memberUses = members.flatMap((member) => usesOf(project, member, 'npm:', (name) => packageName(name)));
  const used = new Set([...uses, ...memberUses].map(({ name }) => name));
  if (
    project.files.some(
      ({ package: its, record }) => (its === owner || members.includes(its!)) && /^(?:tsx|jsx)$/.test(record.language),
    )
  )
    for (const name of ['react', 'preact', 'solid-js']) used.add(name);
  const binaries = new Set<string>();
  for (const each of [owner, ...members].flatMap((one) => one.uses)) {
    if (each.isBinary) {
      binaries.add(each.name);
      for (const name of packagesOfProgram(each.name)) used.add(name);
    } else used.add(packageName(each.name));
  }
  return [
    ...unusedNpm(project, owner, used, binaries),
    ...unlistedNpm(project, owner, root, uses),
    ...unlistedBinaries(project, owner, root),
  ];
}

function unusedNpm(
  project: ProjectView,
  owner: DeclaredPackage,
  used: ReadonlySet<string>,
  binaries: ReadonlySet<string>,
): DeadCode[] {
  if (project.files.every((file) => file.package !== owner)) return [];
  const names = new Set(owner.dependencies.map(({ name }) => name));
  return owner.dependencies.flatMap((dependency): DeadCode[] => {
    const { name, kind } = dependency;
    if (kind === 'peer' || kind === 'optional' || used.has(name) || isImplied(name, used, names)) return [];
    const brings = broughtPrograms(project, owner, name);
    if (brings.some((program) => binaries.has(program))) return [];
    if (isPeerOfAnother(project, owner, name)) return [];
    const mention = mentioned(project, owner, name);
    if (kind === 'development' && isIncomplete(owner))
      return [unusedDependency(dependency, { confidence: 0.5, reason: 'tests that scripts run are not in the tree' })];
    return [
      unusedDependency(
        dependency,
        mention
          ? { confidence: 0.6, reason: mention }
          : owner.unread.length > 0
            ? { confidence: 0.7, reason: `a part of ${owner.unread[0]!.path} could not be read` }
            : { confidence: 0.9, reason: 'no import, script or setting of a tool names it' },
      ),
    ];
  });
}

function unusedDependency(
  dependency: DeclaredDependency,
  judged: { readonly confidence: number; readonly reason: string },
): DeadCode {
  return found({
    rule: 'unused-dependency',
    name: dependency.name,
    message: `${dependency.name} is listed${dependency.kind === 'development' ? ' for development' : ''} and not used`,
    place: placeAt(dependency.path, dependency.line, 0, 0),
    severity: dependency.kind === 'runtime' ? 3 : 2,
    minutes: 5,
    ...judged,
  });
}

/** What was published, not what is worked on: a script runs tests, and there are none. */
function isIncomplete({ scripts, entries }: DeclaredPackage): boolean {
  const runsTests = scripts.some(({ name, command }) => name.startsWith('test') && !/no test specified/.test(command));
  return runsTests && !entries.some(({ use }) => use === 'test');
}

/** Types of a package that is used, of Node, or of the runtime; the compiler and its helpers. */
function isImplied(name: string, used: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  if (name === 'typescript' || name === 'tslib' || name === '@types/node' || name === '@types/bun') return true;
  if (name.startsWith('@types/')) {
    const plain = name.slice(7).replace(/^(.+)__(.+)$/, '@$1/$2');
    return (
      used.has(plain) ||
      builtins.has(plain) ||
      ['jest', 'mocha', 'jasmine', 'chai', 'cypress', 'react-dom'].includes(plain) ||
      used.has(typesPackage(plain)) ||
      (names.has(plain) && used.has(plain))
    );
  }
  return name === 'react-dom' && (used.has('next') || names.has('next'))
    ? true
    : ['@babel/runtime', 'core-js', 'regenerator-runtime', 'encoding', 'source-map-support', '@swc/helpers'].includes(
        name,
      );
}

function broughtPrograms(project: ProjectView, owner: DeclaredPackage, name: string): readonly string[] {
  for (const folder of [owner.folder, owner.workspace ?? '', '']) {
    const text = project.request.readText(`${folder === '' ? '' : `${folder}/`}node_modules/${name}/package.json`);
    if (text === undefined) continue;
    try {
      const { bin } = JSON.parse(text) as { bin?: unknown };
      return typeof bin === 'string'
        ? [name.replace(/^@[^/]+\//, '')]
        : typeof bin === 'object' && bin !== null
          ? Object.keys(bin)
          : [];
    } catch {
      return [];
    }
  }
  return [name, name.replace(/^@[^/]+\//, '')];
}

function isPeerOfAnother(project: ProjectView, owner: DeclaredPackage, name: string): boolean {
  return owner.dependencies.some((other) => {
    if (other.name === name) return other.kind === 'peer' || other.kind === 'optional';
    const text = project.request.readText(
      `${owner.folder === '' ? '' : `${owner.folder}/`}node_modules/${other.name}/package.json`,
    );
    if (text === undefined || !text.includes(`"${name}"`)) return false;
    try {
      const manifest = JSON.parse(text) as { peerDependencies?: Record<string, string> };
      return manifest.peerDependencies?.[name] !== undefined;
    } catch {
      return false;
    }
  });
}

function mentioned(project: ProjectView, owner: DeclaredPackage, name: string): string | undefined {
  for (const text of project.strings)
    if (text === name || text.startsWith(`${name}/`) || text.endsWith(`/${name}`)) return 'a string has its name';
  const inManifest = (project.request.readText(owner.manifests[0] ?? '') ?? '').split(`"${name}"`).length;
  if (inManifest > 2) return `${owner.manifests[0]} names it more than once`;
  return undefined;
}

function unlistedNpm(
  project: ProjectView,
  owner: DeclaredPackage,
  root: DeclaredPackage | undefined,
  uses: readonly ModuleUse[],
): DeadCode[] {
  const listed = new Set([...owner.dependencies, ...(root?.dependencies ?? [])].map(({ name }) => name));
  const own = new Set(project.request.packages.flatMap(({ name }) => name ?? []));
  const isImported = new Map<string, ModuleUse>();
  for (const use of uses) {
    const { name, file, row } = use;
    if (
      listed.has(name) ||
      own.has(name) ||
      builtins.has(name.split('/')[0]!) ||
      !/^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(name) ||
      file.isForeign
    )
      continue;
    if ((row.flags & 1) !== 0 && listed.has(typesPackage(name))) continue;
    if (
      /^(?:virtual|astro|bun|deno|cloudflare|workerd|electron|vscode|atom|\$app|\$env|\$lib|\$service-worker|server-only|client-only)/.test(
        name,
      )
    )
      continue;
    if (!isImported.has(name) || (isImported.get(name)!.file.isTest && !file.isTest)) isImported.set(name, use);
  }
  return [...isImported].map(([name, { file, row }]) => {
    const isInstalled = project.request.readText(`node_modules/${name}/package.json`) !== undefined;
    const isTypes = listed.has(typesPackage(name));
    const isDoubtful =
      file.isTest ||
      /(?:^|\/)(?:examples?|docs?|website|scripts?|benchmarks?|fixtures?|templates?|integration)\//i.test(file.path) ||
      isTypes ||
      (row.flags & 2) !== 0;
    return found({
      rule: 'unlisted-dependency',
      name,
      message: `${name} is imported and not listed in ${owner.manifests[0] ?? 'package.json'}`,
      place: placeAt(file.path, row.line, row.column, row.specifier.length),
      severity: isDoubtful ? 2 : 4,
      minutes: 5,
      confidence: isDoubtful ? 0.7 : 0.9,
      reason: isDoubtful
        ? 'not by code that users run'
        : isInstalled
          ? 'another package happens to bring it'
          : 'no manifest above the file lists it',
    });
  });
}

function unlistedBinaries(project: ProjectView, owner: DeclaredPackage, root: DeclaredPackage | undefined): DeadCode[] {
  const listed = new Set([...owner.dependencies, ...(root?.dependencies ?? [])].map(({ name }) => name));
  const commands = new Set(project.request.packages.flatMap(({ binaries }) => binaries.map(({ command }) => command)));
  const scripts = new Set(project.request.packages.flatMap((each) => each.scripts.map(({ name }) => name)));
  const seen = new Set<string>();
  return owner.uses.flatMap(({ name, isBinary, path, line, as }) => {
    if (isBinary !== true || seen.has(name) || commands.has(name) || scripts.has(name)) return [];
    seen.add(name);
    if (packagesOfProgram(name).some((each) => listed.has(each))) return [];
    if (
      [...listed].some(
        (each) =>
          broughtPrograms(project, owner, each).includes(name) ||
          each.replace(/^@[^/]+\//, '') === name ||
          each === `${name}-cli`,
      )
    )
      return [];
    // A file of workflows runs programs of the machine as well.
    const isManifest = path.endsWith('package.json');
    const isKnown = packagesOfProgram(name)[0] !== name;
    return [
      found({
        rule: 'unlisted-binary',
        name,
        message: `The ${as} starts ${name}, which no listed package brings`,
        place: placeAt(path, line, 0, 0),
        severity: 3,
        minutes: 5,
        confidence: !isManifest ? 0.5 : isKnown ? 0.9 : 0.8,
        reason: isKnown ? `${packagesOfProgram(name)[0]} brings it` : 'it may be a program of the machine',
      }),
    ];
  });
}

function usesOf(
  project: ProjectView,
  owner: DeclaredPackage,
  prefix: string,
  nameOf: (specifier: string) => string,
): ModuleUse[] {
  const inTree = new Set(project.request.packages.map(({ name }) => name));
  return project.files.flatMap((file) => {
    if (file.package !== owner) return [];
    return file.imports.flatMap((row): ModuleUse[] => {
      if (row.target.kind === 'external' && row.target.name.startsWith(prefix))
        return [{ file, row, name: nameOf(row.target.name.slice(prefix.length)) }];
      // A package of the same tree that is listed as a dependency.
      if (row.target.kind === 'module' && prefix === 'npm:' && inTree.has(nameOf(row.specifier)))
        return [{ file, row, name: nameOf(row.specifier) }];
      return [];
    });
  });
}

function packageName(specifier: string): string {
  const parts = specifier.replace(/^[\w-]*!/, '').split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Tools and servers that are run, or that other packages load by themselves. */
const pythonTools =
  /^(?:pytest|tox|nox|black|ruff|flake8|mypy|isort|pylint|pyright|bandit|coverage|pre-commit|twine|build|wheel|setuptools|pip|uv|poetry|hatch|flit|pdm|bump2version|bumpversion|commitizen|sphinx|mkdocs|furo|gunicorn|uvicorn|hypercorn|daphne|waitress|uwsgi|celery|flower|ipython|ipykernel|jupyter|notebook|types-|django-stubs|pandas-stubs|psycopg|mysqlclient|cx-oracle|tzdata|certifi|pywin32|colorama|greenlet|gevent|typing-extensions|.*-stubs$|pytest-|flake8-|sphinx-|mkdocs-|mypy-|pylint-|tox-|jupyter)/;

function pythonDependencies(project: ProjectView, owner: DeclaredPackage): DeadCode[] {
  const uses = usesOf(project, owner, 'py:', (name) => name);
  if (project.files.every((file) => file.package !== owner)) return [];
  const modules = new Set(uses.map(({ name }) => name));
  for (const { name } of owner.uses) modules.add(name);
  const starts = (module: string): boolean =>
    [...modules].some((name) => name === module || name.startsWith(`${module}.`));
  const seen = new Set<string>();
  const unused = owner.dependencies.flatMap((dependency): DeadCode[] => {
    const { name, kind } = dependency;
    if (kind !== 'runtime' || seen.has(name) || pythonTools.test(name) || name === owner.name?.toLowerCase()) return [];
    seen.add(name);
    const names = dependency.modules ?? [name];
    if (
      names.some((module) => starts(module) || starts(module.toLowerCase())) ||
      [...modules].some((module) => module.toLowerCase().replaceAll('.', '-').replaceAll('_', '-').startsWith(name))
    )
      return [];
    if (names.some((module) => project.strings.has(module) || project.mentions.has(module)))
      return [unusedDependency(dependency, { confidence: 0.6, reason: 'a string has its name' })];
    const isSure = names.length === 1;
    return [
      unusedDependency(
        dependency,
        isSure
          ? { confidence: 0.85, reason: `no module imports ${names[0]}` }
          : {
              confidence: 0.75,
              reason: `no module imports ${names.slice(0, 2).join(' or ')}; the project may be imported by another name`,
            },
      ),
    ];
  });
  return [...unused, ...unlistedPython(project, owner, uses)];
}

function unlistedPython(project: ProjectView, owner: DeclaredPackage, uses: readonly ModuleUse[]): DeadCode[] {
  const above = project.request.packages.filter(
    (each) =>
      each.ecosystem === 'python' &&
      (each === owner || each.folder === '' || owner.folder.startsWith(`${each.folder}/`)),
  );
  const declared = above.flatMap((each) => each.dependencies);
  // Without a list of its own, a project says nothing of what it needs.
  if (declared.filter(({ kind }) => kind === 'runtime').length === 0 || above.some(({ unread }) => unread.length > 0))
    return [];
  const tops = new Set(
    declared.flatMap(({ modules, name }) => (modules ?? [name]).flatMap((module) => [module.split('.')[0]!, module])),
  );
  const normal = new Set(declared.map(({ name }) => name.replaceAll('-', '').toLowerCase()));
  const first = new Map<string, ModuleUse>();
  for (const use of uses) {
    const top = use.name.split(/[.#]/)[0]!;
    if (
      use.file.isTest ||
      use.file.isForeign ||
      (use.row.flags & (2 | 4)) !== 0 ||
      tops.has(top) ||
      normal.has(top.replaceAll('_', '').toLowerCase()) ||
      isStandard(use.name) ||
      project.byPath.has(`${top}/__init__.py`)
    )
      continue;
    if (!first.has(top)) first.set(top, use);
  }
  return [...first].flatMap(([name, { file, row }]) => {
    if (/(?:^|\/)(?:docs?|examples?|scripts?|tools?|benchmarks?|setup\.py|conftest\.py|noxfile\.py)/.test(file.path))
      return [];
    return [
      found({
        rule: 'unlisted-dependency',
        name,
        message: `${name} is imported and no dependency of the project brings it`,
        place: placeAt(file.path, row.line, row.column, name.length),
        severity: 3,
        minutes: 5,
        confidence: 0.75,
        reason: 'the name of a project on the index may be another than its module’s',
      }),
    ];
  });
}

// prettier-ignore
const standard = new Set('__future__ __main__ _thread abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib numbers operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath ntpath pprint profile pstats pty pwd py_compile pyclbr pydoc queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo annotationlib _typeshed pkg_resources _winapi _io _collections_abc nt'.split(' '));

function isStandard(module: string): boolean {
  return standard.has(module.split(/[.#]/)[0]!);
}
