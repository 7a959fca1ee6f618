/**
 * Which lines are blank, comment or code, by a lexer-level scan: comments and strings are recognised, nothing is parsed.
 *
 * What counts: a line with only white space is blank wherever it stands, also inside a comment or string; a line with any
 * code is code; a line with only comment is comment. A docstring (a string standing alone as a statement, Python and its
 * kin) is a comment. Lines end as in `TextIndex` (LF, CRLF, lone CR), except that the empty line after a final line end is
 * none: "a\n" has one line, the empty text has none.
 */
import type { LineCounts } from '#model/facts.ts';
import { lexicalSyntaxes, type LexicalRule, type LexicalSyntax } from './lexical-syntax.ts';
import {
  blockEnd,
  characterEnd,
  followsOperand,
  type Heredoc,
  heredocAt,
  isBlank,
  isWord,
  lineEnd,
  longBracketEnd,
  percentEnd,
  rawEnd,
  regexEnd,
  stringEnd,
  templateEnd,
} from './literal-ends.ts';

export const LineClass = { blank: 0, comment: 1, code: 2 } as const;

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 1;
const BREAK = 2;
const STARTER = 3;
const BRACKET = 4;

interface Compiled {
  /** What a unit below 128 is: 0 plain code, SPACE, BREAK, STARTER, BRACKET (where depth matters). */
  readonly action: Uint8Array;
  readonly rules: readonly (readonly LexicalRule[])[];
  readonly syntax: LexicalSyntax;
}

const compiled = new Map<string, Compiled>();

function compile(language: string): Compiled {
  let result = compiled.get(language);
  if (result) return result;
  const syntax = lexicalSyntaxes[language] ?? { rules: [] };
  const action = new Uint8Array(128);
  for (const space of [9, 11, 12, 32]) action[space] = SPACE;
  action[NEWLINE] = action[RETURN] = BREAK;
  const rules: LexicalRule[][] = [];
  if (syntax.rules.some((rule) => rule.kind === 'string' && rule.docstring)) {
    for (const bracket of '()[]{}') action[bracket.charCodeAt(0)] = BRACKET;
  }
  if (syntax.island) action[syntax.island.close.charCodeAt(0)] = STARTER;
  for (const rule of syntax.rules) {
    const first = rule.open.charCodeAt(0);
    for (const code of syntax.fold ? [first, rule.open.toUpperCase().charCodeAt(0)] : [first]) {
      action[code] = STARTER;
      (rules[code] ??= []).push(rule);
    }
  }
  for (const list of rules) list?.sort((a, b) => b.open.length - a.open.length);
  result = { action, rules, syntax };
  compiled.set(language, result);
  return result;
}

export interface LexicalScan {
  readonly classes: Uint8Array;
  /**
   * Comments (docstrings too) and literals, in order, none inside another, three numbers each: start and end (UTF-16 offsets,
   * end exclusive), 1 for a comment or 0 for a literal.
   */
  readonly spans: Int32Array;
}

/** Class of each line, `LineClass`. Languages without comments (prose, data) have only blank and code lines. */
export function classifyLines(text: string, language: string): Uint8Array {
  return new LineScan(text, compile(language)).run();
}

/** As `classifyLines`, and where comments and literals stand. */
export function scanLexically(text: string, language: string): LexicalScan {
  const scan = new LineScan(text, compile(language));
  return { classes: scan.run(), spans: scan.spans() };
}

/** Lines of each class, of the whole file or of lines `startLine` to `endLine` (1-based, inclusive). */
export function countLines(classes: Uint8Array, startLine = 1, endLine: number = classes.length): LineCounts {
  const counts = [0, 0, 0];
  const last = Math.min(endLine, classes.length);
  for (let line = startLine - 1; line < last; line++) counts[classes[line]!]!++;
  const [blank = 0, comment = 0, code = 0] = counts;
  return { total: blank + comment + code, code, comment, blank };
}

/** One pass over one text; holds the place and the classes so far. */
class LineScan {
  readonly #text: string;
  readonly #end: number;
  readonly #action: Uint8Array;
  readonly #rules: readonly (readonly LexicalRule[])[];
  readonly #syntax: LexicalSyntax;
  #at = 0;
  #line = 0;
  #lineStart = 0;
  #depth = 0;
  #classes: Uint8Array;
  /** Heredoc terminators that begin after the current line's end. */
  #heredocs: Heredoc[] = [];
  readonly #spans: number[] = [];

  constructor(text: string, { action, rules, syntax }: Compiled) {
    this.#text = text;
    this.#end = text.length;
    this.#action = action;
    this.#rules = rules;
    this.#syntax = syntax;
    this.#classes = new Uint8Array(Math.max(16, (text.length >> 5) + 2));
  }

  run(): Uint8Array {
    const { island, fixedColumn } = this.#syntax;
    if (island) this.#markupUntil(island.open);
    if (fixedColumn) this.#fixedComment(fixedColumn.column, fixedColumn.marks);
    const text = this.#text;
    const action = this.#action;
    const end = this.#end;
    while (this.#at < end) {
      // The hot loop: plain characters of a line that is known to hold code.
      let at = this.#at;
      let code = 0;
      let what = 0;
      let sawCode = false;
      while (at < end) {
        code = text.charCodeAt(at);
        what = code < 128 ? action[code]! : isBlank(code) ? SPACE : 0;
        if (what > SPACE) break;
        if (what === 0) sawCode = true;
        at++;
      }
      if (sawCode) this.#classes[this.#line] = LineClass.code;
      this.#at = at;
      if (at >= end) break;
      if (what === BREAK) {
        this.#newLine(code);
        if (this.#heredocs.length > 0) this.#heredocBodies();
        if (fixedColumn) this.#fixedComment(fixedColumn.column, fixedColumn.marks);
      } else if (what === BRACKET) {
        this.#classes[this.#line] = LineClass.code;
        this.#depth += code === 40 || code === 91 || code === 123 ? 1 : this.#depth > 0 ? -1 : 0;
        this.#at++;
      } else if (island && text.startsWith(island.close, at)) {
        this.#at += island.close.length;
        this.#classes[this.#line] = LineClass.code;
        this.#markupUntil(island.open);
      } else if (!this.#tryRules(code)) {
        this.#classes[this.#line] = LineClass.code;
        this.#at++;
      }
    }
    const count = this.#end > this.#lineStart ? this.#line + 1 : this.#line;
    return this.#classes.slice(0, count);
  }

  spans(): Int32Array {
    return Int32Array.from(this.#spans);
  }

  #newLine(code: number): void {
    this.#at += code === RETURN && this.#text.charCodeAt(this.#at + 1) === NEWLINE ? 2 : 1;
    this.#lineStart = this.#at;
    this.#line++;
    if (this.#line >= this.#classes.length) {
      const grown = new Uint8Array(this.#classes.length * 2);
      grown.set(this.#classes);
      this.#classes = grown;
    }
  }

  /** Moves to `target`, giving each line that has something to show on the way at least `as`. */
  #cover(target: number, as: number): void {
    const stop = Math.min(target, this.#end);
    while (this.#at < stop) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === NEWLINE || code === RETURN) {
        this.#newLine(code);
        continue;
      }
      if (this.#classes[this.#line]! < as && !isBlank(code)) this.#classes[this.#line] = as;
      this.#at++;
    }
  }

  #onlyBlankBefore(at: number): boolean {
    for (let before = at - 1; before >= this.#lineStart; before--)
      if (!isBlank(this.#text.charCodeAt(before))) return false;
    return true;
  }

  #tryRules(code: number): boolean {
    for (const rule of this.#rules[code] ?? []) {
      if (this.#opensHere(rule) && this.#apply(rule)) return true;
    }
    return false;
  }

  #opensHere(rule: LexicalRule): boolean {
    const { open } = rule;
    const at = this.#at;
    if (open.length > 1) {
      const here = this.#text.startsWith(open, at);
      if (!here && !(this.#syntax.fold && this.#text.slice(at, at + open.length).toLowerCase() === open)) return false;
    }
    if (rule.kind !== 'line' && rule.kind !== 'block') return true;
    if (rule.kind === 'line' && rule.notBefore && at + open.length < this.#end) {
      if (rule.notBefore.includes(this.#text[at + open.length]!)) return false;
    }
    if (rule.at === undefined) return true;
    if (rule.at === 'column') return at === this.#lineStart && (open !== '=' || isWord(this.#text.charCodeAt(at + 1)));
    if (rule.at === 'line') return this.#onlyBlankBefore(at);
    const before = at === 0 ? 32 : this.#text.charCodeAt(at - 1);
    return (
      isBlank(before) ||
      before === 59 ||
      before === 40 ||
      before === 41 ||
      before === 123 ||
      before === 125 ||
      before === 38 ||
      before === 124
    );
  }

  /** Consumes what the rule opens; false where it does not apply after all. */
  #apply(rule: LexicalRule): boolean {
    const text = this.#text;
    const at = this.#at;
    switch (rule.kind) {
      case 'line':
        return this.#take(this.#lineCommentEnd(), LineClass.comment);
      case 'block':
        return this.#take(blockEnd(text, at, rule), LineClass.comment);
      case 'string':
        return this.#string(rule);
      case 'character':
        return this.#take(characterEnd(text, at));
      case 'escaped':
        return this.#take(at + rule.open.length + 1);
      case 'regex':
        return this.#take(regexEnd(text, at));
      case 'template':
        return this.#take(templateEnd(text, at));
      case 'heredoc': {
        const heredoc = heredocAt(text, at, rule.open);
        if (heredoc) this.#heredocs.push(heredoc);
        return this.#take(heredoc?.end ?? -1);
      }
      case 'long-bracket':
        return this.#take(longBracketEnd(text, at, rule.open), rule.comment ? LineClass.comment : LineClass.code);
      case 'raw':
        return this.#take(rawEnd(text, at, rule.style));
      case 'percent':
        return this.#take(percentEnd(text, at));
    }
  }

  #take(end: number, as: number = LineClass.code): boolean {
    if (end < 0) return false;
    this.#spans.push(this.#at, Math.min(end, this.#end), as === LineClass.comment ? 1 : 0);
    this.#cover(end, as);
    return true;
  }

  /** The line's end, or before it the mark that closes an island of code (`?>`). */
  #lineCommentEnd(): number {
    const stop = lineEnd(this.#text, this.#at);
    const { island } = this.#syntax;
    const leaves = island ? this.#text.slice(this.#at, stop).indexOf(island.close) : -1;
    return leaves < 0 ? stop : this.#at + leaves;
  }

  #string(rule: LexicalRule & { kind: 'string' }): boolean {
    if (rule.notAfterWord && followsOperand(this.#text, this.#at)) return false;
    const end = stringEnd(this.#text, this.#at + rule.open.length, rule);
    if (!rule.docstring || !this.#startsStatement()) return this.#take(end);
    let after = end;
    while (after < this.#end && (this.#text[after] === ' ' || this.#text[after] === '\t')) after++;
    const next = after < this.#end ? this.#text[after]! : '\n';
    const alone = next === '\n' || next === '\r' || next === '#' || next === ';';
    // A prefix (`r`) made the line code.
    if (alone) this.#classes[this.#line] = LineClass.comment;
    return this.#take(end, alone ? LineClass.comment : LineClass.code);
  }

  /** Nothing but a string prefix (`r`, `Rb`) stands before the place on its line, and no bracket or backslash carries on. */
  #startsStatement(): boolean {
    if (this.#depth > 0) return false;
    let at = this.#at;
    while (at > this.#lineStart && at > this.#at - 2 && isWord(this.#text.charCodeAt(at - 1))) at--;
    if (!this.#onlyBlankBefore(at)) return false;
    let before = this.#lineStart - 1;
    while (
      before >= 0 &&
      (this.#text.charCodeAt(before) === NEWLINE || this.#text.charCodeAt(before) === RETURN) &&
      before > this.#lineStart - 3
    )
      before--;
    return before < 0 || this.#text[before] !== '\\';
  }

  #heredocBodies(): void {
    for (const { word, indented } of this.#heredocs) {
      while (this.#at < this.#end) {
        const stop = lineEnd(this.#text, this.#at);
        const content = this.#text.slice(this.#at, Math.min(stop, this.#at + word.length + 200));
        const candidate = indented ? content.trimStart() : content;
        const done = candidate.startsWith(word) && !isWord(candidate.charCodeAt(word.length) || 32);
        this.#cover(stop, LineClass.code);
        if (this.#at < this.#end) this.#newLine(this.#text.charCodeAt(this.#at));
        if (done) break;
      }
    }
    this.#heredocs = [];
  }

  #fixedComment(column: number, marks: string): void {
    const at = this.#at + column;
    const mark = this.#text[at];
    if (mark === undefined || !marks.includes(mark)) return;
    for (let i = this.#at; i < at; i++)
      if (this.#text.charCodeAt(i) === NEWLINE || this.#text.charCodeAt(i) === RETURN) return;
    // Free-form Fortran starts statements in the first column, too: `call`, `character`, `contains`.
    if (/[a-z]/i.test(mark) && /[A-Za-z_(]/.test(this.#text[at + 1] ?? '')) return;
    this.#cover(lineEnd(this.#text, at), LineClass.comment);
  }

  /** Markup around islands of code: it is code itself, but for its comments. */
  #markupUntil(open: string): void {
    while (this.#at < this.#end) {
      const found = this.#text.indexOf(open, this.#at);
      const comment = this.#text.indexOf('<!--', this.#at);
      if (comment >= 0 && (found < 0 || comment < found)) {
        this.#cover(comment, LineClass.code);
        const close = this.#text.indexOf('-->', comment);
        this.#cover(close < 0 ? this.#end : close + 3, LineClass.comment);
      } else {
        this.#cover(found < 0 ? this.#end : found + open.length, LineClass.code);
        return;
      }
    }
  }
}
