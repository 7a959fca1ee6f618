import { exitText } from './exit-text.ts';
import type { Ended, Failure, FailureKind, RawFailure } from './failure.ts';
import { nodeFailure, pythonFailure } from './read-traceback.ts';

/** Undefined where the program succeeded or was stopped by the user. */
export function classifyFailure(ended: Ended): Failure | undefined {
  const { exit } = ended;
  if (exit.kind === 'stopped' || (exit.kind === 'exited' && exit.code === 0)) return undefined;
  const said = `${ended.output.slice(-200_000)}\n${ended.errors.slice(-200_000)}`;
  const raw = pythonFailure(said) ?? nodeFailure(said);
  const byExit = fromExit(ended);
  if (byExit) return { ...byExit, ...(raw ? placeOf(raw, ended.root) : {}) };
  if (!raw) return fromText(said, ended);
  const kind = kindOf(raw);
  const missing = kind === 'import' ? missingModule(raw) : undefined;
  return {
    kind,
    message: raw.text === '' ? raw.type : `${raw.type}: ${raw.text}`,
    ...placeOf(raw, ended.root),
    hint: hintOf(kind, raw, missing),
    missing: missing === undefined ? undefined : { ecosystem: raw.ecosystem, module: missing },
  };
}

const nowhere = { file: undefined, line: undefined, missing: undefined };

function fromExit({ exit }: Ended): Failure | undefined {
  const message = exitText(exit);
  if (exit.kind === 'limit') {
    if (exit.limit === 'wall' || exit.limit === 'processor')
      return {
        ...nowhere,
        kind: 'time',
        message,
        hint: 'Allow more with --timeout, or look for a loop or a wait without end.',
      };
    if (exit.limit === 'memory')
      return { ...nowhere, kind: 'memory', message, hint: 'Allow more with --memory, or look for what grows.' };
    return { ...nowhere, kind: 'limit', message, hint: `It went over the limit of ${exit.limit}.` };
  }
  if (exit.kind === 'exited' && exit.code === 127)
    return {
      ...nowhere,
      kind: 'program',
      message: 'the program was not found',
      hint: 'Is it installed, and is its name right?',
    };
  return undefined;
}

function fromText(said: string, { exit }: Ended): Failure {
  const base = { ...nowhere, message: exitText(exit) };
  const denied = /^.*(?:Permission denied|EACCES|EROFS|Read-only file system|Operation not permitted).*$/m.exec(said);
  if (denied) return { ...base, kind: 'permission', message: denied[0].trim().slice(0, 300), hint: permissionHint };
  const network =
    /^.*(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|Network is unreachable|Could not resolve host|Temporary failure in name resolution).*$/m.exec(
      said,
    );
  if (network) return { ...base, kind: 'network', message: network[0].trim().slice(0, 300), hint: networkHint };
  return { ...base, kind: 'run time', hint: undefined };
}

const permissionHint = 'In the sandbox only the tree, /tmp and the home folder can be written.';
const networkHint = 'In the sandbox there is no network; --network registries opens the package registries alone.';

const pythonKinds: Readonly<Record<string, FailureKind>> = {
  ModuleNotFoundError: 'import',
  ImportError: 'import',
  AttributeError: 'attribute',
  NameError: 'name',
  UnboundLocalError: 'name',
  TypeError: 'type',
  ValueError: 'value',
  UnicodeDecodeError: 'value',
  UnicodeEncodeError: 'value',
  JSONDecodeError: 'value',
  SyntaxError: 'syntax',
  IndentationError: 'syntax',
  TabError: 'syntax',
  AssertionError: 'assertion',
  PermissionError: 'permission',
  MemoryError: 'memory',
  TimeoutError: 'time',
  gaierror: 'network',
  ConnectionError: 'network',
  URLError: 'network',
  MaxRetryError: 'network',
};

function kindOf({ type, text, ecosystem }: RawFailure): FailureKind {
  if (/\b(?:EACCES|EPERM|EROFS)\b|Permission denied|Read-only file system/.test(text)) return 'permission';
  if (/\b(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH)\b|Network is unreachable|name resolution/.test(text)) return 'network';
  if (ecosystem === 'python') return pythonKinds[type] ?? 'run time';
  if (/Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|does not provide an export|ERR_PACKAGE_PATH/.test(text))
    return 'import';
  if (type === 'SyntaxError') return /JSON/.test(text) ? 'value' : 'syntax';
  if (type === 'ReferenceError') return 'name';
  if (type === 'RangeError') return /call stack/.test(text) ? 'run time' : 'value';
  if (type === 'AssertionError') return 'assertion';
  if (type === 'MemoryError') return 'memory';
  if (type === 'TypeError') return /Cannot (?:read|set) propert|undefined \(reading/.test(text) ? 'attribute' : 'type';
  return 'run time';
}

/** The module that a program asked for by a name of its own, not by a path. */
function missingModule({ type, text, ecosystem }: RawFailure): string | undefined {
  if (ecosystem === 'python') {
    if (type !== 'ModuleNotFoundError') return undefined;
    return /No module named '?([\w.]+)'?/.exec(text)?.[1];
  }
  const name = /Cannot find (?:module|package) '([^']+)'/.exec(text)?.[1];
  return name === undefined || /^[./]|^(?:file|node|https?):|^[A-Za-z]:\\/.test(name) ? undefined : name;
}

function placeOf({ places }: RawFailure, root: string): Pick<Failure, 'file' | 'line'> {
  const prefix = root.endsWith('/') ? root : `${root}/`;
  const isInstalled = (file: string): boolean =>
    /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.venv)\//.test(file);
  const isOwn = (file: string): boolean => (file.startsWith(prefix) || !/^[/<]/.test(file)) && !isInstalled(file);
  const place = places.findLast(({ file }) => isOwn(file)) ?? places.at(-1);
  if (!place) return { file: undefined, line: undefined };
  const file = place.file.startsWith(prefix) ? place.file.slice(prefix.length) : place.file;
  return { file, line: place.line === 0 ? undefined : place.line };
}

function hintOf(kind: FailureKind, { text, ecosystem }: RawFailure, missing: string | undefined): string | undefined {
  switch (kind) {
    case 'import':
      if (missing !== undefined) return undefined;
      return ecosystem === 'npm' && /^\[?.*'[./]/.test(text)
        ? 'The file is not there: a wrong path, a missing build step, or a missing file extension.'
        : 'The module is there and lacks what was imported: another version may be installed.';
    case 'attribute':
      return 'The value is not what was thought: look at where it comes from.';
    case 'name':
      return /require is not defined/.test(text)
        ? 'This file is an ES module (package.json "type", or .mjs): use import, or name it .cjs.'
        : 'Misspelt, not imported, or used before it was set.';
    case 'syntax':
      return /Cannot use import statement/.test(text)
        ? 'The file is read as CommonJS: set "type": "module" in package.json, or name it .mjs.'
        : ecosystem === 'python'
          ? 'The file does not parse on this Python: an error in it, or it needs a newer version.'
          : 'The file does not parse on this Node: an error in it, or it must be compiled first (TypeScript, JSX).';
    case 'permission':
      return permissionHint;
    case 'network':
      return networkHint;
    case 'memory':
      return 'Allow more with --memory, or look for what grows.';
    default:
      return undefined;
  }
}
