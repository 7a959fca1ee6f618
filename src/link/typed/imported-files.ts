import { type Container, fileOf, type SymbolRef } from './declarations.ts';
import type { ImportTarget } from './dialect.ts';
import type { Resolution } from './resolution.ts';

/** The files that an import leads to. */
export function importedFiles(
  resolution: Resolution,
  usedFiles: ReadonlySet<number>,
  target: Exclude<NonNullable<ImportTarget>, { kind: 'external' }>,
): readonly number[] {
  if (target.kind === 'files') return target.files;
  if (target.kind === 'package') return filesOf(resolution, usedFiles, resolution.container(target.key));
  const { value } = target;
  switch (value.kind) {
    case 'callable':
    case 'variable':
      return value.refs.slice(0, 1).map(fileOf);
    case 'type': {
      const definition = definitionOf(resolution, value.type);
      return definition === undefined ? [] : [fileOf(definition)];
    }
    case 'package':
      return filesOf(resolution, usedFiles, value.container);
    default:
      return [];
  }
}

/** Of a package's files, those that are used; its first if none is. */
function filesOf(resolution: Resolution, usedFiles: ReadonlySet<number>, container: Container): readonly number[] {
  resolution.exists(container);
  const files = container.files.length > 0 ? container.files : [...new Set(container.declarations.map(fileOf))];
  const used = files.filter((number) => usedFiles.has(number));
  return used.length > 0 ? used : files.slice(0, 1);
}

/** The symbol that stands for a type: its first definition, or its first declaration. */
export function definitionOf(resolution: Resolution, type: Container): SymbolRef | undefined {
  return (
    type.declarations.find((ref) => !resolution.isDeclarationOnly(ref) && resolution.kind(ref) !== 'type') ??
    type.declarations.find((ref) => !resolution.isDeclarationOnly(ref)) ??
    type.declarations[0]
  );
}
