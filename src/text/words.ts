/**
 * How code and prose become words, for search, vectors and context alike. A word is a stem. An identifier of several parts
 * yields itself joined (`readFile` → `readfile`), then its parts (`read`, `fil`); a plain word yields its stem. Text beyond
 * ASCII is folded (NFKD without accents, lower case); Chinese, Japanese and Korean runs yield their pairs of characters.
 */
import { identifierParts } from './identifier-parts.ts';
import { stem } from './stem.ts';

/** Only this much of one unbroken run of letters is read: what is longer is data. UTF-8 bytes, or UTF-16 units. */
export const LONGEST_RUN = 128;
/** Digits alone are a word up to this length: years and status codes are, hashes and literals are not. */
const LONGEST_NUMBER = 4;

/** The words of a text, in order, with repetitions. For queries and short texts; `WordReader` is for files. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9_\u0080-\uffff]+/g))
    for (const word of wordsOfRun(run.length > LONGEST_RUN ? run.slice(0, LONGEST_RUN) : run)) words.push(word);
  return words;
}

/** The words of one unbroken run of letters, digits, underscores and characters beyond ASCII. */
export function wordsOfRun(run: string): readonly string[] {
  return /^[\x00-\x7f]*$/.test(run) ? wordsOfIdentifier(run) : wordsOfForeign(run);
}

/** The joined identifier without its parts; undefined where it has fewer than two. */
export function joinedIdentifier(identifier: string): string | undefined {
  const parts = identifierParts(identifier);
  return parts.length > 1 ? stem(parts.join('')) : undefined;
}

function wordsOfIdentifier(identifier: string): readonly string[] {
  const parts = identifierParts(identifier);
  const words = parts.filter((part) => !isLongNumber(part)).map(stem);
  if (parts.length > 1 && !isDigit(identifier)) words.unshift(stem(parts.join('')));
  return words;
}

const isLongNumber = (part: string): boolean => part.length > LONGEST_NUMBER && isDigit(part);
const isDigit = (text: string): boolean => text.charCodeAt(0) <= 57;

const scriptWithoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function wordsOfForeign(run: string): readonly string[] {
  const words: string[] = [];
  const folded = run
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  for (const [part] of folded.matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
    if (/^[\x00-\x7f]*$/.test(part)) words.push(...wordsOfIdentifier(part));
    else if (scriptWithoutSpaces.test(part)) words.push(...pairsOf(part));
    else words.push(part.toLowerCase());
  }
  return words;
}

function pairsOf(part: string): string[] {
  const characters = [...part.toLowerCase()];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, i) => characters[i]! + character);
}
