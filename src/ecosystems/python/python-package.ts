/** What is gathered of one Python project while its files are read. */
import type {
  DeclaredBinary,
  DeclaredDependency,
  DeclaredEntry,
  DeclaredScript,
  DeclaredTests,
  NamedUse,
  UnreadPart,
} from '../ecosystem.ts';
import { folderOf, joinPath, type ProjectFiles } from '../project-files.ts';

export class PythonPackage {
  readonly project: ProjectFiles;
  readonly folder: string;
  readonly manifests: string[] = [];
  name: string | undefined;
  version: string | undefined;
  isPrivate = false;
  packageManager: string | undefined;
  lockFile: string | undefined;
  workspace: string | undefined;
  readonly scripts: DeclaredScript[] = [];
  readonly binaries: DeclaredBinary[] = [];
  readonly entries: DeclaredEntry[] = [];
  readonly dependencies: DeclaredDependency[] = [];
  readonly uses: NamedUse[] = [];
  readonly tests: DeclaredTests[] = [];
  readonly tools = new Set<string>();
  readonly unread: UnreadPart[] = [];
  /** Folders in which top-level modules lie, as declared. */
  readonly declaredRoots = new Set<string>();
  /** Of packages further in: their files are not this one's. */
  readonly #others: readonly string[];

  constructor(project: ProjectFiles, folder: string, others: readonly string[]) {
    this.project = project;
    this.folder = folder;
    this.#others = others.map((other) => `${other}/`);
  }

  owns(path: string): boolean {
    return (
      (this.folder === '' || path.startsWith(`${this.folder}/`)) &&
      !this.#others.some((other) => path.startsWith(other))
    );
  }

  /** Own files that match globs written from the package's folder. */
  matching(globs: readonly string[]): string[] {
    return this.project.matching(this.folder, globs).filter((path) => this.owns(path));
  }

  inside(relative: string): string | undefined {
    return joinPath(this.folder, relative);
  }

  /** Folders that dotted names start from. */
  roots(): string[] {
    const usual = ['src', 'lib', 'python'].map((name) => (this.folder === '' ? name : `${this.folder}/${name}`));
    return [...new Set([...this.declaredRoots, this.folder, ...usual, folderOf(this.folder)])];
  }

  /** The file of a dotted module: `a.b` → `a/b.py` or `a/b/__init__.py`. */
  moduleFile(dotted: string): string | undefined {
    if (!/^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(dotted)) return undefined;
    const inner = dotted.replaceAll('.', '/');
    for (const root of this.roots()) {
      const stem = root === '' ? inner : `${root}/${inner}`;
      for (const path of [`${stem}/__init__.py`, `${stem}.py`]) if (this.project.has(path)) return path;
    }
    return undefined;
  }

  /** A dotted name that a setting holds: a module, or a module and what it defines (`a.b.Class`, `a.b:attribute`). */
  dottedEntry(dotted: string, reason: string, use: DeclaredEntry['use'] = 'tool'): boolean {
    const [module, attribute] = dotted.split(':');
    if (module === undefined) return false;
    const whole = this.moduleFile(module);
    if (whole !== undefined) {
      this.entries.push({
        path: whole,
        use,
        reason,
        ...(attribute && { exports: [attribute.split('.')[0]!.replace(/\(.*/, '')] }),
      });
      return true;
    }
    const dot = module.lastIndexOf('.');
    const owner = dot > 0 ? this.moduleFile(module.slice(0, dot)) : undefined;
    if (owner === undefined) return false;
    this.entries.push({ path: owner, use, reason, exports: [module.slice(dot + 1)] });
    return true;
  }

  /** A dotted name that may be of the tree or of a dependency. */
  named(dotted: string, as: string, path: string, line = 1): void {
    if (!this.dottedEntry(dotted, as)) this.uses.push({ name: dotted.replace(/:.*/, ''), path, line, as });
  }
}
