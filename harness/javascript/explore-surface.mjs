/** What a loaded module offers: functions, classes with their members, objects, other values. */
import { encode, memberNames } from './explore-values.mjs';

const CLASS = /^class\b|^\s*function\s+[A-Z]/;

export function surfaceOf(module) {
  const entries = [];
  const seen = new Set();
  const visit = (value, path, depth) => {
    if (typeof value === 'function') {
      if (seen.has(value)) return;
      seen.add(value);
      entries.push(describeFunction(value, path));
      // `module.exports.default = module.exports`, for those who import it as a module.
      for (const key of Object.keys(value))
        if (depth < 2 && !(path.length === 0 && key === 'default' && sameText(value, value[key])))
          visit(
            safe(() => value[key]),
            [...path, key],
            depth + 1,
          );
      if (isClass(value)) {
        for (const [name, member] of memberNames(value)) {
          if (
            member.kind === 'method' &&
            !['prototype', 'length', 'name'].includes(name) &&
            !Object.keys(value).includes(name)
          )
            visit(
              safe(() => value[name]),
              [...path, name],
              2,
            );
        }
      }
      return;
    }
    if (value !== null && typeof value === 'object') {
      if (seen.has(value) || depth > 2) return;
      seen.add(value);
      if (Object.prototype.toString.call(value) === '[object Module]' || (depth < 2 && isPlain(value))) {
        for (const key of Object.keys(value))
          if (key !== '__esModule' && key !== 'module.exports')
            visit(
              safe(() => value[key]),
              [...path, key],
              depth + 1,
            );
        return;
      }
      const members = Object.fromEntries(
        [...memberNames(value)].map(([name, m]) => [name, describeMember(value, name, m)]),
      );
      entries.push({ path, kind: 'object', members });
      return;
    }
    entries.push({ path, kind: 'value', value: encode(value) });
  };
  visit(module, [], 0);
  return { entries };
}

function describeFunction(value, path) {
  const source = safe(() => Function.prototype.toString.call(value)) ?? '';
  const base = { path, name: String(value.name ?? ''), arity: value.length, source: source.slice(0, 4000) };
  if (!isClass(value)) return { ...base, kind: 'function' };
  const members = {};
  for (const [name, member] of memberNames(value.prototype ?? {}))
    members[name] = describeMember(value.prototype, name, member);
  return {
    ...base,
    kind: 'class',
    members,
    mustNew: /^class\b/.test(source),
    base: Object.getPrototypeOf(value)?.name ?? '',
  };
}

function sameText(one, other) {
  return (
    typeof other === 'function' &&
    safe(() => Function.prototype.toString.call(one) === Function.prototype.toString.call(other))
  );
}

function describeMember(owner, name, { kind, arity }) {
  if (arity === undefined) return [kind];
  return [kind, arity, (safe(() => Function.prototype.toString.call(owner[name])) ?? '').slice(0, 600)];
}

function isClass(value) {
  const source = safe(() => Function.prototype.toString.call(value)) ?? '';
  if (CLASS.test(source)) return true;
  return value.prototype !== undefined && Object.getOwnPropertyNames(value.prototype).length > 1;
}

function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function safe(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}
