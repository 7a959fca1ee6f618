import { IMPORT_STRIDE, ImportColumn } from '#model/facts.ts';
import { folderOf, joinPath } from './ecmascript-paths.ts';
import type { ModuleResolver, ModuleTarget } from './module-resolver.ts';

/** What a link without an ending, or to a folder, may mean. */
const endings = ['', '.md', '.rst', '.adoc', '/README.md', '/index.md', '/index.rst', '/README.rst'];

/** Links are relative to the file; `/path` is from the tree's root, as sites and hosts take it. */
export function proseModules(paths: readonly string[]): ModuleResolver {
  const files = new Set(paths);
  return {
    resolve(file, facts, row): ModuleTarget {
      const target = facts.strings[facts.imports[row * IMPORT_STRIDE + ImportColumn.specifier]!] ?? '';
      const path = target.startsWith('/') ? joinPath('', target) : joinPath(folderOf(file), target);
      const found = endings.map((ending) => path + ending).find((candidate) => files.has(candidate));
      return found === undefined ? { kind: 'missing' } : { kind: 'module', path: found };
    },
  };
}
