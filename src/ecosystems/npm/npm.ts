/** Packages of the npm world: `package.json` and the configuration of the tools that it names. */
import type {
  DeclaredDependency,
  DeclaredEntry,
  DeclaredPackage,
  DeclaredScript,
  Ecosystem,
  NamedUse,
  UnreadPart,
} from '../ecosystem.ts';
import { folderOf, joinPath, nameOf, type ProjectFiles } from '../project-files.ts';
import { asRecord, asText, asTexts, lineOf, readJson } from '../read-data.ts';
import { applyTools } from './apply-tools.ts';
import { readCompilerSettings } from './compiler-settings.ts';
import { fileOf, manifestEntries, type OutputMapping } from './manifest-entries.ts';
import { readScript } from './read-script.ts';
import { packageManagerOf, workspacesOf } from './workspaces.ts';

type Manifest = Readonly<Record<string, unknown>>;

export const npm: Ecosystem = {
  id: 'npm',
  read(project) {
    const manifests = new Map<string, Manifest>();
    const broken = new Map<string, UnreadPart>();
    for (const path of project.paths) {
      if (nameOf(path) !== 'package.json' || /(?:^|\/)node_modules\//.test(path)) continue;
      const reading = readJson(project.text(path) ?? '');
      if ('error' in reading) broken.set(folderOf(path), { path, line: reading.line, what: reading.error });
      manifests.set(folderOf(path), 'data' in reading ? asRecord(reading.data) : {});
    }
    const workspaces = workspacesOf(project, manifests);
    return [...manifests]
      .sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1))
      .map(([folder, manifest]) => readPackage(project, folder, manifest, manifests, workspaces, broken.get(folder)));
  },
};

function readPackage(
  project: ProjectFiles,
  folder: string,
  manifest: Manifest,
  manifests: ReadonlyMap<string, Manifest>,
  workspaces: ReadonlyMap<string, string>,
  broken: UnreadPart | undefined,
): DeclaredPackage {
  const inside = folder === '' ? '' : `${folder}/`;
  const manifestPath = `${inside}package.json`;
  const others = [...manifests.keys()]
    .filter((other) => other !== folder && other.startsWith(inside))
    .map((other) => `${other}/`);
  const owns = (path: string): boolean =>
    path.startsWith(inside) && !others.some((other) => path.startsWith(other)) && !path.includes('node_modules/');
  const settings = readCompilerSettings(
    project,
    project.under(folder).filter((path) => /(?:^|\/)[tj]sconfig[\w.-]*\.json$/.test(path) && owns(path)),
  );
  const { entries, binaries } = manifestEntries(project, folder, manifest, settings.mapping);
  const dependencies = dependenciesOf(manifest, manifestPath, project.text(manifestPath) ?? '');
  const workspace = workspaces.get(folder);
  const known = new Set(dependencies.map(({ name }) => name));
  if (workspace !== undefined && workspace !== folder)
    for (const { name } of dependenciesOf(manifests.get(workspace) ?? {}, '', '')) known.add(name);
  const scripts = scriptsOf(manifest, manifestPath, project.text(manifestPath) ?? '');
  const used = usesOfScripts(project, folder, scripts, settings.mapping, owns);
  const tools = applyTools({
    project,
    folder,
    manifest,
    manifestPath,
    dependencies: known,
    named: used.configurations,
    owns,
  });
  const manager = packageManagerOf(project, folder, manifests);
  return {
    ecosystem: 'npm',
    folder,
    manifests: [manifestPath],
    name: asText(manifest['name']),
    version: asText(manifest['version']),
    isPrivate: manifest['private'] === true,
    packageManager: manager.name,
    lockFile: manager.lockFile,
    workspace,
    scripts,
    binaries,
    entries: distinctEntries([...entries, ...used.entries, ...tools.entries]),
    dependencies,
    uses: [...used.uses, ...settings.uses.map((use): NamedUse => ({ ...use, line: 1 })), ...tools.uses],
    aliases: [...settings.aliases, ...importAliases(folder, manifest), ...tools.aliases],
    sourceFolders: sourceFoldersOf(project, folder, entries),
    tests: [...tools.tests, ...nodeTests(folder, scripts)],
    tools: tools.tools,
    unread: [...(broken ? [broken] : []), ...settings.broken, ...tools.unread],
  };
}

/** Longer pages are reports that a program made. */
const MAX_PAGE = 200_000;

const dependencyFields = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['peerDependencies', 'peer'],
  ['optionalDependencies', 'optional'],
] as const;

function dependenciesOf(manifest: Manifest, path: string, text: string): DeclaredDependency[] {
  return dependencyFields.flatMap(([field, kind]) => {
    const from = Math.max(0, text.indexOf(`"${field}"`));
    return Object.entries(asRecord(manifest[field])).map(([name, range]) => {
      const isOptional = asRecord(asRecord(manifest['peerDependenciesMeta'])[name])['optional'] === true;
      return {
        name,
        range: asText(range) ?? '',
        kind: kind === 'peer' && isOptional ? ('optional' as const) : kind,
        path,
        line: lineOf(text, `"${name}"`, from),
      };
    });
  });
}

function scriptsOf(manifest: Manifest, path: string, text: string): DeclaredScript[] {
  const from = Math.max(0, text.indexOf('"scripts"'));
  return Object.entries(asRecord(manifest['scripts'])).flatMap(([name, command]) =>
    typeof command === 'string' ? [{ name, command, path, line: lineOf(text, `"${name}"`, from) }] : [],
  );
}

interface ScriptUses {
  readonly entries: DeclaredEntry[];
  readonly uses: NamedUse[];
  readonly configurations: string[];
}

function usesOfScripts(
  project: ProjectFiles,
  folder: string,
  scripts: readonly DeclaredScript[],
  mapping: OutputMapping | undefined,
  owns: (path: string) => boolean,
): ScriptUses {
  const found: ScriptUses = { entries: [], uses: [], configurations: [] };
  const names = new Set(scripts.map(({ name }) => name));
  const commands = [...scripts, ...workflowCommands(project, folder)];
  for (const { name, command, path, line } of commands) {
    const parts = readScript(command);
    const reason = `script ${name}`;
    for (const program of parts.programs)
      if (!names.has(program)) found.uses.push({ name: program, isBinary: true, path, line, as: reason });
    for (const preload of parts.preloads) {
      if (/^[./]/.test(preload)) {
        const file = fileOf(project, folder, preload, mapping);
        if (file !== undefined) found.entries.push({ path: file, use: 'program', reason });
      } else found.uses.push({ name: preload, path, line, as: reason });
    }
    for (const target of parts.files) {
      const file = fileOf(project, folder, target, mapping);
      if (file !== undefined && /\.\w+$/.test(file)) found.entries.push({ path: file, use: 'program', reason });
    }
    for (const configuration of parts.configurations) {
      const file = joinPath(folder, configuration);
      if (file === undefined || !project.has(file)) continue;
      found.configurations.push(file);
      if (/\.[cm]?[jt]s$/.test(file)) found.entries.push({ path: file, use: 'tool', reason });
    }
  }
  for (const path of project.matching(folder, ['**/*.html']))
    if (owns(path)) found.entries.push(...pageScripts(project, folder, path));
  for (const path of project.matching(folder, ['server.js']))
    if (owns(path) && !names.has('start')) found.entries.push({ path, use: 'program', reason: 'what npm start runs' });
  return found;
}

/** Scripts of the tree that a page loads. */
function pageScripts(project: ProjectFiles, folder: string, path: string): DeclaredEntry[] {
  const text = project.text(path) ?? '';
  if (text.length > MAX_PAGE) return [];
  return [...text.matchAll(/<script\b[^>]*?\bsrc\s*=\s*["']([^"'?#]+)/gi)].flatMap((match) => {
    const source = match[1]!;
    const places = source.startsWith('/')
      ? [
          [folder, source.slice(1)],
          [`${folder}/public`, source.slice(1)],
        ]
      : [[folderOf(path), source]];
    const file = places.map(([base, relative]) => fileOf(project, base!, relative!)).find((each) => each !== undefined);
    return file === undefined ? [] : [{ path: file, use: 'program' as const, reason: `script of ${path}` }];
  });
}

/** `run:` lines of GitHub's workflows and of git hooks: they start a project's programs, too. */
function workflowCommands(project: ProjectFiles, folder: string): DeclaredScript[] {
  if (folder !== '') return [];
  const found: DeclaredScript[] = [];
  const files = project.matching('', [
    '.github/**/*.{yml,yaml}',
    '.gitlab-ci.yml',
    '.husky/*',
    '.circleci/config.yml',
    'lefthook.yml',
    'azure-pipelines.yml',
    '.travis.yml',
    'Dockerfile',
    '**/Dockerfile',
    'Makefile',
    'Procfile',
    'vercel.json',
  ]);
  for (const path of files) {
    const lines = (project.text(path) ?? '').split('\n');
    lines.forEach((line, at) => {
      const command =
        /\b(?:npx|pnpx|bunx|(?:pnpm|yarn|npm) (?:exec|run)|pnpm|yarn|node|tsx|bun|ts-node|deno)\s.*$/.exec(
          line.replace(/^\s*#.*/, ''),
        )?.[0];
      if (command !== undefined && command.length < 2000)
        found.push({
          name: nameOf(path),
          command: command.replace(/["']\s*[\],}].*$|\$\{\{.*?\}\}/g, ''),
          path,
          line: at + 1,
        });
    });
  }
  return found;
}

function importAliases(folder: string, manifest: Manifest): { pattern: string; targets: string[] }[] {
  const all = (value: unknown): string[] =>
    typeof value === 'string' || Array.isArray(value) ? asTexts(value) : Object.values(asRecord(value)).flatMap(all);
  return Object.entries(asRecord(manifest['imports'])).map(([pattern, target]) => ({
    pattern,
    targets: all(target).flatMap((each) => (each.startsWith('.') ? (joinPath(folder, each) ?? []) : [])),
  }));
}

function distinctEntries(entries: readonly DeclaredEntry[]): DeclaredEntry[] {
  const seen = new Map<string, DeclaredEntry>();
  for (const entry of entries) {
    const key = `${entry.path}\0${entry.use}`;
    const before = seen.get(key);
    if (!before) seen.set(key, entry);
    else if (before.exports !== undefined) {
      // One that names no exports stands for all of them.
      const { exports: _, ...open } = before;
      seen.set(
        key,
        entry.exports === undefined
          ? open
          : { ...before, exports: [...new Set([...before.exports, ...entry.exports])] },
      );
    }
  }
  return [...seen.values()];
}

function sourceFoldersOf(project: ProjectFiles, folder: string, entries: readonly DeclaredEntry[]): string[] {
  const inside = folder === '' ? '' : `${folder}/`;
  const likely = ['src', 'lib', 'app', 'source', 'packages'].filter(
    (name) =>
      name !== 'packages' && project.under(inside + name).some((path) => /\.[cm]?[jt]sx?$|\.vue$|\.svelte$/.test(path)),
  );
  const used = entries.flatMap(({ path }) => {
    const top = path.slice(inside.length).split('/');
    return top.length > 1 ? [top[0]!] : [];
  });
  const chosen = likely.filter((name) => name === 'src' || used.includes(name) || likely.length === 1);
  return (chosen.length > 0 ? chosen : ['']).map((name) => (name === '' ? folder : inside + name));
}

/** Node's own runner has no configuration: scripts say `node --test`. */
function nodeTests(folder: string, scripts: readonly DeclaredScript[]): DeclaredPackage['tests'][number][] {
  const script = scripts.find(({ command }) => /\bnode\b[^&|;]*\s--test\b/.test(command));
  if (!script) return [];
  const inside = folder === '' ? '' : `${folder}/`;
  const given = readScript(script.command).files.filter((file) => /\.[cm]?[jt]s$/.test(file));
  const include =
    given.length > 0
      ? given
      : [
          '**/*.test.?(c|m)[jt]s',
          '**/*-test.?(c|m)[jt]s',
          '**/*_test.?(c|m)[jt]s',
          '**/test-*.?(c|m)[jt]s',
          '**/test.?(c|m)[jt]s',
          '**/test/**/*.?(c|m)[jt]s',
        ];
  return [
    {
      framework: 'node:test',
      configuration: undefined,
      include: include.map((glob) => inside + glob.replace(/^\.\//, '')),
      exclude: [],
      setup: [],
    },
  ];
}
