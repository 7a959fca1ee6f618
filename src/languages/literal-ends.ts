/** Where comments and literals end: each takes the place where one may open, and returns the offset after it, −1 if it is none. */
import type { LexicalRule } from './lexical-syntax.ts';

const NEWLINE = 10;
const RETURN = 13;

export const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 127;
export const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;

/** The unit before a place; a space at the text's start. */
const before = (text: string, at: number): number => (at > 0 ? text.charCodeAt(at - 1) : 32);

export function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) return at;
  }
  return text.length;
}

export function blockEnd(text: string, start: number, rule: LexicalRule & { kind: 'block' }): number {
  const { open, close } = rule;
  // An end mark bound to a line's start ends with its line (`=end`, `=cut`).
  if (rule.at === 'column') {
    const found = text.indexOf(`\n${close}`, start);
    return found < 0 ? text.length : lineEnd(text, found + 1);
  }
  let at = start + open.length;
  for (let depth = 1; depth > 0;) {
    const closes = text.indexOf(close, at);
    if (closes < 0) return text.length;
    const opens = rule.nested ? text.indexOf(open, at) : -1;
    if (opens >= 0 && opens < closes) {
      depth++;
      at = opens + open.length;
    } else {
      depth--;
      at = closes + close.length;
    }
  }
  return at;
}

/** `from` lies after the opening quote. A string of one line ends before the line's end. */
export function stringEnd(
  text: string,
  from: number,
  rule: Pick<LexicalRule & { kind: 'string' }, 'close' | 'escape' | 'multiline'>,
): number {
  const { close, escape, multiline } = rule;
  const first = close.charCodeAt(0);
  const escapeCode = escape === 'doubled' || escape === 'none' ? -1 : escape.charCodeAt(0);
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === escapeCode) {
      if (text.charCodeAt(at + 1) === RETURN && text.charCodeAt(at + 2) === NEWLINE) at++;
      at++;
    } else if (code === first && (close.length === 1 || text.startsWith(close, at))) {
      if (escape === 'doubled' && text.startsWith(close, at + close.length)) at += close.length;
      else return at + close.length;
    } else if (!multiline && (code === NEWLINE || code === RETURN)) return at;
  }
  return text.length;
}

/** Whether a quote at the place cannot open a string: it stands after a name, a number or a closing bracket. */
export function followsOperand(text: string, at: number): boolean {
  const code = before(text, at);
  return isWord(code) || code === 41 || code === 93 || code === 125 || code === 39 || code === 46;
}

export function characterEnd(text: string, at: number): number {
  if (isWord(before(text, at)) && !/[uULb]$/.test(text.slice(Math.max(0, at - 2), at))) return -1;
  if (text[at + 1] === '\\') {
    const limit = Math.min(text.length, at + 14);
    for (let close = at + 3; close < limit; close++) if (text[close] === "'") return close + 1;
    return -1;
  }
  for (const width of [2, 3]) if (text[at + width] === "'" && text[at + 1] !== '\n') return at + width + 1;
  return -1;
}

const wordsBeforeRegex =
  /^(return|typeof|case|do|else|in|of|void|delete|throw|new|yield|await|instanceof|if|unless|when|and|or|not|while|split|grep)$/;

/** A regular expression literal, told from a division by what stands before it. */
export function regexEnd(text: string, start: number): number {
  let last = start - 1;
  while (last >= 0 && isBlank(text.charCodeAt(last))) last--;
  if (last >= 0) {
    const previous = text.charCodeAt(last);
    // `</tag>` in JSX.
    if (previous === 60 && last === start - 1) return -1;
    if (isWord(previous) || previous === 36) {
      let word = last;
      while (word > 0 && last - word < 12 && isWord(text.charCodeAt(word - 1))) word--;
      if (!wordsBeforeRegex.test(text.slice(word, last + 1))) return -1;
    } else if (')]}"\'`'.includes(text[last]!)) return -1;
  }
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) return -1;
    if (code === 92) at++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) return at + 1;
  }
  return -1;
}

const oneLine = { escape: '\\', multiline: false } as const;

/** A template literal with its `${…}`, which may hold templates again. */
export function templateEnd(text: string, start: number): number {
  // −1: inside a template's text; n ≥ 0: inside an expression with n open braces.
  const open = [-1];
  let at = start + 1;
  for (; at < text.length && open.length > 0; at++) {
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
    } else if (code === 34 || code === 39) at = stringEnd(text, at + 1, { close: text[at]!, ...oneLine }) - 1;
    else if (code === 47) at = Math.max(at, slashEnd(text, at) - 1);
  }
  return Math.min(at, text.length);
}

function slashEnd(text: string, at: number): number {
  if (text[at + 1] === '/') return lineEnd(text, at);
  if (text[at + 1] !== '*') return regexEnd(text, at);
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? text.length : close + 2;
}

export interface Heredoc {
  readonly end: number;
  /** What ends the body, which begins on the next line. */
  readonly word: string;
  readonly indented: boolean;
}

/** The opening of a heredoc; `a<<B`, `class << self` and `<<<` in shells are none. */
export function heredocAt(text: string, at: number, open: '<<' | '<<<'): Heredoc | undefined {
  const rest = text.slice(at + open.length, at + open.length + 80);
  const match = /^([-~]?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([A-Za-z_]\w*))/.exec(rest);
  if (!match || (match[0].startsWith(' ') && match[4] !== undefined)) return undefined;
  const previous = before(text, at);
  if (previous === 60 || (open === '<<' && isWord(previous))) return undefined;
  const word = (match[2] ?? match[3] ?? match[4])!;
  return { end: at + open.length + match[0].length, word, indented: match[1] !== '' || open === '<<<' };
}

/** Lua: `open` ends before the equals signs and second bracket. */
export function longBracketEnd(text: string, start: number, open: string): number {
  let at = start + open.length;
  while (text[at] === '=') at++;
  if (text[at] !== '[') return -1;
  const close = `]${'='.repeat(at - start - open.length)}]`;
  const found = text.indexOf(close, at + 1);
  return found < 0 ? text.length : found + close.length;
}

export function rawEnd(text: string, at: number, style: (LexicalRule & { kind: 'raw' })['style']): number {
  const previous = before(text, at);
  const head = text.slice(at, at + 40);
  let match: RegExpExecArray | null;
  let close: string;
  if (style === 'rust') {
    if (isWord(previous) && text[at - 1] !== 'b' && text[at - 1] !== 'c') return -1;
    if (!(match = /^r(#*)"/.exec(head))) return -1;
    close = `"${match[1]!}`;
  } else if (style === 'cpp') {
    if (!(match = /^R"([^\s()\\]{0,16})\(/.exec(head))) return -1;
    close = `)${match[1]!}"`;
  } else if (style === 'swift') {
    if (!(match = /^(#+)("""|")/.exec(head))) return -1;
    close = `${match[2]!}${match[1]!}`;
  } else if (style === 'quotes') {
    if (!(match = /^"{3,}/.exec(head))) return -1;
    close = match[0];
  } else {
    if (isWord(previous) || !(match = /^\$([A-Za-z_]\w*)?\$/.exec(head))) return -1;
    close = match[0];
  }
  const found = text.indexOf(close, at + match[0].length);
  return found < 0 ? text.length : found + close.length;
}

/** Ruby's `%w[…]`. */
export function percentEnd(text: string, start: number): number {
  const previous = before(text, start);
  const match = /^%[qQwWiIrsx]?([[({<|!])/.exec(text.slice(start, start + 3));
  if (!match || isWord(previous) || previous === 41 || previous === 93) return -1;
  const open = match[1]!;
  const close = '])}>'['[({<'.indexOf(open)] ?? open;
  let depth = 1;
  let at = start + match[0].length;
  for (; at < text.length && depth > 0; at++) {
    const here = text[at]!;
    if (here === '\\') at++;
    else if (here === close) depth--;
    else if (here === open) depth++;
  }
  return Math.min(at, text.length);
}
