/** Which packages a package's own files import, and what is said of one that none does. */
import type { DeclaredDependency, DeclaredPackage } from '#ecosystems/ecosystem.ts';
import type { DeadCode } from './dead-code.ts';
import type { FileView, ImportView } from './file-view.ts';
import { found, placeAt } from './found.ts';
import type { ProjectView } from './project-view.ts';

export interface ModuleUse {
  readonly file: FileView;
  readonly row: ImportView;
  /** A package's name for npm, a dotted module for Python. */
  readonly name: string;
}

export function usesOf(
  project: ProjectView,
  owner: DeclaredPackage,
  prefix: string,
  nameOf: (specifier: string) => string,
): ModuleUse[] {
  const inTree = new Set(project.request.packages.map(({ name }) => name));
  return project.files.flatMap((file) => {
    if (file.package !== owner) return [];
    return file.imports.flatMap((row): ModuleUse[] => {
      if (row.target.kind === 'external' && row.target.name.startsWith(prefix))
        return [{ file, row, name: nameOf(row.target.name.slice(prefix.length)) }];
      // A package of the same tree that is listed as a dependency.
      if (row.target.kind === 'module' && prefix === 'npm:' && inTree.has(nameOf(row.specifier)))
        return [{ file, row, name: nameOf(row.specifier) }];
      return [];
    });
  });
}

export function unusedDependency(
  dependency: DeclaredDependency,
  judged: { readonly confidence: number; readonly reason: string },
): DeadCode {
  return found({
    rule: 'unused-dependency',
    name: dependency.name,
    message: `${dependency.name} is listed${dependency.kind === 'development' ? ' for development' : ''} and not used`,
    place: placeAt(dependency.path, dependency.line, 0, 0),
    severity: dependency.kind === 'runtime' ? 3 : 2,
    minutes: 5,
    ...judged,
  });
}
