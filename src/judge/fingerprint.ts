/**
 * What keeps a finding the same when its file is moved or renamed, its code reformatted or other code added around it: the rule
 * and the words of the place. No path, line, date or commit is in it.
 */
import { Hash64 } from '#model/hash64.ts';

/** Words, numbers and operators; brackets, commas, semicolons and the kind of quotes are what formatters change. */
const tokens = /[\p{L}\p{N}_$@#]+|[^\s\p{L}\p{N}_$@#]/gu;
/** Longer places are told apart by their beginning and length alone. */
const LONGEST = 4000;

export function normalisedCode(text: string): string {
  const parts: string[] = [];
  for (const [token] of text.slice(0, LONGEST).matchAll(tokens)) {
    if (token === '(' || token === ')' || token === ',' || token === ';' || token === '\\') continue;
    parts.push(token === "'" || token === '`' ? '"' : token);
  }
  if (text.length > LONGEST) parts.push(`+${text.replace(/\s+/g, '').length}`);
  return parts.join(' ');
}

/** The same with every word blanked: a place that was renamed keeps it. */
export function codeShape(normalised: string): string {
  return normalised.replace(/[\p{L}_$@#][\p{L}\p{N}_$@#]*/gu, 'w');
}

export function fingerprintOf(rule: string, identity: string): string {
  const hash = new Hash64();
  hash.text(rule);
  hash.text(identity);
  return hash.digest();
}
