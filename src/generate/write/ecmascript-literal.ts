import { isList, isMarked, type MarkedValue, type Value } from '../model/value.ts';
import { escapeText } from './escape-text.ts';

/** Names for what a literal cannot say itself. */
export interface LiteralNames {
  step(index: number): string;
  imported(module: number, path: readonly string[]): string;
  callback(id: number): string | undefined;
  /** A file that the test makes. */
  file?(name: string, text: string): string;
  /** For parsers that know neither separators in numbers nor code points in braces. */
  readonly plain?: boolean;
}

const WIDTH = 90;

/** JavaScript source of a value; `indent`: columns at which further lines begin. */
export function ecmascriptLiteral(value: Value, names: LiteralNames, indent = 0): string {
  const flat = flatLiteral(value, names);
  if (flat.length + indent <= WIDTH || !isBreakable(value)) return flat;
  const deeper = indent + 2;
  const pad = ' '.repeat(deeper);
  const end = ' '.repeat(indent);
  if (isList(value)) {
    return `[\n${value.map((item) => `${pad}${ecmascriptLiteral(item, names, deeper)},\n`).join('')}${end}]`;
  }
  const record = value as MarkedValue & { $: 'record' };
  return `{\n${record.e.map(([key, item]) => `${pad}${propertyKey(key)}: ${ecmascriptLiteral(item, names, deeper)},\n`).join('')}${end}}`;
}

function isBreakable(value: Value): boolean {
  return isList(value) ? value.length > 0 : isMarked(value) && value.$ === 'record' && value.e.length > 0 && !value.n;
}

function flatLiteral(value: Value, names: LiteralNames): string {
  if (typeof value === 'string') return names.plain ? plainQuote(value) : quote(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return names.plain ? String(value) : numberLiteral(value);
  const nested = (item: Value): string => flatLiteral(item, names);
  if (isList(value)) return listLiteral(value, nested);
  const marked = value as MarkedValue;
  switch (marked.$) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return marked.v;
    case 'bigint':
      return `${marked.v}n`;
    case 'symbol':
      return marked.v === '' ? 'Symbol()' : `Symbol(${quote(marked.v)})`;
    case 'record':
      return recordLiteral(marked.e, marked.n === 1, nested);
    case 'map':
      return marked.e.length === 0
        ? 'new Map()'
        : `new Map([${marked.e.map(([key, item]) => `[${nested(key)}, ${nested(item)}]`).join(', ')}])`;
    case 'set':
      return marked.v.length === 0 ? 'new Set()' : `new Set([${marked.v.map(nested).join(', ')}])`;
    case 'tuple':
      return `[${marked.v.map(nested).join(', ')}]`;
    case 'bytes':
      return bytesLiteral(marked.c, marked.v);
    case 'date':
      return marked.v === null ? 'new Date(Number.NaN)' : `new Date(${quote(new Date(marked.v).toISOString())})`;
    case 'regexp':
      return marked.s === ''
        ? `new RegExp('', ${quote(marked.f)})`
        : `/${marked.s.replaceAll('\n', '\\n')}/${marked.f}`;
    case 'error': {
      const made = `new ${marked.c in globalThis ? marked.c : 'Error'}(${marked.m === '' ? '' : quote(marked.m)})`;
      return marked.p && marked.p.length > 0
        ? `Object.assign(${made}, ${recordLiteral(marked.p, false, nested)})`
        : made;
    }
    case 'promise':
      return marked.rejected
        ? `Promise.reject(${nested(marked.v ?? null)})`
        : `Promise.resolve(${marked.v === undefined ? '' : nested(marked.v)})`;
    case 'iterable':
      return marked.async
        ? `(async function* () {\n${marked.v.map((item) => `yield ${nested(item)};`).join(' ')} })()`
        : `[${marked.v.map(nested).join(', ')}].values()`;
    case 'file':
      return names.file?.(marked.n, marked.v) ?? quote(marked.n);
    case 'step':
      return names.step(marked.i);
    case 'import':
      return names.imported(marked.m, marked.p);
    case 'callback':
      return names.callback(marked.id) ?? callbackLiteral(marked, nested);
    default:
      throw new Error(`a value of kind ${marked.$} cannot be written`);
  }
}

function listLiteral(list: readonly Value[], nested: (item: Value) => string): string {
  const parts = list.map((item) => (isMarked(item) && item.$ === 'hole' ? '' : nested(item)));
  return `[${parts.join(', ')}${parts.at(-1) === '' ? ',' : ''}]`;
}

function recordLiteral(
  fields: readonly (readonly [string, Value])[],
  bare: boolean,
  nested: (item: Value) => string,
): string {
  const inner = fields
    .map(([key, item]) =>
      key === '__proto__' ? `['__proto__']: ${nested(item)}` : `${propertyKey(key)}: ${nested(item)}`,
    )
    .join(', ');
  const text = inner === '' ? '{}' : `{ ${inner} }`;
  if (!bare) return text;
  return inner === '' ? '{ __proto__: null }' : `{ __proto__: null, ${inner} }`;
}

function bytesLiteral(constructor: string, bytes: readonly (number | string)[]): string {
  const items = bytes.map((byte) => (typeof byte === 'string' ? `${byte}n` : String(byte))).join(', ');
  if (constructor === 'Buffer') return `Buffer.from([${items}])`;
  if (constructor === 'ArrayBuffer') return `new Uint8Array([${items}]).buffer`;
  return `new ${constructor}([${items}])`;
}

export function callbackLiteral(callback: MarkedValue & { $: 'callback' }, nested: (item: Value) => string): string {
  const prefix = callback.async ? 'async ' : '';
  if (callback.throws !== undefined) return `${prefix}() => { throw new Error(${quote(callback.throws)}); }`;
  if (callback.argument !== undefined) {
    const names = ['value', 'second', 'third', 'fourth'].slice(0, callback.argument + 1);
    return `${prefix}(${names.map((name, i) => (i < names.length - 1 ? `_${name}` : name)).join(', ')}) => ${names.at(-1)}`;
  }
  if (callback.sum) return `${prefix}(a, b) => a + b`;
  if (callback.compare) return `${prefix}(a, b) => (a < b ? -1 : a > b ? 1 : 0)`;
  if (callback.calls !== undefined) {
    const names = ['first', 'second', 'third', 'fourth'].slice(0, callback.calls + 1);
    return `${prefix}(${names.join(', ')}) => (typeof ${names.at(-1)} === 'function' ? ${names.at(-1)}(${(callback.passes ?? []).map(nested).join(', ')}) : undefined)`;
  }
  if (callback.returns === undefined || (isMarked(callback.returns) && callback.returns.$ === 'undefined'))
    return `${prefix}() => {}`;
  const body = nested(callback.returns);
  return `${prefix}() => ${body.startsWith('{') ? `(${body})` : body}`;
}

export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${mark}${escapeText(text, mark, (code) => `\\u{${code}}`)}${mark}`;
}

function plainQuote(text: string): string {
  return quote(text).replaceAll(/\\u\{(\w+)\}/g, (_, code: string) =>
    [...String.fromCodePoint(Number.parseInt(code, 16))]
      .flatMap((char) => char.split(''))
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function numberLiteral(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 10000 && Math.abs(value) < 1e15
    ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_')
    : String(value);
}

export function propertyKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}
