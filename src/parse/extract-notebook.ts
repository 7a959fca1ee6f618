import type { Chunk } from '#languages/chunk.ts';
import { attachChunks, chunksOf } from '#languages/chunks.ts';
import { classifyLines, countLines } from '#languages/line-classes.ts';
import { TextIndex } from '#languages/text-index.ts';
import type { FileFacts } from '#model/facts.ts';
import type { ExtractPart } from './extract-file.ts';
import { movePlaces } from './move-places.ts';
import { type NotebookCell, readNotebook } from './notebook.ts';
import { textFacts } from './text-facts.ts';

/**
 * Facts of a notebook: its code cells are one module, in order, with magics blanked; places are those of the characters in the
 * .ipynb file. Lines are counted over the cells' own source. Markdown cells become prose chunks. Undefined: not a notebook.
 */
export async function extractNotebook(
  text: string,
  extract: ExtractPart,
  warn: (message: string) => void,
): Promise<FileFacts | undefined> {
  const notebook = readNotebook(text);
  if (!notebook) {
    warn('The notebook is not valid JSON; it is kept as text.');
    return undefined;
  }
  const host = new TextIndex(text);
  const { language } = notebook;
  const code = join(
    notebook.cells.filter(({ kind }) => kind === 'code'),
    (source) => withoutMagics(source, language),
  );
  const index = new TextIndex(code.text);
  const move = (line: number, column: number): { line: number; column: number } => {
    const offset = Math.min((index.lineStarts[line - 1] ?? code.text.length) + column - 1, code.text.length);
    const at = code.offsets[offset] ?? text.length;
    const hostLine = host.line(at);
    return { line: hostLine, column: host.column(at, hostLine) };
  };
  const extracted = await extract({ text: code.text, language, declarations: false });
  const own = extracted ?? textFacts(language, index);
  const classes = classifyLines(code.text, language);
  const chunks: Chunk[] = chunksOf({
    text: code.text,
    index,
    language,
    classes,
    strings: own.strings,
    symbols: own.symbols,
  }).map((chunk) => moveChunk(chunk, index, code.offsets, host));
  for (const cell of notebook.cells) {
    if (cell.kind !== 'markdown' || cell.source.trim() === '') continue;
    const prose = new TextIndex(cell.source);
    const input = {
      text: cell.source,
      index: prose,
      language: 'markdown',
      classes: classifyLines(cell.source, 'text'),
      strings: [],
      symbols: new Int32Array(),
    };
    for (const chunk of chunksOf(input)) chunks.push(moveChunk(chunk, prose, cell.offsets, host));
  }
  chunks.sort((a, b) => a.startLine - b.startLine);
  const facts: FileFacts = { ...movePlaces(own, move, host), language: 'jupyter', lines: countLines(classes) };
  return attachChunks(facts, chunks, text, host);
}

function moveChunk(chunk: Chunk, index: TextIndex, offsets: Int32Array, host: TextIndex): Chunk {
  const start = index.lineStarts[chunk.startLine - 1]!;
  const end = Math.max(start, (index.lineStarts[chunk.endLine] ?? index.text.length) - 1);
  return {
    ...chunk,
    startLine: host.line(offsets[start] ?? 0),
    endLine: host.line(offsets[end] ?? offsets[start] ?? 0),
  };
}

function join(
  cells: readonly NotebookCell[],
  prepare: (source: string) => string,
): { readonly text: string; readonly offsets: Int32Array } {
  const offsets: number[] = [];
  let text = '';
  for (const cell of cells) {
    const source = prepare(cell.source);
    text += source;
    for (let at = 0; at < source.length; at++) offsets.push(cell.offsets[at]!);
    if (!source.endsWith('\n')) {
      text += '\n';
      offsets.push(cell.offsets[source.length] ?? 0);
    }
  }
  offsets.push(offsets.at(-1) ?? 0);
  return { text, offsets: Int32Array.from(offsets) };
}

/** What IPython understands and Python does not, as blanks or comments of the same length. */
function withoutMagics(source: string, language: string): string {
  if (language !== 'python') return source;
  const blank = (line: string): string => line.replace(/[^\r\n]/g, ' ');
  const cellMagic = /^\s*%%(\w+)/.exec(source);
  // These run the cell as Python; any other hands it to another program.
  if (cellMagic && !/^(?:time|timeit|capture|prun|memit|mprun|lprun|debug|cython)$/.test(cellMagic[1]!))
    return blank(source);
  const lines = source.split('\n');
  let inString = '';
  return lines
    .map((line) => {
      const inside = inString !== '';
      for (const mark of line.match(/"""|'''/g) ?? [])
        inString = inString === '' ? mark : inString === mark ? '' : inString;
      if (inside) return line;
      if (/^\s*(?:%|!)/.test(line) || /^\s*\?{1,2}\w/.test(line) || /^\s*[\w.]+\?{1,2}\s*$/.test(line))
        return blank(line);
      const shell = /^(\s*[\w, ]+=\s*)([!%])[^=]/.exec(line);
      // `x = !ls`: the name stays bound.
      return shell ? `${shell[1]!}0${blank(line.slice(shell[1]!.length + 1))}` : line;
    })
    .join('\n');
}
