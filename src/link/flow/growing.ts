/** A table of integers that grows at its end. */
export class Growing {
  #room: Int32Array<ArrayBufferLike>;
  #length: number;

  constructor(table: Int32Array) {
    this.#room = table;
    this.#length = table.length;
  }

  /** The whole table with `added` behind it. Views that were given before keep what they show. */
  append(added: readonly number[]): Int32Array {
    const length = this.#length + added.length;
    if (length > this.#room.length) {
      const room = new Int32Array(Math.max(length, Math.ceil(this.#length * 1.5)));
      room.set(this.#room.subarray(0, this.#length));
      this.#room = room;
    }
    this.#room.set(added, this.#length);
    this.#length = length;
    return this.#room.subarray(0, length);
  }
}
