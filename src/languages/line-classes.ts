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

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 127;
const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;

/** Class of each line, `LineClass`. Languages without comments (prose, data) have only blank and code lines. */
export function classifyLines(text: string, language: string): Uint8Array {
  return new LineScan(text, compile(language)).run();
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
  #heredocs: { readonly word: string; readonly indented: boolean }[] = [];

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

  #lineEnd(from: number): number {
    for (let at = from; at < this.#end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === NEWLINE || code === RETURN) return at;
    }
    return this.#end;
  }

  #onlyBlankBefore(at: number): boolean {
    for (let before = at - 1; before >= this.#lineStart; before--) if (!isBlank(this.#text.charCodeAt(before))) return false;
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
    return isBlank(before) || before === 59 || before === 40 || before === 41 || before === 123 || before === 125 || before === 38 || before === 124;
  }

  /** Consumes what the rule opens; false where it does not apply after all. */
  #apply(rule: LexicalRule): boolean {
    switch (rule.kind) {
      case 'line': {
        const stop = this.#lineEnd(this.#at);
        const { island } = this.#syntax;
        const leaves = island ? this.#text.slice(this.#at, stop).indexOf(island.close) : -1;
        this.#cover(leaves < 0 ? stop : this.#at + leaves, LineClass.comment);
        return true;
      }
      case 'block':
        this.#block(rule);
        return true;
      case 'string':
        return this.#string(rule);
      case 'character':
        return this.#character();
      case 'escaped':
        this.#cover(this.#at + rule.open.length + 1, LineClass.code);
        return true;
      case 'regex':
        return this.#regex();
      case 'template':
        this.#template();
        return true;
      case 'heredoc':
        return this.#heredocStart(rule.open);
      case 'long-bracket':
        return this.#longBracket(rule.open, rule.comment);
      case 'raw':
        return this.#raw(rule.style);
      case 'percent':
        return this.#percent();
    }
  }

  #block(rule: LexicalRule & { kind: 'block' }): void {
    const { open, close } = rule;
    let at = this.#at + open.length;
    // An end mark bound to a line's start ends with its line (`=end`, `=cut`).
    if (rule.at === 'column') {
      const found = this.#text.indexOf(`\n${close}`, this.#at);
      this.#cover(found < 0 ? this.#end : this.#lineEnd(found + 1), LineClass.comment);
      return;
    }
    for (let depth = 1; depth > 0; ) {
      const closes = this.#text.indexOf(close, at);
      if (closes < 0) {
        at = this.#end;
        break;
      }
      const opens = rule.nested ? this.#text.indexOf(open, at) : -1;
      if (opens >= 0 && opens < closes) {
        depth++;
        at = opens + open.length;
      } else {
        depth--;
        at = closes + close.length;
      }
    }
    this.#cover(at, LineClass.comment);
  }

  #string(rule: LexicalRule & { kind: 'string' }): boolean {
    const { open } = rule;
    if (rule.notAfterWord && this.#at > 0) {
      const before = this.#text.charCodeAt(this.#at - 1);
      if (isWord(before) || before === 41 || before === 93 || before === 125 || before === 39 || before === 46) return false;
    }
    const end = this.#stringEnd(rule, this.#at + open.length);
    if (!rule.docstring || !this.#startsStatement()) {
      this.#cover(end, LineClass.code);
      return true;
    }
    let after = end;
    while (after < this.#end && (this.#text[after] === ' ' || this.#text[after] === '\t')) after++;
    const next = after < this.#end ? this.#text[after]! : '\n';
    const alone = next === '\n' || next === '\r' || next === '#' || next === ';';
    if (alone) this.#classes[this.#line] = LineClass.comment;
    this.#cover(end, alone ? LineClass.comment : LineClass.code);
    return true;
  }

  /** Nothing but a string prefix (`r`, `Rb`) stands before the place on its line, and no bracket or backslash carries on. */
  #startsStatement(): boolean {
    if (this.#depth > 0) return false;
    let at = this.#at;
    while (at > this.#lineStart && at > this.#at - 2 && isWord(this.#text.charCodeAt(at - 1))) at--;
    if (!this.#onlyBlankBefore(at)) return false;
    let before = this.#lineStart - 1;
    while (before >= 0 && (this.#text.charCodeAt(before) === NEWLINE || this.#text.charCodeAt(before) === RETURN) && before > this.#lineStart - 3) before--;
    return before < 0 || this.#text[before] !== '\\';
  }

  #stringEnd(rule: LexicalRule & { kind: 'string' }, from: number): number {
    const { close, escape, multiline } = rule;
    const first = close.charCodeAt(0);
    const escapeCode = escape === 'doubled' || escape === 'none' ? -1 : escape.charCodeAt(0);
    for (let at = from; at < this.#end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === escapeCode) {
        if (this.#text.charCodeAt(at + 1) === RETURN && this.#text.charCodeAt(at + 2) === NEWLINE) at++;
        at++;
      } else if (code === first && (close.length === 1 || this.#text.startsWith(close, at))) {
        if (escape === 'doubled' && this.#text.startsWith(close, at + close.length)) at += close.length;
        else return at + close.length;
      } else if (!multiline && (code === NEWLINE || code === RETURN)) return at;
    }
    return this.#end;
  }

  #character(): boolean {
    const text = this.#text;
    const at = this.#at;
    if (at > 0 && isWord(text.charCodeAt(at - 1)) && !/[uULb]$/.test(text.slice(Math.max(0, at - 2), at))) return false;
    if (text[at + 1] === '\\') {
      const limit = Math.min(this.#end, at + 14);
      for (let close = at + 3; close < limit; close++) {
        if (text[close] === "'") {
          this.#cover(close + 1, LineClass.code);
          return true;
        }
      }
      return false;
    }
    for (const width of [2, 3]) {
      if (text[at + width] === "'" && text[at + 1] !== '\n') {
        this.#cover(at + width + 1, LineClass.code);
        return true;
      }
    }
    return false;
  }

  /** A regular expression literal, told from a division by what stands before it. */
  #regex(): boolean {
    const text = this.#text;
    let before = this.#at - 1;
    while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
    if (before >= 0) {
      const previous = text.charCodeAt(before);
      if (previous === 60 && before === this.#at - 1) return false;
      if (isWord(previous) || previous === 36) {
        let start = before;
        while (start > 0 && before - start < 12 && isWord(text.charCodeAt(start - 1))) start--;
        if (!/^(return|typeof|case|do|else|in|of|void|delete|throw|new|yield|await|instanceof|if|unless|when|and|or|not|while|split|grep)$/.test(text.slice(start, before + 1))) return false;
      } else if (previous === 41 || previous === 93 || previous === 125 || previous === 34 || previous === 39 || previous === 96) return false;
    }
    let inClass = false;
    for (let at = this.#at + 1; at < this.#end; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE || code === RETURN) return false;
      if (code === 92) at++;
      else if (code === 91) inClass = true;
      else if (code === 93) inClass = false;
      else if (code === 47 && !inClass) {
        this.#cover(at + 1, LineClass.code);
        return true;
      }
    }
    return false;
  }

  /** A template literal with its `${…}`, which may hold templates again. */
  #template(): void {
    const text = this.#text;
    // −1: inside a template's text; n ≥ 0: inside an expression with n open braces.
    const open = [-1];
    let at = this.#at + 1;
    for (; at < this.#end && open.length > 0; at++) {
      const code = text.charCodeAt(at);
      const top = open.length - 1;
      if (open[top] === -1) {
        if (code === 92) at++;
        else if (code === 96) open.pop();
        else if (code === 36 && text.charCodeAt(at + 1) === 123) {
          open.push(0);
          at++;
        }
      } else if (code === 96) open.push(-1);
      else if (code === 123) open[top]!++;
      else if (code === 125) {
        if (open[top] === 0) open.pop();
        else open[top]!--;
      } else if (code === 34 || code === 39) {
        at = this.#stringEnd({ kind: 'string', open: '', close: text[at]!, escape: '\\', multiline: false }, at + 1) - 1;
      }
    }
    this.#cover(at, LineClass.code);
  }

  #heredocStart(open: '<<' | '<<<'): boolean {
    const rest = this.#text.slice(this.#at + open.length, this.#at + open.length + 80);
    const match = /^([-~]?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([A-Za-z_]\w*))/.exec(rest);
    if (!match || (match[0].startsWith(' ') && match[4] !== undefined)) return false;
    const before = this.#at > 0 ? this.#text.charCodeAt(this.#at - 1) : 32;
    // `a<<B` and `class << self` are no heredocs, nor is a here-string `<<<`.
    if (before === 60 || (open === '<<' && isWord(before))) return false;
    this.#heredocs.push({ word: (match[2] ?? match[3] ?? match[4])!, indented: match[1] !== '' || open === '<<<' });
    this.#cover(this.#at + open.length + match[0].length, LineClass.code);
    return true;
  }

  #heredocBodies(): void {
    for (const { word, indented } of this.#heredocs) {
      while (this.#at < this.#end) {
        const stop = this.#lineEnd(this.#at);
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

  #longBracket(open: string, comment: boolean): boolean {
    let at = this.#at + open.length;
    let level = 0;
    while (this.#text[at] === '=') {
      level++;
      at++;
    }
    if (this.#text[at] !== '[') return false;
    const close = `]${'='.repeat(level)}]`;
    const found = this.#text.indexOf(close, at + 1);
    this.#cover(found < 0 ? this.#end : found + close.length, comment ? LineClass.comment : LineClass.code);
    return true;
  }

  #raw(style: 'rust' | 'cpp' | 'swift' | 'quotes' | 'dollar'): boolean {
    const text = this.#text;
    const at = this.#at;
    const before = at > 0 ? text.charCodeAt(at - 1) : 32;
    const head = text.slice(at, at + 40);
    let match: RegExpExecArray | null;
    let close: string;
    if (style === 'rust') {
      if (isWord(before) && text[at - 1] !== 'b' && text[at - 1] !== 'c') return false;
      if (!(match = /^r(#*)"/.exec(head))) return false;
      close = `"${match[1]!}`;
    } else if (style === 'cpp') {
      if (!(match = /^R"([^\s()\\]{0,16})\(/.exec(head))) return false;
      close = `)${match[1]!}"`;
    } else if (style === 'swift') {
      if (!(match = /^(#+)("""|")/.exec(head))) return false;
      close = `${match[2]!}${match[1]!}`;
    } else if (style === 'quotes') {
      if (!(match = /^"{3,}/.exec(head))) return false;
      close = match[0];
    } else {
      if (isWord(before) || !(match = /^\$([A-Za-z_]\w*)?\$/.exec(head))) return false;
      close = match[0];
    }
    const found = text.indexOf(close, at + match[0].length);
    this.#cover(found < 0 ? this.#end : found + close.length, LineClass.code);
    return true;
  }

  #percent(): boolean {
    const before = this.#at > 0 ? this.#text.charCodeAt(this.#at - 1) : 32;
    const match = /^%[qQwWiIrsx]?([[({<|!])/.exec(this.#text.slice(this.#at, this.#at + 3));
    if (!match || isWord(before) || before === 41 || before === 93) return false;
    const open = match[1]!;
    const close = '])}>'['[({<'.indexOf(open)] ?? open;
    let depth = 1;
    let at = this.#at + match[0].length;
    for (; at < this.#end && depth > 0; at++) {
      const here = this.#text[at]!;
      if (here === '\\') at++;
      else if (here === close) depth--;
      else if (here === open) depth++;
    }
    this.#cover(at, LineClass.code);
    return true;
  }

  #fixedComment(column: number, marks: string): void {
    const at = this.#at + column;
    const mark = this.#text[at];
    if (mark === undefined || !marks.includes(mark)) return;
    for (let i = this.#at; i < at; i++) if (this.#text.charCodeAt(i) === NEWLINE || this.#text.charCodeAt(i) === RETURN) return;
    // Free-form Fortran starts statements in the first column, too: `call`, `character`, `contains`.
    if (/[a-z]/i.test(mark) && /[A-Za-z_(]/.test(this.#text[at + 1] ?? '')) return;
    this.#cover(this.#lineEnd(at), LineClass.comment);
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
