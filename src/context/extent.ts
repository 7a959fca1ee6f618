import type { SymbolRecord } from '#model/snapshot.ts';

/** A longer table or literal is not followed to its end. Lines. */
const LONGEST = 200;

/**
 * Last line of a definition, 1-based. Facts may end a variable with its name where its value is long: the text is then followed
 * until the brackets that it opens are closed.
 */
export function lastLineOf({ kind, startLine, endLine }: SymbolRecord, lines: readonly string[]): number {
  if (kind !== 'variable' && kind !== 'constant' && kind !== 'field') return endLine;
  let depth = 0;
  for (let line = startLine; line <= Math.min(lines.length, startLine + LONGEST); line++) {
    depth += balance(lines[line - 1]!);
    if (line >= endLine && depth <= 0) return line;
  }
  return endLine;
}

/** Opening less closing brackets of a line, those in its strings and behind its comment mark left out. */
function balance(line: string): number {
  const bare = line
    .replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '')
    .replace(/(?:\/\/|#(?!\[)).*$/, '');
  let depth = 0;
  for (const unit of bare) {
    if (unit === '(' || unit === '[' || unit === '{') depth++;
    else if (unit === ')' || unit === ']' || unit === '}') depth--;
  }
  return depth;
}
