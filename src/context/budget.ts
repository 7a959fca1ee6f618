import type { TokenCounter } from './tokens/token-counter.ts';

/** Tokens that may still be spent: of the whole, and of one level's share. */
export class Budget {
  readonly #counter: TokenCounter;
  #whole: number;
  #level = 0;

  constructor(counter: TokenCounter, tokens: number) {
    this.#counter = counter;
    this.#whole = tokens;
  }

  /** What the level before left over is not handed on. */
  startLevel(tokens: number): void {
    this.#level = tokens;
  }

  get left(): number {
    return Math.min(this.#whole, this.#level);
  }

  /** Spends what the text costs, if that is at most `allowance` and what is left. */
  spend(text: string, allowance = Number.POSITIVE_INFINITY): boolean {
    const limit = Math.min(allowance, this.left);
    const tokens = limit <= 0 ? undefined : this.#counter.countWithin(text, limit);
    if (tokens === undefined) return false;
    this.#whole -= tokens;
    this.#level -= tokens;
    return true;
  }
}
