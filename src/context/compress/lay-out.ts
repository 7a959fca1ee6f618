import type { SourceAtoms } from './source-atoms.ts';

/** `flat`: no indentation; `levels`: a blank a level of nesting; `lines`: indentation stays, only lines go. */
export type Layout = 'flat' | 'levels' | 'lines';

export interface LayoutChoice {
  readonly layout: Layout;
  /** Blanks inside a line stay as they are. */
  readonly keepSpaces: boolean;
}

/** The atoms with the least between them that keeps them on their lines. */
export function layOut(text: string, atoms: SourceAtoms, { layout, keepSpaces }: LayoutChoice): string {
  const { starts, ends } = atoms;
  const out: string[] = [];
  const levels = new Levels();
  const rest = restOf(text, atoms);
  let end = 0;
  for (let atom = 0; atom < starts.length; atom++) {
    const start = starts[atom]!;
    const gap = text.slice(end, start);
    if (rest(end, start)) out.push(gap);
    else if (/[\r\n]/.test(gap) || atom === 0) {
      const indent = indentBefore(text, start);
      const shown = layout === 'lines' ? indent : layout === 'levels' && levels.isStatement ? levels.enter(indent) : '';
      if (atom > 0) out.push('\n');
      out.push(shown);
    } else if (gap !== '') out.push(keepSpaces && gap.trim() === '' ? gap : ' ');
    const word = text.slice(start, ends[atom]);
    levels.read(word);
    out.push(word);
    end = ends[atom]!;
  }
  return `${out.join('')}\n`;
}

/** Whether anything but white space and what is dropped stands between two offsets: line continuations, text without a node. */
function restOf(text: string, { dropped }: SourceAtoms): (from: number, to: number) => boolean {
  let at = 0;
  return (from, to) => {
    let rest = '';
    let begin = from;
    for (; at < dropped.length && dropped[at]![0] < to; at++) {
      rest += text.slice(begin, Math.max(begin, dropped[at]![0]));
      begin = Math.max(begin, dropped[at]![1]);
    }
    return (rest + text.slice(begin, Math.max(begin, to))).trim() !== '';
  };
}

/** White space at the start of the line on which an atom stands. */
function indentBefore(text: string, at: number): string {
  const line = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  return /^[ \t\f]*/.exec(text.slice(line, at))![0];
}

/** Nesting as Python's tokenizer counts it: by a stack of indentations, outside of brackets only. */
class Levels {
  readonly #stack: number[] = [0];
  #brackets = 0;

  get isStatement(): boolean {
    return this.#brackets === 0;
  }

  read(word: string): void {
    if (word === '(' || word === '[' || word === '{') this.#brackets++;
    else if ((word === ')' || word === ']' || word === '}') && this.#brackets > 0) this.#brackets--;
  }

  /** The indentation to write for a statement that is indented so. */
  enter(indent: string): string {
    let width = 0;
    for (const unit of indent) width = unit === '\t' ? (Math.floor(width / 8) + 1) * 8 : unit === '\f' ? 0 : width + 1;
    while (this.#stack.length > 1 && width < this.#stack.at(-1)!) this.#stack.pop();
    if (width > this.#stack.at(-1)!) this.#stack.push(width);
    return ' '.repeat(this.#stack.length - 1);
  }
}
