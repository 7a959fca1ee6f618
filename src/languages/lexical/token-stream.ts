/** The tokens of a text, as growing typed arrays: offsets in UTF-16 units, brackets paired, line breaks remembered. */

export const TokenKind = { word: 1, number: 2, string: 3, comment: 4, punctuation: 5 } as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** Look-aheads for each token of a file, on average. */
const MOST_LOOKS = 40;
/** Tokens that are read inside a bracket never closed. */
const UNCLOSED = 32;

const openers = '([{';
const closers = ')]}';

export class TokenStream {
  readonly text: string;
  count = 0;
  kind = new Uint8Array(1024);
  start = new Int32Array(1024);
  end = new Int32Array(1024);
  /** 1 where a line break stands between this token and the one before it (comments count as tokens). */
  breakBefore = new Uint8Array(1024);
  /** Of a bracket: the token that pairs with it, −1 for none. Set by `pairBrackets`. */
  partner = new Int32Array(0);
  /** A literal or comment ran into the end of the text, or a bracket has no partner. */
  broken = false;
  #looked = 0;

  constructor(text: string) {
    this.text = text;
  }

  add(kind: TokenKind, start: number, end: number, breakBefore: boolean): void {
    if (this.count === this.kind.length) this.#grow();
    const at = this.count++;
    this.kind[at] = kind;
    this.start[at] = start;
    this.end[at] = end;
    this.breakBefore[at] = breakBefore ? 1 : 0;
  }

  /**
   * Whether a look-ahead may read this token. All look-aheads of a file share one allowance, a multiple of its tokens: real
   * code stays far below, and on hostile input every search ends at once instead of making the file quadratic.
   */
  ahead(token: number): boolean {
    if (token >= this.count) return false;
    if (this.#looked++ < this.count * MOST_LOOKS) return true;
    this.broken = true;
    return false;
  }

  /** Text of a token; empty outside the stream. */
  at(token: number): string {
    return token >= 0 && token < this.count ? this.text.slice(this.start[token], this.end[token]) : '';
  }

  is(token: number, text: string): boolean {
    return (
      token >= 0 &&
      token < this.count &&
      text.length === this.end[token]! - this.start[token]! &&
      this.kind[token] !== TokenKind.string &&
      this.text.startsWith(text, this.start[token])
    );
  }

  isKind(token: number, kind: TokenKind): boolean {
    return token >= 0 && token < this.count && this.kind[token] === kind;
  }

  /** Next token that is no comment, from `token` on; `count` at the end. */
  code(token: number): number {
    let at = token;
    while (at < this.count && this.kind[at] === TokenKind.comment) at++;
    return at;
  }

  /** The token before that is no comment; −1 at the start. */
  codeBefore(token: number): number {
    let at = token - 1;
    while (at >= 0 && this.kind[at] === TokenKind.comment) at--;
    return at;
  }

  /** A line break between a token and the last code token before it. */
  startsLine(token: number): boolean {
    let at = token;
    while (at >= 0 && at < this.count) {
      if (this.breakBefore[at] === 1) return true;
      if (at === 0) return true;
      if (this.kind[--at] !== TokenKind.comment) return false;
    }
    return true;
  }

  /** The token that closes the bracket at `token`, or the last token of the stream for one never closed. */
  close(token: number): number {
    const partner = this.partner[token] ?? -1;
    return partner >= 0 ? partner : this.count - 1;
  }

  /** Last token inside the bracket at `token`; only a few for one never closed. */
  lastInside(token: number): number {
    const partner = this.partner[token] ?? -1;
    return partner >= 0 ? partner - 1 : Math.min(this.count - 1, token + UNCLOSED);
  }

  /**
   * Pairs ( ) [ ] { }. A closer that does not fit closes the nearest opener that it does fit, leaving those between without
   * a partner; one that fits none is left alone.
   */
  pairBrackets(): void {
    this.partner = new Int32Array(this.count).fill(-1);
    const open: number[] = [];
    for (let token = 0; token < this.count; token++) {
      if (this.kind[token] !== TokenKind.punctuation || this.end[token]! - this.start[token]! !== 1) continue;
      const mark = this.text[this.start[token]!]!;
      if (openers.includes(mark)) {
        open.push(token);
        continue;
      }
      const closer = closers.indexOf(mark);
      if (closer < 0) continue;
      let depth = open.length - 1;
      // A stray closer looks only a little way up, so that hostile input stays linear.
      const floor = Math.max(0, open.length - 32);
      while (depth >= floor && this.text[this.start[open[depth]!]!] !== openers[closer]) depth--;
      if (depth < floor || depth < 0) {
        this.broken = true;
        continue;
      }
      if (depth !== open.length - 1) this.broken = true;
      this.partner[token] = open[depth]!;
      this.partner[open[depth]!] = token;
      open.length = depth;
    }
    if (open.length > 0) this.broken = true;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    const keep = <T extends Uint8Array | Int32Array>(made: T, old: T): T => (made.set(old), made);
    this.kind = keep(new Uint8Array(size), this.kind);
    this.start = keep(new Int32Array(size), this.start);
    this.end = keep(new Int32Array(size), this.end);
    this.breakBefore = keep(new Uint8Array(size), this.breakBefore);
  }
}
