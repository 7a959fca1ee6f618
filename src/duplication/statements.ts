/** A file's code as statements: runs of tokens with one hash each, names and literals made alike. */
import { scanLexically } from '#languages/line-classes.ts';
import type { DuplicationSource } from './duplication.ts';

/** One file's, in parallel columns; a statement is a row. The text is not needed any more. */
export interface FileStatements {
  readonly path: string;
  readonly language: string;
  readonly count: number;
  /** With names and literals made alike. */
  readonly shape: Int32Array;
  /** As written. */
  readonly exact: Int32Array;
  readonly tokens: Int32Array;
  /** 1-based. */
  readonly startLine: Int32Array;
  readonly endLine: Int32Array;
  /** 0-based; the end's is exclusive. */
  readonly startColumn: Int32Array;
  readonly endColumn: Int32Array;
  /** 1: it opens a block, −1: it closes one. */
  readonly depth: Int8Array;
  /** Columns before it; −1 where blocks are braces. */
  readonly indent: Int32Array;
  /** First token row; names of tokens by `names`. */
  readonly firstToken: Int32Array;
  /** Hash of each token that is a name or literal, 0 for others. */
  readonly names: Int32Array;
  readonly lines: number;
}

const indented = new Set(['python', 'yaml', 'fsharp', 'haskell', 'nim', 'coffeescript']);
/** Statements end with a semicolon alone. */
const terminated = new Set([
  'java',
  'c',
  'cpp',
  'csharp',
  'php',
  'rust',
  'objective-c',
  'dart',
  'css',
  'scss',
  'less',
  'perl',
  'solidity',
  'd',
  'zig',
  'sql',
]);

const NAME = 1;
const LITERAL = 2;

const keywords = new Set(
  `if else elif elsif unless for foreach while do until loop switch case when match default break continue return yield def fn func
   fun function class struct enum trait interface impl type namespace module package import from use export const let var val mut new
   delete try catch except finally throw throws raise assert async await lambda with as in is of not and or null none nil None true
   false True False undefined self this super static public private protected override void goto defer go select end begin then pass
   global nonlocal typeof instanceof extends implements where int string boolean bool float double char long`.split(
    /\s+/,
  ),
);

const keywordHashes = new Set<number>();
for (const word of keywords) keywordHashes.add(hashOf(word));

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** 0: space, 1: part of a word, 2: digit, 3: other. */
const kinds = new Uint8Array(128).fill(3);
for (const unit of ' \t\r\n\f\v') kinds[unit.charCodeAt(0)] = 0;
for (let unit = 48; unit < 58; unit++) kinds[unit] = 2;
for (let unit = 65; unit < 91; unit++) kinds[unit] = kinds[unit + 32] = 1;
kinds[95] = kinds[36] = kinds[64] = 1;

const columns = [
  'shape',
  'exact',
  'tokens',
  'startLine',
  'endLine',
  'startColumn',
  'endColumn',
  'depth',
  'indent',
  'firstToken',
] as const;
type Columns = Record<(typeof columns)[number], Int32Array<ArrayBuffer>>;

/** Columns that grow; one set serves file after file. */
class Rows implements Columns {
  shape = new Int32Array(4096);
  exact = new Int32Array(4096);
  tokens = new Int32Array(4096);
  startLine = new Int32Array(4096);
  endLine = new Int32Array(4096);
  startColumn = new Int32Array(4096);
  endColumn = new Int32Array(4096);
  depth = new Int32Array(4096);
  indent = new Int32Array(4096);
  firstToken = new Int32Array(4096);
  names = new Int32Array(65536);
  count = 0;
  tokenCount = 0;

  clear(): void {
    this.count = 0;
    this.tokenCount = 0;
  }

  row(): number {
    if (this.count === this.shape.length) for (const key of columns) this[key] = doubled(this[key]);
    return this.count++;
  }

  name(hash: number): void {
    if (this.tokenCount === this.names.length) this.names = doubled(this.names);
    this.names[this.tokenCount++] = hash;
  }
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(column.length * 2);
  grown.set(column);
  return grown;
}

const rows = new Rows();

export function readStatements(source: DuplicationSource): FileStatements {
  rows.clear();
  const lines = readFile(rows, source);
  const cut = (column: Int32Array): Int32Array => column.slice(0, rows.count);
  return {
    path: source.path,
    language: source.language,
    count: rows.count,
    shape: cut(rows.shape),
    exact: cut(rows.exact),
    tokens: cut(rows.tokens),
    startLine: cut(rows.startLine),
    endLine: cut(rows.endLine),
    startColumn: cut(rows.startColumn),
    endColumn: cut(rows.endColumn),
    depth: Int8Array.from(cut(rows.depth)),
    indent: cut(rows.indent),
    firstToken: cut(rows.firstToken),
    names: rows.names.slice(0, rows.tokenCount),
    lines,
  };
}

function readFile(rows: Rows, { text, language }: DuplicationSource): number {
  const { spans } = scanLexically(text, language);
  const isIndented = indented.has(language);
  const endsAtLine = !terminated.has(language);
  let span = 0;
  let at = 0;
  let lines = 0;
  let brackets = 0;
  let lineStart = 0;
  // The statement that is being read.
  let first = -1;
  let startLine = 1;
  let startColumn = 0;
  let endLine = 1;
  let endColumn = 0;
  let shape = 0x811c9dc5;
  let exact = 0x811c9dc5;
  let tokens = 0;
  let firstHash = 0;
  let lastUnit = 0;
  let firstToken = rows.tokenCount;
  let indent = -1;
  const close = (depth: number): void => {
    if (first >= 0 && tokens > 0) {
      if (isImport(firstHash, text, first)) rows.tokenCount = firstToken;
      else {
        const row = rows.row();
        rows.shape[row] = shape;
        rows.exact[row] = exact;
        rows.tokens[row] = tokens;
        rows.startLine[row] = startLine;
        rows.endLine[row] = endLine;
        rows.startColumn[row] = startColumn;
        rows.endColumn[row] = endColumn;
        rows.depth[row] = depth;
        rows.indent[row] = isIndented ? indent : -1;
        rows.firstToken[row] = firstToken;
      }
    }
    first = -1;
    shape = exact = 0x811c9dc5;
    tokens = 0;
    firstHash = 0;
    firstToken = rows.tokenCount;
  };
  const token = (start: number, end: number, hash: number, kind: number): void => {
    if (first < 0) {
      first = start;
      firstHash = hash;
      indent = startColumn = start - lineStart;
      startLine = lines + 1;
    }
    endLine = lines + 1;
    endColumn = end - lineStart;
    tokens++;
    exact = Math.imul(exact ^ hash, 0x01000193);
    shape = Math.imul(shape ^ (kind === 0 ? hash : kind), 0x01000193);
    rows.name(kind === 0 ? 0 : hash);
    lastUnit = text.charCodeAt(end - 1);
  };
  const length = text.length;
  while (at < length) {
    if (span < spans.length && at >= spans[span]!) {
      const [start, end, isComment] = [spans[span]!, spans[span + 1]!, spans[span + 2] === 1];
      span += 3;
      if (end <= at) continue;
      if (!isComment) token(start, end, hashRange(text, start, end), LITERAL);
      for (let i = text.indexOf('\n', at); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
        lines++;
        lineStart = i + 1;
      }
      if (!isComment) {
        endLine = lines + 1;
        endColumn = end - lineStart;
      }
      at = end;
      continue;
    }
    const unit = text.charCodeAt(at);
    const kind = unit < 128 ? kinds[unit]! : 1;
    if (kind === 0) {
      if (unit === 10) {
        lines++;
        lineStart = at + 1;
        if (endsAtLine && brackets <= 0 && first >= 0 && !goesOn(lastUnit) && !continues(text, at + 1)) close(0);
      }
      at++;
      continue;
    }
    const stop = span < spans.length ? spans[span]! : length;
    if (kind === 1 || kind === 2) {
      let end = at + 1;
      let hash = Math.imul(0x811c9dc5 ^ unit, 0x01000193);
      for (; end < stop; end++) {
        const next = text.charCodeAt(end);
        const its = next < 128 ? kinds[next]! : 1;
        if (its !== 1 && its !== 2 && !(kind === 2 && next === 46)) break;
        hash = Math.imul(hash ^ next, 0x01000193);
      }
      hash |= 0;
      token(at, end, hash, kind === 2 ? LITERAL : keywordHashes.has(hash) ? 0 : NAME);
      at = end;
      continue;
    }
    token(at, at + 1, unit, 0);
    at++;
    if (unit === 40 || unit === 91) brackets++;
    else if (unit === 41 || unit === 93) brackets--;
    else if (unit === 123) {
      if (!isIndented) {
        close(1);
        brackets = 0;
      } else brackets++;
    } else if (unit === 125) {
      if (!isIndented) {
        // What stands before a closing brace is a statement of its own.
        closeBefore();
        brackets = 0;
      } else brackets--;
    } else if (unit === 59 && brackets <= 0) close(0);
  }
  close(0);
  return lines + (length > 0 && text.charCodeAt(length - 1) !== 10 ? 1 : 0);

  function closeBefore(): void {
    const start = at - 1;
    if (tokens > 1) {
      // The brace was taken in: give it back.
      tokens--;
      rows.tokenCount--;
      close(0);
      token(start, at, 125, 0);
    }
    close(-1);
  }
}

function hashRange(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  const stop = Math.min(end, start + 200);
  for (let at = start; at < stop; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (end - start)) | 0;
}

/** An operator, a comma or a dot at a line's end: the statement goes on. */
function goesOn(unit: number): boolean {
  return (
    unit === 44 ||
    unit === 46 ||
    unit === 43 ||
    unit === 45 ||
    unit === 42 ||
    unit === 47 ||
    unit === 61 ||
    unit === 38 ||
    unit === 124 ||
    unit === 63 ||
    unit === 92 ||
    unit === 60 ||
    unit === 37
  );
}

/** The next line begins with what cannot begin a statement. */
function continues(text: string, from: number): boolean {
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 9) {
      return (
        unit === 46 ||
        unit === 63 ||
        (unit === 58 && text.charCodeAt(at + 1) !== 58) ||
        (unit === 38 && text.charCodeAt(at + 1) === 38) ||
        (unit === 124 && text.charCodeAt(at + 1) === 124)
      );
    }
  }
  return false;
}

const importHashes = new Set(
  ['import', 'from', 'using', 'package', 'use', 'require', 'include', 'require_relative', 'extern', 'mod', 'load'].map(
    hashOf,
  ),
);

function isImport(firstHash: number, text: string, start: number): boolean {
  if (importHashes.has(firstHash)) return true;
  const unit = text.charCodeAt(start);
  if (unit === 35)
    return /^#\s*(?:include|import|define|pragma|if|endif|ifdef|ifndef|else)\b/.test(text.slice(start, start + 20));
  if (unit !== 99 && unit !== 118 && unit !== 108 && unit !== 101) return false;
  return /^(?:(?:const|let|var)\s+(?:\w+|\{[^{}]*\})\s*=\s*require\s*\(|export\s+(?:\*|(?:type\s+)?\{[^{}]*\}\s*from))/.test(
    text.slice(start, start + 300),
  );
}
