/** Python's type expressions, as far as links need them: the one class that a value has, and whether it is called. */
import { splitTop } from './split-top.ts';

export interface TypeNames {
  /** Type aliases of the module, by name. */
  readonly aliases: Map<string, string>;
  /** What imported names mean: `module#name`, or `module`. */
  readonly imported: Map<string, string>;
  readonly module: string;
}

const nothing = new Set([
  'None',
  'Any',
  'object',
  'Never',
  'NoReturn',
  'Incomplete',
  'Unused',
  'bool',
  '...',
  'TypeVar',
]);
/** Their first argument is what counts. */
const transparent = new Set(['Optional', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired', 'ReadOnly']);
/** The last argument is what awaiting gives: flow takes a value for what it is awaited to. */
const awaited = new Set(['Awaitable', 'Coroutine']);
const DEEPEST = 6;

/** `module#Class`, `Class` of the module itself, or undefined where it is none or several. `self`: what `Self` means. */
export function typeOf(text: string, names: TypeNames, self: string, depth = 0): string | undefined {
  const type = unquoted(text);
  if (depth > DEEPEST || type === '') return undefined;
  const parts = splitTop(type, '|').filter((part) => !nothing.has(part) || part === 'bool');
  if (parts.length !== 1) return undefined;
  const [head, args] = headOf(parts[0]!);
  const last = head.slice(head.lastIndexOf('.') + 1);
  if (nothing.has(last) || last === 'Callable' || last === 'Literal' || last === 'Union' || last === 'type') {
    if (last !== 'Union') return undefined;
    const known = args.filter((each) => !nothing.has(each));
    return known.length === 1 ? typeOf(known[0]!, names, self, depth + 1) : undefined;
  }
  if (transparent.has(last)) return args.length === 0 ? undefined : typeOf(args[0]!, names, self, depth + 1);
  if (awaited.has(last)) return args.length === 0 ? undefined : typeOf(args.at(-1)!, names, self, depth + 1);
  if (last === 'Self') return self === '' ? undefined : self;
  const alias = names.aliases.get(head);
  if (alias !== undefined && alias !== head) return typeOf(alias, names, self, depth + 1);
  // Type variables: underscored capitals and the like name no class.
  if (/^_?[A-Z]\w{0,2}(?:_co|_contra)?$|^_[A-Z]\w*T\d?(?:_co|_contra)?$|^AnyStr$/.test(head)) return undefined;
  const dot = head.indexOf('.');
  const imported = names.imported.get(dot < 0 ? head : head.slice(0, dot));
  if (imported === undefined) return builtinTypes.has(head) ? `builtins#${head}` : head;
  if (dot < 0) return imported.includes('#') ? imported : undefined;
  const rest = head.slice(dot + 1);
  // `import a.b` binds `a`: the module is as much of the path as names a module, which the dots before the last are taken for.
  if (imported.includes('#')) return `${imported}.${rest}`;
  const end = rest.lastIndexOf('.');
  return end < 0 ? `${imported}#${rest}` : `${imported}.${rest.slice(0, end)}#${rest.slice(end + 1)}`;
}

/** Whether a value of the type is called by who receives it. */
export function calledParameter(text: string, names: TypeNames, depth = 0): boolean {
  const type = unquoted(text);
  if (depth > DEEPEST) return false;
  return splitTop(type, '|').some((part) => {
    const [head, args] = headOf(part);
    const last = head.slice(head.lastIndexOf('.') + 1);
    if (last === 'Callable' || /(?:Callback|Hook|Handler|CallableT?)$/.test(last)) return true;
    if (transparent.has(last) || last === 'Union') return args.some((each) => calledParameter(each, names, depth + 1));
    const alias = names.aliases.get(head);
    return alias !== undefined && alias !== head && calledParameter(alias, names, depth + 1);
  });
}

const builtinTypes: ReadonlySet<string> = new Set([
  ...['str', 'bytes', 'int', 'float', 'complex', 'bool', 'list', 'dict', 'set', 'frozenset', 'tuple', 'bytearray'],
  ...['memoryview', 'range', 'slice', 'object', 'type', 'BaseException', 'Exception'],
]);

function headOf(text: string): readonly [head: string, args: readonly string[]] {
  const open = text.indexOf('[');
  if (open < 0) return [text.trim(), []];
  return [text.slice(0, open).trim(), splitTop(text.slice(open + 1, text.lastIndexOf(']')), ',')];
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^(["'])[^]*\1$/.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed;
}
