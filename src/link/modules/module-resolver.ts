/**
 * The port by which a language's own rules find modules: Python packages and `src` layouts, Node's and TypeScript's
 * resolution, … A resolver is a pure function of the set of paths and of the project's manifests. It is made anew whenever
 * a file is added or removed, or a manifest changed (never when only a file's content did); link then resolves every import
 * row again and links the files whose answers differ. So making one must be cheap: a few milliseconds for 10,000 paths,
 * with look-ups cached by specifier and folder.
 */
import type { FileFacts } from '#model/facts.ts';
import type { ProjectFiles } from '../linker.ts';

/** A module of the tree: a file, or (Python) a folder without `__init__.py`, written with a trailing `/` ("" + "/" is the root). */
export type ModulePath = string;

export type ModuleTarget =
  | {
      readonly kind: 'module';
      /** The module that the row's specifier denotes. */
      readonly path: ModulePath;
      /** `from package import name` where `package/name` is a module too: used where the package itself binds no such name. */
      readonly submodule?: ModulePath;
      /** What the local name is bound to where that is not `path`: `import a.b.c` without alias binds the package `a`. */
      readonly bound?: ModulePath;
    }
  /**
   * Outside the tree. `name` is the module's name with its ecosystem: `py:os.path`, `npm:react`, `npm:@scope/pkg/sub`,
   * `node:fs`. `bound` as above: `import os.path` binds `py:os`.
   */
  | { readonly kind: 'external'; readonly name: string; readonly bound?: string }
  /** The specifier is relative or otherwise the tree's own, and nothing is there; or it is not constant. */
  | { readonly kind: 'missing' };

export interface ModuleResolver {
  /** `importRow` is a row number of `facts.imports`. */
  resolve(file: string, facts: FileFacts, importRow: number): ModuleTarget;
  /** Python: `module.name` where `name` is a module inside the package `module` (a file's path or a folder's with `/`). */
  submodule?(module: ModulePath, name: string): ModulePath | undefined;
  /** Where a specifier that is computed by constants leads (`require(name)`, `importlib.import_module(name)`). */
  resolveSpecifier?(file: string, specifier: string): ModuleTarget;
}

/** `paths`: every indexed file of the tree, all languages, sorted. */
export type ModuleResolverFactory = (paths: readonly string[], project: ProjectFiles) => ModuleResolver;
