/** A regular expression's text as a tree of what rules ask: classes, groups, repetitions. ECMAScript's and Python's syntax alike. */

export type RegexPart =
  | {
      readonly kind: 'group';
      readonly alternatives: readonly (readonly RegexPart[])[];
      readonly repeat: Repeat;
      readonly at: number;
    }
  | { readonly kind: 'class'; readonly text: string; readonly repeat: Repeat; readonly at: number }
  | { readonly kind: 'atom'; readonly text: string; readonly repeat: Repeat; readonly at: number };

export interface Repeat {
  readonly least: number;
  /** Infinity without a bound. */
  readonly most: number;
}

const once: Repeat = { least: 1, most: 1 };
/** Deeper nesting is not looked at. */
const DEEPEST = 20;

/** Undefined for what is not understood (verbose patterns, conditions, …). */
export function parseRegex(text: string): readonly (readonly RegexPart[])[] | undefined {
  let at = 0;
  const alternatives = readAlternatives(0);
  return alternatives && at === text.length ? alternatives : undefined;

  function readAlternatives(depth: number): readonly (readonly RegexPart[])[] | undefined {
    if (depth > DEEPEST) return undefined;
    const found: RegexPart[][] = [[]];
    while (at < text.length && text[at] !== ')') {
      if (text[at] === '|') {
        at++;
        found.push([]);
        continue;
      }
      const part = readPart(depth);
      if (!part) return undefined;
      found.at(-1)!.push(part);
    }
    return found;
  }

  function readPart(depth: number): RegexPart | undefined {
    const start = at;
    if (text[at] === '(') {
      const head = /^\((?:\?(?::|=|!|<=|<!|P?<\w+>|>|[a-zA-Z]+(?:-[a-z]+)?:))?/.exec(text.slice(at, at + 80))![0];
      if (head === '(' && text[at + 1] === '?') return undefined;
      at += head.length;
      const alternatives = readAlternatives(depth + 1);
      if (!alternatives || text[at] !== ')') return undefined;
      at++;
      return { kind: 'group', alternatives, repeat: readRepeat(), at: start };
    }
    if (text[at] === '[') {
      const match = /^\[\^?\]?(?:\\[^]|[^\]\\])*\]/.exec(text.slice(at)) ?? /^\[\^?\]/.exec(text.slice(at));
      if (!match) return undefined;
      at += match[0].length;
      return { kind: 'class', text: match[0], repeat: readRepeat(), at: start };
    }
    const size =
      text[at] === '\\'
        ? (/^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[^])/.exec(text.slice(at, at + 40))?.[0]
            .length ?? 0)
        : 1;
    if (size === 0) return undefined;
    const atom = text.slice(at, at + size);
    at += size;
    return { kind: 'atom', text: atom, repeat: readRepeat(), at: start };
  }

  function readRepeat(): Repeat {
    const match = /^(?:[*+?]|\{(\d+)(,(\d*))?\})[?+]?/.exec(text.slice(at, at + 24));
    if (!match) return once;
    at += match[0].length;
    const [whole, least, comma, most] = match;
    if (whole[0] === '*') return { least: 0, most: Infinity };
    if (whole[0] === '+') return { least: 1, most: Infinity };
    if (whole[0] === '?') return { least: 0, most: 1 };
    const from = Number(least);
    return { least: from, most: comma === undefined ? from : most === '' ? Infinity : Number(most) };
  }
}

/** Single characters of a class without ranges, escapes and sets, in order; ranges apart. */
export function classMembers(text: string): {
  readonly single: readonly string[];
  readonly ranges: readonly (readonly [string, string])[];
} {
  const body = text.replace(/^\[\^?/, '').replace(/\]$/, '');
  const tokens = body.match(/\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|[^])|[^]/gu) ?? [];
  const single: string[] = [];
  const ranges: [string, string][] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i + 1] === '-' && tokens[i + 2] !== undefined) {
      ranges.push([tokens[i]!, tokens[i + 2]!]);
      i += 2;
    } else single.push(tokens[i]!);
  }
  return { single, ranges };
}
