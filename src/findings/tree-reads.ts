/** The tree's files as engines read them; what is read beside the index is noted, so that answers kept can be asked whether it still holds. */
import { contentHash } from '#base/hash.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { isManifest } from '#scan/manifests.ts';
import { TreeProject } from '#workspace/tree-project.ts';

/** What was read, and what it was: `read node_modules/a/package.json` → a hash, or nothing where there is no such file. */
export type OutsideReads = Readonly<Record<string, string>>;

export class TreeReads extends TreeProject {
  readonly #indexed: ReadonlySet<string>;
  readonly #outside = new Map<string, string>();

  constructor(snapshot: Snapshot, root: string) {
    super(root);
    const paths = snapshot.files().map(({ path }) => path);
    this.#indexed = new Set(paths);
    const manifests = paths.filter((path) => isManifest(path.slice(path.lastIndexOf('/') + 1)));
    this.update({ files: paths.map((path) => ({ path })), manifests });
  }

  get outside(): OutsideReads {
    return Object.fromEntries(this.#outside);
  }

  override read(file: string): string | undefined {
    const text = super.read(file);
    if (!this.#indexed.has(file)) this.#outside.set(`read ${file}`, text === undefined ? '' : contentHash(text));
    return text;
  }

  override exists(file: string): boolean {
    const isThere = super.exists(file);
    if (!this.#indexed.has(file)) this.#outside.set(`exists ${file}`, String(isThere));
    return isThere;
  }

  override get rootPackage(): string | undefined {
    const name = super.rootPackage;
    this.#outside.set('package', name ?? '');
    return name;
  }

  /** Read before, and looked at again: it need not be read now to count. */
  assume(reads: OutsideReads): void {
    for (const [what, was] of Object.entries(reads)) this.#outside.set(what, was);
  }

  /** Whether the same would be read now. */
  stillHolds(reads: OutsideReads): boolean {
    return Object.entries(reads).every(([what, was]) => {
      const space = what.indexOf(' ');
      const file = what.slice(space + 1);
      if (what === 'package') return (super.rootPackage ?? '') === was;
      if (what.startsWith('exists ')) return String(super.exists(file)) === was;
      const text = super.read(file);
      return (text === undefined ? '' : contentHash(text)) === was;
    });
  }
}
