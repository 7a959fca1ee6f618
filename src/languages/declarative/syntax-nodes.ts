import type { SyntaxTree } from '#model/syntax-tree.ts';

/** Reading access to a flat tree by node number; −1 stands for no node. */
export class SyntaxNodes {
  readonly tree: SyntaxTree;
  readonly text: string;
  readonly #fields: ReadonlyMap<string, number>;

  constructor(tree: SyntaxTree, fields: ReadonlyMap<string, number>) {
    this.tree = tree;
    this.text = tree.text;
    this.#fields = fields;
  }

  typeName(node: number): string {
    return this.tree.typeNames[this.tree.type[node]!] ?? 'ERROR';
  }

  is(node: number, type: string): boolean {
    return node >= 0 && this.tree.typeNames[this.tree.type[node]!] === type;
  }

  /** First child in that field. */
  child(node: number, field: string): number {
    if (node < 0) return -1;
    const wanted = this.#fields.get(field);
    if (wanted === undefined) return -1;
    const { field: fields, subtreeEnd } = this.tree;
    const end = subtreeEnd[node]!;
    for (let at = node + 1; at < end; at = subtreeEnd[at]!) if (fields[at] === wanted) return at;
    return -1;
  }

  fieldIs(node: number, field: string): boolean {
    return this.tree.field[node] === this.#fields.get(field);
  }

  /** First child (0 ≤ index-th named one) of any of the types. */
  childOfType(node: number, ...types: readonly string[]): number {
    if (node < 0) return -1;
    const { type, typeNames, subtreeEnd } = this.tree;
    const end = subtreeEnd[node]!;
    for (let at = node + 1; at < end; at = subtreeEnd[at]!) if (types.includes(typeNames[type[at]!] ?? '')) return at;
    return -1;
  }

  /** First node of the type anywhere below, in text order. */
  descendantOfType(node: number, ...types: readonly string[]): number {
    if (node < 0) return -1;
    const { type, typeNames, subtreeEnd } = this.tree;
    for (let at = node + 1; at < subtreeEnd[node]!; at++) if (types.includes(typeNames[type[at]!] ?? '')) return at;
    return -1;
  }

  firstNamed(node: number): number {
    return node < 0 ? -1 : this.#namedFrom(node + 1, this.tree.subtreeEnd[node]!);
  }

  lastNamed(node: number): number {
    let last = -1;
    for (let at = this.firstNamed(node); at >= 0; at = this.nextNamed(at)) last = at;
    return last;
  }

  /** Next named sibling. */
  nextNamed(node: number): number {
    const parent = this.tree.parent[node]!;
    return parent < 0 ? -1 : this.#namedFrom(this.tree.subtreeEnd[node]!, this.tree.subtreeEnd[parent]!);
  }

  #namedFrom(from: number, end: number): number {
    const { flags, subtreeEnd } = this.tree;
    for (let at = from; at < end; at = subtreeEnd[at]!) if (flags[at]! & 1) return at;
    return -1;
  }

  parent(node: number): number {
    return this.tree.parent[node]!;
  }

  isLeaf(node: number): boolean {
    return this.tree.subtreeEnd[node] === node + 1;
  }

  slice(node: number): string {
    return this.text.slice(this.tree.start[node], this.tree.end[node]);
  }

  /** The node's text with every run of white space as one blank, at most `limit` units. */
  oneLine(start: number, end: number, limit: number): string {
    const raw = this.text.slice(start, Math.min(end, start + limit * 2));
    const line = raw.replace(/\s+/g, ' ').trim();
    return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
  }
}
