import { EXPORT_STRIDE, ExportColumn, IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import { importKinds } from '#model/vocabulary.ts';
import type { FileEntry } from './file-entry.ts';

const star = importKinds.indexOf('star');
const reExportStar = importKinds.indexOf('re-export-star');

/** What a name stands for, by imports and exports alone. */
export type Definition =
  | { readonly kind: 'symbol'; readonly file: FileEntry; readonly symbol: number }
  | { readonly kind: 'module'; readonly file: FileEntry }
  | { readonly kind: 'external'; readonly name: string }
  | undefined;

export type FindFile = (path: string) => FileEntry | undefined;

function exportRow(file: FileEntry, name: string): number {
  if (!file.exportRows) {
    const rows = new Map<string, number>();
    const { exports, strings } = file.facts;
    for (let row = 0; row * EXPORT_STRIDE < exports.length; row++)
      rows.set(strings[exports[row * EXPORT_STRIDE + ExportColumn.name]!]!, row);
    file.exportRows = rows;
  }
  return file.exportRows.get(name) ?? -1;
}

/** What an import row's local name stands for. `visited` collects the files whose exports were looked at. */
export function definitionOfImport(
  from: FileEntry,
  importRow: number,
  find: FindFile,
  visited: Set<number>,
  depth = 0,
): Definition {
  const { facts } = from;
  const target = from.targets[importRow];
  const nameIndex = facts.imports[importRow * IMPORT_STRIDE + ImportColumn.name]!;
  const name = nameIndex < 0 ? undefined : facts.strings[nameIndex]!;
  if (!target || target.kind === 'missing') return undefined;
  if (target.kind === 'external') {
    if (name !== undefined) return { kind: 'external', name: `${target.name}#${name}` };
    return { kind: 'external', name: target.bound ?? target.name };
  }
  if (name === undefined || name === '*') {
    const file = find(target.bound ?? target.path);
    return file && { kind: 'module', file };
  }
  const file = find(target.path);
  const found = file && definitionOfExport(file, name, find, visited, depth + 1);
  if (found) return found;
  const submodule = target.submodule === undefined ? undefined : find(target.submodule);
  return submodule && { kind: 'module', file: submodule };
}

/** What a module's outward name stands for; re-exports are followed, star re-exports in their order. */
function definitionOfExport(
  file: FileEntry,
  name: string,
  find: FindFile,
  visited: Set<number>,
  depth = 0,
): Definition {
  visited.add(file.number);
  if (depth > 24) return undefined;
  const { facts } = file;
  const row = exportRow(file, name);
  if (row >= 0) {
    const symbol = facts.exports[row * EXPORT_STRIDE + ExportColumn.symbol]!;
    if (symbol >= 0) return { kind: 'symbol', file, symbol };
    const importRow = facts.exports[row * EXPORT_STRIDE + ExportColumn.import]!;
    return importRow < 0 ? undefined : definitionOfImport(file, importRow, find, visited, depth + 1);
  }
  for (let at = 0; at < facts.imports.length; at += IMPORT_STRIDE) {
    const kind = facts.imports[at + ImportColumn.kind]!;
    if (kind !== reExportStar && !(kind === star && file.family === 'python')) continue;
    const target = file.targets[at / IMPORT_STRIDE];
    const next = target?.kind === 'module' ? find(target.path) : undefined;
    if (!next || visited.has(next.number)) continue;
    const found = definitionOfExport(next, name, find, visited, depth + 1);
    if (found) return found;
  }
  return undefined;
}
