/** Links from prose to files of the tree. Each line is read once from left to right. */
import type { ProseOutline } from '../prose-outline.ts';

export interface ProseLink {
  /** Path as written, without query and fragment. */
  readonly target: string;
  readonly line: number;
  readonly column: number;
}

/** UTF-16 units of a target; more is none. */
const LONGEST_TARGET = 300;

export function proseLinks(
  language: string,
  lines: readonly string[],
  examples: ProseOutline['examples'],
): readonly ProseLink[] {
  const find = finders[language];
  if (!find) return [];
  const links: ProseLink[] = [];
  let example = 0;
  const state: FinderState = { toctree: undefined };
  for (let line = 1; line <= lines.length; line++) {
    while (example < examples.length && examples[example]!.to < line) example++;
    if (examples[example] && examples[example]!.from <= line) continue;
    for (const { at, text } of find(lines[line - 1]!, state)) {
      const target = fileOf(text);
      if (target !== undefined) links.push({ target, line, column: at + 1 });
    }
  }
  return links;
}

interface Found {
  readonly at: number;
  readonly text: string;
}
interface FinderState {
  /** Indentation of the `toctree` directive whose entries the lines are. */
  toctree: number | undefined;
}

/** The path of a link, where it may be one of the tree: neither an address nor a place in the same file. */
function fileOf(text: string): string | undefined {
  const path = text.trim().replace(/[?#][^]*$/, '');
  if (path === '' || path.length > LONGEST_TARGET || /^(?:[a-z][\w+.-]*:|\/\/)/i.test(path) || /[\s<>{}$]/.test(path))
    return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What stands from an offset up to the first of the marks; undefined where none is near. */
function upTo(line: string, from: number, marks: RegExp): string | undefined {
  const text = line.slice(from, from + LONGEST_TARGET + 1);
  const end = text.search(marks);
  return end < 0 ? undefined : text.slice(0, end);
}

/** `[words](path "title")`, `[name]: path`. */
function* inMarkdown(line: string): Generator<Found> {
  const definition = /^ {0,3}\[[^[\]]{1,200}\]:\s+<?/.exec(line);
  if (definition) {
    const at = definition[0].length;
    yield { at, text: upTo(`${line} `, at, /[\s>]/) ?? '' };
    return;
  }
  for (let open = line.indexOf(']('); open >= 0; open = line.indexOf('](', open + 2)) {
    const isEnclosed = line[open + 2] === '<';
    const at = isEnclosed ? open + 3 : open + 2;
    // Only between angle brackets may a path have spaces.
    const text = isEnclosed ? upTo(line, at, />/)?.replaceAll(' ', '%20') : upTo(line, at, /[\s)]/);
    if (text !== undefined) yield { at, text };
  }
}

/** `:doc:`path``, `` `words <path>`_ ``, `.. include:: path`, the entries of a `toctree`. */
function* inReStructuredText(line: string, state: FinderState): Generator<Found> {
  const directive = /^(\s*)\.\. ([\w-]+)::\s*/.exec(line);
  if (directive) {
    state.toctree = directive[2] === 'toctree' ? directive[1]!.length : undefined;
    if (/^(?:include|literalinclude|image|figure|csv-table)$/.test(directive[2]!))
      yield { at: directive[0].length, text: line.slice(directive[0].length) };
    return;
  }
  const indentation = line.search(/\S/);
  if (state.toctree !== undefined && indentation >= 0) {
    if (indentation <= state.toctree) state.toctree = undefined;
    else if (line[indentation] !== ':') {
      const titled = line.lastIndexOf('<');
      const at = titled >= 0 && line.trimEnd().endsWith('>') ? titled + 1 : indentation;
      yield { at, text: line.slice(at).trimEnd().replace(/>$/, '') };
      return;
    }
  }
  for (let open = line.indexOf('`'); open >= 0; open = line.indexOf('`', open + 1)) {
    const close = line.indexOf('`', open + 1);
    if (close < 0) return;
    const inner = line.slice(open + 1, close);
    const angle = inner.lastIndexOf('<');
    const isTitled = angle >= 0 && inner.endsWith('>');
    const isDocument = /:(?:doc|download|file|source):$/.test(line.slice(Math.max(0, open - 12), open));
    const text = isTitled ? inner.slice(angle + 1, -1) : inner;
    if (isDocument || (isTitled && line[close + 1] === '_')) yield { at: open + 1 + (isTitled ? angle + 1 : 0), text };
    open = close;
  }
}

/** `link:path[words]`, `xref:path#id[words]`, `include::path[]`, `image::path[]`. */
function* inAsciiDoc(line: string): Generator<Found> {
  for (const match of line.matchAll(/\b(?:link|xref|include|image):{1,2}/g)) {
    const at = match.index + match[0].length;
    const text = upTo(line, at, /[[\s]/);
    if (text !== undefined) yield { at, text };
  }
}

const finders: Readonly<Record<string, (line: string, state: FinderState) => Iterable<Found>>> = {
  markdown: inMarkdown,
  mdx: inMarkdown,
  restructuredtext: inReStructuredText,
  asciidoc: inAsciiDoc,
};
