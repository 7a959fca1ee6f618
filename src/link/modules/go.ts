import { goPredeclaredTypes } from '#model/go-types.ts';
import type { FileFacts } from '#model/facts.ts';
import { SymbolColumn } from '#model/facts.ts';
import type { ProjectFiles } from '../linker.ts';
import { fileOf, refOf } from '../typed/declarations.ts';
import type { Dialect } from '../typed/dialect.ts';
import { external, importRow, importRows, memberValue } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';

interface GoModule {
  /** Folder of go.mod, with a trailing slash; '' at the root. */
  readonly folder: string;
  /** Import path of that folder; '' for the standard library. */
  readonly path: string;
}

const modulesOf = new WeakMap<ProjectFiles, readonly GoModule[]>();

/** Modules of the tree, deepest folders first. */
function goModules(project: ProjectFiles): readonly GoModule[] {
  let known = modulesOf.get(project);
  if (!known) {
    const found: GoModule[] = [];
    for (const manifest of project.manifests()) {
      if (manifest !== 'go.mod' && !manifest.endsWith('/go.mod')) continue;
      const name = /^\s*module\s+"?([^\s"]+)"?/m.exec(project.read(manifest) ?? '')?.[1];
      if (name !== undefined)
        found.push({ folder: manifest.slice(0, -'go.mod'.length), path: name === 'std' ? '' : name });
    }
    known = found.sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1));
    modulesOf.set(project, known);
  }
  return known;
}

/** Import path of a folder (with a trailing slash): by go.mod, else as under GOPATH's `src`. */
function importPath(folder: string, project: ProjectFiles): string {
  const module = goModules(project).find((each) => folder.startsWith(each.folder));
  const inside = (module ? folder.slice(module.folder.length) : folder.replace(/^(?:.*\/)?src\//, '')).replace(
    /\/$/,
    '',
  );
  if (!module?.path) return inside;
  return inside ? `${module.path}/${inside}` : module.path;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Key of the package that an import path denotes, a vendored one first; undefined when it is not of the tree. */
function packageOf(resolution: Resolution, file: TypedFile, path: string): string | undefined {
  const module = goModules(resolution.project).find((each) => file.path.startsWith(each.folder));
  const vendored = `go:${module?.path ? `${module.path}/` : ''}vendor/${path}`;
  for (const key of [vendored, `go:${path}`]) {
    resolution.stack.recorder.lookup(resolution.lookupKey(resolution.container(key), ''));
    if (resolution.container(key).files.length > 0) return key;
  }
  return undefined;
}

const builtins = new Set([
  'append',
  'cap',
  'clear',
  'close',
  'complex',
  'copy',
  'delete',
  'imag',
  'len',
  'make',
  'max',
  'min',
  'new',
  'panic',
  'print',
  'println',
  'real',
  'recover',
]);
const basicTypes = new Set(goPredeclaredTypes);
const systems = new Set([
  'aix',
  'android',
  'darwin',
  'dragonfly',
  'freebsd',
  'hurd',
  'illumos',
  'ios',
  'js',
  'nacl',
  'netbsd',
  'openbsd',
  'plan9',
  'solaris',
  'wasip1',
  'windows',
  'zos',
]);
const machines = new Set([
  '386',
  'amd64p32',
  'arm',
  'arm64',
  'arm64be',
  'armbe',
  'loong64',
  'mips',
  'mips64',
  'mips64le',
  'mips64p32',
  'mips64p32le',
  'mipsle',
  'ppc',
  'ppc64',
  'ppc64le',
  'riscv',
  'riscv64',
  's390',
  's390x',
  'sparc',
  'sparc64',
  'wasm',
]);

/** Whether a file's name keeps it out of a build for linux/amd64, the platform that links are shown for where there is a choice. */
function isForeign(path: string): boolean {
  let known = foreign.get(path);
  if (known === undefined) foreign.set(path, (known = hasForeignName(path)));
  return known;
}
const foreign = new Map<string, boolean>();

function hasForeignName(path: string): boolean {
  const parts = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(?:_test)?\.go$/, '')
    .split('_')
    .slice(1);
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  return systems.has(last) || machines.has(last) || (last === 'amd64' && systems.has(before));
}

export const goDialect: Dialect = {
  language: 'go',
  family: 'go',
  ecosystem: 'go',
  separator: '.',
  join: (container, name) => `${container}.${name}`,
  packageKey(path: string, facts: FileFacts, project: ProjectFiles) {
    const name = facts.strings[facts.symbols[SymbolColumn.declaredType]!] ?? '';
    const kind = name.endsWith('_test') && path.endsWith('_test.go') ? '!test' : name === 'main' ? '!main' : '';
    return `go:${importPath(folderOf(path), project)}${kind}`;
  },
  forget: (project) => void modulesOf.delete(project),
  ownerIsLocal: true,
  enumeratorsLeak: false,
  implicitMembers: false,
  oneNameSpace: true,
  callsConstruct: false,
  constructorNames: [],
  outerIgnoresPlace: true,
  structural: true,
  transparent: new Set(),
  hiddenArguments: () => 0,
  importTarget(resolution, file, row) {
    const { specifier } = importRow(file, row);
    const key = packageOf(resolution, file, specifier);
    return key === undefined ? { kind: 'external', name: specifier } : { kind: 'package', key };
  },
  importName(resolution, file, row) {
    const { specifier, kind } = importRow(file, row);
    if (kind !== 'module') return undefined;
    const key = packageOf(resolution, file, specifier);
    const first = key === undefined ? undefined : resolution.container(key).files[0];
    if (first !== undefined) {
      const { facts } = resolution.file(refOf(first, 0));
      const name = facts.strings[facts.symbols[SymbolColumn.declaredType]!];
      if (name !== undefined) return name;
    }
    const parts = specifier.split('/');
    const last = /^v\d+$/.test(parts.at(-1)!) && parts.length > 1 ? parts.at(-2)! : parts.at(-1)!;
    return last
      .replace(/\.v\d+$/, '')
      .replace(/^go-|-go$/, '')
      .replace(/-/g, '_');
  },
  outerName(resolution, file, _row, name, wanted) {
    const own = memberValue(resolution, file, file.packageKey, name, wanted);
    if (own) return own;
    for (const row of importRows(file)) {
      if (importRow(file, row).kind !== 'star') continue;
      const target = resolution.importTarget(file, row);
      const found = target?.kind === 'package' ? memberValue(resolution, file, target.key, name, wanted) : undefined;
      if (found) return found;
    }
    if (builtins.has(name) && wanted !== 'type') return external(`builtin#${name}`);
    return basicTypes.has(name) ? external(`builtin.${name}`) : undefined;
  },
  prefer(resolution, refs) {
    const native = refs.filter((ref) => !isForeign(resolution.declarations.file(fileOf(ref))!.path));
    return native.length > 0 ? native : refs;
  },
};
