/** Whether a function, class or variable of a module (or of a function) is used by its name. */
import type { SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { isModuleConvention, isHookName, isPlainDecorator } from './conventions.ts';
import type { FileView } from './file-view.ts';
import { WordFlag } from './source-words.ts';
import type { SymbolScope, Verdict } from './unused-symbols.ts';
import { startsOf } from './line-starts.ts';
import type { WordPlace } from './word-index.ts';

export function judgeModuleName(
  scope: SymbolScope,
  file: FileView,
  symbol: SymbolRecord,
  parent: SymbolRecord | undefined,
): Verdict | undefined {
  if (symbol.decorators.some((name) => !isPlainDecorator(name)) || (symbol.flags & SymbolFlag.declaration) !== 0)
    return undefined;
  if (
    file.family === 'ecmascript' &&
    ((symbol.flags & SymbolFlag.exported) !== 0 || /\.(?:vue|svelte|astro)$/.test(file.path))
  )
    return undefined;
  if (file.family === 'ecmascript' && (isExpression(file, symbol) || isAugmentation(scope, file, symbol)))
    return undefined;
  const isNested = parent !== undefined && parent.kind !== 'module' && parent.kind !== 'namespace';
  const [from, to] = isNested ? [parent.startLine, parent.endLine] : [1, Infinity];
  const used = scope.words.inFile(file, symbol.name).some((place) => {
    const { flags, offset } = place;
    if ((flags & (WordFlag.member | WordFlag.write | WordFlag.key)) !== 0) return false;
    const { line } = place;
    if (line < from || line > to) return false;
    if (line >= symbol.startLine && line <= symbol.endLine) return false;
    return !isDefinition(file, symbol.name, offset);
  });
  if (used) return undefined;
  if (isNested)
    return {
      confidence: isAccessed(scope, file) ? 0.5 : 0.95,
      reason: 'the function around it does not name it again',
    };
  return file.family === 'python' ? judgePythonName(scope, file, symbol) : judgeScriptName(scope, file, symbol);
}

/** `on('x', function name() {})`, `const a = class name {}`: a value with a name, used where it stands. */
function isExpression(file: FileView, symbol: SymbolRecord): boolean {
  if (symbol.kind !== 'function' && symbol.kind !== 'class') return false;
  const start = (startsOf(file)[symbol.nameLine - 1] ?? 0) + symbol.nameColumn - 1;
  return /(?:[(,=:[?&|!+]|=>|\breturn|\bnew|\bdefault|\bvoid|\btypeof|\bawait|\byield)\s*(?:async\s+)?(?:function\s*\*?|class)\s*$/.test(
    file.words.code.slice(Math.max(0, start - 1000), start),
  );
}

/** `def name`, `class name`, `function name`, `global name`: another definition of the name. */
function isDefinition(file: FileView, name: string, offset: number): boolean {
  return (
    /(?:\b(?:def|class|function\s*\*?|const|let|var|global|nonlocal|interface|type|enum|import|as)\s+)$/.test(
      file.words.code.slice(Math.max(0, offset - 24), offset),
    ) || file.words.code.startsWith(`${name} as ${name}`, offset)
  );
}

function judgeScriptName(scope: SymbolScope, file: FileView, symbol: SymbolRecord): Verdict | undefined {
  const { project } = scope;
  if (file.imports.length === 0 && file.exports.size === 0) {
    // A classic script: its names are every script's and every page's.
    const elsewhere = scope.words.filesWith('ecmascript', symbol.name).some((other) => other !== file);
    if (elsewhere || project.isMentioned(symbol.name)) return undefined;
    return {
      confidence: /\.[cm]?ts$|\.mjs$|\.cjs$/.test(file.path) ? 0.85 : 0.6,
      reason: 'a script that another may share its names with',
    };
  }
  if (isAccessed(scope, file)) return { confidence: 0.5, reason: 'the file evaluates code' };
  return { confidence: 0.95, reason: 'its module neither uses nor exports it' };
}

function judgePythonName(scope: SymbolScope, file: FileView, symbol: SymbolRecord): Verdict | undefined {
  const { project, use } = scope;
  const { name } = symbol;
  if (isModuleConvention(name) || use.isTaken(file.path, name)) return undefined;
  if (
    file.isTest ||
    isToolEntry(scope, file) ||
    (symbol.kind === 'function' && isHookName(name, 'python') && /test/i.test(file.path))
  )
    return undefined;
  if (listedInAll(file, name)) return undefined;
  for (const { from, row } of project.importersOf(file.path)) {
    const isSubmodule = row.target.kind === 'module' && row.target.submodule === file.path;
    if (row.kind === 'star' && scope.words.has(from, name)) return undefined;
    if (row.kind === 'member' && !isSubmodule && row.name === name) return undefined;
  }
  let isMember = false;
  for (const place of scope.words.everywhere('python', name)) {
    if ((place.flags & WordFlag.member) === 0 || isOfOutside(place)) continue;
    if (reachesModule(scope, place.file, file)) return undefined;
    isMember = true;
  }
  const isPrivate = name.startsWith('_');
  if (!isPrivate && scope.loadsByName && project.importersOf(file.path).every(({ from }) => from.isTest))
    return { confidence: 0.6, reason: 'its module may be loaded by a computed name' };
  const registers = symbol.kind === 'class' ? registeredBy(scope, symbol) : undefined;
  if (registers !== undefined) return { confidence: 0.6, reason: registers };
  if (project.isQuoted(name)) return { confidence: 0.6, reason: 'a string has its name' };
  if (project.isMentioned(name) && name.length > 3)
    return { confidence: 0.6, reason: 'a file that is no code names it' };
  const beginning = project.beginningOf(name);
  if (beginning !== undefined)
    return { confidence: 0.6, reason: `code puts names together that begin with ${beginning}` };
  if (isAccessed(scope, file)) return { confidence: 0.6, reason: 'its module is looked into by globals() or eval' };
  if (isMember)
    return { confidence: 0.7, reason: 'something of that name is used elsewhere, though not of this module' };
  if (project.isLibrary(file.package) && !isPrivate && !/(?:^|\/)_/.test(file.path))
    return { confidence: 0.5, reason: 'users of the package may import it' };
  const isOfSeveral = (symbol.kind === 'variable' || symbol.kind === 'constant') && isUnpacked(file, symbol);
  if (isOfSeveral) return isPrivate ? undefined : { confidence: 0.7, reason: 'an unpacking wants a name in its place' };
  if (symbol.kind === 'variable' || symbol.kind === 'constant')
    return { confidence: 0.85, reason: 'it is written and never read' };
  return { confidence: 0.95, reason: 'no code of the tree names it' };
}

/** `a, b = pair()`. */
function isUnpacked(file: FileView, symbol: SymbolRecord): boolean {
  const start = startsOf(file)[symbol.nameLine - 1] ?? 0;
  const end = startsOf(file)[symbol.nameLine] ?? file.text.length;
  return /^[^=#:]*,[^=#]*=(?!=)/.test(file.words.code.slice(start, end));
}

/** Bases of Python's own library that keep no list of their subclasses. */
const plainBases =
  /^(?:object|ABC|abc\.ABC|Generic|Protocol|typing\.\w+|NamedTuple|TypedDict|dict|list|tuple|set|frozenset|str|int|float|bytes|bool|(?:\w+\.)?(?:Thread|Process|(?:Int|Str)?Enum|(?:Int)?Flag|Action|ArgumentParser|HelpFormatter|NodeVisitor|NodeTransformer|Formatter|Handler|Filter|Logger|LoggerAdapter|JSONEncoder|JSONDecoder|HTMLParser|Cmd|TestCase|Structure|Union|UserDict|UserList|UserString|OrderedDict|defaultdict|Counter|deque|BaseHTTPRequestHandler|SimpleHTTPRequestHandler|HTTPServer|TCPServer|StreamRequestHandler|Mapping|MutableMapping|Sequence|MutableSequence|Iterator|Iterable|Hashable|Sized|Callable|Awaitable|IOBase|RawIOBase|TextIOBase|StringIO|BytesIO|ConfigParser|ContextDecorator|local|Event|Lock|partial|BaseException|Exception|\w+Error|\w+Warning|Exception\w*))$/;

/** Why something may know a class without its name: a base that lists its subclasses, or one from outside that may. */
function registeredBy({ project, words }: SymbolScope, symbol: SymbolRecord): string | undefined {
  const { snapshot } = project.request;
  const seen = new Set<number>([symbol.id]);
  const waiting = [symbol];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const bases = /\(([^]*)\)\s*:?\s*$/.exec(at.signature ?? '')?.[1] ?? '';
    const inside = snapshot.edgesFrom(at.id, ['inherits']).filter(({ target }) => target >= 0);
    const names = bases.split(',').map((part) => part.replace(/\[[^]*$/, '').trim());
    const written = names.filter((name) => name !== '' && !name.includes('='));
    if (names.some((name) => /^metaclass\s*=/.test(name) && !/ABCMeta|EnumMeta|EnumType/.test(name)))
      return 'its metaclass may know it';
    if (written.filter((name) => !plainBases.test(name)).length > inside.length)
      return 'its base from outside may know it';
    for (const { target } of inside) {
      if (seen.has(target)) continue;
      seen.add(target);
      const base = snapshot.symbol(target);
      const view = project.viewOf(base.path);
      const code = view?.words.code.slice(
        startsOf(view)[base.startLine - 1] ?? 0,
        startsOf(view)[base.endLine] ?? Infinity,
      );
      if (code !== undefined && /\b__init_subclass__\b|\b__subclasses__\b/.test(code))
        return 'a base of it lists its subclasses';
      if (words.filesWith('python', '__subclasses__').length > 0)
        return 'code of the tree asks bases for their subclasses';
      waiting.push(base);
    }
  }
  return undefined;
}

/** In `declare global` and `declare module 'x'`: it adds to what lies elsewhere. */
export function isAugmentation({ project: { request } }: SymbolScope, file: FileView, symbol: SymbolRecord): boolean {
  for (let id = symbol.parent; id !== undefined;) {
    const around = request.snapshot.symbol(id);
    if (around.kind === 'namespace') {
      const start = startsOf(file)[around.startLine - 1] ?? 0;
      if (/^\s*(?:export\s+)?(?:declare\s+)?(?:global\b|module\s+["'])/.test(file.text.slice(start, start + 200)))
        return true;
    }
    id = around.parent;
  }
  return false;
}

/** `json.name`, where json comes from outside of the tree. */
function isOfOutside({ file, offset }: WordPlace): boolean {
  const owner = /(?<![\w.)\]])([\p{L}_]\w*)\s*\.\s*$/u.exec(
    file.words.code.slice(Math.max(0, offset - 80), offset),
  )?.[1];
  return owner !== undefined && file.imports.some(({ local, target }) => local === owner && target.kind === 'external');
}

function isToolEntry({ project }: SymbolScope, file: FileView): boolean {
  return (project.entries.get(file.path) ?? []).some(({ use, exports }) => use === 'tool' && exports === undefined);
}

function listedInAll(file: FileView, name: string): boolean {
  return file.exports.get(name)?.isPublic === true && /\b__all__\b/.test(file.text) && file.words.strings.has(name);
}

/** Whether a file imports the module, or a package above it. */
function reachesModule({ project }: SymbolScope, from: FileView, to: FileView): boolean {
  if (from === to) return true;
  project.reads.read(`imports ${from.path}`);
  return from.imports.some(({ target }) => {
    if (target.kind !== 'module') return false;
    return [target.path, target.submodule].some(
      (path) =>
        path !== undefined &&
        (path === to.path ||
          (path.endsWith('/__init__.py') &&
            to.path.startsWith(path.slice(0, -'__init__.py'.length)) &&
            project.byPath.has(path)) ||
          reexports(project.viewOf(path), to.path)),
    );
  });
}

function reexports(middle: FileView | undefined, path: string): boolean {
  return (
    middle?.imports.some(
      ({ target, kind, name }) =>
        target.kind === 'module' &&
        (target.submodule === path || (target.path === path && (kind === 'module' || kind === 'star' || name === ''))),
    ) ?? false
  );
}

export function isAccessed(_: SymbolScope, file: FileView): boolean {
  return file.family === 'python'
    ? /\b(?:globals\s*\(|eval\s*\(|exec\s*\(|locals\s*\(\)|sys\.modules\[__name__\]|vars\s*\(\s*\))/.test(
        file.words.code,
      )
    : /(?<![.\w])eval\s*\(/.test(file.words.code);
}
