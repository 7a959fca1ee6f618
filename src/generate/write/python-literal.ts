import { isList, isMarked, type MarkedValue, type Value } from '../model/value.ts';
import { escapeText } from './escape-text.ts';

/** Names for what a literal cannot say itself. */
export interface PythonNames {
  step(index: number): string;
  imported(module: number, path: readonly string[]): string;
  callback(id: number): string | undefined;
  /** Callbacks that are given arguments by name. */
  readonly keywords?: readonly number[] | undefined;
  /** A name of the standard library or of the project: `datetime.date`, `package.module:Class.member`. */
  made(name: string): string;
  /** A file that the test makes. */
  file?(value: MarkedValue & { readonly $: 'file' }): string;
}

const WIDTH = 88;

/** Python source of a value; `indent`: columns at which further lines begin. */
export function pythonLiteral(value: Value, names: PythonNames, indent = 0): string {
  const flat = flatLiteral(value, names);
  if (flat.length + indent <= WIDTH) return flat;
  const deeper = indent + 4;
  const pad = ' '.repeat(deeper);
  const end = ' '.repeat(indent);
  if (isList(value) && value.length > 0)
    return `[\n${value.map((item) => `${pad}${pythonLiteral(item, names, deeper)},\n`).join('')}${end}]`;
  if (isMarked(value) && value.$ === 'record' && value.e.length > 0) {
    return `{\n${value.e.map(([key, item]) => `${pad}${pythonText(key)}: ${pythonLiteral(item, names, deeper)},\n`).join('')}${end}}`;
  }
  if (isMarked(value) && value.$ === 'tuple' && value.v.length > 0)
    return `(\n${value.v.map((item) => `${pad}${pythonLiteral(item, names, deeper)},\n`).join('')}${end})`;
  return flat;
}

function flatLiteral(value: Value, names: PythonNames): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonText(value);
  if (typeof value === 'number')
    return Math.abs(value) >= 10000 && Number.isInteger(value)
      ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_')
      : String(value);
  const nested = (item: Value): string => flatLiteral(item, names);
  if (isList(value)) return `[${value.map(nested).join(', ')}]`;
  const marked = value as MarkedValue;
  switch (marked.$) {
    case 'undefined':
      return 'None';
    case 'number':
      return /^-?(?:inf|nan)$/.test(marked.v) ? `float(${pythonText(marked.v)})` : marked.v;
    case 'bigint':
      return marked.v;
    case 'record':
      return `{${marked.e.map(([key, item]) => `${pythonText(key)}: ${nested(item)}`).join(', ')}}`;
    case 'map':
      return `{${marked.e.map(([key, item]) => `${nested(key)}: ${nested(item)}`).join(', ')}}`;
    case 'set': {
      const items = marked.v.map(nested).join(', ');
      if (marked.frozen) return items === '' ? 'frozenset()' : `frozenset({${items}})`;
      return items === '' ? 'set()' : `{${items}}`;
    }
    case 'tuple':
      return marked.v.length === 1 ? `(${nested(marked.v[0]!)},)` : `(${marked.v.map(nested).join(', ')})`;
    case 'bytes': {
      const text = `b${bytesText(marked.v.map(Number))}`;
      return marked.c === 'bytearray' ? `bytearray(${text})` : text;
    }
    case 'regexp':
      return `${names.made('re.compile')}(r${pythonText(marked.s).replaceAll('\\\\', '\\')})`;
    case 'error':
      return `${marked.c}(${pythonText(marked.m)})`;
    case 'make':
      return marked.c.includes(':')
        ? names.made(marked.c)
        : `${names.made(marked.c)}(${marked.v.map(nested).join(', ')})`;
    case 'iterable':
      return `iter([${marked.v.map(nested).join(', ')}])`;
    case 'class':
      return names.made(marked.q!);
    case 'file':
      return names.file?.(marked) ?? pythonText(marked.n);
    case 'step':
      return names.step(marked.i);
    case 'import':
      return names.imported(marked.m, marked.p);
    case 'callback':
      return names.callback(marked.id) ?? pythonLambda(marked, nested, names.keywords?.includes(marked.id));
    default:
      throw new Error(`a value of kind ${marked.$} cannot be written`);
  }
}

/** `named`: it is given arguments by name as well. */
export function pythonLambda(
  callback: MarkedValue & { $: 'callback' },
  nested: (item: Value) => string,
  named = false,
): string {
  const rest = named ? '*_, **__' : '*_';
  if (callback.argument !== undefined)
    return callback.argument === 0 ? `lambda value, ${rest}: value` : `lambda first, value, ${rest}: value`;
  if (callback.sum) return named ? 'lambda a, b, **_: a + b' : 'lambda a, b: a + b';
  if (callback.compare) return `lambda a, b${named ? ', **_' : ''}: (a > b) - (a < b)`;
  if (callback.returns === undefined) return `lambda ${rest}: None`;
  return `lambda ${rest}: ${nested(callback.returns)}`;
}

export function pythonText(text: string): string {
  const mark = text.includes('"') && !text.includes("'") ? "'" : '"';
  return `${mark}${escapeText(text, mark, (code) => `\\U${code.padStart(8, '0')}`)}${mark}`;
}

function bytesText(bytes: readonly number[]): string {
  const inner = bytes.map((byte) =>
    byte === 34 || byte === 92
      ? `\\${String.fromCharCode(byte)}`
      : byte >= 32 && byte < 127
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `"${inner.join('')}"`;
}
