import type { TokenCounter } from './tokens/token-counter.ts';

export interface CutCode {
  readonly text: string;
  /** Lines that were left out. */
  readonly left: number;
}

/** What opens a line that belongs to the statement before it. */
const continues =
  /^\s*(?:[)\]}>.,;:?&|+*/=-]|(?:else|elif|elsif|elseif|catch|except|finally|rescue|ensure|when|case|end|then|do|and|or|where|with)\b)/;

/**
 * The first lines of a definition, up to the last line behind which a statement of its body starts, that have at most `limit`
 * tokens together with the note of how many follow. Undefined where not even its head and one statement fit.
 */
export function cutCode(text: string, limit: number, counter: TokenCounter): CutCode | undefined {
  const lines = text.split('\n');
  const ends = statementEnds(lines);
  let low = 0;
  let high = ends.length - 1;
  let best: CutCode | undefined;
  // More lines have more tokens: halve.
  while (low <= high) {
    const middle = (low + high) >> 1;
    const kept = ends[middle]!;
    const cut = cutAt(lines, kept);
    if (counter.fits(cut.text, limit)) {
      best = cut;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

function cutAt(lines: readonly string[], kept: number): CutCode {
  const left = lines.length - kept;
  const indent = /^\s*/.exec(lines[kept] ?? '')![0];
  return { text: `${lines.slice(0, kept).join('\n')}\n${indent}… ${left} more line${left === 1 ? '' : 's'}`, left };
}

/** How many lines to keep so that the next one starts a statement of the body: it is indented as the body's first line is. */
function statementEnds(lines: readonly string[]): number[] {
  const indentOf = (line: string): number => /^\s*/.exec(line)![0].length;
  const head = indentOf(lines[0] ?? '');
  const first = lines.findIndex(
    (line, at) => at > 0 && line.trim() !== '' && indentOf(line) > head && !continues.test(line),
  );
  const depth = first < 0 ? head : indentOf(lines[first]!);
  const ends: number[] = [];
  for (let at = first < 0 ? 1 : first + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.trim() !== '' && indentOf(line) <= depth && !continues.test(line)) ends.push(at);
  }
  return ends;
}
