/** The one place that knows gpt-tokenizer: its published vocabularies and the patterns that split a text into words. */

/** Rank of each token by its bytes, a byte as one UTF-16 unit (latin1). */
export type ByteRanks = ReadonlyMap<string, number>;

export interface Vocabulary {
  readonly ranks: ByteRanks;
  /** Global and Unicode-aware; every text is the concatenation of its matches. */
  readonly words: RegExp;
}

/** As gpt-tokenizer has them: what is valid UTF-8 as text, all else as bytes. */
type RawRanks = readonly (string | readonly number[])[];

export async function loadVocabulary(encoding: 'o200k' | 'cl100k'): Promise<Vocabulary> {
  const { O200K_TOKEN_SPLIT_REGEX, CL100K_TOKEN_SPLIT_REGEX } = await import('gpt-tokenizer/encodingParams/constants');
  if (encoding === 'o200k') {
    const raw = (await import('gpt-tokenizer/bpeRanks/o200k_base')).default;
    return { ranks: byteRanks(raw), words: O200K_TOKEN_SPLIT_REGEX };
  }
  const raw = (await import('gpt-tokenizer/bpeRanks/cl100k_base')).default;
  return { ranks: byteRanks(raw), words: CL100K_TOKEN_SPLIT_REGEX };
}

/** The UTF-8 bytes of a text, a byte as one unit. */
export function utf8Units(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

function byteRanks(raw: RawRanks): ByteRanks {
  const ranks = new Map<string, number>();
  raw.forEach((token, rank) => {
    ranks.set(typeof token === 'string' ? utf8Units(token) : String.fromCharCode(...token), rank);
  });
  return ranks;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
