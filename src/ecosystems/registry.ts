import type { DeclaredPackage, Ecosystem } from './ecosystem.ts';
import { ProjectFiles } from './project-files.ts';

/** Ecosystem by identifier, loaded when it is asked for. */
const ecosystems: Readonly<Record<string, () => Promise<Ecosystem>>> = {
  npm: async () => (await import('./npm/npm.ts')).npm,
  python: async () => (await import('./python/python.ts')).python,
};

/**
 * What a tree's own files declare, of every ecosystem. `paths` are tree-relative; `readText` may know more files than they list
 * (installed packages). Never throws for what a file says.
 */
export async function readDeclarations(
  paths: readonly string[],
  readText: (path: string) => string | undefined,
): Promise<DeclaredPackage[]> {
  return readPackages(new ProjectFiles(paths, readText));
}

export async function readPackages(project: ProjectFiles): Promise<DeclaredPackage[]> {
  const found: DeclaredPackage[] = [];
  for (const load of Object.values(ecosystems)) found.push(...(await load()).read(project));
  return found;
}
