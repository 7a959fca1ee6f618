import type { Unit } from './unit.ts';
import { Kind } from './grammar.ts';

const BASE = 0x01000193;

/**
 * 32-bit hashes of node ranges without comments and layout: a polynomial over prefixes, so that one pass over the leaves
 * serves bodies at every depth. Blocks count, as Python's layout is structure.
 */
export class BodyHashes {
  readonly #prefix: Int32Array;
  readonly #count: Int32Array;

  constructor(unit: Unit) {
    const { names, leafNames } = unit;
    const { count: nodes, subtreeEnd, type } = unit.tree;
    const prefix = new Int32Array(nodes + 1);
    const counts = new Int32Array(nodes + 1);
    let value = 0;
    let count = 0;
    for (let node = 0; node < nodes; node++) {
      prefix[node] = value;
      counts[node] = count;
      const kind = unit.kind(node);
      const isLeaf = subtreeEnd[node] === node + 1;
      if ((!isLeaf && kind !== Kind.block) || kind === Kind.comment || kind === Kind.line_continuation) continue;
      const name = leafNames[node]!;
      const token = name >= 0 ? names.hash(name) : type[node]! + 1;
      value = (Math.imul(value, BASE) + token) | 0;
      count++;
    }
    prefix[nodes] = value;
    counts[nodes] = count;
    this.#prefix = prefix;
    this.#count = counts;
  }

  /** Hash of nodes [from, to); never 0 for a range with tokens. */
  range(from: number, to: number): number {
    const length = this.#count[to]! - this.#count[from]!;
    if (length === 0) return 0;
    const hash = (this.#prefix[to]! - Math.imul(this.#prefix[from]!, power(length))) | 0;
    return hash === 0 ? 1 : hash;
  }
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
