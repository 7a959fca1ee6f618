/** What a configuration file says, as far as reading tells. */

export type StaticValue =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly StaticValue[] }
  | { readonly kind: 'record'; readonly entries: ReadonlyMap<string, StaticValue> }
  /** One of several: both arms of a condition. */
  | { readonly kind: 'choice'; readonly of: readonly StaticValue[] }
  /** What a module exports (`member`: one of its names). */
  | { readonly kind: 'module'; readonly specifier: string; readonly member: string | undefined }
  | { readonly kind: 'call'; readonly callee: StaticValue; readonly given: readonly StaticValue[] }
  | { readonly kind: 'unknown'; readonly line: number; readonly what: string };

export const nothing: StaticValue = { kind: 'constant', value: null };

export function constant(value: string | number | boolean | null): StaticValue {
  return { kind: 'constant', value };
}

/** Of parsed JSON, YAML or TOML. */
export function fromData(data: unknown): StaticValue {
  if (Array.isArray(data)) return { kind: 'list', items: data.map(fromData) };
  if (data instanceof Date) return constant(data.toISOString());
  if (typeof data === 'object' && data !== null)
    return { kind: 'record', entries: new Map(Object.entries(data).map(([key, value]) => [key, fromData(value)])) };
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return constant(data);
  return nothing;
}

/** The alternatives of a value, choices opened. */
export function alternatives(value: StaticValue | undefined): readonly StaticValue[] {
  if (value === undefined) return [];
  return value.kind === 'choice' ? value.of.flatMap(alternatives) : [value];
}

/** Every value that stands at a path of keys; lists on the way are not entered. */
export function valuesAt(value: StaticValue | undefined, ...keys: readonly string[]): readonly StaticValue[] {
  let now = alternatives(value);
  for (const key of keys)
    now = now.flatMap((each) => (each.kind === 'record' ? alternatives(each.entries.get(key)) : []));
  return now;
}

/** Entries of a record, of all alternatives. */
export function entriesOf(values: readonly StaticValue[]): [string, StaticValue][] {
  return values.flatMap((value) => (value.kind === 'record' ? [...value.entries] : []));
}

/** Items of lists; a value that is no list is its only item. */
export function itemsOf(values: readonly StaticValue[]): readonly StaticValue[] {
  return values.flatMap((value) => (value.kind === 'list' ? value.items.flatMap(alternatives) : [value]));
}

/** The strings among values and among the items of their lists. */
export function stringsOf(values: readonly StaticValue[]): string[] {
  return itemsOf(values).flatMap((value) =>
    value.kind === 'constant' && typeof value.value === 'string' ? [value.value] : [],
  );
}

/** The strings at a path of keys. */
export function stringsAt(value: StaticValue | undefined, ...keys: readonly string[]): string[] {
  return stringsOf(valuesAt(value, ...keys));
}

/** Strings anywhere inside, keys of records left out. */
export function stringsWithin(values: readonly StaticValue[]): string[] {
  return values.flatMap((value): string[] => {
    switch (value.kind) {
      case 'constant':
        return typeof value.value === 'string' ? [value.value] : [];
      case 'list':
        return stringsWithin(value.items);
      case 'choice':
        return stringsWithin(value.of);
      case 'record':
        return stringsWithin([...value.entries.values()]);
      case 'call':
        return stringsWithin(value.given);
      default:
        return [];
    }
  });
}

/** Names of plug-ins and presets: `"x"`, `["x", options]`, `{ name: "x" }`, `require("x")`, `x()`. */
export function pluginNames(values: readonly StaticValue[]): string[] {
  return itemsOf(values).flatMap((value): string[] => {
    if (value.kind === 'constant') return typeof value.value === 'string' ? [value.value] : [];
    if (value.kind === 'list') return value.items.length === 0 ? [] : pluginNames([value.items[0]!]);
    if (value.kind === 'record')
      return stringsOf(['name', 'resolve', 'use', 'loader', 'package'].flatMap((key) => valuesAt(value, key)));
    if (value.kind === 'module') return [value.specifier];
    if (value.kind === 'call') return pluginNames([value.callee]);
    return [];
  });
}

export function unknownParts(value: StaticValue): { readonly line: number; readonly what: string }[] {
  switch (value.kind) {
    case 'unknown':
      return [value];
    case 'list':
      return value.items.flatMap(unknownParts);
    case 'choice':
      return value.of.flatMap(unknownParts);
    case 'record':
      return [...value.entries.values()].flatMap(unknownParts);
    case 'call':
      return unknownParts(value.callee);
    default:
      return [];
  }
}
