/** What a file says of the use of modules, its own and others': where that is the same, files are reached and exports taken as before. */
import type { FileView, ImportView } from './file-view.ts';
import { loads } from './loaded-folders.ts';
import { dynamicMembers, namespaceMembers, type TakenMember } from './namespace-members.ts';
import type { ProjectView } from './project-view.ts';

export function moduleStamp(project: ProjectView, file: FileView | undefined): string {
  if (!file) return '';
  const hasStar = file.imports.some(({ kind, target }) => kind === 'star' && target.kind === 'module');
  return JSON.stringify([
    file.family,
    file.isTest,
    file.isForeign,
    file.runs,
    file.isProgram,
    file.imports.map((row) => [
      row.kind,
      row.specifier,
      row.name,
      row.local,
      row.flags,
      row.target,
      takenOf(project, file, row),
    ]),
    Array.from(file.exports.values(), ({ name, import: at }) => [
      name,
      file.imports.findIndex(({ row }) => row === at),
    ]),
    // A star takes what is named.
    hasStar ? [...file.words.places.keys()].sort() : [],
    file.family === 'ecmascript' ? loads(file) : [],
  ]);
}

/** Members that name no export of the module say nothing. */
function takenOf(project: ProjectView, file: FileView, row: ImportView): readonly TakenMember[] | undefined {
  if (row.target.kind !== 'module' || row.kind === 'star' || /^re-export|^side-effect$/.test(row.kind)) return [];
  const target = project.byPath.get(row.target.submodule ?? row.target.path);
  if (!target) return [];
  const taken = row.kind === 'dynamic' ? dynamicMembers(file, row) : namespaceMembers(file, row);
  const passesOn = target.imports.some(({ kind }) => kind === 're-export-star' || kind === 'star');
  return passesOn ? taken : taken?.filter(({ name }) => target.exports.has(name));
}
