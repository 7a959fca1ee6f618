/** What a project offers to be run, read from its files: scripts, programs, modules with a main part. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';

export interface Target {
  /** What to type after `trowel run`. */
  readonly name: string;
  readonly kind: 'script' | 'program' | 'module' | 'file';
  readonly program: string;
  readonly arguments: readonly string[];
  /** Of the tree; '' for its root. */
  readonly folder: string;
  readonly because: string;
}

export interface TargetQuestion {
  readonly packages: readonly DeclaredPackage[];
  readonly files: readonly string[];
  text(file: string): string | undefined;
}

/** Files whose main part is looked for; beyond, a project says in its manifests what it runs. */
const LOOKED_AT = 400;

export function targetsOf(question: TargetQuestion): Target[] {
  const targets = [
    ...question.packages.flatMap((declared) => [...scripts(declared), ...programs(declared), ...mains(declared)]),
    ...pythonModules(question),
  ];
  const seen = new Set<string>();
  return targets.filter(({ name, folder }) => {
    const key = `${folder}\0${name}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function scripts({ ecosystem, packageManager, scripts, folder, manifests }: DeclaredPackage): Target[] {
  if (ecosystem !== 'npm') return [];
  const program =
    packageManager === 'pnpm' || packageManager === 'yarn' || packageManager === 'bun' ? packageManager : 'npm';
  return scripts.map(({ name, command }) => ({
    name,
    kind: 'script',
    program,
    arguments: ['run', name],
    folder,
    because: `${manifests[0] ?? 'package.json'}: ${command}`,
  }));
}

function programs({ ecosystem, binaries, folder, manifests }: DeclaredPackage): Target[] {
  const because = `program of ${manifests[0] ?? 'the project'}`;
  return binaries.flatMap(({ command, file, object }): Target[] => {
    if (ecosystem === 'npm' && file !== undefined)
      return [{ name: command, kind: 'program', program: 'node', arguments: [within(folder, file)], folder, because }];
    const [module, attribute] = object?.split(':') ?? [];
    if (module === undefined || attribute === undefined || !/^[\w.]+$/.test(module + attribute)) return [];
    const call = `import sys, ${module}; sys.exit(${module}.${attribute}())`;
    return [{ name: command, kind: 'program', program: 'python3', arguments: ['-c', call], folder, because }];
  });
}

function mains({ ecosystem, entries, folder }: DeclaredPackage): Target[] {
  return entries
    .filter(({ path, reason }) => ecosystem === 'npm' && /\bmain\b/.test(reason) && /\.[cm]?js$/.test(path))
    .map(({ path, reason }) => ({
      name: path,
      kind: 'file',
      program: 'node',
      arguments: [within(folder, path)],
      folder,
      because: reason,
    }));
}

function pythonModules({ files, packages, text }: TargetQuestion): Target[] {
  const sources = new Set(
    packages.flatMap(({ ecosystem, sourceFolders }) => (ecosystem === 'python' ? sourceFolders : [])),
  );
  const python = files.filter((file) => file.endsWith('.py') && !/(?:^|\/)(?:tests?|test_\w+\.py)(?:\/|$)/.test(file));
  return python.slice(0, LOOKED_AT).flatMap((file): Target[] => {
    const isMain = file.endsWith('/__main__.py');
    if (!isMain && !/^if __name__\s*==\s*['"]__main__['"]/m.test(text(file) ?? '')) return [];
    if (!isMain)
      return [
        { name: file, kind: 'file', program: 'python3', arguments: [file], folder: '', because: 'has a __main__ part' },
      ];
    const folder = file.slice(0, -'/__main__.py'.length);
    const source =
      [...sources]
        .filter((name) => name !== '' && folder.startsWith(`${name}/`))
        .sort((a, b) => b.length - a.length)[0] ?? '';
    const module = within(source, folder).replaceAll('/', '.');
    return [
      {
        name: module,
        kind: 'module',
        program: 'python3',
        arguments: ['-m', module],
        folder: source,
        because: 'has a __main__.py',
      },
    ];
  });
}

const within = (folder: string, path: string): string =>
  folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
