/** The lines of a hit that show why it is one. */
import type { SnippetLine } from '#model/search.ts';
import { stem } from '#text/stem.ts';
import { identifierParts } from '#text/identifier-parts.ts';

/** Of a line, in UTF-16 units. */
const LONGEST_LINE = 240;
/** Lines of a hit that are looked at. */
const LINES_READ = 400;

export interface SnippetRequest {
  /** Of the whole file, without line ends. */
  readonly lines: readonly string[];
  readonly startLine: number;
  readonly endLine: number;
  /** Stems. */
  readonly words: ReadonlySet<string>;
  readonly lineCount: number;
}

/** The first line and those that hold most of the words, in order. */
export function snippetOf({ lines, startLine, endLine, words, lineCount }: SnippetRequest): SnippetLine[] {
  const scored: { line: number; score: number; highlights: [number, number][] }[] = [];
  const last = Math.min(endLine, startLine + LINES_READ, lines.length);
  // A stem differs from its word at the end alone: a line without its first letters need not be split.
  const starts = [...new Set(Array.from(words, (word) => word.slice(0, word.length > 4 ? 3 : 2)))];
  for (let line = startLine; line <= last; line++) {
    const text = (lines[line - 1] ?? '').slice(0, LONGEST_LINE);
    if (text.trim() === '') continue;
    const lower = text.toLowerCase().replaceAll('_', '');
    const { highlights, distinct } = starts.some((start) => lower.includes(start)) ? matchesIn(text, words) : nothing;
    scored.push({ line, score: distinct + (scored.length === 0 ? 100 : 0), highlights });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.line - b.line)
    .slice(0, lineCount)
    .filter(({ score }) => score > 0)
    .sort((a, b) => a.line - b.line)
    .map(({ line, highlights }) => ({ line, text: (lines[line - 1] ?? '').slice(0, LONGEST_LINE), highlights }));
}

const nothing: { readonly highlights: [number, number][]; readonly distinct: number } = { highlights: [], distinct: 0 };

/** Runs of letters whose stem, or that of one of their parts, is among the words. */
function matchesIn(
  text: string,
  words: ReadonlySet<string>,
): { readonly highlights: [number, number][]; readonly distinct: number } {
  const highlights: [number, number][] = [];
  const met = new Set<string>();
  for (const match of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const [run] = match;
    const whole = stem(run.toLowerCase().replaceAll('_', ''));
    if (words.has(whole)) {
      met.add(whole);
      highlights.push([match.index, match.index + run.length]);
      continue;
    }
    let from = 0;
    const low = run.toLowerCase();
    for (const part of identifierParts(run)) {
      const at = low.indexOf(part, from);
      if (at < 0) continue;
      from = at + part.length;
      const word = stem(part);
      if (!words.has(word)) continue;
      met.add(word);
      highlights.push([match.index + at, match.index + from]);
    }
  }
  return { highlights, distinct: met.size };
}

/** Lines where a pattern matched, with the matches; a match over several lines is shown on its first. */
export function placesOf(
  places: readonly { readonly line: number; readonly start: number; readonly end: number }[],
  lines: readonly string[],
  lineCount: number,
): SnippetLine[] {
  const byLine = Map.groupBy(places, ({ line }) => line);
  return [...byLine].slice(0, lineCount).map(([line, matches]) => {
    const whole = lines[line - 1] ?? '';
    // A match far to the right of an endless line is brought into view.
    const cut = matches[0]!.start > LONGEST_LINE - 40 ? matches[0]!.start - 40 : 0;
    const text = whole.slice(cut, cut + LONGEST_LINE);
    const highlights = matches
      .map(({ start, end }) => [start - cut, Math.min(end - cut, text.length)] as const)
      .filter(([start, end]) => start < end);
    return { line, text, highlights };
  });
}
