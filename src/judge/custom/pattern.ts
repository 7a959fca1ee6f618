/**
 * Code with holes: `$NAME` stands for one piece of code (the same at each place), `$...NAME` and `...` for any number of pieces.
 * A pattern is parsed by the language's own grammar, so that layout, quotes' kind apart, does not count.
 */
import { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import { findLanguage } from '#languages/catalogue.ts';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';

/** A node of a pattern, kept apart from the tree that it was parsed into. */
export interface PatternNode {
  readonly type: string;
  /** Of leaves; undefined otherwise. */
  readonly text: string | undefined;
  readonly children: readonly PatternNode[];
  readonly hole: Hole | undefined;
}

interface Hole {
  /** Undefined: whatever stands there may differ each time. */
  readonly name: string | undefined;
  /** Any number of nodes. */
  readonly isRest: boolean;
}

export interface Pattern {
  readonly nodes: readonly PatternNode[];
}

export type Captures = ReadonlyMap<string, string>;

const single = 'trowelhole_';
const rest = 'trowelrest_';
/** Steps that one match may take: nested rests could take exponentially many. */
const MOST_STEPS = 20_000;

export async function compilePattern(text: string, language: string): Promise<Pattern | string> {
  const grammar = findLanguage(language)?.grammar;
  if (grammar === undefined) return `patterns are not known for ${language}`;
  await loadGrammar(grammar);
  const source = text
    .replace(/\$\.\.\.([A-Z_][A-Z0-9_]*)/g, (_, name: string) => `${rest}${name}`)
    .replace(/\$([A-Z_][A-Z0-9_]*)/g, (_, name: string) => `${single}${name}`)
    .replace(/\.\.\./g, `${rest}_`);
  const ways = language === 'python' ? [source] : [source, `(${source})`, `{${source}}`];
  for (const way of ways) {
    const tree = parseSyntaxTree(way, grammar);
    if (tree.hasError) continue;
    const nodes = new SyntaxNodes(tree, new Map());
    let root = 0;
    // Down to the code itself: the program, a statement of one expression, brackets that are ours.
    for (;;) {
      const children = realChildren(nodes, root);
      const type = nodes.typeName(root);
      if (
        children.length === 1 &&
        /^(?:module|program|expression_statement|source_file|statement_block|parenthesized_expression|global_statement)$/.test(
          type,
        ) &&
        (root === 0 || way !== source || type === 'expression_statement')
      )
        root = children[0]!;
      else break;
    }
    const isList = root === 0;
    const made = isList
      ? realChildren(nodes, root).map((node) => patternNode(nodes, node))
      : [patternNode(nodes, root)];
    if (made.length > 0) return { nodes: made };
  }
  return 'it is no code of the language';
}

function patternNode(nodes: SyntaxNodes, node: number): PatternNode {
  const text = nodes.slice(node);
  const hole = holeOf(text);
  if (hole) return { type: nodes.typeName(node), text: undefined, children: [], hole };
  const children = realChildren(nodes, node);
  return {
    type: nodes.typeName(node),
    text: children.length === 0 ? leafText(text) : undefined,
    children: children.map((child) => patternNode(nodes, child)),
    hole: undefined,
  };
}

function holeOf(text: string): Hole | undefined {
  const match = /^(trowelhole_|trowelrest_)([A-Z_][A-Z0-9_]*)\s*;?$/.exec(text);
  if (!match) return undefined;
  const isRest = match[1] === rest;
  return { name: match[2] === '_' || (isRest && match[2] === '_') ? undefined : match[2]!, isRest };
}

/** All children that say something: operators and keywords too, since they tell `a + b` from `a - b`. */
function realChildren(nodes: SyntaxNodes, node: number): readonly number[] {
  const { subtreeEnd } = nodes.tree;
  const list: number[] = [];
  for (let at = node + 1; at < subtreeEnd[node]!; at = subtreeEnd[at]!) {
    const type = nodes.typeName(at);
    if (
      type.includes('comment') ||
      /^[,;()[\]{}]$/.test(type) ||
      type === 'string_start' ||
      type === 'string_end' ||
      type === '"' ||
      type === "'"
    )
      continue;
    list.push(at);
  }
  return list;
}

function leafText(text: string): string {
  return text.replace(/^(["'`])([^]*)\1$/, '"$2"');
}

/** What the holes hold where the pattern matches at a node (or at the nodes from it on); undefined where it does not. */
export function matchAt(pattern: Pattern, nodes: SyntaxNodes, node: number): Captures | undefined {
  const matcher = new Matcher(nodes);
  const [only, ...others] = pattern.nodes;
  if (others.length === 0) return matcher.one(only!, node, new Map());
  // A run of statements matches from its first one on.
  const parent = nodes.parent(node);
  if (parent < 0) return undefined;
  const siblings = realChildren(nodes, parent);
  return matcher.list(pattern.nodes, siblings.slice(siblings.indexOf(node)), new Map(), true);
}

class Matcher {
  readonly #nodes: SyntaxNodes;
  #steps = 0;

  constructor(nodes: SyntaxNodes) {
    this.#nodes = nodes;
  }

  one(pattern: PatternNode, node: number, captures: Captures): Captures | undefined {
    if (++this.#steps > MOST_STEPS) return undefined;
    const nodes = this.#nodes;
    if (pattern.hole) return this.#capture(pattern.hole, nodes.slice(node), captures);
    let at = node;
    // Statements of one expression, and brackets, are what they hold.
    while (
      nodes.typeName(at) !== pattern.type &&
      /^(?:expression_statement|parenthesized_expression)$/.test(nodes.typeName(at))
    ) {
      const children = realChildren(nodes, at);
      if (children.length !== 1) return undefined;
      at = children[0]!;
    }
    if (nodes.typeName(at) !== pattern.type) return undefined;
    const children = realChildren(nodes, at);
    if (pattern.children.length === 0 && children.length === 0)
      return pattern.text === undefined || leafText(nodes.slice(at)) === pattern.text ? captures : undefined;
    return this.list(pattern.children, children, captures, false);
  }

  list(
    patterns: readonly PatternNode[],
    list: readonly number[],
    captures: Captures,
    isOpen: boolean,
  ): Captures | undefined {
    if (++this.#steps > MOST_STEPS) return undefined;
    const [first, ...others] = patterns;
    if (!first) return list.length === 0 || isOpen ? captures : undefined;
    if (first.hole?.isRest) {
      for (let taken = 0; taken <= list.length; taken++) {
        const text = list
          .slice(0, taken)
          .map((node) => this.#nodes.slice(node))
          .join(', ');
        const held = this.#capture(first.hole, text, captures);
        const found = held && this.list(others, list.slice(taken), held, isOpen);
        if (found) return found;
      }
      return undefined;
    }
    if (list.length === 0) return undefined;
    const held = this.one(first, list[0]!, captures);
    return held && this.list(others, list.slice(1), held, isOpen);
  }

  #capture({ name }: Hole, text: string, captures: Captures): Captures | undefined {
    if (name === undefined) return captures;
    const plain = text.replace(/\s+/g, ' ').trim();
    const known = captures.get(name);
    if (known !== undefined) return known === plain ? captures : undefined;
    return new Map(captures).set(name, plain);
  }
}
