/** Declarations of a tree, read again where something that they were read from is not as it was. */
import type { DeclaredPackage } from './ecosystem.ts';
import { DerivedTexts } from './derived-texts.ts';
import { ProjectFiles, withoutMark } from './project-files.ts';
import { readPackages } from './registry.ts';

type ReadText = (path: string) => string | undefined;

export class DeclarationMemory {
  #packages: readonly DeclaredPackage[] | undefined;
  /** Files whose whole text was read. */
  #whole: ReadonlySet<string> = new Set();
  #derived = new DerivedTexts();

  /** `changed`: files of the tree whose texts may be others, all else being as it was; undefined: anything may be. */
  async read(
    paths: readonly string[],
    readText: ReadText,
    changed: ReadonlySet<string> | undefined,
  ): Promise<readonly DeclaredPackage[]> {
    if (this.#packages && changed && this.#isAsBefore(changed, readText)) return this.#packages;
    this.#packages = undefined;
    if (!changed) this.#derived = new DerivedTexts();
    const whole = new Set<string>();
    const noting: ReadText = (path) => {
      whole.add(path);
      return readText(path);
    };
    const packages = await readPackages(new ProjectFiles(paths, noting, { texts: this.#derived, read: readText }));
    this.#whole = whole;
    this.#packages = packages;
    return packages;
  }

  #isAsBefore(changed: ReadonlySet<string>, readText: ReadText): boolean {
    let isAsBefore = true;
    for (const path of changed) {
      if (this.#whole.has(path)) isAsBefore = false;
      if (!this.#derived.update(path, () => withoutMark(readText(path)) ?? '')) isAsBefore = false;
    }
    return isAsBefore;
  }
}
