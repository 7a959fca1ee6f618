export interface DeletedLines {
  /** Path before the change. */
  readonly path: string;
  /** First and last line, 1-based, in the old file. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Lines that say nothing about behaviour: blank, or a comment alone in the usual languages. */
const silentLine = /^\s*(?:$|\/\/|#(?!\s*(?:include|define|if|else|endif|undef|pragma)\b)|\*|\/\*|--\s|<!--|;|%)/;

/** Old-side lines that a unified diff without context deletes or replaces. */
export function deletedLines(diff: string): DeletedLines[] {
  const files: { path: string; ranges: [number, number][] }[] = [];
  let current: { path: string; ranges: [number, number][] } | undefined;
  let oldLine = 0;
  let inHunk = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      current = undefined;
      inHunk = false;
    } else if (!inHunk && line.startsWith('--- ')) {
      const path = unquoted(line.slice(4));
      current = path === '/dev/null' ? undefined : { path: path.replace(/^a\//, ''), ranges: [] };
      if (current) files.push(current);
    } else if (line.startsWith('@@ ')) {
      oldLine = Number(/^@@ -(\d+)/.exec(line)?.[1] ?? 0);
      inHunk = true;
    } else if (inHunk && line.startsWith('-')) {
      if (current && !silentLine.test(line.slice(1))) extend(current.ranges, oldLine);
      oldLine++;
    }
  }
  return files.filter(({ ranges }) => ranges.length > 0);
}

function extend(ranges: [number, number][], line: number): void {
  const last = ranges[ranges.length - 1];
  if (last && last[1] === line - 1) last[1] = line;
  else ranges.push([line, line]);
}

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };

/** Git quotes names with control characters, quotes or backslashes in the manner of C; a trailing tab ends names with blanks. */
function unquoted(name: string): string {
  const plain = name.replace(/\t$/, '');
  if (!plain.startsWith('"')) return plain;
  const pieces: Buffer[] = [];
  for (const [piece, octal, escape] of plain.slice(1, -1).matchAll(/\\([0-7]{3})|\\([\s\S])|[^\\]+/g)) {
    if (octal !== undefined) pieces.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (escape !== undefined) pieces.push(Buffer.from([escapes[escape] ?? escape.charCodeAt(0)]));
    else pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces).toString();
}
