/** A syntax tree as atoms (what must stay as it is) and the gaps between them (layout and comments). */
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { isDirective, isDocumentation } from './comment-kinds.ts';

export interface AtomChoice {
  /** Comments that document stay. */
  readonly keepDocumentation: boolean;
  /** Python's docstrings go where another statement stays in their block. */
  readonly dropDocstrings: boolean;
}

export interface SourceAtoms {
  /** Start and end of each, in the order of the text. UTF-16 offsets. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Start and end of each comment and docstring that goes, in the order of the text. */
  readonly dropped: readonly (readonly [start: number, end: number])[];
  /** What holds of the program whatever its layout: types, nesting and texts of all that stays. */
  readonly shape: string;
}

/** Literals whose inside is not layout, whatever nodes it has: strings, templates, here-documents. */
const literal =
  /string|template_(?!type|argument|parameter|declaration|function|method|instantiation)|heredoc|raw_text|jsx_text|char_literal|regex/;
const comment = /comment|^haddock$/;

/** Undefined where atoms do not follow each other in the text, as with some here-documents. */
export function sourceAtoms(tree: SyntaxTree, choice: AtomChoice): SourceAtoms | undefined {
  const { text, type, start, end, subtreeEnd, typeNames, parent } = tree;
  const starts: number[] = [];
  const ends: number[] = [];
  const dropped: [number, number][] = [];
  const shape: string[] = [];
  const depths = new Int32Array(tree.count);
  let last = 0;
  for (let node = 0; node < tree.count;) {
    depths[node] = parent[node]! < 0 ? 0 : depths[parent[node]!]! + 1;
    const name = typeNames[type[node]!] ?? 'ERROR';
    const next = subtreeEnd[node]!;
    const [from, to] = [start[node]!, end[node]!];
    if (comment.test(name)) {
      const words = text.slice(from, to);
      if (isDirective(words) || (choice.keepDocumentation && isDocumentation(words))) {
        if (from < last) return undefined;
        starts.push(from);
        ends.push((last = from + words.trimEnd().length));
      } else dropped.push([from, to]);
      node = next;
      continue;
    }
    if (choice.dropDocstrings && isDocstring(tree, node, name)) {
      dropped.push([from, to]);
      node = next;
      continue;
    }
    const isAtom = next === node + 1 || (literal.test(name) && !isBlank(text, from, to));
    if (!isAtom) {
      shape.push(`${depths[node]} ${name}`);
      node++;
      continue;
    }
    const depth = depths[node]!;
    node = next;
    // Line ends and the like are layout, whether or not the grammar has a token for them.
    if (from === to || isBlank(text, from, to)) continue;
    if (from < last) return undefined;
    last = to;
    starts.push(from);
    ends.push(to);
    shape.push(`${depth} ${name} ${text.slice(from, to)}`);
  }
  return { starts, ends, dropped, shape: shape.join('\n') };
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}

/** A string alone as the first statement of a module or block that holds another. */
function isDocstring({ type, typeNames, parent, subtreeEnd }: SyntaxTree, node: number, name: string): boolean {
  if (name !== 'expression_statement') return false;
  const only = node + 1;
  if (subtreeEnd[only] !== subtreeEnd[node] || typeNames[type[only]!] !== 'string') return false;
  const block = parent[node]!;
  const around = block < 0 ? '' : (typeNames[type[block]!] ?? '');
  if (around !== 'module' && around !== 'block') return false;
  let first = block + 1;
  while (first < node && comment.test(typeNames[type[first]!] ?? '')) first = subtreeEnd[first]!;
  if (first !== node) return false;
  for (let other = subtreeEnd[node]!; other < subtreeEnd[block]!; other = subtreeEnd[other]!)
    if (!comment.test(typeNames[type[other]!] ?? '')) return true;
  return around === 'module';
}
