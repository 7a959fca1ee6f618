/**
 * A light stemmer for English words in code: plural, -ing, -ed, -ion and final -e. It joins `parse`, `parses`, `parsed` and
 * `parsing`, `validate` and `validation`; it never joins `head` and `header`. Input is lower-case ASCII; other words are
 * returned unchanged. Stems are not for display.
 */
export function stem(word: string): string {
  if (word.length < 4 || !endsLikeSuffix(word.charCodeAt(word.length - 1))) return word;
  let root = singular(word);
  if (root.endsWith('ing') && root.length > 5 && hasVowel(root, root.length - 3)) root = single(root.slice(0, -3));
  else if (root.endsWith('ed') && root.length > 4 && !root.endsWith('eed') && hasVowel(root, root.length - 2))
    root = single(root.slice(0, -2));
  else if (root.length > 6 && (root.endsWith('tion') || root.endsWith('sion'))) root = root.slice(0, -3);
  return root.length > 3 && root.endsWith('e') && !root.endsWith('ee') ? root.slice(0, -1) : root;
}

const LETTER = { d: 100, e: 101, g: 103, n: 110, s: 115 } as const;

const endsLikeSuffix = (last: number): boolean =>
  last === LETTER.s || last === LETTER.d || last === LETTER.e || last === LETTER.g || last === LETTER.n;

function singular(word: string): string {
  if (!word.endsWith('s') || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** `runn` → `run`; `call`, `pass`, `buzz` stay. */
function single(root: string): string {
  const last = root.charCodeAt(root.length - 1);
  return root.length > 3 && last === root.charCodeAt(root.length - 2) && !/[lsz]$/.test(root)
    ? root.slice(0, -1)
    : root;
}

function hasVowel(word: string, end: number): boolean {
  for (let i = 0; i < end; i++) if ('aeiouy'.includes(word[i]!)) return true;
  return false;
}
