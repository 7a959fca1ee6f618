/** The wildcards of gitignore(5): `*` `?` `[…]` within a path's segment, `**` across segments where it stands alone. */

/** `one`: source of a regular expression for one character; `star`: `*`; `deep`: a leading or inner `**` with its slash; `rest`: a trailing one. */
type Token = { readonly one: string } | 'star' | 'deep' | 'rest';

/** With more loops than this a backtracking expression could take years on a hostile pattern; then states are tracked instead. */
const SAFE_LOOPS = 2;

/** UTF-8 bytes as one unit each: git's wildcards match bytes, so that `?` is half an `é`. */
function asBytes(text: string): string {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) > 127) return Buffer.from(text, 'utf8').toString('latin1');
  return text;
}

/** Undefined for a pattern that can never match (an open bracket, a lone backslash at the end). */
export function wildcardMatcher(
  pattern: string,
  anchored: boolean,
  ignoreCase = false,
): ((text: string) => boolean) | undefined {
  const tokens = tokenize(asBytes(pattern), anchored);
  if (tokens === undefined) return undefined;
  const flags = ignoreCase ? 'isu' : 'su';
  if (tokens.filter((token) => typeof token === 'string').length > SAFE_LOOPS) return stateMatcher(tokens, flags);
  const sources = { star: '[^/]*', deep: '(?:.*/)?', rest: '.*' } as const;
  const expression = new RegExp(
    `^${tokens.map((token) => (typeof token === 'string' ? sources[token] : token.one)).join('')}$`,
    flags,
  );
  return (text) => expression.test(asBytes(text));
}

function stateMatcher(tokens: readonly Token[], flags: string): (text: string) => boolean {
  const ones = tokens.map((token) => (typeof token === 'string' ? undefined : new RegExp(`^${token.one}$`, flags)));
  const end = tokens.length;
  const enter = (states: Uint8Array, from: number): void => {
    for (let state = from; ; state++) {
      states[state] = 1;
      if (typeof tokens[state] !== 'string') return;
    }
  };
  return (text) => {
    let now = new Uint8Array(end + 1);
    enter(now, 0);
    for (const character of asBytes(text)) {
      const next = new Uint8Array(end + 1);
      for (let state = 0; state < end; state++) {
        if (now[state] === 0) continue;
        const token = tokens[state]!;
        if (token === 'star') {
          if (character !== '/') enter(next, state);
        } else if (token === 'rest') enter(next, state);
        else if (token === 'deep') {
          next[state] = 1;
          if (character === '/') enter(next, state + 1);
        } else if (ones[state]!.test(character)) enter(next, state + 1);
      }
      now = next;
    }
    return now[end] === 1;
  };
}

function tokenize(pattern: string, anchored: boolean): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length;) {
    const here = codePoint(pattern, at);
    if (here === '*') {
      let stop = at;
      while (pattern[stop] === '*') stop++;
      const alone = (at === 0 || pattern[at - 1] === '/') && (stop === pattern.length || pattern[stop] === '/');
      if (!anchored || stop - at < 2 || !alone) {
        tokens.push('star');
        at = stop;
      } else if (stop < pattern.length) {
        tokens.push('deep');
        at = stop + 1;
      } else {
        // `a/**` is all that lies inside a, not a itself.
        if (at > 0) tokens.push({ one: '.' });
        tokens.push('rest');
        at = stop;
      }
    } else if (here === '?') {
      tokens.push({ one: '[^/]' });
      at++;
    } else if (here === '[') {
      const bracket = readBracket(pattern, at);
      if (bracket === undefined) return undefined;
      tokens.push({ one: bracket.source });
      at = bracket.next;
    } else if (here === '\\') {
      if (at + 1 >= pattern.length) return undefined;
      const literal = codePoint(pattern, at + 1);
      tokens.push({ one: escaped(literal) });
      at += 1 + literal.length;
    } else {
      tokens.push({ one: escaped(here) });
      at += here.length;
    }
  }
  return tokens;
}

const characterClasses: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: ' \\t\\n\\v\\f\\r',
  upper: 'A-Z',
  xdigit: 'A-Fa-f0-9',
};

const codePoint = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at)!);
const escaped = (character: string): string => (/[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character);
const classMember = (character: string): string =>
  /[\w ]/.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** `[a-z]`, `[!a]`, `[[:digit:]]`: never matches a slash. */
function readBracket(pattern: string, start: number): { readonly source: string; readonly next: number } | undefined {
  let at = start + 1;
  const inverted = pattern[at] === '!' || pattern[at] === '^';
  if (inverted) at++;
  let body = '';
  for (let first = true; at >= pattern.length || pattern[at] !== ']' || first; first = false) {
    if (at >= pattern.length) return undefined;
    const named = /^\[:(\w*):\]/.exec(pattern.slice(at, at + 12));
    if (named) {
      if (!Object.hasOwn(characterClasses, named[1]!)) return undefined;
      body += characterClasses[named[1]!]!;
      at += named[0].length;
      continue;
    }
    const from = readMember(pattern, at);
    if (from === undefined) return undefined;
    at = from.next;
    if (pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']') {
      const to = readMember(pattern, at + 1);
      if (to === undefined) return undefined;
      at = to.next;
      if (from.character <= to.character) body += `${classMember(from.character)}-${classMember(to.character)}`;
    } else body += classMember(from.character);
  }
  if (inverted) return { source: `[^/${body}]`, next: at + 1 };
  return { source: body === '' ? '(?!)' : `(?!/)[${body}]`, next: at + 1 };
}

function readMember(pattern: string, at: number): { readonly character: string; readonly next: number } | undefined {
  const from = pattern[at] === '\\' ? at + 1 : at;
  if (from >= pattern.length) return undefined;
  const character = codePoint(pattern, from);
  return { character, next: from + character.length };
}
