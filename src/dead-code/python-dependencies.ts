/** Distributions that a Python project lists and does not import, and imports that none of them brings. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import type { DeadCode } from './dead-code.ts';
import { type ModuleUse, unusedDependency, usesOf } from './dependency-uses.ts';
import { found, placeAt } from './found.ts';
import type { ProjectView } from './project-view.ts';

/** Tools and servers that are run, or that other packages load by themselves. */
const pythonTools =
  /^(?:pytest|tox|nox|black|ruff|flake8|mypy|isort|pylint|pyright|bandit|coverage|pre-commit|twine|build|wheel|setuptools|pip|uv|poetry|hatch|flit|pdm|bump2version|bumpversion|commitizen|sphinx|mkdocs|furo|gunicorn|uvicorn|hypercorn|daphne|waitress|uwsgi|celery|flower|ipython|ipykernel|jupyter|notebook|types-|django-stubs|pandas-stubs|psycopg|mysqlclient|cx-oracle|tzdata|certifi|pywin32|colorama|greenlet|gevent|typing-extensions|.*-stubs$|pytest-|flake8-|sphinx-|mkdocs-|mypy-|pylint-|tox-|jupyter)/;

export function pythonDependencies(project: ProjectView, owner: DeclaredPackage): DeadCode[] {
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
    const isQuoted = (module: string): boolean =>
      project.files.some((file) => !/(?:^|\/)setup\.py$/.test(file.path) && file.words.strings.has(module));
    if (
      names.some((module) => isQuoted(module) || project.plainMentions.has(module) || isSetUp(project, owner, module))
    )
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

/** The manifest names it outside of its lists: a plug-in, a setting of a tool. */
function isSetUp({ request }: ProjectView, owner: DeclaredPackage, module: string): boolean {
  return owner.manifests.some((path) =>
    new RegExp(`^\\s*\\[+tool\\.["']?${module}\\b|=\\s*["'\\[].*\\b${module}\\.\\w`, 'm').test(
      request.readText(path) ?? '',
    ),
  );
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
