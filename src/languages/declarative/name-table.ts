import type { FactsBuilder } from '#model/facts-builder.ts';

/** Interns ranges of the text as rows of `strings` without making a string for each occurrence of a name. */
export class NameTable {
  readonly #text: string;
  readonly #facts: FactsBuilder;
  #slots = new Int32Array(512).fill(-1);
  #hashes = new Int32Array(512);
  #used = 0;

  constructor(text: string, facts: FactsBuilder) {
    this.#text = text;
    this.#facts = facts;
  }

  id(start: number, end: number): number {
    const text = this.#text;
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id < 0) break;
      if (this.#hashes[slot] === hash) {
        const known = this.#facts.strings[id]!;
        if (known.length === end - start && text.startsWith(known, start)) return id;
      }
      slot = (slot + 1) & mask;
    }
    const id = this.#facts.string(text.slice(start, end));
    this.#slots[slot] = id;
    this.#hashes[slot] = hash;
    if (++this.#used * 2 > this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 2).fill(-1);
    this.#hashes = new Int32Array(slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let from = 0; from < slots.length; from++) {
      if (slots[from]! < 0) continue;
      let slot = (hashes[from]! ^ (hashes[from]! >>> 15)) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = slots[from]!;
      this.#hashes[slot] = hashes[from]!;
    }
  }
}
