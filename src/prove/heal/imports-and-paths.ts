import path from 'node:path';
import type { ImportedModule } from '#generate/write/test-file.ts';
import { aliasFor } from '../targets/project-alias.ts';
import type { Draft, HealContext, Healer, Repair } from './draft.ts';

const SIGNS =
  /Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|Failed to (?:resolve import|load url)|ERR_PACKAGE_PATH_NOT_EXPORTED|is not defined by "exports"|ERR_UNSUPPORTED_DIR_IMPORT|ERR_UNKNOWN_FILE_EXTENSION|Could not resolve|ModuleNotFoundError|No module named|ImportError/;
const MISSING =
  /(?:Cannot find (?:module|package)|Failed to resolve import|Failed to load url|Could not resolve|No module named)\s+['"]?([^'"\s]+)['"]?/;

/** A module is not found under the name that the file gives it: the other names that it may have. */
export const importsAndPaths: Healer = {
  kind: 'imports and paths',
  recognises: ({ reason }) => SIGNS.test(reason),
  repairs(draft, { reason }, context) {
    const missing = MISSING.exec(reason)?.[1];
    const repairs: Repair[] = [];
    const library = draft.style.properties;
    if (library !== undefined && (missing === library || missing?.startsWith(`${library}/`))) {
      const { properties: _, ...style } = draft.style;
      return [{ what: `${library} is not installed: loops over inputs instead`, draft: { ...draft, style } }];
    }
    for (const name of namings(draft, context)) {
      const modules = draft.modules.map((one): ImportedModule => {
        const specifier = name.of(one);
        return specifier === undefined ? one : { ...one, specifier };
      });
      const changed = modules.find((one, i) => one.specifier !== draft.modules[i]!.specifier);
      if (!changed) continue;
      repairs.push({ what: `${name.what}: ${changed.specifier}`, draft: { ...draft, modules } });
    }
    return repairs;
  },
};

interface Naming {
  readonly what: string;
  of(module: ImportedModule): string | undefined;
}

function namings(draft: Draft, { project, language, sources }: HealContext): Naming[] {
  const source = (one: ImportedModule): string | undefined => sources.get(one.module)?.path;
  if (language === 'python') {
    return project.paths
      .filter((one) => one.endsWith('.py'))
      .reduce<string[]>((roots, one) => addRoot(roots, path.posix.dirname(one)), [''])
      .map((root) => ({
        what: root === '' ? 'imports from the root of the tree' : `imports from ${root}`,
        of: (one) => dottedName(source(one), root),
      }));
  }
  const relative = (one: ImportedModule): string | undefined => {
    const target = source(one);
    if (target === undefined) return undefined;
    const found = path.posix.relative(path.posix.dirname(draft.path), target);
    return found.startsWith('.') ? found : `./${found}`;
  };
  const isEntry = (one: ImportedModule): boolean =>
    project.declared?.entries.some((entry) => entry.path === source(one) && entry.use === 'public') ?? false;
  const alias = (one: ImportedModule): string | undefined => aliasFor(source(one) ?? '', project);
  return [
    { what: 'names the file itself', of: relative },
    { what: 'leaves the extension out', of: (one) => relative(one)?.replace(/\.[cm]?[jt]sx?$/, '') },
    {
      what: 'names what it is compiled to',
      of: (one) => relative(one)?.replace(/\.([cm]?)tsx?$/, '.$1js'),
    },
    { what: 'uses the alias', of: alias },
    { what: 'uses the name of the package', of: (one) => (isEntry(one) ? project.declared?.name : undefined) },
  ];
}

const MOST_ROOTS = 8;

function addRoot(roots: string[], folder: string): string[] {
  const plain = folder === '.' ? '' : folder;
  if (roots.length < MOST_ROOTS && !roots.includes(plain)) roots.push(plain);
  return roots;
}

/** As a file is called by who has `root` on the path. */
function dottedName(file: string | undefined, root: string): string | undefined {
  if (file === undefined || (root !== '' && !file.startsWith(`${root}/`))) return undefined;
  const inside = root === '' ? file : file.slice(root.length + 1);
  const dotted = inside
    .replace(/\.py$/, '')
    .replace(/\/?__init__$/, '')
    .replaceAll('/', '.');
  return /^[A-Za-z_][\w.]*$/.test(dotted) ? dotted : undefined;
}
