/** One lexer for the languages without a grammar: words, numbers, operators and comments from tables, literals by a hook. */
import { TokenKind, TokenStream } from './token-stream.ts';

export interface LexicalSyntax {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly { readonly open: string; readonly close: string; readonly nested: boolean }[];
  /** Operators of more than one character. All else is one token a character. */
  readonly operators: readonly string[];
  readonly isWordStart: (unit: number) => boolean;
  readonly isWordPart: (unit: number) => boolean;
  /**
   * Reads what tables cannot say: strings, characters, here-documents, regular expressions. Emits its tokens and returns
   * where they end; returns `at` when nothing of the kind stands there.
   */
  readonly literal: (lexer: Lexer, at: number) => number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const DEEPEST_INTERPOLATION = 40;
/** How often, on average, a search may read a character of the text. */
const MOST_SEARCHES = 40;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
export const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95 || unit > 127;
export const isLetterOrDigit = (unit: number): boolean => isLetter(unit) || isDigit(unit);

export class Lexer {
  readonly text: string;
  readonly tokens: TokenStream;
  readonly #syntax: LexicalSyntax;
  readonly #operators = new Map<string, readonly string[]>();
  #breakPending = true;
  #depth = 0;
  /** The line that was measured last. */
  #lineFrom = 0;
  #lineTo = -1;
  #searched = 0;

  constructor(text: string, syntax: LexicalSyntax) {
    this.text = text;
    this.tokens = new TokenStream(text);
    this.#syntax = syntax;
    for (const operator of [...syntax.operators].sort((a, b) => b.length - a.length)) {
      const first = operator[0]!;
      this.#operators.set(first, [...(this.#operators.get(first) ?? []), operator]);
    }
  }

  emit(kind: TokenKind, start: number, end: number): void {
    this.tokens.add(kind, start, end, this.#breakPending);
    this.#breakPending = false;
  }

  /** Offset of the line's end (its line feed, or the end of the text). */
  lineEnd(at: number): number {
    if (at < this.#lineFrom || at > this.#lineTo) {
      const found = this.text.indexOf('\n', at);
      this.#lineFrom = at;
      this.#lineTo = found < 0 ? this.text.length : found;
    }
    return this.#lineTo;
  }

  /** Offset of the next `wanted`; −1 for none, and once such searches have read the text too many times. */
  find(wanted: string, from: number): number {
    const { text } = this;
    if (this.#searched > text.length * MOST_SEARCHES) {
      this.tokens.broken = true;
      return -1;
    }
    const found = text.indexOf(wanted, from);
    this.#searched += (found < 0 ? text.length : found) - from;
    return found;
  }

  /** Just past the next `close` that no backslash escapes; the text's end, marked broken, when there is none. */
  quoted(at: number, close: string, escape = '\\'): number {
    const { text } = this;
    for (let i = at; i < text.length; i++) {
      if (escape !== '' && text[i] === escape) i++;
      else if (text.startsWith(close, i)) return i + close.length;
    }
    this.tokens.broken = true;
    return text.length;
  }

  /** Lexes an interpolated expression up to the bracket that closes it; returns the offset of that bracket. */
  interpolation(at: number, open: string, close: string): number {
    if (this.#depth >= DEEPEST_INTERPOLATION) return this.text.length;
    this.#depth++;
    const end = this.#scan(at, open, close);
    this.#depth--;
    return end;
  }

  run(): TokenStream {
    this.#scan(0, '', '');
    this.tokens.pairBrackets();
    return this.tokens;
  }

  #scan(from: number, open: string, close: string): number {
    const { text } = this;
    const syntax = this.#syntax;
    let nesting = 0;
    let at = from;
    while (at < text.length) {
      const unit = text.charCodeAt(at);
      if (unit === LINE_FEED || unit === CARRIAGE_RETURN) {
        this.#breakPending = true;
        at++;
        continue;
      }
      if (unit <= 32 || unit === 0xa0 || unit === 0xfeff) {
        at++;
        continue;
      }
      const after = this.#comment(at);
      if (after > at) {
        at = after;
        continue;
      }
      const literal = syntax.literal(this, at);
      if (literal > at) {
        at = literal;
        continue;
      }
      if (isDigit(unit)) at = this.#number(at);
      else if (syntax.isWordStart(unit)) {
        let end = at + 1;
        while (end < text.length && syntax.isWordPart(text.charCodeAt(end))) end++;
        this.emit(TokenKind.word, at, end);
        at = end;
      } else {
        const mark = text[at]!;
        if (close !== '') {
          if (mark === open) nesting++;
          else if (mark === close && nesting-- === 0) return at;
        }
        const operator = this.#operators.get(mark)?.find((candidate) => text.startsWith(candidate, at)) ?? mark;
        this.emit(TokenKind.punctuation, at, at + operator.length);
        at += operator.length;
      }
    }
    if (close !== '') this.tokens.broken = true;
    return at;
  }

  #comment(at: number): number {
    const { text } = this;
    for (const { open, close, nested } of this.#syntax.blockComments) {
      if (!text.startsWith(open, at)) continue;
      let depth = 1;
      let i = at + open.length;
      while (i < text.length) {
        if (text.startsWith(close, i)) {
          i += close.length;
          if (--depth === 0) break;
        } else if (nested && text.startsWith(open, i)) {
          depth++;
          i += open.length;
        } else i++;
      }
      if (depth > 0) this.tokens.broken = true;
      this.emit(TokenKind.comment, at, i);
      return i;
    }
    for (const open of this.#syntax.lineComments) {
      if (!text.startsWith(open, at)) continue;
      let end = this.lineEnd(at);
      if (text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
      this.emit(TokenKind.comment, at, end);
      return end;
    }
    return at;
  }

  #number(at: number): number {
    const { text } = this;
    let end = at + 1;
    while (end < text.length) {
      const unit = text.charCodeAt(end);
      if (isLetterOrDigit(unit)) end++;
      else if (unit === 46 && isDigit(text.charCodeAt(end + 1))) end++;
      else if ((unit === 43 || unit === 45) && /^\d[\d._]*e$/i.test(text.slice(at, end))) end++;
      else break;
    }
    this.emit(TokenKind.number, at, end);
    return end;
  }
}
