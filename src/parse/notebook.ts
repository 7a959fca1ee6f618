/** Reads a Jupyter notebook's cells with the place of each character in the file. */

export interface NotebookCell {
  readonly kind: 'code' | 'markdown' | 'other';
  /** The cell's source, decoded. */
  readonly source: string;
  /** For each unit of `source`, and one beyond, its UTF-16 offset in the notebook's text. */
  readonly offsets: Int32Array;
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  /** Of the kernel: `python`, `r`, `julia`, … */
  readonly language: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Undefined for a text that is no notebook. */
export function readNotebook(text: string): Notebook | undefined {
  const scan = new JsonScan(text);
  const root = scan.skipSpace(0);
  if (text[root] !== '{') return undefined;
  const cells: NotebookCell[] = [];
  let language = 'python';
  const addCells = (list: Span): void => {
    for (const cell of scan.elements(list)) cells.push(readCell(scan, text, cell));
  };
  for (const [key, value] of scan.members({ start: root, end: text.length })) {
    if (key === 'cells') addCells(value);
    else if (key === 'metadata') language = kernelLanguage(text.slice(value.start, value.end)) ?? language;
    // Version 3 of the format kept cells in work sheets.
    else if (key === 'worksheets')
      for (const sheet of scan.elements(value))
        for (const [name, inner] of scan.members(sheet)) if (name === 'cells') addCells(inner);
  }
  return scan.broken && cells.length === 0 ? undefined : { cells, language };
}

function readCell(scan: JsonScan, text: string, cell: Span): NotebookCell {
  let kind: NotebookCell['kind'] = 'other';
  let source = '';
  const offsets: number[] = [];
  for (const [key, value] of scan.members(cell)) {
    if (key === 'cell_type') {
      const named = text.slice(value.start + 1, value.end - 1);
      kind = named === 'code' || named === 'markdown' ? named : 'other';
    } else if (key === 'source' || key === 'input') {
      for (const piece of text[value.start] === '[' ? scan.elements(value) : [value])
        if (text[piece.start] === '"') source += decodeString(text, piece, offsets);
      offsets.push(value.end);
    }
  }
  return { kind, source, offsets: Int32Array.from(offsets) };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function decodeString(text: string, { start, end }: Span, offsets: number[]): string {
  let decoded = '';
  for (let at = start + 1; at < end - 1; at++) {
    offsets.push(at);
    const here = text[at]!;
    if (here !== '\\') {
      decoded += here;
      continue;
    }
    const next = text[++at] ?? '';
    if (next === 'u') {
      decoded += String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 5), 16) || 0xfffd);
      at += 4;
    } else decoded += escapes[next] ?? next;
  }
  return decoded;
}

function kernelLanguage(metadata: string): string | undefined {
  try {
    const { kernelspec, language_info: info } = JSON.parse(metadata) as {
      kernelspec?: { language?: unknown };
      language_info?: { name?: unknown };
    };
    const name = info?.name ?? kernelspec?.language;
    return typeof name === 'string'
      ? name
          .toLowerCase()
          .replace(/^ipython$/, 'python')
          .replace(/^c\+\+\d*$/, 'cpp')
      : undefined;
  } catch {
    return undefined;
  }
}

/** Just enough of JSON to find values: members and elements of one level, without building what is inside. */
class JsonScan {
  broken = false;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  skipSpace(from: number): number {
    let at = from;
    while (at < this.#text.length && this.#text.charCodeAt(at) <= 32) at++;
    return at;
  }

  *members({ start, end }: Span): Generator<readonly [key: string, value: Span]> {
    if (this.#text[start] !== '{') return;
    let at = this.skipSpace(start + 1);
    while (at < end && this.#text[at] === '"') {
      const keyEnd = this.#stringEnd(at);
      const colon = this.skipSpace(keyEnd);
      if (this.#text[colon] !== ':') break;
      const value = this.#value(this.skipSpace(colon + 1));
      yield [this.#text.slice(at + 1, keyEnd - 1), value];
      at = this.skipSpace(value.end);
      if (this.#text[at] !== ',') break;
      at = this.skipSpace(at + 1);
    }
    if (this.#text[at] !== '}') this.broken = true;
  }

  *elements({ start, end }: Span): Generator<Span> {
    if (this.#text[start] !== '[') return;
    let at = this.skipSpace(start + 1);
    while (at < end && this.#text[at] !== ']') {
      const value = this.#value(at);
      if (value.end === at) break;
      yield value;
      at = this.skipSpace(value.end);
      if (this.#text[at] !== ',') break;
      at = this.skipSpace(at + 1);
    }
    if (this.#text[at] !== ']') this.broken = true;
  }

  #stringEnd(from: number): number {
    for (let at = from + 1; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 92) at++;
      else if (code === 34) return at + 1;
    }
    this.broken = true;
    return this.#text.length;
  }

  #value(start: number): Span {
    const text = this.#text;
    if (text[start] === '"') return { start, end: this.#stringEnd(start) };
    let depth = 0;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 34) at = this.#stringEnd(at) - 1;
      else if (code === 123 || code === 91) depth++;
      else if (code === 125 || code === 93) {
        if (depth === 0) break;
        if (--depth === 0) return { start, end: at + 1 };
      } else if (depth === 0 && (code === 44 || code <= 32)) break;
    }
    return { start, end: at };
  }
}
