/** Local variables that are given a value and never read. */
import type { SymbolRecord } from '#model/snapshot.ts';
import { functionKinds } from '#model/vocabulary.ts';
import type { DeadCode } from './dead-code.ts';
import type { FileView } from './file-view.ts';
import { found, placeOfOffset } from './found.ts';
import { lineStarts } from './module-use.ts';
import type { ProjectView } from './project-view.ts';
import { flagsOf, offsetOf, WordFlag } from './source-words.ts';

const binding = {
  python: /^[ \t]+([\p{L}_]\w*)\s*(?::[^=\n]+)?=(?!=)|\bas\s+([\p{L}_]\w*)\s*[:,)]|\(([\p{L}_]\w*)\s*:=/gmu,
  ecmascript: /(?<=^|[\s;{(])(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=;\n]+)?(?:=(?![=>])|;|\n)/gu,
} as const;

export function unusedLocals(project: ProjectView): DeadCode[] {
  const { snapshot } = project.request;
  return project.files.flatMap((file) => {
    if (
      file.isForeign ||
      file.isTest ||
      file.record.partial ||
      /\.(?:vue|svelte|astro)$|\.d\.[cm]?ts$|\.pyi$/.test(file.path)
    )
      return [];
    const starts = lineStarts(file.text);
    const functions: SymbolRecord[] = [];
    const classes: SymbolRecord[] = [];
    for (let row = 1; row < file.record.symbolCount; row++) {
      const symbol = snapshot.symbol(file.record.firstSymbol + row);
      if (functionKinds.includes(symbol.kind)) functions.push(symbol);
      else if (symbol.kind === 'class') classes.push(symbol);
    }
    const seen = new Set<number>();
    // Inner functions last: their own names are judged within them.
    return functions.reverse().flatMap((symbol) => judge(file, symbol, starts, seen, classes));
  });
}

function judge(
  file: FileView,
  symbol: SymbolRecord,
  starts: readonly number[],
  seen: Set<number>,
  classes: readonly SymbolRecord[],
): DeadCode[] {
  const { code, places } = file.words;
  const from = (starts[symbol.startLine - 1] ?? 0) + symbol.startColumn - 1;
  const to = (starts[symbol.endLine - 1] ?? 0) + symbol.endColumn - 1;
  const body = code.slice(from, to);
  if (file.family === 'python' ? /\b(?:locals|vars|eval|exec)\s*\(/.test(body) : /\beval\s*\(/.test(body)) return [];
  const results: DeadCode[] = [];
  const named = new Set<string>();
  for (const match of body.matchAll(binding[file.family])) {
    const name = match[1] ?? match[2] ?? match[3]!;
    const offset =
      from + match.index + match[0].indexOf(name, /^(?:const|let|var|as)/.test(match[0]) ? match[0].search(/\s/) : 0);
    if (seen.has(offset) || isOutsideCode(file, name, offset) || isField(starts, offset, symbol, classes)) continue;
    if (
      name.startsWith('_') ||
      named.has(name) ||
      (file.family === 'python' &&
        symbol.kind !== 'function' &&
        symbol.kind !== 'method' &&
        symbol.kind !== 'constructor')
    )
      continue;
    if (file.family === 'python' && !isStatement(code, offset, match)) continue;
    if (new RegExp(`\\b(?:global|nonlocal)\\b[^\\n]*\\b${name}\\b`).test(body)) continue;
    seen.add(offset);
    named.add(name);
    const within = (places.get(name) ?? []).filter((place) => offsetOf(place) >= from && offsetOf(place) < to);
    const reads = within.some((place) => {
      const flags = flagsOf(place);
      if ((flags & WordFlag.member) !== 0) return false;
      if (offsetOf(place) === offset) return false;
      if ((flags & WordFlag.write) !== 0) return !isPlainWrite(code, offsetOf(place));
      return (flags & WordFlag.key) === 0 && !isTarget(code, offsetOf(place), name);
    });
    if (reads) continue;
    results.push(
      found({
        rule: 'unused-variable',
        name: `${symbol.qualifiedName}:${name}`,
        message: `The local variable ${name} of ${symbol.qualifiedName || 'a function'} is not read`,
        place: placeOfOffset(file, offset, name.length),
        symbol: symbol.key,
        confidence: match[2] !== undefined ? 0.7 : 0.9,
        reason:
          match[2] !== undefined ? 'it is bound by `as`, which may be a habit' : 'its function does not name it again',
        severity: 2,
        minutes: 2,
      }),
    );
  }
  return results;
}

/** In the body of a class that the function defines. */
function isField(
  starts: readonly number[],
  offset: number,
  symbol: SymbolRecord,
  classes: readonly SymbolRecord[],
): boolean {
  return classes.some(
    ({ startLine, endLine }) =>
      startLine > symbol.startLine && (starts[startLine - 1] ?? 0) <= offset && offset < (starts[endLine] ?? Infinity),
  );
}

/** The word index knows code only: a match inside a string is none. */
function isOutsideCode(file: FileView, name: string, offset: number): boolean {
  return !(file.words.places.get(name) ?? []).some((place) => offsetOf(place) === offset);
}

/** An assignment of its own, not a keyword of a call that goes over lines. */
function isStatement(code: string, offset: number, match: RegExpMatchArray): boolean {
  if (match[1] === undefined)
    return (
      match[3] !== undefined ||
      /\b(?:with|except|case)\b[^\n]*$/.test(code.slice(code.lastIndexOf('\n', offset) + 1, offset))
    );
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - 3000); at--) {
    const unit = code[at];
    if (unit === ')' || unit === ']' || unit === '}') depth++;
    else if (unit === '(' || unit === '[' || unit === '{') {
      if (depth === 0) return false;
      depth--;
    } else if (
      unit === '\n' &&
      depth === 0 &&
      /^(?:[ \t]*(?:def|class|async|if|for|while|with|try|return|elif|else)\b)/.test(code.slice(at + 1, at + 60))
    )
      return true;
  }
  return true;
}

/** `name = …` as a statement; `f(name=…)` and `x = name = …` are no plain writes, but no reads either: the former is a keyword. */
function isPlainWrite(code: string, offset: number): boolean {
  return (
    !/[=]\s*$/.test(code.slice(Math.max(0, offset - 10), offset)) ||
    /[(,]\s*$/.test(code.slice(Math.max(0, offset - 10), offset))
  );
}

/** `name += 1` as a statement of its own changes it and reads nothing that anyone sees; so does `name++`. */
function isTarget(code: string, offset: number, name: string): boolean {
  const after = code.slice(offset + name.length, offset + name.length + 12);
  const before = code.slice(Math.max(0, offset - 30), offset);
  return /^\s*(?:[-+*/%|&^]|\*\*|\/\/|<<|>>|\?\?|&&|\|\|)=(?!=)/.test(after) && /(?:^|[\n;{})])\s*$/.test(before);
}
