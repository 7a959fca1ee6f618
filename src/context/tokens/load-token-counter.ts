import { bytePairCount } from './byte-pair-count.ts';
import { loadVocabulary, utf8Units, type Vocabulary } from './byte-pair-ranks.ts';
import type { Encoding, TokenCounter } from './token-counter.ts';

const loaded = new Map<Encoding, Promise<TokenCounter>>();

/** Loading a vocabulary takes some 150 ms, once a process. */
export function loadTokenCounter(encoding: Encoding): Promise<TokenCounter> {
  let counter = loaded.get(encoding);
  if (!counter) {
    counter =
      encoding === 'estimate'
        ? Promise.resolve(estimate)
        : loadVocabulary(encoding).then((vocabulary) => bytePairCounter(encoding, vocabulary));
    loaded.set(encoding, counter);
  }
  return counter;
}

/**
 * One token for every three bytes of UTF-8. Code and English take 3.5 to 4.5 bytes a token in the public vocabularies, so that
 * the figure is on the high side; scripts of three bytes a character get a token a character.
 */
const BYTES_PER_TOKEN = 3;

const estimate: TokenCounter = {
  encoding: 'estimate',
  exact: false,
  count: (text) => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN),
  fits: (text, limit) => Buffer.byteLength(text) <= limit * BYTES_PER_TOKEN,
  countWithin(text, limit) {
    const tokens = Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
    return tokens <= limit ? tokens : undefined;
  },
};

/** Counts of words are kept: a program is written with few words. */
const KEPT_WORDS = 200_000;
const KEPT_LENGTH = 48;
/** Counts of whole texts are kept as well: the same definitions are asked for again and again. */
const KEPT_TEXTS = 4096;
const KEPT_TEXT_LENGTH = 16_384;

function bytePairCounter(encoding: Encoding, { ranks, words }: Vocabulary): TokenCounter {
  const known = new Map<string, number>();
  const countWord = (word: string): number => {
    const kept = known.get(word);
    if (kept !== undefined) return kept;
    const tokens = bytePairCount(utf8Units(word), ranks);
    if (word.length <= KEPT_LENGTH) {
      if (known.size >= KEPT_WORDS) known.clear();
      known.set(word, tokens);
    }
    return tokens;
  };
  const texts = new Map<string, number>();
  /** Stops once the limit is passed; the count is then some figure above it. */
  const upTo = (text: string, limit: number): number => {
    const kept = texts.get(text);
    if (kept !== undefined) return kept;
    let tokens = 0;
    words.lastIndex = 0;
    for (let match = words.exec(text); match !== null && tokens <= limit; match = words.exec(text))
      tokens += countWord(match[0]);
    if (tokens <= limit && text.length <= KEPT_TEXT_LENGTH) {
      if (texts.size >= KEPT_TEXTS) texts.clear();
      texts.set(text, tokens);
    }
    return tokens;
  };
  return {
    encoding,
    exact: true,
    count: (text) => upTo(text, Number.POSITIVE_INFINITY),
    fits: (text, limit) => upTo(text, limit) <= limit,
    countWithin(text, limit) {
      const tokens = upTo(text, limit);
      return tokens <= limit ? tokens : undefined;
    },
  };
}
