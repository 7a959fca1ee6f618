import type { SyntaxTree } from '#model/syntax-tree.ts';

/** A syntax tree's nodes in pre-order, as columns; one set a thread, filled anew by each parse and grown as needed. */
export class NodeArrays {
  capacity = 0;
  type = new Uint16Array(0);
  field = new Uint8Array(0);
  start = new Int32Array(0);
  end = new Int32Array(0);
  parent = new Int32Array(0);
  subtreeEnd = new Int32Array(0);
  flags = new Uint8Array(0);

  /** Makes room for at least `count` nodes; what is there stays. */
  reserve(count: number): void {
    if (count <= this.capacity) return;
    const capacity = Math.max(16_384, this.capacity * 2, count);
    const keep = <T extends Uint8Array | Uint16Array | Int32Array>(made: T, old: T): T => (made.set(old), made);
    this.type = keep(new Uint16Array(capacity), this.type);
    this.field = keep(new Uint8Array(capacity), this.field);
    this.start = keep(new Int32Array(capacity), this.start);
    this.end = keep(new Int32Array(capacity), this.end);
    this.parent = keep(new Int32Array(capacity), this.parent);
    this.subtreeEnd = keep(new Int32Array(capacity), this.subtreeEnd);
    this.flags = keep(new Uint8Array(capacity), this.flags);
    this.capacity = capacity;
  }

  /** Views on the first `count` nodes: valid until the next parse on this thread. */
  views(count: number): NodeColumns {
    return {
      count,
      type: this.type.subarray(0, count),
      field: this.field.subarray(0, count),
      start: this.start.subarray(0, count),
      end: this.end.subarray(0, count),
      parent: this.parent.subarray(0, count),
      subtreeEnd: this.subtreeEnd.subarray(0, count),
      flags: this.flags.subarray(0, count),
    };
  }
}

type NodeColumns = Pick<SyntaxTree, 'count' | 'type' | 'field' | 'start' | 'end' | 'parent' | 'subtreeEnd' | 'flags'>;

export function sameNodes(one: NodeColumns, other: NodeColumns): boolean {
  if (one.count !== other.count) return false;
  const columns = ['type', 'field', 'start', 'end', 'parent', 'subtreeEnd', 'flags'] as const;
  return columns.every((column) => one[column].every((value, node) => value === other[column][node]));
}

/** Bits of `flags`. */
export const NodeFlag = { named: 1, missing: 2 } as const;
