/** Which judged files import which: the graph that rules of design look at. */
import type { Gathered, GatheredFile, Project } from '../rule.ts';
import { judgedFiles } from './measured-symbols.ts';

/** The files that a file imports, or names at its top. */
export function* gatherImports(project: Project): Generator<Gathered> {
  const { snapshot } = project;
  const paths = snapshot.files();
  for (const file of judgedFiles(project)) {
    const found = new Set<number>();
    for (const { kind, target, provenance } of snapshot.edgesOf(file.id))
      if (kind === 'imports' && target >= 0 && provenance !== 'candidate') found.add(snapshot.symbol(target).file);
    found.delete(file.id);
    yield { imports: Array.from(found, (id) => paths[id]!.path) };
  }
}

/** By path: the judged files that it imports. */
export function importsOfFiles(
  gathered: readonly GatheredFile[],
  project: Project,
): ReadonlyMap<string, ReadonlySet<string>> {
  const judged = new Set(judgedFiles(project).map(({ path }) => path));
  return new Map(
    gathered.flatMap(({ path, gathered: own }) => {
      const imports = own.flatMap((one) => one['imports'] as readonly string[]).filter((to) => judged.has(to));
      return imports.length === 0 ? [] : [[path, new Set(imports)] as const];
    }),
  );
}

/** '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
