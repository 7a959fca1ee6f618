/** A function's text as tokens: with what it says, and with names and literals made alike. */
import { hashText } from './hash-text.ts';

export interface CloneTokens {
  readonly count: number;
  /** Of the tokens as written: equal for exact clones. */
  readonly exact: number;
  /** Of the tokens with names and literals made alike: equal for renamed clones. */
  readonly renamed: number;
  /** Of runs of `GRAM` such tokens, distinct, ascending. */
  readonly grams: Float64Array;
}

const GRAM = 5;

/** Words that are grammar in most languages; all other words are names. */
const keywords = new Set(
  `if else elif elsif unless for foreach while do until loop switch case when match default break continue return yield
   def fn func fun function class struct enum trait interface impl type namespace module package import from use export
   const let var val mut new delete try catch except finally throw throws raise assert async await lambda with as in is
   not and or null none nil true false self this super static public private protected override void goto defer go select`.split(
    /\s+/,
  ),
);

/** `comments` are start and end of each comment in the text, in order. */
export function cloneTokens(text: string, comments: readonly (readonly [number, number])[]): CloneTokens {
  let code = '';
  let at = 0;
  for (const [start, end] of comments) {
    code += `${text.slice(at, start)} `;
    at = end;
  }
  code += text.slice(at);
  const written: string[] = [];
  const alike: string[] = [];
  for (const [token] of code.matchAll(
    /[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|[^\s\w]/gu,
  )) {
    written.push(token);
    const first = token[0]!;
    if (/[\p{L}_$]/u.test(first)) alike.push(keywords.has(token.toLowerCase()) ? token : 'n');
    else alike.push(/[\d"'`]/.test(first) ? 'l' : token);
  }
  const grams = new Set<number>();
  for (let start = 0; start + GRAM <= alike.length; start++)
    grams.add(hashText(alike.slice(start, start + GRAM).join(' ')));
  return {
    count: written.length,
    exact: hashText(written.join(' ')),
    renamed: hashText(alike.join(' ')),
    grams: Float64Array.from(grams).sort(),
  };
}

/** Share of runs in common, of ascending distinct numbers: 0 to 1. */
export function jaccard(a: Float64Array, b: Float64Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  const all = a.length + b.length - common;
  return all === 0 ? 1 : common / all;
}
