/** Documents by their names: as written, in another case, by their beginning, by the humps of their words. */
import { identifierParts } from '#text/identifier-parts.ts';
import { wordsOf } from '#text/words.ts';
import { searchFields } from '#model/search-segment.ts';
import { eachPosting, type SearchIndex } from './search-index.ts';

const NAME_BIT = 1 << searchFields.indexOf('name');

/** Documents whose name is the given one, in any case. */
export function documentsNamed(index: SearchIndex, name: string): number[] {
  const word = wordsOf(name)[0];
  if (word === undefined) return [];
  const wanted = name.toLowerCase();
  const found: number[] = [];
  for (const list of index.postingsOf(word))
    eachPosting(list, (document, mask) => {
      if ((mask & NAME_BIT) !== 0 && index.file[document]! >= 0 && index.name(document).toLowerCase() === wanted)
        found.push(document);
    });
  return found;
}

export type NameMatch = 'exact' | 'folded' | 'prefix' | 'humps' | 'inside' | 'spelling';

/** How names answer to what was typed, best first; undefined where one does not. */
export function nameMatcher(typed: string): (name: string) => NameMatch | undefined {
  const low = typed.toLowerCase();
  const joined = low.replaceAll('_', '');
  return (name) => {
    if (name === typed) return 'exact';
    const lowName = name.toLowerCase();
    if (lowName === low || (lowName.length >= joined.length && lowName.replaceAll('_', '') === joined)) return 'folded';
    if (lowName.startsWith(low)) return 'prefix';
    if (typed.length >= 2 && firstLetter(lowName) === joined[0] && matchesHumps(joined, identifierParts(name)))
      return 'humps';
    if (typed.length >= 3 && lowName.includes(low)) return 'inside';
    return typed.length >= 4 && isMisspelt(low, lowName) ? 'spelling' : undefined;
  };
}

/** Of a lower-case name: the letter or digit with which its first hump begins. */
function firstLetter(name: string): string | undefined {
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if ((unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57)) return name[at];
  }
  return undefined;
}

/** `gqs` and `getqs` match `get_query_set`: each hump gives a beginning, in order, none of them left out at the start. */
function matchesHumps(typed: string, parts: readonly string[]): boolean {
  if (parts.length < 2) return false;
  const from = (at: number, part: number): boolean => {
    if (at === typed.length) return true;
    if (part === parts.length) return false;
    const hump = parts[part]!;
    let length = 0;
    while (length < hump.length && typed[at + length] === hump[length]) length++;
    for (let taken = length; taken > 0; taken--) if (from(at + taken, part + 1)) return true;
    return false;
  };
  return from(0, 0);
}

/** One edit apart (two from eight letters on): a letter more, less, other, or two swapped. */
function isMisspelt(a: string, b: string): boolean {
  const limit = a.length >= 8 ? 2 : 1;
  if (Math.abs(a.length - b.length) > limit || a[0] !== b[0]) return false;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return false;
    before = above;
    above = row;
  }
  return above[b.length]! <= limit;
}

/** How good a match is, 0 to 1. */
export const matchWorth: Readonly<Record<NameMatch, number>> = {
  exact: 1,
  folded: 0.8,
  prefix: 0.6,
  humps: 0.5,
  inside: 0.35,
  spelling: 0.45,
};

export interface NamedDocument {
  readonly document: number;
  readonly match: NameMatch;
}

/** Symbols whose names answer to what was typed, the best matches first, shorter names before longer ones. */
export function namesLike(
  index: SearchIndex,
  typed: string,
  accepts: (document: number) => boolean,
  limit: number,
): NamedDocument[] {
  const verdicts = new Map<string, NameMatch | 'none'>();
  const matchName = nameMatcher(typed);
  const found: NamedDocument[] = [];
  for (let document = 0; document < index.documentCount; document++) {
    if (index.file[document]! < 0 || index.isPiece(document)) continue;
    const name = index.name(document);
    if (name === '' || !accepts(document)) continue;
    let match = verdicts.get(name);
    if (match === undefined) verdicts.set(name, (match = matchName(name) ?? 'none'));
    if (match !== 'none') found.push({ document, match });
  }
  return found
    .sort(
      (a, b) =>
        matchWorth[b.match] - matchWorth[a.match] ||
        index.name(a.document).length - index.name(b.document).length ||
        index.file[a.document]! - index.file[b.document]! ||
        index.startLine(a.document) - index.startLine(b.document),
    )
    .slice(0, limit);
}
