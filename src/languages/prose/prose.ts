/** Prose: headings as nested sections, and links to other files from the section that they stand in. */
import { Binding, type FileFacts, ImportFlag, SymbolColumn } from '#model/facts.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import { importKinds, referenceRoles, SymbolFlag, symbolKinds, visibilities } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { addModuleRow } from '../module-row.ts';
import { type ProseHeading, proseOutline } from '../prose-outline.ts';
import { TextIndex } from '../text-index.ts';
import { proseLinks } from './prose-links.ts';
import { plainTitle } from './plain-title.ts';

/** UTF-16 units of a section's first paragraph that are kept. */
const LONGEST_SUMMARY = 400;
/** Lines looked at for it. */
const SUMMARY_LINES = 12;

function extract({ text, language, index = new TextIndex(text) }: ExtractInput): FileFacts {
  const facts = new FactsBuilder(language, 'lexical');
  addModuleRow(facts, index);
  const lines = Array.from({ length: index.lineCount }, (_, line) =>
    text.slice(index.lineStarts[line], index.lineStarts[line + 1]).replace(/[\r\n]+$/, ''),
  );
  const { headings, examples } = proseOutline(language, lines);
  const sections = addSections(facts, lines, headings, index);
  /** Row of the section that a line lies in. */
  let next = 0;
  let section = 0;
  const imports = new Map<string, number>();
  for (const link of proseLinks(language, lines, examples)) {
    while (next < sections.length && sections[next]!.line <= link.line) section = sections[next++]!.row;
    let row = imports.get(link.target);
    if (row === undefined) {
      row = facts.imports.add(
        importKinds.indexOf('include'),
        facts.string(link.target),
        -1,
        -1,
        link.line,
        link.column,
        0,
        0,
        ImportFlag.link,
      );
      imports.set(link.target, row);
    }
    facts.references.add(
      referenceRoles.indexOf('read'),
      facts.string(link.target),
      link.line,
      link.column,
      section,
      Binding.imported,
      row,
      -1,
      -1,
      -1,
    );
  }
  return facts.finish();
}

interface Section {
  readonly row: number;
  readonly line: number;
}

function addSections(
  facts: FactsBuilder,
  lines: readonly string[],
  headings: readonly ProseHeading[],
  index: TextIndex,
): readonly Section[] {
  const open: { readonly row: number; readonly level: number }[] = [];
  const sections: Section[] = [];
  /** A section ends above the next heading of its own level or a higher one. */
  const close = (level: number, endLine: number): void => {
    while (open.length > 0 && open.at(-1)!.level >= level) {
      const { row } = open.pop()!;
      let last = endLine;
      while (last > facts.symbols.get(row, SymbolColumn.startLine) && lines[last - 1]!.trim() === '') last--;
      const end = index.lineStarts[last - 1]! + lines[last - 1]!.length;
      facts.symbols.set(row, SymbolColumn.endByte, index.byte(end, last));
      facts.symbols.set(row, SymbolColumn.endLine, last);
      facts.symbols.set(row, SymbolColumn.endColumn, lines[last - 1]!.length + 1);
    }
  };
  for (const { line, level, title } of headings) {
    const name = plainTitle(title);
    if (name === '') continue;
    close(level, line - 1);
    // Under a rule above the title, the title's own line is the next one.
    const titleLine = lines[line - 1]!.includes(title) ? line : Math.min(line + 1, lines.length);
    const row = facts.symbols.add(
      symbolKinds.indexOf('section'),
      facts.string(name),
      open.at(-1)?.row ?? 0,
      SymbolFlag.exported,
      visibilities.indexOf('public'),
      index.byte(index.lineStarts[line - 1]!, line),
      0,
      line,
      1,
      0,
      0,
      titleLine,
      Math.max(0, lines[titleLine - 1]!.indexOf(title)) + 1,
      facts.string(lines[titleLine - 1]!.trim().slice(0, LONGEST_SUMMARY)),
      -1,
      facts.string(firstParagraph(lines, titleLine)),
      facts.parameters.rows,
      0,
      -1,
      -1,
      -1,
      0,
      -1,
    );
    open.push({ row, level });
    sections.push({ row, line });
  }
  close(0, lines.length);
  return sections;
}

function firstParagraph(lines: readonly string[], titleLine: number): string | undefined {
  const taken: string[] = [];
  for (let at = titleLine; at < Math.min(lines.length, titleLine + SUMMARY_LINES); at++) {
    const line = lines[at]!.trim();
    const isRule = /^([=\-~^"'`#*+.:_<>])\1{2,}$/.test(line);
    if (line === '' || isRule) {
      if (taken.length > 0) break;
      continue;
    }
    if (/^(?:#{1,6}\s|={1,6}\s|```|~~~|\.\. |\[|\||!\[|<)/.test(line)) break;
    taken.push(line);
  }
  return taken.length === 0 ? undefined : taken.join(' ').slice(0, LONGEST_SUMMARY);
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
