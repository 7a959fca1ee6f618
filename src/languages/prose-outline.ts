export interface ProseHeading {
  /** 1-based; of an underlined title the title's, or the line's above it. */
  readonly line: number;
  readonly level: number;
  readonly title: string;
}

export interface ProseOutline {
  readonly headings: readonly ProseHeading[];
  /** Code examples, first and last line. */
  readonly examples: readonly { readonly from: number; readonly to: number; readonly language: string | undefined }[];
}

/** Headings and code examples of a prose language, by its lines. */
export function proseOutline(language: string, lines: readonly string[]): ProseOutline {
  if (language === 'markdown' || language === 'mdx') return markdownOutline(lines);
  if (language === 'restructuredtext')
    return { headings: underlined(lines, /^([=\-~^"'`#*+.:_<>])\1{2,}\s*$/), examples: [] };
  if (language === 'asciidoc') return { headings: matched(lines, /^(={1,6})\s+(\S.*)$/), examples: [] };
  if (language === 'latex') return { headings: latexHeadings(lines), examples: [] };
  return { headings: [], examples: [] };
}

function matched(lines: readonly string[], pattern: RegExp): readonly ProseHeading[] {
  return lines.flatMap((line, at) => {
    const match = pattern.exec(line);
    return match ? [{ line: at + 1, level: match[1]!.length, title: match[2]!.trim() }] : [];
  });
}

const latexLevels = ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph'];
function latexHeadings(lines: readonly string[]): readonly ProseHeading[] {
  return lines.flatMap((line, at) => {
    const match = /^\s*\\(part|chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\]]*\])?\{([^}]*)\}?/.exec(
      line,
    );
    return match ? [{ line: at + 1, level: latexLevels.indexOf(match[1]!) + 1, title: match[2]! }] : [];
  });
}

/** Headings by a line of marks below the title (and perhaps above); the level is the order in which the marks first appear. */
function underlined(lines: readonly string[], rule: RegExp): readonly ProseHeading[] {
  const headings: ProseHeading[] = [];
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

function markdownOutline(lines: readonly string[]): ProseOutline {
  const headings: ProseHeading[] = [];
  const examples: { from: number; to: number; language: string | undefined }[] = [];
  for (let at = frontMatterEnd(lines); at < lines.length; at++) {
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
    const marked = /^\s{0,3}(#{1,6})\s/.exec(line);
    if (marked)
      headings.push({ line: at + 1, level: marked[1]!.length, title: withoutMarks(line.slice(marked[0].length)) });
    else if (at > 0 && /^\s{0,3}(?:=+|-{2,})\s*$/.test(line) && /^\s{0,3}[^\s#>|`*+-]/.test(lines[at - 1]!))
      headings.push({ line: at, level: line.trim()[0] === '=' ? 1 : 2, title: lines[at - 1]!.trim() });
  }
  return { headings, examples };
}

/** Lines of settings above the text, between two `---` or `+++`. */
function frontMatterEnd(lines: readonly string[]): number {
  const mark = lines[0]?.trimEnd();
  if (mark !== '---' && mark !== '+++') return 0;
  const close = lines.findIndex((line, at) => at > 0 && line.trimEnd() === mark);
  return close + 1;
}

/** A heading's text without the marks that may close it. */
function withoutMarks(text: string): string {
  const trimmed = text.trim();
  let end = trimmed.length;
  while (trimmed[end - 1] === '#') end--;
  return trimmed.slice(0, end).trimEnd();
}
