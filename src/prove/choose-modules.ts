import path from 'node:path';
import type { ReadProject } from './read-project.ts';
import type { StudiedFile } from './proving-language.ts';

const SCRIPT = /\.(?:[cm]?[jt]sx?)$/;
const NOT_SOURCE =
  /\.d\.[cm]?ts$|[.-]min\.[cm]?js$|(?:^|\/)(?:tests?|__tests__|specs?|__mocks__|fixtures?|__fixtures__|examples?|bench(?:marks?)?|docs?|scripts?|demo|website|tools|types|typings|coverage|umd|browser|deno)\/|[.-](?:test|spec|bench|stories|config|conf)\.[cm]?[jt]sx?$|(?:^|\/)\.[^/]+$|(?:^|\/)(?:gulpfile|gruntfile|rollup|webpack|karma|vite|jest|babel)[\w.-]*\.[cm]?[jt]s$/i;
const BUILT_FORMATS =
  /(?:^|\/)(?:esm|cjs|es|mjs|module|modules|commonjs|import|require|node|default|react-native)(?=\/|$)/g;

/** Modules of a JavaScript or TypeScript package that a test may import: what its entries lead to, and other sources beside them. */
export function ecmascriptModules(project: ReadProject, scope: string): StudiedFile[] {
  const inScope = (one: string): boolean => scope === '' || one === scope || one.startsWith(`${scope}/`);
  const sources = new Set(project.paths.filter((one) => SCRIPT.test(one) && !NOT_SOURCE.test(one)));
  const packages = project.packages.filter(
    ({ ecosystem, folder }) => ecosystem === 'npm' && (folder === '' || inScope(folder) || scope.startsWith(folder)),
  );
  const chosen = new Set<string>();
  for (const { entries, sourceFolders } of packages) {
    const starts = entries
      .filter(({ use, path: entry }) => use === 'public' && sources.has(entry))
      .map(({ path: entry }) => entry);
    for (const entry of withoutTwins(starts, project))
      for (const reached of closure(entry, sources, project)) chosen.add(reached);
    if (chosen.size > 0 && [...chosen].some((one) => /(?:^|\/)(?:dist|build|out|cjs|esm)\//.test(one))) continue;
    for (const folder of sourceFolders)
      for (const one of sources) if (folder !== '' && one.startsWith(`${folder}/`)) chosen.add(one);
  }
  if (chosen.size === 0) for (const one of sources) chosen.add(one);
  const list = withoutTwins([...chosen].filter(inScope), project);
  return (list.length > 0 ? list : [...sources].filter((one) => one === scope)).flatMap((one) => fileOf(one, project));
}

function fileOf(one: string, project: ReadProject): StudiedFile[] {
  const text = project.readText(one);
  if (text === undefined) return [];
  return [
    { path: one, text, language: one.endsWith('.tsx') ? 'tsx' : /\.[cm]?ts$/.test(one) ? 'typescript' : 'javascript' },
  ];
}

/** Of `dist/index.mjs` and `dist/cjs/index.js` one: they are the same module in two formats. */
function withoutTwins(files: readonly string[], project: ReadProject): string[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const plain = file
      .replace(/\.[cm]?[jt]sx?$/, '')
      .replaceAll(BUILT_FORMATS, '')
      .replace(/[.-](?:esm|cjs|common|module|umd|node|development|production)$/, '');
    groups.set(plain, [...(groups.get(plain) ?? []), file]);
  }
  const left = new Set<string>();
  for (const group of groups.values()) {
    const kept: string[] = [];
    for (const file of group.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)))
      if (kept.some((other) => isTwin(project.readText(file) ?? '', project.readText(other) ?? ''))) left.add(file);
      else kept.push(file);
  }
  return files.filter((file) => !left.has(file));
}

/** Most of the longer lines are the same, whatever imports and exports look like. */
function isTwin(one: string, other: string): boolean {
  const lines = (text: string): Set<string> =>
    new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(
          (line) =>
            line.length > 12 && !/^(?:import|export|module\.exports|exports\.|const .*require\(|\/[/*]|\*)/.test(line),
        ),
    );
  const [first, second] = [lines(one), lines(other)];
  const fewer = Math.min(first.size, second.size);
  if (fewer === 0) return first.size === second.size;
  let same = 0;
  for (const line of first) if (second.has(line)) same++;
  return same / fewer > 0.5;
}

/** Sources before what was made of them; modules before CommonJS. */
function rank(entry: string): number {
  if (/\.[cm]?tsx?$/.test(entry)) return 0;
  if (/\.mjs$|(?:^|\/)(?:esm|es|module)\//.test(entry)) return 1;
  return /\.cjs$|(?:^|\/)cjs\//.test(entry) ? 3 : 2;
}

const REFERENCE = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}\/?[^'"]*)\1/g;

/** A file and those of the set that it imports, directly or not. */
function closure(start: string, sources: ReadonlySet<string>, project: ReadProject): Set<string> {
  const reached = new Set([start]);
  const waiting = [start];
  while (waiting.length > 0) {
    const file = waiting.pop()!;
    for (const [, , specifier] of (project.readText(file) ?? '').matchAll(REFERENCE)) {
      const target = resolveScript(path.posix.join(path.posix.dirname(file), specifier!), sources);
      if (target !== undefined && !reached.has(target)) {
        reached.add(target);
        waiting.push(target);
      }
    }
  }
  return reached;
}

function resolveScript(target: string, sources: ReadonlySet<string>): string | undefined {
  const plain = target.replace(/\/$/, '');
  const stem = plain.replace(/\.([cm]?)jsx?$/, '');
  const options = [
    plain,
    ...['.ts', '.tsx', '.js', '.mjs', '.cjs', '.mts', '.cts', '.jsx'].flatMap((end) => [
      plain + end,
      `${plain}/index${end}`,
    ]),
    ...['.ts', '.tsx', '.mts', '.cts'].map((end) => stem + end),
  ];
  return options.find((one) => sources.has(one));
}

const NOT_PYTHON_SOURCE =
  /(?:^|\/)(?:tests?|testing|docs?|examples?|bench(?:marks?)?|scripts?|tools|build|dist|fixtures?|migrations|vendor|_vendor)\/|(?:^|\/)(?:setup|conftest|noxfile|tasks|fabfile|conf|manage|__main__|_version|version|tests?)\.py$|(?:^|\/)test_[^/]*\.py$|_test\.py$/;

/** Modules of a Python project that a test may import. */
export function pythonModules(project: ReadProject, scope: string): StudiedFile[] {
  const inScope = (one: string): boolean => scope === '' || one === scope || one.startsWith(`${scope}/`);
  const paths = new Set(project.paths);
  // Of `a.py` and the package `a`, Python imports the package: nobody can reach the file.
  const isShadowed = (one: string): boolean => paths.has(`${one.slice(0, -'.py'.length)}/__init__.py`);
  return project.paths
    .filter((one) => !isShadowed(one))
    .filter((one) => one.endsWith('.py') && inScope(one) && (one === scope || !NOT_PYTHON_SOURCE.test(one)))
    .filter((one) => /^[\w/.-]+$/.test(one) && !one.slice(0, -3).includes('.'))
    .flatMap((one) => {
      const text = project.readText(one);
      return text === undefined || text.trim() === '' ? [] : [{ path: one, text, language: 'python' }];
    });
}
