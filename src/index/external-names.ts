import type { Connection } from '#stores/sqlite.ts';

/** Names of what lies outside of the tree, by number. */
export class ExternalNames {
  readonly #connection: Connection;
  readonly #names = new Map<number, string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  name(id: number): string {
    let name = this.#names.get(id);
    if (name === undefined) {
      name = this.#connection.rows<[string]>('SELECT name FROM externals WHERE id = ?', id)[0]?.[0] ?? '?';
      this.#names.set(id, name);
    }
    return name;
  }
}
