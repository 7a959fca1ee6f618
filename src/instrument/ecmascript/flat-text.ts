import type { Comment, Node } from './tree.ts';

/** Statements and members whose semicolon the line end may stand for. */
const ended = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'DebuggerStatement',
  'DoWhileStatement',
  'PropertyDefinition',
]);

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a part of a file on one line, so that a copy of it moves no other line: comments go, line ends become spaces,
 * statements get the semicolons that line ends stood for.
 */
export class FlatText {
  readonly #text: string;
  readonly #cuts: Cut[];
  readonly #semicolons: number[] = [];
  /** Text with line ends that count: templates. */
  readonly #templates: { readonly start: number; readonly end: number }[] = [];
  /** Line ends in these cannot be taken out. */
  readonly #markup: number[] = [];

  constructor(text: string, comments: readonly Comment[], removed: readonly Cut[] = []) {
    this.#text = text;
    this.#cuts = [...comments.map(({ start, end }) => ({ start, end, text: ' ' })), ...removed].sort(
      (a, b) => a.start - b.start || b.end - a.end,
    );
  }

  /** To be called for every node of the tree, in any order. */
  note(node: Node, parent: Node | undefined): void {
    if (ended.has(node.type) && this.#text[node.end - 1] !== ';' && !headOf(node, parent))
      this.#semicolons.push(node.end);
    if (node.type === 'TemplateElement') this.#templates.push({ start: node.start, end: node.end });
    if (node.type === 'JSXText') this.#markup.push(node.start);
  }

  /** Undefined where it cannot lie on one line. */
  of(start: number, end: number): string | undefined {
    const raw = this.#text.slice(start, end);
    if (!/[\n\r\u2028\u2029]|\/[/*]/.test(raw) && !this.#cuts.some((cut) => cut.start < end && cut.end > start))
      return raw;
    if (this.#markup.some((at) => at >= start && at < end)) return undefined;
    // A part is an expression: the semicolon of a statement that ends with it does not belong to it.
    const semicolons = this.#semicolons.filter((at) => at > start && at < end);
    const pieces: Cut[] = [
      ...this.#cuts.filter((cut) => cut.start >= start && cut.end <= end),
      ...semicolons.map((at) => ({ start: at, end: at, text: ';' })),
    ].sort((a, b) => a.start - b.start || a.end - b.end);
    const parts: string[] = [];
    let at = start;
    for (const piece of pieces) {
      if (piece.start < at) continue;
      parts.push(this.#plain(at, piece.start), onOneLine(piece.text));
      at = piece.end;
    }
    parts.push(this.#plain(at, end));
    return parts.join('').trim();
  }

  #plain(start: number, end: number): string {
    const parts: string[] = [];
    let at = start;
    for (const template of this.#templates) {
      if (template.end <= at || template.start >= end) continue;
      const from = Math.max(template.start, at);
      const to = Math.min(template.end, end);
      parts.push(onOneLine(this.#text.slice(at, from)), this.#text.slice(from, to).replace(/\r\n?|\n/g, '\\n'));
      at = to;
    }
    parts.push(onOneLine(this.#text.slice(at, end)));
    return parts.join('');
  }
}

/** A declaration in the head of a loop ends without a semicolon of its own. */
function headOf(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  if (parent.type === 'ForStatement') return parent.init === node;
  if (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') return parent.left === node;
  return false;
}

function onOneLine(text: string): string {
  return text.replace(/\\(\r\n|[\n\r\u2028\u2029])/g, '').replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ');
}
