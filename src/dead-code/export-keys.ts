/** `path\0name` of exports, each made once: sets of them are compared on every change. */
export class ExportKeys {
  readonly #byPath = new Map<string, Map<string, string>>();

  of(path: string, name: string): string {
    let names = this.#byPath.get(path);
    if (!names) this.#byPath.set(path, (names = new Map()));
    let key = names.get(name);
    if (key === undefined) names.set(name, (key = `${path}\0${name}`));
    return key;
  }

  forget(path: string): void {
    this.#byPath.delete(path);
  }
}
