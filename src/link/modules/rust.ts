import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import type { ProjectFiles } from '../linker.ts';
import { type Container, fileOf, rowOf } from '../typed/declarations.ts';
import type { Dialect, ImportTarget, Wanted } from '../typed/dialect.ts';
import { external, importRow, importRows, memberValue } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';

interface Crate {
  /** Folder of Cargo.toml with a trailing slash; '' at the root. */
  readonly folder: string;
  readonly name: string;
}

const cratesOf = new WeakMap<ProjectFiles, readonly Crate[]>();
const namespaceKind = symbolKinds.indexOf('namespace');

/** Crates of the tree, deepest folders first. */
function crates(project: ProjectFiles): readonly Crate[] {
  let known = cratesOf.get(project);
  if (!known) {
    const found: Crate[] = [];
    for (const manifest of project.manifests()) {
      if (manifest !== 'Cargo.toml' && !manifest.endsWith('/Cargo.toml')) continue;
      const text = project.read(manifest) ?? '';
      const folder = manifest.slice(0, -'Cargo.toml'.length);
      const name =
        /^\s*\[lib\][^[]*?^\s*name\s*=\s*"([^"]+)"/ms.exec(text)?.[1] ??
        /^\s*\[package\][^[]*?^\s*name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
      if (name !== undefined) found.push({ folder, name: name.replace(/-/g, '_') });
    }
    known = found.sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1));
    cratesOf.set(project, known);
  }
  return known;
}

function crateKey(folder: string): string {
  return `rust:${folder.replace(/\/$/, '') || '.'}`;
}

/** Key of a file's module: `rust:<crate's folder>::a::b`. */
function moduleKey(path: string, project: ProjectFiles): string {
  const crate = crates(project).find((each) => path.startsWith(each.folder));
  let folder: string;
  let inside: string;
  if (crate) {
    folder = crate.folder;
    inside = path.slice(folder.length);
    const separate = /^(?:tests|examples|benches|src\/bin)\/([^/]+?)(?:\.rs)?(?:\/(.*))?$/.exec(inside);
    if (separate)
      return `${crateKey(folder)}!${separate[1]}${separate[2] && separate[2] !== 'main.rs' ? `::${modulePath(separate[2])}` : ''}`;
    inside = inside.replace(/^src\//, '');
  } else {
    const cut = path.lastIndexOf('src/');
    const start = cut >= 0 && (cut === 0 || path[cut - 1] === '/') ? cut + 4 : path.lastIndexOf('/') + 1;
    folder = path.slice(0, start);
    inside = path.slice(start);
  }
  const module = modulePath(inside);
  return module ? `${crateKey(folder)}::${module}` : crateKey(folder);
}

function modulePath(inside: string): string {
  const parts = inside.replace(/\.rs$/, '').split('/');
  const last = parts.at(-1);
  if (last === 'mod' || (parts.length === 1 && (last === 'lib' || last === 'main'))) parts.pop();
  return parts.join('::');
}

function rootOf(key: string): string {
  const cut = key.indexOf('::');
  return cut < 0 ? key : key.slice(0, cut);
}

function outside(key: string): string {
  const cut = key.lastIndexOf('::');
  return cut < 0 ? key : key.slice(0, cut);
}

/** Key of the module around a place. */
function moduleAt(file: TypedFile, row: number): string {
  const { symbols } = file.facts;
  for (let at = row; at > 0; at = symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!) {
    if (symbols[at * SYMBOL_STRIDE] === namespaceKind) return file.keys[at] ?? file.packageKey;
  }
  return file.packageKey;
}

const asPackage = (resolution: Resolution, key: string): Value => ({
  kind: 'package',
  container: resolution.container(key),
});

function firstSegment(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  const module = moduleAt(file, row);
  if (name === 'crate' || name === '$crate') return asPackage(resolution, rootOf(module));
  if (name === 'self') return asPackage(resolution, module);
  if (name === 'super') return asPackage(resolution, outside(module));
  return resolution.named(file, row, name, wanted);
}

function followPath(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  path: string,
  wanted: Wanted,
): Value | undefined {
  const parts = path.split('::').filter(Boolean);
  let value = firstSegment(resolution, file, row, parts[0] ?? '', parts.length === 1 ? wanted : 'value');
  let module = moduleAt(file, row);
  for (let i = 1; i < parts.length && value; i++) {
    if (parts[i] === 'super') {
      module = outside(value.kind === 'package' ? value.container.key : module);
      value = asPackage(resolution, module);
    } else value = resolution.memberOf(value, parts[i]!, i === parts.length - 1 ? wanted : 'any', file);
  }
  return value;
}

function importTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget {
  const { kind, specifier, name, symbol } = importRow(file, row);
  const full = name === undefined ? specifier : specifier ? `${specifier}::${name}` : name;
  if (kind === 'module') {
    const key = `${moduleAt(file, file.facts.symbols[symbol * SYMBOL_STRIDE + SymbolColumn.parent]!)}::${full.slice('self::'.length)}`;
    return resolution.exists(resolution.container(key)) ? { kind: 'package', key } : undefined;
  }
  const parts = full.split('::').filter(Boolean);
  const first = parts[0] ?? '';
  const module = moduleAt(file, symbol);
  let value: Value | undefined;
  if (first === 'crate' || first === 'self' || first === 'super')
    value = followPath(resolution, file, symbol, full, 'any');
  else {
    // A module or item beside the import, else another crate.
    const start =
      memberValue(resolution, file, module, first, 'any') ??
      nestedModule(resolution, module, first) ??
      otherCrate(resolution, first);
    value = start;
    for (let i = 1; i < parts.length && value; i++) value = resolution.memberOf(value, parts[i]!, 'any', file);
    if (!start) return { kind: 'external', name: full };
  }
  if (!value) return undefined;
  if (value.kind === 'package') return { kind: 'package', key: value.container.key };
  return value.kind === 'external' ? { kind: 'external', name: full } : { kind: 'member', value };
}

function nestedModule(resolution: Resolution, module: string, name: string): Value | undefined {
  const container = resolution.container(`${module}::${name}`);
  return resolution.exists(container) ? { kind: 'package', container } : undefined;
}

function otherCrate(resolution: Resolution, name: string): Value | undefined {
  const crate = crates(resolution.project).find((each) => each.name === name);
  return crate && asPackage(resolution, crateKey(crate.folder));
}

/** What the imports of a module pass on under a name. */
function passedOn(resolution: Resolution, container: Container, name: string, wanted: Wanted): Value | undefined {
  return resolution.cached(container, `passed ${wanted} ${name}`, () => {
    resolution.exists(container);
    const numbers = new Set([...container.files, ...container.declarations.map(fileOf)]);
    for (const number of numbers) {
      const file = resolution.declarations.file(number)!;
      resolution.stack.recorder.visit(number);
      for (const row of importRows(file)) {
        const each = importRow(file, row);
        if (each.kind === 'module' || moduleAt(file, each.symbol) !== container.key) continue;
        if (each.kind === 'star' || each.kind === 're-export-star') {
          const found = fromStar(resolution, file, row, name, wanted);
          if (found) return found;
        } else if ((each.alias ?? each.name) === name) {
          const target = resolution.importTarget(file, row);
          if (target?.kind === 'member') return target.value;
          if (target?.kind === 'package') return asPackage(resolution, target.key);
        }
      }
    }
    return undefined;
  });
}

function fromStar(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  const target = resolution.importTarget(file, row);
  if (target?.kind === 'package') {
    return (
      memberValue(resolution, file, target.key, name, wanted) ??
      passedOn(resolution, resolution.container(target.key), name, wanted)
    );
  }
  return target?.kind === 'member' && target.value.kind === 'type'
    ? resolution.memberOf(target.value, name, wanted, file)
    : undefined;
}

const prelude = new Set([
  'Option',
  'Some',
  'None',
  'Result',
  'Ok',
  'Err',
  'Vec',
  'String',
  'Box',
  'ToString',
  'Clone',
  'Copy',
  'Send',
  'Sync',
  'Sized',
  'Drop',
  'Fn',
  'FnMut',
  'FnOnce',
  'Iterator',
  'IntoIterator',
  'Extend',
  'DoubleEndedIterator',
  'ExactSizeIterator',
  'Default',
  'PartialEq',
  'Eq',
  'PartialOrd',
  'Ord',
  'AsRef',
  'AsMut',
  'Into',
  'From',
  'ToOwned',
  'TryFrom',
  'TryInto',
  'FromIterator',
  'drop',
  'str',
  'bool',
  'char',
  'u8',
  'u16',
  'u32',
  'u64',
  'u128',
  'usize',
  'i8',
  'i16',
  'i32',
  'i64',
  'i128',
  'isize',
  'f32',
  'f64',
]);

function outerName(
  resolution: Resolution,
  file: TypedFile,
  row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  if (name === 'Self') {
    const type = resolution.enclosingType(file, row);
    return type && { kind: 'type', type, args: [] };
  }
  const module = moduleAt(file, row);
  const own = memberValue(resolution, file, module, name, wanted);
  if (own) return own;
  for (const each of importRows(file)) {
    const { kind, symbol } = importRow(file, each);
    if ((kind !== 'star' && kind !== 're-export-star') || moduleAt(file, symbol) !== module) continue;
    const found = fromStar(resolution, file, each, name, wanted);
    if (found) return found;
  }
  if (wanted !== 'call' && wanted !== 'type') {
    const nested = nestedModule(resolution, module, name) ?? otherCrate(resolution, name);
    if (nested) return nested;
  }
  if (name === 'std' || name === 'core' || name === 'alloc') return external(name);
  return prelude.has(name) ? external(wanted === 'call' ? `?${name}` : `std::${name}`) : undefined;
}

export const rustDialect: Dialect = {
  language: 'rust',
  family: 'rust',
  ecosystem: 'rust',
  separator: '::',
  join: (container, name) => `${container}::${name}`,
  packageKey: (path, _facts, project) => moduleKey(path, project),
  forget: (project) => void cratesOf.delete(project),
  ownerIsLocal: false,
  enumeratorsLeak: false,
  implicitMembers: false,
  oneNameSpace: false,
  callsConstruct: true,
  constructorNames: [],
  structural: false,
  outerIgnoresPlace: false,
  transparent: new Set([
    'Box',
    'Rc',
    'Arc',
    'RefCell',
    'Cell',
    'Mutex',
    'RwLock',
    'Pin',
    'Cow',
    'Ref',
    'RefMut',
    'MutexGuard',
    'RwLockReadGuard',
    'RwLockWriteGuard',
    'Weak',
    'Lazy',
    'OnceCell',
    'LazyLock',
    'OnceLock',
    'ManuallyDrop',
    'Wrapping',
    'NonNull',
  ]),
  hiddenArguments(resolution, ref, receiver) {
    const takesSelf = resolution.kind(ref) === 'method' && !resolution.hasFlag(ref, SymbolFlag.static);
    return takesSelf && receiver?.kind !== 'type' ? 1 : 0;
  },
  passedOn,
  importTarget,
  importName: (_resolution, file, row) => {
    const { kind, name } = importRow(file, row);
    return kind === 'member' || kind === 're-export' ? name : undefined;
  },
  outerName,
  path: (resolution, file, row, path) =>
    /^(?:crate|self|super|\$crate)(?:::|$)/.test(path) ? followPath(resolution, file, row, path, 'any') : undefined,
  macro(resolution, file, row, name) {
    for (let key = moduleAt(file, row); ; key = outside(key)) {
      const found = resolution
        .direct(resolution.container(key), name)
        .filter((ref) => resolution.kind(ref) === 'macro');
      if (found.length > 0)
        return found.filter((ref) => fileOf(ref) === file.number && rowOf(ref) > 0).length > 0
          ? found.filter((ref) => fileOf(ref) === file.number).slice(0, 1)
          : found;
      if (key === outside(key)) break;
    }
    const imported = resolution.named(file, row, name, 'call');
    return imported?.kind === 'callable' ? imported.refs.filter((ref) => resolution.kind(ref) === 'macro') : [];
  },
};
