/** The tree as link's resolvers see it: manifests and settings, whether indexed or not. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ProjectFiles } from '#link/linker.ts';

/** Larger files are no manifests. */
const MAX_BYTES = 4 * 1024 * 1024;

export class TreeProject implements ProjectFiles {
  readonly #root: string;
  readonly #texts = new Map<string, string | undefined>();
  readonly #present = new Map<string, boolean>();
  #manifests: readonly string[] = [];
  #manifestSet: ReadonlySet<string> = new Set();
  #manifestsBefore: ReadonlySet<string> = new Set();
  #files: ReadonlySet<string> = new Set();

  constructor(root: string) {
    this.#root = root;
  }

  /** Call it when the tree was walked again. */
  update(tree: { readonly files: readonly { readonly path: string }[]; readonly manifests: readonly string[] }): void {
    this.forget();
    this.#manifests = tree.manifests;
    this.#manifestsBefore = this.#manifestSet;
    this.#manifestSet = new Set(tree.manifests);
    this.#files = new Set(tree.files.map((file) => file.path));
  }

  /** Forgets what it read; call it when files changed. */
  forget(): void {
    this.#texts.clear();
    this.#present.clear();
  }

  /** Of this walk or the one before: one that is gone counts, too. */
  isManifest(file: string): boolean {
    return this.#manifestSet.has(file) || this.#manifestsBefore.has(file);
  }

  read(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, this.#readText(file));
    return this.#texts.get(file);
  }

  exists(file: string): boolean {
    if (this.#files.has(file)) return true;
    let present = this.#present.get(file);
    if (present === undefined) {
      const place = this.#inside(file);
      present = place !== undefined && (statSync(place, { throwIfNoEntry: false })?.isFile() ?? false);
      this.#present.set(file, present);
    }
    return present;
  }

  get rootPackage(): string | undefined {
    const names: string[] = [];
    for (
      let folder = this.#root;
      existsSync(path.join(folder, '__init__.py')) && folder !== path.dirname(folder);
      folder = path.dirname(folder)
    ) {
      names.unshift(path.basename(folder));
    }
    return names.length === 0 ? undefined : names.join('.');
  }

  manifests(): readonly string[] {
    return this.#manifests;
  }

  #readText(file: string): string | undefined {
    const place = this.#inside(file);
    if (place === undefined) return undefined;
    try {
      const stat = statSync(place);
      return stat.isFile() && stat.size <= MAX_BYTES ? readFileSync(place, 'utf8') : undefined;
    } catch {
      return undefined;
    }
  }

  /** A path of the tree in the file system; undefined for one that leads out of it. */
  #inside(file: string): string | undefined {
    const normal = path.posix.normalize(file);
    return normal.startsWith('../') || normal === '..' || path.posix.isAbsolute(normal)
      ? undefined
      : path.join(this.#root, normal);
  }
}
