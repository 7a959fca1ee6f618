/** Names of one file by number: equal texts have equal numbers, found without making strings. */
export class NameTable {
  readonly #text: string;
  readonly #units: Uint16Array;
  #slots = new Int32Array(1024);
  #starts = new Int32Array(512);
  #ends = new Int32Array(512);
  #hashes = new Int32Array(512);
  readonly #strings: (string | undefined)[] = [];
  #count = 0;

  /** `units`: the text's UTF-16 units. */
  constructor(text: string, units: Uint16Array) {
    this.#text = text;
    this.#units = units;
  }

  get count(): number {
    return this.#count;
  }

  /** Number of the name in [start, end) of the text. */
  id(start: number, end: number): number {
    const units = this.#units;
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ units[i]!, 0x01000193);
    if (this.#count * 2 >= this.#slots.length) this.#rehash();
    const mask = this.#slots.length - 1;
    for (let at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
      const found = this.#slots[at]! - 1;
      if (found < 0) {
        this.#slots[at] = this.#count + 1;
        return this.#append(start, end, hash);
      }
      if (this.#hashes[found] === hash && this.#same(found, start, end)) return found;
    }
  }

  /** Number of a name given as a string; −1 if the text holds no such name so far. */
  find(name: string): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    const mask = this.#slots.length - 1;
    for (let at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
      const found = this.#slots[at]! - 1;
      if (found < 0) return -1;
      if (this.#hashes[found] === hash && this.text(found) === name) return found;
    }
  }

  /** 32-bit hash of the name's text. */
  hash(id: number): number {
    return this.#hashes[id]!;
  }

  text(id: number): string {
    return (this.#strings[id] ??= this.#text.slice(this.#starts[id], this.#ends[id]));
  }

  firstUnit(id: number): number {
    return this.#units[this.#starts[id]!]!;
  }

  #append(start: number, end: number, hash: number): number {
    const id = this.#count++;
    if (id === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
      this.#hashes = grown(this.#hashes);
    }
    this.#starts[id] = start;
    this.#ends[id] = end;
    this.#hashes[id] = hash;
    this.#strings.push(undefined);
    return id;
  }

  #same(id: number, start: number, end: number): boolean {
    const units = this.#units;
    const from = this.#starts[id]!;
    if (this.#ends[id]! - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (units[from + i] !== units[start + i]) return false;
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#count; id++) {
      const hash = this.#hashes[id]!;
      let at = (hash ^ (hash >>> 15)) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = id + 1;
    }
    this.#slots = slots;
  }
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const made = new Int32Array(old.length * 2);
  made.set(old);
  return made;
}
