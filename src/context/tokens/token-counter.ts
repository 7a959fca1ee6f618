/** How a text is counted. Counting is pure: the same text has the same count, on any machine. */

export const encodings = ['o200k', 'cl100k', 'estimate'] as const;
/** `o200k` and `cl100k` are OpenAI's published vocabularies; `estimate` stands for every tokenizer that is not public. */
export type Encoding = (typeof encodings)[number];

export interface TokenCounter {
  readonly encoding: Encoding;
  /** False: counts are estimates, on the high side for code and English. */
  readonly exact: boolean;
  /** Names of special tokens in the text count as the ordinary text that they are. */
  count(text: string): number;
  /** Whether the text has at most `limit` tokens; stops reading where that is settled. */
  fits(text: string, limit: number): boolean;
  /** Its tokens where they are at most `limit`. */
  countWithin(text: string, limit: number): number | undefined;
}

export function countAll(counter: TokenCounter, texts: readonly string[]): readonly number[] {
  return texts.map((text) => counter.count(text));
}
