/**
 * Values between JSON and the running program. Plain JSON stands for itself; all else is `{"$": kind, …}` as
 * src/generate/model/value.ts describes it. Everything of the language that code under study may patch is taken at load time.
 */
const { getPrototypeOf, getOwnPropertyNames, getOwnPropertyDescriptor, keys, is } = Object;
const isArray = Array.isArray;
const toStringTag = Object.prototype.toString;
const tag = (value) => Reflect.apply(toStringTag, value, []);
const typedArrays = new Set([
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'Uint8ClampedArray',
  'BigInt64Array',
  'BigUint64Array',
]);

export const LIMITS = { depth: 6, nodes: 300, text: 2000 };
export const BRIEF = { depth: 3, nodes: 30, text: 200 };

const marked = (kind, rest) => ({ $: kind, ...rest });

function constructorName(value) {
  const prototype = getPrototypeOf(value);
  if (prototype === null) return null;
  const constructor = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' ? String(constructor.name) : '';
}

/** Own enumerable string keys that hold data; accessors are not called. */
function dataProperties(value, read, limit) {
  const entries = [];
  for (const key of keys(value)) {
    if (entries.length >= limit) break;
    const descriptor = getOwnPropertyDescriptor(value, key);
    if (descriptor && 'value' in descriptor) entries.push([key, read(descriptor.value)]);
  }
  return entries;
}

/**
 * What a value looks like, cut at the limits with `{"$":"cut"}`: whoever sees a cut cannot assert the whole.
 * `known` maps objects of the test to the number of their step.
 */
export function encode(value, limits = LIMITS, known = undefined) {
  let nodes = 0;
  const open = new Set();
  const read = (item, depth) => {
    if (++nodes > limits.nodes) return marked('cut');
    switch (typeof item) {
      case 'string':
        // Folders made for a candidate are called otherwise each time.
        return item.length > limits.text || /[\\/]trowel-[A-Za-z0-9]{6}\b/.test(item) ? marked('cut') : item;
      case 'boolean':
        return item;
      case 'number':
        if (item !== item) return marked('number', { v: 'NaN' });
        if (is(item, -0)) return marked('number', { v: '-0' });
        return item === Infinity || item === -Infinity ? marked('number', { v: String(item) }) : item;
      case 'undefined':
        return marked('undefined');
      case 'bigint':
        return marked('bigint', { v: String(item) });
      case 'symbol':
        return marked('symbol', { v: String(item.description ?? '') });
      case 'function': {
        const step = known?.get(item);
        return step === undefined
          ? marked('function', { n: String(getOwnPropertyDescriptor(item, 'name')?.value ?? '') })
          : marked('step', { i: step });
      }
    }
    if (item === null) return null;
    const step = depth > 0 || known === undefined ? undefined : known.get(item);
    if (step !== undefined) return marked('step', { i: step });
    if (open.has(item)) return marked('cycle');
    if (depth >= limits.depth) return marked('cut');
    open.add(item);
    try {
      return readObject(item, depth);
    } catch {
      return marked('cut');
    } finally {
      open.delete(item);
    }
  };
  const readObject = (item, depth) => {
    const deeper = (child) => read(child, depth + 1);
    if (isArray(item)) {
      const list = [];
      for (let i = 0; i < item.length; i++) {
        if (nodes > limits.nodes) return marked('cut');
        list.push(i in item ? deeper(item[i]) : marked('hole'));
      }
      const named = keys(item).length > item.length - list.filter((v) => v?.$ === 'hole').length;
      return named || getPrototypeOf(item) !== Array.prototype
        ? marked('instance', { c: constructorName(item) || 'Array', p: dataProperties(item, deeper, 40) })
        : list;
    }
    const name = tag(item).slice(8, -1);
    const constructor = constructorName(item);
    if (item instanceof Error || name === 'Error') {
      return marked('error', {
        c: constructor || 'Error',
        n: text(item, 'name'),
        m: text(item, 'message'),
        p: dataProperties(item, deeper, 20),
      });
    }
    if (name === 'Promise' || typeof item.then === 'function') return marked('promise');
    if (name === 'Date' && constructor === 'Date') return marked('date', { v: is(+item, NaN) ? null : +item });
    if (name === 'RegExp' && constructor === 'RegExp')
      return marked('regexp', { s: item.source, f: item.flags, i: item.lastIndex });
    if (name === 'Map' && constructor === 'Map')
      return marked('map', { e: [...item].map(([k, v]) => [deeper(k), deeper(v)]) });
    if (name === 'Set' && constructor === 'Set') return marked('set', { v: [...item].map(deeper) });
    if (typedArrays.has(name))
      return item.length > 200
        ? marked('cut')
        : marked('bytes', { c: constructor, v: Array.from(item, (x) => (typeof x === 'bigint' ? String(x) : x)) });
    if (name === 'ArrayBuffer')
      return item.byteLength > 200
        ? marked('cut')
        : marked('bytes', { c: 'ArrayBuffer', v: [...new Uint8Array(item)] });
    if (['String', 'Number', 'Boolean', 'WeakMap', 'WeakSet', 'Generator', 'AsyncGenerator'].includes(name))
      return marked('instance', { c: name, p: [] });
    const entries = dataProperties(item, deeper, 60);
    const symbols = Object.getOwnPropertySymbols(item).length > 0;
    if ((constructor === 'Object' || constructor === null) && name === 'Object') {
      if (keys(item).length > entries.length || (symbols && entries.length === 0)) return marked('cut');
      return constructor === null ? marked('record', { e: entries, n: 1 }) : marked('record', { e: entries });
    }
    return marked('instance', { c: constructor ?? '', p: entries });
  };
  return read(value, 0);
}

function text(error, key) {
  try {
    return String(error[key]).slice(0, 500);
  } catch {
    return '';
  }
}

/** Names of methods and accessors up to, without, Object.prototype and built-in prototypes. */
export function memberNames(value) {
  const names = new Map();
  for (let at = value, level = 0; at && level < 8; at = getPrototypeOf(at), level++) {
    if (isBuiltInPrototype(at)) break;
    for (const name of getOwnPropertyNames(at)) {
      if (name === 'constructor' || names.has(name)) continue;
      const descriptor = getOwnPropertyDescriptor(at, name);
      if (typeof descriptor.value === 'function') names.set(name, { kind: 'method', arity: descriptor.value.length });
      else if (descriptor.get) names.set(name, { kind: 'get' });
      else if (level === 0) names.set(name, { kind: 'data' });
      if (descriptor.set) names.get(name).writable = true;
    }
  }
  return names;
}

const builtInPrototypes = new Set(
  [
    Object,
    Function,
    Array,
    Map,
    Set,
    Promise,
    Error,
    RegExp,
    Date,
    String,
    Number,
    Boolean,
    WeakMap,
    WeakSet,
    ArrayBuffer,
    Uint8Array,
    getPrototypeOf(Uint8Array),
    globalThis.EventTarget,
  ]
    .filter(Boolean)
    .map(({ prototype }) => prototype),
);
for (const generator of [function* () {}, async function* () {}]) {
  for (let at = generator.prototype; at && at !== Object.prototype; at = getPrototypeOf(at)) builtInPrototypes.add(at);
}
builtInPrototypes.delete(undefined);

export function isBuiltInPrototype(value) {
  return builtInPrototypes.has(value) || (Buffer && value === Buffer.prototype);
}

/** What `run` makes of values: `step` gives results of earlier steps, `make` callbacks, probes and imports. */
export function decode(value, world) {
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) {
    const list = [];
    for (let i = 0; i < value.length; i++) {
      if (value[i]?.$ === 'hole') list.length = i + 1;
      else list[i] = decode(value[i], world);
    }
    return list;
  }
  switch (value.$) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(value.v);
    case 'bigint':
      return BigInt(value.v);
    case 'symbol':
      return Symbol(value.v);
    case 'date':
      return new Date(value.v ?? NaN);
    case 'regexp':
      return new RegExp(value.s, value.f);
    case 'record': {
      const record = value.n ? Object.create(null) : {};
      for (const [key, item] of value.e) {
        if (key === '__proto__')
          Object.defineProperty(record, key, {
            value: decode(item, world),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        else record[key] = decode(item, world);
      }
      return record;
    }
    case 'map':
      return new Map(value.e.map(([k, v]) => [decode(k, world), decode(v, world)]));
    case 'set':
      return new Set(value.v.map((v) => decode(v, world)));
    case 'bytes':
      if (value.c === 'Buffer') return Buffer.from(value.v);
      if (value.c === 'ArrayBuffer') return new Uint8Array(value.v).buffer;
      return new globalThis[value.c](value.v);
    case 'error': {
      const error = new (value.c in globalThis ? globalThis[value.c] : Error)(value.m);
      for (const [key, item] of value.p ?? []) error[key] = decode(item, world);
      return error;
    }
    case 'promise':
      return value.rejected ? Promise.reject(decode(value.v, world)) : Promise.resolve(decode(value.v, world));
    case 'iterable':
      return iterable(
        value.v.map((v) => decode(v, world)),
        value.async,
      );
    default:
      return world.make(value);
  }
}

function iterable(items, async) {
  return async
    ? (async function* () {
        yield* items;
      })()
    : (function* () {
        yield* items;
      })();
}
