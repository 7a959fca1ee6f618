/** Which symbols a task speaks of, by the words in their names and paths. */
import type { Snapshot, SymbolId, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';

/** Words of a name or a sentence: split at case, digits and punctuation, in lower case, plurals and endings taken off. */
function wordsOf(text: string): string[] {
  const parts = text
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return parts.filter((part) => part.length > 1 && !empty.has(part)).map(stem);
}

const empty = new Set(
  'a an and are as at be by can do does for from how in into is it its no not of on or so such that the this to use used uses using what when where which who why will with'.split(
    ' ',
  ),
);

/** Enough for "parsing", "parsed", "parses" and "parser" to meet. */
function stem(word: string): string {
  return word.length <= 4 ? word : word.replace(/(?:ings?|ed|ers?|ors?|es|s|e)$/, '');
}

/** Weights above 0 and at most 1, best first, at most `limit`. */
export function relevantByName(
  snapshot: Snapshot,
  task: string,
  limit: number,
  within: (symbol: SymbolRecord) => boolean,
): Map<SymbolId, number> {
  const asked = new Set(wordsOf(task));
  const holders = new Map<string, number>();
  const candidates: { symbol: SymbolRecord; own: readonly string[]; around: readonly string[] }[] = [];
  for (const file of snapshot.files()) {
    const around = wordsOf(file.path).filter((word) => asked.has(word));
    for (const symbol of snapshot.symbolsOf(file.id)) {
      if (symbol.parent === undefined || (symbol.flags & SymbolFlag.anonymous) !== 0) continue;
      const own = [...new Set(wordsOf(symbol.name))];
      const hits = own.filter((word) => asked.has(word));
      for (const word of hits) holders.set(word, (holders.get(word) ?? 0) + 1);
      if (hits.length > 0 && within(symbol)) candidates.push({ symbol, own, around });
    }
  }
  const rarity = (word: string): number => Math.log(1 + snapshot.symbolCount / (1 + (holders.get(word) ?? 0)));
  const scored = candidates.map(({ symbol, own, around }) => {
    const hits = own.filter((word) => asked.has(word));
    const named = hits.reduce((sum, word) => sum + rarity(word), 0);
    const placed = around.reduce((sum, word) => sum + rarity(word), 0) / 4;
    const test = snapshot.files()[symbol.file]!.roles.some((role) => role !== 'source' && role !== 'types') ? 0.4 : 1;
    return { id: symbol.id, score: (named * (0.5 + (0.5 * hits.length) / own.length) + placed) * test };
  });
  scored.sort((a, b) => b.score - a.score || a.id - b.id);
  const top = scored[0]?.score ?? 0;
  return new Map(scored.slice(0, limit).map(({ id, score }) => [id, score / top]));
}
