/** Packages that are declared and not used, used and not declared; programs that no declared package brings. */
import { builtinModules } from 'node:module';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { packagesOfProgram } from '#ecosystems/npm/binaries.ts';
import { toldNames } from '#ecosystems/npm/told-names.ts';
import { typesPackage } from '#ecosystems/npm/compiler-settings.ts';
import type { DeadCode } from './dead-code.ts';
import type { FileView } from './file-view.ts';
import { type ModuleUse, unusedDependency, usesOf } from './dependency-uses.ts';
import { isSeed } from './unused-imports.ts';
import { found, placeAt } from './found.ts';
import { isIncomplete } from './published.ts';
import type { ProjectView } from './project-view.ts';
import { pythonDependencies } from './python-dependencies.ts';

export function dependencies(project: ProjectView): DeadCode[] {
  return project.request.packages.flatMap((owner) => {
    if (isFixture(owner.folder)) return [];
    return owner.ecosystem === 'npm' ? npmDependencies(project, owner) : pythonDependencies(project, owner);
  });
}

function isFixture(folder: string): boolean {
  return /(?:^|\/)(?:tests?|fixtures?|__fixtures__|examples?|samples?|e2e|testdata|templates?|benchmarks?|playgrounds?)(?:\/|$)/i.test(
    folder,
  );
}

const builtins = new Set(builtinModules);

function npmDependencies(project: ProjectView, owner: DeclaredPackage): DeadCode[] {
  const uses = usesOf(project, owner, 'npm:', (name) => packageName(name));
  const root =
    owner.workspace !== undefined && owner.workspace !== owner.folder
      ? project.request.packages.find((each) => each.ecosystem === 'npm' && each.folder === owner.workspace)
      : undefined;
  const members = project.request.packages.filter(
    (each) => each.ecosystem === 'npm' && each.workspace === owner.folder && each !== owner,
  );
  const memberUses = members.flatMap((member) => usesOf(project, member, 'npm:', (name) => packageName(name)));
  const used = new Set([...uses, ...memberUses].map(({ name }) => name));
  for (const { name, path } of project.styleUses)
    if (path.startsWith(owner.folder === '' ? '' : `${owner.folder}/`)) used.add(name);
  if (
    project.files.some(
      ({ package: its, record }) => (its === owner || members.includes(its!)) && /^(?:tsx|jsx)$/.test(record.language),
    )
  )
    for (const name of ['react', 'preact', 'solid-js']) used.add(name);
  const binaries = new Set<string>();
  for (const each of [owner, ...members].flatMap((one) => one.uses)) {
    if (each.isBinary) {
      binaries.add(each.name);
      for (const name of packagesOfProgram(each.name)) used.add(name);
    } else used.add(packageName(each.name));
  }
  return [
    ...unusedNpm(project, owner, used, binaries),
    ...unlistedNpm(project, owner, root, uses),
    ...unlistedPlugins(owner, root),
    ...unlistedBinaries(project, owner, root),
  ];
}

function unusedNpm(
  project: ProjectView,
  owner: DeclaredPackage,
  used: ReadonlySet<string>,
  binaries: ReadonlySet<string>,
): DeadCode[] {
  const isEmpty = project.files.every((file) => file.package !== owner);
  if (isEmpty && !project.request.packages.some((each) => each.workspace === owner.folder && each !== owner)) return [];
  const names = new Set(owner.dependencies.map(({ name }) => name));
  return owner.dependencies.flatMap((dependency): DeadCode[] => {
    const { name, kind } = dependency;
    if (kind === 'peer' || kind === 'optional' || used.has(name) || isImplied(name, used, names)) return [];
    const brings = broughtPrograms(project, owner, name);
    if (brings.some((program) => binaries.has(program))) return [];
    if (isPeerOfAnother(project, owner, name)) return [];
    const plain = name.replace(/^@[^/]+\//, '');
    const program = [...binaries].find(
      (each) => each.length > 4 && !names.has(each) && each.slice(0, 5) === plain.slice(0, 5),
    );
    if (program !== undefined)
      return [unusedDependency(dependency, { confidence: 0.5, reason: `it may bring the program ${program}` })];
    const mention = mentioned(project, owner, name);
    if (kind === 'development' && (isIncomplete(owner) || isPublished(project, owner)))
      return [unusedDependency(dependency, { confidence: 0.5, reason: 'tests that scripts run are not in the tree' })];
    return [
      unusedDependency(
        dependency,
        mention
          ? { confidence: 0.6, reason: mention }
          : owner.unread.length > 0
            ? { confidence: 0.7, reason: `a part of ${owner.unread[0]!.path} could not be read` }
            : { confidence: 0.9, reason: 'no import, script or setting of a tool names it' },
      ),
    ];
  });
}

/** Its entries are what a build made: the tree is the package, not the project. */
function isPublished(project: ProjectView, { entries }: DeclaredPackage): boolean {
  const files = entries.flatMap(({ path, use }) => (use === 'public' ? (project.byPath.get(path) ?? []) : []));
  return files.length > 0 && files.every((file) => file.isForeign || /\.d\.[cm]?ts$/.test(file.path));
}

/** Types of a package that is used, of Node, or of the runtime; the compiler and its helpers. */
function isImplied(name: string, used: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  if (name === 'typescript' || name === 'tslib' || name === '@types/node' || name === '@types/bun') return true;
  if (name.startsWith('@types/')) {
    const plain = name.slice(7).replace(/^(.+)__(.+)$/, '@$1/$2');
    return (
      used.has(plain) ||
      builtins.has(plain) ||
      ['jest', 'mocha', 'jasmine', 'chai', 'cypress', 'react-dom'].includes(plain) ||
      used.has(typesPackage(plain)) ||
      (names.has(plain) && used.has(plain))
    );
  }
  if (/^react(?:-dom)?$/.test(name)) return [...names].some((each) => bringsReact.test(each));
  return [
    '@babel/runtime',
    'core-js',
    'regenerator-runtime',
    'encoding',
    'source-map-support',
    '@swc/helpers',
  ].includes(name);
}

/** Frameworks that need React beside them and name it themselves. */
const bringsReact =
  /^(?:next|gatsby|expo|react-native|react-scripts|@astrojs\/react|@docusaurus\/core|@remix-run\/\w+|@react-router\/\w+|@storybook\/react(?:-\w+)?|@storybook\/addon-\w+|nextra|vike-react|waku|@redwoodjs\/\w+|preact)$/;

function broughtPrograms(project: ProjectView, owner: DeclaredPackage, name: string): readonly string[] {
  for (const folder of [owner.folder, owner.workspace ?? '', '']) {
    const text = project.request.readText(`${folder === '' ? '' : `${folder}/`}node_modules/${name}/package.json`);
    if (text === undefined) continue;
    try {
      const { bin } = JSON.parse(text) as { bin?: unknown };
      return typeof bin === 'string'
        ? [name.replace(/^@[^/]+\//, '')]
        : typeof bin === 'object' && bin !== null
          ? Object.keys(bin)
          : [];
    } catch {
      return [];
    }
  }
  return [name, name.replace(/^@[^/]+\//, '')];
}

function isPeerOfAnother(project: ProjectView, owner: DeclaredPackage, name: string): boolean {
  return owner.dependencies.some((other) => {
    if (other.name === name) return other.kind === 'peer' || other.kind === 'optional';
    const text = project.request.readText(
      `${owner.folder === '' ? '' : `${owner.folder}/`}node_modules/${other.name}/package.json`,
    );
    if (text === undefined || !text.includes(`"${name}"`)) return false;
    try {
      const manifest = JSON.parse(text) as { peerDependencies?: Record<string, string> };
      return manifest.peerDependencies?.[name] !== undefined;
    } catch {
      return false;
    }
  });
}

function mentioned(project: ProjectView, owner: DeclaredPackage, name: string): string | undefined {
  for (const text of project.strings)
    if (text === name || text.startsWith(`${name}/`) || text.endsWith(`/${name}`)) return 'a string has its name';
  const inManifest = (project.request.readText(owner.manifests[0] ?? '') ?? '').split(`"${name}"`).length;
  if (inManifest > 2) return `${owner.manifests[0]} names it more than once`;
  return undefined;
}

function unlistedNpm(
  project: ProjectView,
  owner: DeclaredPackage,
  root: DeclaredPackage | undefined,
  uses: readonly ModuleUse[],
): DeadCode[] {
  // Node looks in every folder above.
  const above = project.request.packages.filter(
    ({ folder, ecosystem }) =>
      ecosystem === owner.ecosystem && (folder === '' || owner.folder.startsWith(`${folder}/`)),
  );
  const listed = new Set(
    [owner, ...above, ...(root ? [root] : [])].flatMap(({ dependencies }) => dependencies.map(({ name }) => name)),
  );
  const own = new Set(project.request.packages.flatMap(({ name }) => name ?? []));
  const isImported = new Map<string, ModuleUse>();
  for (const use of uses) {
    const { name, file, row } = use;
    if (
      // Types in comments are looked up by the editor alone.
      (row.row < 0 && (row.flags & 1) !== 0) ||
      listed.has(name) ||
      own.has(name) ||
      builtins.has(name.split('/')[0]!) ||
      !/^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(name) ||
      file.isForeign
    )
      continue;
    if ((row.flags & 1) !== 0 && listed.has(typesPackage(name))) continue;
    if (isBundled(project, file.path, owner.folder, name)) continue;
    if (
      /^(?:virtual|astro|bun|deno|cloudflare|workerd|electron|vscode|atom|\$app|\$env|\$lib|\$service-worker|server-only|client-only)/.test(
        name,
      )
    )
      continue;
    if (!isImported.has(name) || (isImported.get(name)!.file.isTest && !file.isTest)) isImported.set(name, use);
  }
  const given = isImported.size > 0 ? givenModules(project, owner) : new Set<string>();
  return [...isImported].flatMap(([name, { file, row }]) => {
    if (given.has(name) || given.has(row.specifier)) return [];
    const isInstalled = project.request.readText(`node_modules/${name}/package.json`) !== undefined;
    const isTypes = listed.has(typesPackage(name));
    const isDoubtful =
      file.isTest ||
      isSeed(file.path) ||
      /(?:^|\/)(?:examples?|docs?|website|scripts?|benchmarks?|fixtures?|templates?|integration)\//i.test(file.path) ||
      isTypes ||
      (row.flags & 2) !== 0 ||
      isLoadedLate(file, row.line);
    return found({
      rule: 'unlisted-dependency',
      name,
      message: `${name} is imported and not listed in ${owner.manifests[0] ?? 'package.json'}`,
      place: placeAt(file.path, row.line, row.column, row.specifier.length),
      severity: isDoubtful ? 2 : 4,
      minutes: 5,
      confidence: isDoubtful ? 0.7 : 0.9,
      reason: isDoubtful
        ? isLoadedLate(file, row.line)
          ? 'it is loaded when it is needed only, and may be optional'
          : 'not by code that users run'
        : isInstalled
          ? 'another package happens to bring it'
          : 'no manifest above the file lists it',
    });
  });
}

/** What a bundler takes from the page or makes itself, by the settings of the package and its scripts. */
function givenModules(project: ProjectView, owner: DeclaredPackage): ReadonlySet<string> {
  const texts = [
    ...owner.manifests.map((path) => project.request.readText(path) ?? ''),
    ...project.files.flatMap((file) => (file.family === 'ecmascript' && file.package === owner ? file.text : [])),
  ];
  return new Set(texts.flatMap((text) => [...toldNames(text).modules]));
}

/** It lies in a `node_modules` folder between the file and its manifest: what is published brings it along. */
function isBundled({ request }: ProjectView, path: string, root: string, name: string): boolean {
  for (let folder = path; folder.length > root.length + 1;) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    if (folder.length <= root.length) return false;
    if (request.readText(`${folder}/node_modules/${name}/package.json`) !== undefined) return true;
  }
  return false;
}

/** Plug-ins and presets that a tool's settings name: without them the tool does not start. */
function unlistedPlugins(owner: DeclaredPackage, root: DeclaredPackage | undefined): DeadCode[] {
  const listed = new Set([...owner.dependencies, ...(root?.dependencies ?? [])].map(({ name }) => name));
  if (listed.size === 0) return [];
  const seen = new Set<string>();
  return owner.uses.flatMap(({ name: specifier, isBinary, as, path, line }): DeadCode[] => {
    const name = packageName(specifier);
    if (
      isBinary ||
      !/^(?:eslint plug-in|extended by eslint settings|babel (?:preset|plug-in)|prettier plug-in|stylelint plug-in|commitlint)/.test(
        as,
      )
    )
      return [];
    if (listed.has(name) || seen.has(name) || builtins.has(name) || name === owner.name) return [];
    seen.add(name);
    return [
      found({
        rule: 'unlisted-dependency',
        name,
        message: `${name} is named as ${as}, and no manifest lists it`,
        place: placeAt(path, line, 0, 0),
        severity: 3,
        minutes: 5,
        confidence: 0.8,
        reason: 'another package may bring it',
      }),
    ];
  });
}

/** `require` or `import()` inside of a function, a condition or a `try`. */
function isLoadedLate(file: FileView, line: number): boolean {
  return /^\s+(?:\S.*)?\b(?:require(?:\.resolve)?|import(?:\.meta\.resolve)?)\s*\(/.test(
    file.text.split('\n', line)[line - 1] ?? '',
  );
}

function unlistedBinaries(project: ProjectView, owner: DeclaredPackage, root: DeclaredPackage | undefined): DeadCode[] {
  const listed = new Set([...owner.dependencies, ...(root?.dependencies ?? [])].map(({ name }) => name));
  const commands = new Set(project.request.packages.flatMap(({ binaries }) => binaries.map(({ command }) => command)));
  const scripts = new Set(project.request.packages.flatMap((each) => each.scripts.map(({ name }) => name)));
  const seen = new Set<string>();
  return owner.uses.flatMap(({ name, isBinary, path, line, as }) => {
    if (isBinary !== true || seen.has(name) || commands.has(name) || scripts.has(name)) return [];
    seen.add(name);
    if (packagesOfProgram(name).some((each) => listed.has(each))) return [];
    if (
      [...listed].some(
        (each) =>
          broughtPrograms(project, owner, each).includes(name) ||
          each.replace(/^@[^/]+\//, '') === name ||
          each === `${name}-cli`,
      )
    )
      return [];
    // A file of workflows runs programs of the machine as well.
    const isManifest = path.endsWith('package.json');
    // Its package may have another name than the program.
    const isAmongListed = [...listed].some((each) => each.replace(/^@[^/]+\//, '').slice(0, 5) === name.slice(0, 5));
    const isKnown = packagesOfProgram(name)[0] !== name;
    return [
      found({
        rule: 'unlisted-binary',
        name,
        message: `The ${as} starts ${name}, which no listed package brings`,
        place: placeAt(path, line, 0, 0),
        severity: 3,
        minutes: 5,
        confidence: !isManifest || isAmongListed ? 0.5 : isKnown ? 0.9 : 0.8,
        reason: isKnown ? `${packagesOfProgram(name)[0]} brings it` : 'it may be a program of the machine',
      }),
    ];
  });
}

function packageName(specifier: string): string {
  const parts = specifier.replace(/^[\w-]*!/, '').split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
