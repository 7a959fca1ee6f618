import type { Chunk, ChunkInput } from './chunk.ts';

/** Longer sections are cut between paragraphs. */
const PROSE_LINES = 40;
/** A code example of so many lines is a chunk of its own. */
const EXAMPLE_LINES = 6;

interface Heading {
  readonly line: number;
  readonly level: number;
  readonly title: string;
}

interface Outline {
  readonly headings: readonly Heading[];
  /** Code examples, first and last line. */
  readonly examples: readonly { readonly from: number; readonly to: number; readonly language: string | undefined }[];
}

/** Sections with the path of their headings as title; long ones cut between paragraphs; long code examples on their own. */
export function proseChunks(input: ChunkInput): readonly Chunk[] {
  const lines = linesOf(input);
  const { headings, examples } = outline(input.language, lines);
  const chunks: Chunk[] = [];
  const path: Heading[] = [];
  const cuts = [...headings, { line: lines.length + 1, level: 0, title: '' }];
  let from = 1;
  for (const heading of cuts) {
    if (heading.line > from)
      addSection(lines, from, heading.line - 1, path.map(({ title }) => title).join(' › '), examples, chunks);
    while (path.length > 0 && path.at(-1)!.level >= heading.level) path.pop();
    path.push(heading);
    from = heading.line;
  }
  return chunks;
}

export function linesOf({ text, index, classes }: ChunkInput): readonly string[] {
  return Array.from({ length: classes.length }, (_, line) =>
    text.slice(index.lineStarts[line], index.lineStarts[line + 1]).replace(/[\r\n]+$/, ''),
  );
}

function addSection(
  lines: readonly string[],
  from: number,
  to: number,
  title: string,
  examples: Outline['examples'],
  chunks: Chunk[],
): void {
  let next = from;
  for (const example of examples) {
    if (example.from < from || example.to > to || example.to - example.from + 1 < EXAMPLE_LINES) continue;
    addParagraphs(lines, next, example.from - 1, title, chunks);
    chunks.push({ kind: 'code', symbol: 0, startLine: example.from, endLine: example.to, title });
    next = example.to + 1;
  }
  addParagraphs(lines, next, to, title, chunks);
}

function addParagraphs(lines: readonly string[], from: number, to: number, title: string, chunks: Chunk[]): void {
  const blank = (line: number): boolean => lines[line - 1]!.trim() === '';
  let start = from;
  let end = to;
  for (;;) {
    while (start <= end && blank(start)) start++;
    while (end >= start && blank(end)) end--;
    if (start > end) return;
    let stop = end;
    if (end - start + 1 > PROSE_LINES) {
      stop = start + PROSE_LINES - 1;
      for (let line = stop; line > start + (PROSE_LINES >> 2); line--) {
        if (blank(line)) {
          stop = line;
          break;
        }
      }
    }
    let last = stop;
    while (last > start && blank(last)) last--;
    chunks.push({ kind: 'prose', symbol: 0, startLine: start, endLine: last, title });
    start = stop + 1;
  }
}

function outline(language: string, lines: readonly string[]): Outline {
  if (language === 'markdown' || language === 'mdx') return markdownOutline(lines);
  if (language === 'restructuredtext')
    return { headings: underlined(lines, /^([=\-~^"'`#*+.:_<>])\1{2,}\s*$/), examples: [] };
  if (language === 'asciidoc') return { headings: matched(lines, /^(={1,6})\s+(\S.*)$/), examples: [] };
  if (language === 'latex') return { headings: latexHeadings(lines), examples: [] };
  return { headings: [], examples: [] };
}

function matched(lines: readonly string[], pattern: RegExp): readonly Heading[] {
  return lines.flatMap((line, at) => {
    const match = pattern.exec(line);
    return match ? [{ line: at + 1, level: match[1]!.length, title: match[2]!.trim() }] : [];
  });
}

const latexLevels = ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph'];
function latexHeadings(lines: readonly string[]): readonly Heading[] {
  return lines.flatMap((line, at) => {
    const match = /^\s*\\(part|chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\]]*\])?\{([^}]*)\}?/.exec(
      line,
    );
    return match ? [{ line: at + 1, level: latexLevels.indexOf(match[1]!) + 1, title: match[2]! }] : [];
  });
}

/** Headings by a line of marks below the title (and perhaps above); the level is the order in which the marks first appear. */
function underlined(lines: readonly string[], rule: RegExp): readonly Heading[] {
  const headings: Heading[] = [];
  const marks: string[] = [];
  for (let at = 1; at < lines.length; at++) {
    const title = lines[at - 1]!;
    const under = lines[at]!;
    if (
      !rule.test(under) ||
      title.trim() === '' ||
      rule.test(title) ||
      under.trimEnd().length < Math.min(title.trim().length, 40)
    )
      continue;
    const overlined = at >= 2 && lines[at - 2]!.trimEnd() === under.trimEnd();
    const mark = under[0]! + (overlined ? 'over' : '');
    if (!marks.includes(mark)) marks.push(mark);
    headings.push({ line: overlined ? at - 1 : at, level: marks.indexOf(mark) + 1, title: title.trim() });
  }
  return headings;
}

function markdownOutline(lines: readonly string[]): Outline {
  const headings: Heading[] = [];
  const examples: { from: number; to: number; language: string | undefined }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const fence = /^\s{0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/.exec(line);
    if (fence) {
      let stop = at + 1;
      while (
        stop < lines.length &&
        !(lines[stop]!.trim().startsWith(fence[1]!) && lines[stop]!.trim().replace(/^[`~]+/, '') === '')
      )
        stop++;
      examples.push({ from: at + 1, to: Math.min(stop + 1, lines.length), language: fence[2] || undefined });
      at = stop;
      continue;
    }
    const marked = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
    if (marked) headings.push({ line: at + 1, level: marked[1]!.length, title: marked[2]! });
    else if (at > 0 && /^\s{0,3}(?:=+|-{2,})\s*$/.test(line) && /^\s{0,3}[^\s#>|`*+-]/.test(lines[at - 1]!))
      headings.push({ line: at, level: line.trim()[0] === '=' ? 1 : 2, title: lines[at - 1]!.trim() });
  }
  return { headings, examples };
}
