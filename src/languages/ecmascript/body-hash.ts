import type { Unit } from './unit.ts';

const BASE = 0x01000193;

/**
 * 32-bit hash of the text in [start, end) without comments and layout. A polynomial hash over prefixes: one scan of the file
 * serves functions at every depth of nesting.
 */
export function bodyHash(unit: Unit, start: number, end: number): number {
  const { hash, count } = (unit.prefixHashes ??= prefixHashes(unit));
  const length = count[end]! - count[start]!;
  if (length <= 0) return 0;
  const result = (hash[end]! - Math.imul(hash[start]!, power(length))) | 0;
  return result === 0 ? 1 : result;
}

function power(exponent: number): number {
  let result = 1;
  let base = BASE;
  for (let rest = exponent; rest > 0; rest >>>= 1) {
    if (rest & 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

function prefixHashes(unit: Unit): { hash: Int32Array; count: Int32Array } {
  const { text, comments } = unit;
  const hash = new Int32Array(text.length + 1);
  const count = new Int32Array(text.length + 1);
  let value = 0;
  let units = 0;
  let next = 0;
  let afterWord = false;
  let gap = false;
  for (let at = 0; at < text.length; at++) {
    if (comments[next]?.start === at) {
      const { end } = comments[next++]!;
      hash.fill(value, at, end);
      count.fill(units, at, end);
      at = end - 1;
      gap = true;
      continue;
    }
    hash[at] = value;
    count[at] = units;
    const code = text.charCodeAt(at);
    if (code <= 32) {
      gap = true;
      continue;
    }
    const word = isWord(code);
    // Layout between two words is a token's end.
    if (gap && afterWord && word) {
      value = (Math.imul(value, BASE) + 32) | 0;
      units++;
    }
    value = (Math.imul(value, BASE) + code) | 0;
    units++;
    afterWord = word;
    gap = false;
  }
  hash[text.length] = value;
  count[text.length] = units;
  return { hash, count };
}
