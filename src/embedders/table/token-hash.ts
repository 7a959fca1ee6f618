/** A vocabulary without its strings: words are found by 64 bits of hash in an open-addressing table, read from disk as it is. */

/** Two independent FNV-1a lanes over UTF-16 units. */
export function tokenHash(word: string): { readonly low: number; readonly high: number } {
  let low = 0x811c9dc5 | 0;
  let high = 0x2c1b3c6d | 0;
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + 0x5b), 0x01000193);
  }
  return { low, high: high ^ (high >>> 15) };
}

export interface TokenHashes {
  /** A power of two, at least twice the rows; −1 for empty. */
  readonly slots: Int32Array;
  /** Low and high lane of each row's word. */
  readonly lanes: Int32Array;
}

/** Words must be distinct. */
export function buildTokenHashes(words: readonly string[]): TokenHashes {
  let size = 16;
  while (size < words.length * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const lanes = new Int32Array(words.length * 2);
  words.forEach((word, row) => {
    const { low, high } = tokenHash(word);
    lanes[row * 2] = low;
    lanes[row * 2 + 1] = high;
    let slot = firstSlot(low, size);
    while (slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
    slots[slot] = row;
  });
  return { slots, lanes };
}

/** The word's row, −1 for a word that the vocabulary lacks. */
export function findToken({ slots, lanes }: TokenHashes, word: string): number {
  const { low, high } = tokenHash(word);
  let slot = firstSlot(low, slots.length);
  for (let row = slots[slot]!; row >= 0; row = slots[slot]!) {
    if (lanes[row * 2] === low && lanes[row * 2 + 1] === high) return row;
    slot = (slot + 1) & (slots.length - 1);
  }
  return -1;
}

const firstSlot = (low: number, size: number): number => (low ^ (low >>> 16)) & (size - 1);
