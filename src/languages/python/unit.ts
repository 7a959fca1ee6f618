/** One Python file during extraction: its tree with dense kinds, its names by number, the facts under construction. */
import type { FactsBuilder } from '#model/facts-builder.ts';
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { NameTable } from '../syntax/name-table.ts';
import type { TextIndex } from '../text-index.ts';
import { Kind, type PythonGrammar } from './grammar.ts';

/** Longer leaves are texts, not names. */
const LONGEST_NAME = 200;

function leafNames({ count, flags, subtreeEnd, start, end }: SyntaxTree, names: NameTable): Int32Array {
  const found = new Int32Array(count).fill(-1);
  for (let node = 0; node < count; node++) {
    const isLeaf = (flags[node]! & 1) !== 0 && subtreeEnd[node] === node + 1;
    if (isLeaf && end[node]! - start[node]! <= LONGEST_NAME) found[node] = names.id(start[node]!, end[node]!);
  }
  return found;
}

export class Unit {
  readonly tree: SyntaxTree;
  readonly text: string;
  readonly index: TextIndex;
  readonly facts: FactsBuilder;
  readonly fields: PythonGrammar['fields'];
  readonly declarations: boolean;
  readonly names: NameTable;
  /** Numbers of the names of named leaves with at most LONGEST_NAME units, −1 for all other nodes. */
  readonly leafNames: Int32Array;
  readonly #kinds: Uint8Array;
  readonly #strings: number[] = [];
  #line = 1;

  constructor(tree: SyntaxTree, index: TextIndex, facts: FactsBuilder, grammar: PythonGrammar, declarations: boolean) {
    this.tree = tree;
    this.text = tree.text;
    this.index = index;
    this.facts = facts;
    this.fields = grammar.fields;
    this.#kinds = grammar.kinds;
    this.declarations = declarations;
    this.names = new NameTable(tree.text, tree.units);
    this.leafNames = leafNames(tree, this.names);
  }

  kind(node: number): number {
    return this.#kinds[this.tree.type[node]!]!;
  }

  isNamed(node: number): boolean {
    return (this.tree.flags[node]! & 1) !== 0;
  }

  textOf(node: number): string {
    return this.text.slice(this.tree.start[node], this.tree.end[node]);
  }

  /** Number of the name that a node's text is. */
  name(node: number): number {
    const known = this.leafNames[node]!;
    return known >= 0 ? known : this.names.id(this.tree.start[node]!, this.tree.end[node]!);
  }

  /** Index in the facts' strings of a name. */
  nameString(name: number): number {
    return (this.#strings[name] ??= this.facts.string(this.names.text(name)));
  }

  child(node: number, field: number): number {
    const { subtreeEnd, field: fields } = this.tree;
    const end = subtreeEnd[node]!;
    for (let child = node + 1; child < end; child = subtreeEnd[child]!) if (fields[child] === field) return child;
    return -1;
  }

  /** The first named child that is no comment, −1 if there is none. */
  firstNamed(node: number): number {
    return this.#named(node + 1, this.tree.subtreeEnd[node]!);
  }

  /** The next named sibling inside `parent` that is no comment, −1 if there is none. */
  nextNamed(node: number, parent: number): number {
    return this.#named(this.tree.subtreeEnd[node]!, this.tree.subtreeEnd[parent]!);
  }

  childOfKind(node: number, kind: number): number {
    for (let child = this.firstNamed(node); child >= 0; child = this.nextNamed(child, node))
      if (this.kind(child) === kind) return child;
    return -1;
  }

  /** Whether a keyword or punctuation stands directly under a node. */
  hasToken(node: number, token: string): boolean {
    const { subtreeEnd, flags, type, typeNames } = this.tree;
    const end = subtreeEnd[node]!;
    for (let child = node + 1; child < end; child = subtreeEnd[child]!) {
      if ((flags[child]! & 1) === 0 && typeNames[type[child]!] === token) return true;
    }
    return false;
  }

  /** Line of an offset; quick when offsets come nearly in order. */
  line(offset: number): number {
    const { lineStarts } = this.index;
    let line = this.#line;
    if (lineStarts[line - 1]! > offset) {
      if (line > 8 && lineStarts[line - 8]! > offset) line = this.index.line(offset);
      else while (lineStarts[line - 1]! > offset) line--;
    } else {
      let steps = 0;
      while (line < lineStarts.length && lineStarts[line]! <= offset) {
        line++;
        if (++steps > 16) {
          line = this.index.line(offset);
          break;
        }
      }
    }
    this.#line = line;
    return line;
  }

  column(offset: number, line: number): number {
    return offset - this.index.lineStarts[line - 1]! + 1;
  }

  /** The content of a plain string literal; undefined for f-strings, bytes, escapes and what is no string. */
  plainString(node: number): string | undefined {
    if (this.kind(node) === Kind.parenthesized_expression) return this.plainString(this.firstNamed(node));
    if (this.kind(node) === Kind.concatenated_string) {
      let joined = '';
      for (let part = this.firstNamed(node); part >= 0; part = this.nextNamed(part, node)) {
        const piece = this.plainString(part);
        if (piece === undefined) return undefined;
        joined += piece;
      }
      return joined;
    }
    if (this.kind(node) !== Kind.string) return undefined;
    let content = '';
    const { subtreeEnd } = this.tree;
    for (let child = node + 1; child < subtreeEnd[node]!; child = subtreeEnd[child]!) {
      const kind = this.kind(child);
      if (kind === Kind.string_start) {
        if (/[bf]/i.test(this.textOf(child))) return undefined;
      } else if (kind === Kind.string_content) {
        if (subtreeEnd[child]! > child + 1) return undefined;
        content += this.textOf(child);
      } else if (kind === Kind.interpolation) return undefined;
    }
    return content;
  }

  #named(from: number, end: number): number {
    const { subtreeEnd, flags } = this.tree;
    for (let child = from; child < end; child = subtreeEnd[child]!) {
      if ((flags[child]! & 1) !== 0) {
        const kind = this.kind(child);
        if (kind !== Kind.comment && kind !== Kind.line_continuation) return child;
      }
    }
    return -1;
  }
}
