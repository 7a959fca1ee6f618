/**
 * Bounds one run of the parser. Its error recovery can be quadratic and worse, and while its lexer looks for a token it asks
 * for nothing but text. So there are two bounds: on the text that it reads, which says the same on every machine (past it, the
 * text ends there, and the tree is that of the beginning), and on the thread's processor time, for what reads little.
 */

/**
 * UTF-16 units handed out at a time: each is a moment at which the bounds are looked at. Scanners that look back make the
 * library ask for the same piece again at every token (Scala's): with its own pieces of 5,119 units that is half of the time.
 */
const PIECE = 512;
/** How often, on average, a unit may be handed out: once or twice as a rule, up to 90 times in real Scala. */
const READ_AGAIN = 300;
const FREE_READS = 1 << 20;

/** Milliseconds of processor time: the first parse of a thread compiles the grammar. Real text takes under 1 s a megabyte. */
const SHORTEST_LIMIT = 1_500;
const LIMIT_PER_UNIT = 4 / 1000;

export class ParseGuard {
  readonly #text: string;
  readonly #most: number;
  readonly #longest: number;
  readonly #started = performance.now();
  readonly #used: number;
  #read = 0;
  /** The text was cut off: the tree is that of its beginning. */
  cutOff = false;
  timedOut = false;

  constructor(text: string) {
    this.#text = text;
    this.#most = FREE_READS + text.length * READ_AGAIN;
    this.#longest = SHORTEST_LIMIT + text.length * LIMIT_PER_UNIT;
    this.#used = threadMilliseconds();
  }

  /** What stands at an offset; nothing once the bounds are passed. */
  readonly read = (offset: number): string => {
    const piece = this.#text.slice(offset, offset + PIECE);
    this.#read += piece.length;
    if (this.#read <= this.#most && !this.isOverTime()) return piece;
    this.cutOff ||= piece !== '';
    return '';
  };

  /** Whether to stop. */
  readonly isOverTime = (): boolean => {
    // Asking for the time that passed is cheap; asking the system for the thread's own is not.
    if (performance.now() - this.#started <= this.#longest) return this.timedOut;
    this.timedOut ||= threadMilliseconds() - this.#used > this.#longest;
    return this.timedOut;
  };
}

function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What the grammars' lexers take for the end, or cannot read, as something that they can; of the same length. */
export function readableText(text: string): string {
  const noNuls = text.includes('\0') ? text.replaceAll('\0', ' ') : text;
  return noNuls.isWellFormed() ? noNuls : noNuls.toWellFormed();
}
