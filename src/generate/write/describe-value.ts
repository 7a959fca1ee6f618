import { isList, type MarkedValue, type Value } from '../model/value.ts';

const BRIEF = 32;

/** A value in the words of a test's name. */
export function describeValue(value: Value, language: 'ecmascript' | 'python'): string {
  const python = language === 'python';
  if (value === null) return python ? 'None' : 'null';
  if (typeof value === 'boolean') return python ? (value ? 'True' : 'False') : String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return describeText(value);
  if (isList(value)) return describeList(value, language);
  return describeMarked(value as MarkedValue, language);
}

function describeText(text: string): string {
  if (text === '') return 'an empty string';
  if (/^\s+$/.test(text)) return 'whitespace';
  const lines = text.split('\n').length;
  if (text.length <= BRIEF && /^[\x20-\x7e\u00a1-\uffff]+$/.test(text)) return `'${text}'`;
  if (lines > 2) return `a text of ${lines} lines`;
  if (text.length <= BRIEF) return `'${text.replaceAll(/\s/g, ' ').replaceAll(/[^\x20-\x7e\u00a1-\uffff]/g, '?')}'`;
  return `a text that starts with '${text
    .slice(0, 16)
    .replaceAll(/\s/g, ' ')
    .replaceAll(/[^\x20-\x7e\u00a1-\uffff]/g, '?')
    .trim()}'`;
}

function describeList(list: readonly Value[], language: 'ecmascript' | 'python'): string {
  const noun = language === 'python' ? 'list' : 'array';
  if (list.length === 0) return language === 'python' ? 'an empty list' : 'an empty array';
  const flat = list.map((item) => describeValue(item, language));
  const joined = `[${flat.join(', ')}]`;
  if (joined.length <= BRIEF && list.every((item) => typeof item !== 'object' || item === null)) return joined;
  if (list.length === 1) return `${noun === 'list' ? 'a list' : 'an array'} with one item`;
  return `${noun === 'list' ? 'a list' : 'an array'} of ${list.length} items`;
}

function describeMarked(value: MarkedValue, language: 'ecmascript' | 'python'): string {
  switch (value.$) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return value.v;
    case 'bigint':
      return value.v;
    case 'symbol':
      return 'a symbol';
    case 'record':
      return describeFields(
        value.e.map(([key]) => key),
        value.e,
        language,
      );
    case 'map':
      if (language === 'python')
        return describeFields(
          value.e.map(([key]) => String(key)),
          value.e,
          language,
        );
      return value.e.length === 0
        ? 'an empty map'
        : `a map of ${value.e.length} ${value.e.length === 1 ? 'entry' : 'entries'}`;
    case 'set':
      return value.v.length === 0
        ? 'an empty set'
        : `a set of ${value.v.length} ${value.v.length === 1 ? 'item' : 'items'}`;
    case 'tuple':
      return value.v.length === 0
        ? 'an empty tuple'
        : `a tuple of ${value.v.length} ${value.v.length === 1 ? 'item' : 'items'}`;
    case 'bytes':
      return value.v.length === 0 ? 'no bytes' : `${value.v.length} ${value.v.length === 1 ? 'byte' : 'bytes'}`;
    case 'date':
      return value.v === null ? 'an invalid date' : new Date(value.v).toISOString().replace(/T00:00:00.000Z$/, '');
    case 'regexp':
      return `/${value.s}/${value.f}`.slice(0, BRIEF);
    case 'error':
      return `${/^[AEIOU]/.test(value.c) ? 'an' : 'a'} ${value.c}`;
    case 'make':
      return `a ${value.c.split('.').at(-1)}`;
    case 'promise':
      return value.rejected ? 'a promise that is rejected' : 'a promise';
    case 'iterable':
      return value.async ? 'an async iterable' : 'an iterable';
    case 'callback':
      return describeCallback(value);
    case 'instance':
      return value.c === '' ? 'an object' : `${/^[AEIOU]/.test(value.c) ? 'an' : 'a'} ${value.c}`;
    case 'function':
      return 'a function';
    case 'class':
      return 'a class';
    case 'file':
      return value.v === '' ? 'an empty file' : 'a file';
    default:
      return 'a value';
  }
}

function describeFields(
  keys: readonly string[],
  fields: readonly (readonly [Value, Value])[],
  language: 'ecmascript' | 'python',
): string {
  const noun = language === 'python' ? 'a dict' : 'an object';
  if (keys.length === 0) return language === 'python' ? 'an empty dict' : 'an empty object';
  if (fields.every(([, item]) => typeof item !== 'object' || item === null)) {
    const flat = `{ ${fields.map(([, item], i) => `${keys[i]}: ${describeValue(item, language)}`).join(', ')} }`;
    if (flat.length <= BRIEF) return flat;
  }
  const shown = keys.filter((key) => /^[\w$-]{1,20}$/.test(key)).slice(0, 3);
  if (shown.length === 0) return `${noun} with ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`;
  const rest = keys.length - shown.length;
  if (rest > 0) return `${noun} with ${shown.join(', ')} and ${rest} more`;
  return `${noun} with ${shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`}`;
}

function describeCallback(value: MarkedValue & { $: 'callback' }): string {
  if (value.throws !== undefined) return 'a callback that throws';
  if (value.calls !== undefined) return 'a callback that calls back';
  if (value.sum) return 'a callback that adds';
  if (value.compare) return 'a callback that compares';
  return value.async ? 'an async callback' : 'a callback';
}
