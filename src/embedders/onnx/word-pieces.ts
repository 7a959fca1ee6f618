/**
 * WordPiece (Schuster & Nakajima 2012) as BERT uses it: text is lower-cased where the model was trained so, cut at spaces and
 * around each punctuation mark, and each word becomes the longest pieces of the vocabulary from the left.
 */
export interface WordPieces {
  /** Ids with the marks of beginning and end, at most `limit`. */
  encode(text: string, limit: number): number[];
  readonly padding: number;
}

const LONGEST_WORD = 100;

/** Undefined where the vocabulary lacks the marks that BERT needs. */
export function wordPieces(vocabulary: ReadonlyMap<string, number>, lowerCase: boolean): WordPieces | undefined {
  const [begin, end, unknown, padding] = ['[CLS]', '[SEP]', '[UNK]', '[PAD]'].map((mark) => vocabulary.get(mark));
  if (begin === undefined || end === undefined || unknown === undefined || padding === undefined) return undefined;
  const pieces = (word: string): number[] => {
    if (word.length > LONGEST_WORD) return [unknown];
    const found: number[] = [];
    for (let at = 0; at < word.length;) {
      let stop = word.length;
      let id: number | undefined;
      while (stop > at && id === undefined) {
        id = vocabulary.get((at > 0 ? '##' : '') + word.slice(at, stop));
        if (id === undefined) stop--;
      }
      if (id === undefined) return [unknown];
      found.push(id);
      at = stop;
    }
    return found;
  };
  return {
    padding,
    encode(text, limit) {
      const folded = lowerCase
        ? text
            .toLowerCase()
            .normalize('NFD')
            .replace(/\p{Mn}/gu, '')
        : text;
      const ids = [begin];
      for (const [word] of folded.matchAll(/[\p{P}\p{S}]|[^\s\p{P}\p{S}]+/gu)) {
        for (const id of pieces(word)) ids.push(id);
        if (ids.length >= limit) break;
      }
      return [...ids.slice(0, limit - 1), end];
    },
  };
}
