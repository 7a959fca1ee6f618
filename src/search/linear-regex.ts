/** The one file that knows re2js: regular expressions in time linear in the text, whatever the pattern. */
import { RE2JS } from 're2js';
import { TrowelError } from '#base/errors.ts';

/** Finds the matches of a text, in order: starts and ends, UTF-16 offsets. */
export type FindMatches = (text: string, limit: number) => [start: number, end: number][];

/** Flags: i, m (always on), s, and u, which changes nothing. Throws `query-invalid` for what cannot be compiled or is not linear. */
export function linearRegex(source: string, flags: string): FindMatches {
  const unknown = [...flags].filter((flag) => !'imsgu'.includes(flag));
  if (unknown.length > 0)
    throw new TrowelError('query-invalid', `A search knows no regex flag ${unknown.join(', ')}.`, {
      hint: 'Flags: i (any case), s (. matches line ends).',
    });
  let bits = RE2JS.MULTILINE;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, bits);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrowelError('query-invalid', `This is no regular expression that can be searched: ${reason}.`, {
      hint: 'RE2 syntax: no look-around, no back-references. For plain text use quotes: "…".',
      cause,
    });
  }
  return (text, limit) => {
    const found: [number, number][] = [];
    const matcher = compiled.matcher(text);
    while (found.length < limit && matcher.find()) {
      if (matcher.end() > matcher.start()) found.push([matcher.start(), matcher.end()]);
    }
    return found;
  };
}
