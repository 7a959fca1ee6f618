import type { Random } from './random.ts';

/**
 * A text that a regular expression probably matches, made by reading its source: JavaScript's and Python's syntax. Look-around
 * and back references are left out, so what comes out is a try, not a promise.
 */
export function sampleRegularExpression(source: string, random: Random): string | undefined {
  try {
    const reader = new Sampler(source, random);
    const text = reader.alternatives();
    return reader.atEnd() && text.length <= 400 ? text : undefined;
  } catch {
    return undefined;
  }
}

const WORD = 'abcxyzABCXYZ0129_';
const ANY = 'abcXYZ019 _-.,:/';

class Sampler {
  readonly #source: string;
  readonly #random: Random;
  #at = 0;
  #depth = 0;

  constructor(source: string, random: Random) {
    this.#source = source;
    this.#random = random;
  }

  atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(): string {
    if (++this.#depth > 30) throw new RangeError('too deep');
    const options = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      options.push(this.#sequence());
    }
    this.#depth--;
    return this.#random.pick(options);
  }

  #sequence(): string {
    let text = '';
    while (!this.atEnd() && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const start = this.#at;
      const piece = this.#atom();
      const [least, most] = this.#quantifier();
      const times = least + this.#random.below(Math.min(most, least + 4) - least + 1);
      const end = this.#at;
      text += times === 0 ? '' : piece;
      for (let i = 1; i < times && text.length < 400; i++) {
        // Read again, so that `[ab]+` gives other letters each time.
        this.#at = start;
        text += this.#atom();
      }
      this.#at = end;
    }
    return text;
  }

  #atom(): string {
    const char = this.#source[this.#at++]!;
    if (char === '(') return this.#group();
    if (char === '[') return this.#set();
    if (char === '\\') return this.#escape();
    if (char === '.') return this.#pickFrom(ANY);
    return char === '^' || char === '$' ? '' : char;
  }

  #group(): string {
    const prefix = /^\?(?::|=|!|<=|<!|P?<[^>=!]*>|[aiLmsux-]+\)|[aiLmsux-]*:|P=\w+\))/.exec(
      this.#source.slice(this.#at),
    )?.[0];
    this.#at += prefix?.length ?? 0;
    if (prefix?.endsWith(')')) return '';
    const text = this.alternatives();
    if (this.#source[this.#at] !== ')') throw new RangeError('unclosed group');
    this.#at++;
    const negative = prefix === '?!' || prefix === '?<!' || prefix === '?=' || prefix === '?<=';
    return negative ? '' : text;
  }

  #quantifier(): readonly [number, number] {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})[?+]?/.exec(this.#source.slice(this.#at));
    if (!found) return [1, 1];
    this.#at += found[0].length;
    switch (found[0][0]) {
      case '*':
        return [0, 3];
      case '+':
        return [1, 4];
      case '?':
        return [0, 1];
      default: {
        const least = Math.min(200, Number(found[1]));
        if (!found[2]) return [least, least];
        return [least, found[3] ? Math.min(200, Number(found[3])) : least + 3];
      }
    }
  }

  #escape(): string {
    const char = this.#source[this.#at++] ?? '';
    switch (char) {
      case 'd':
        return this.#pickFrom('0123456789');
      case 'w':
        return this.#pickFrom(WORD);
      case 's':
        return this.#random.chance(0.8) ? ' ' : '\t';
      case 'D':
      case 'S':
        return this.#pickFrom('abcxyz');
      case 'W':
        return this.#pickFrom(' -.,');
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'f':
        return '\f';
      case 'v':
        return '\v';
      case 'b':
      case 'B':
      case 'A':
      case 'Z':
        return '';
      case 'x':
      case 'u':
        return this.#codePoint(char);
      case 'p':
      case 'P':
        this.#at += /^\{[^}]*\}/.exec(this.#source.slice(this.#at))?.[0].length ?? 0;
        return this.#pickFrom('abcÄé');
      default:
        return /\d/.test(char) ? '' : char;
    }
  }

  #codePoint(kind: string): string {
    const pattern = kind === 'x' ? /^[0-9a-f]{2}/i : /^(?:\{[0-9a-f]+\}|[0-9a-f]{4})/i;
    const found = pattern.exec(this.#source.slice(this.#at))?.[0];
    if (!found) return kind;
    this.#at += found.length;
    return String.fromCodePoint(Number.parseInt(found.replaceAll(/[{}]/g, ''), 16));
  }

  #set(): string {
    const negated = this.#source[this.#at] === '^';
    if (negated) this.#at++;
    const members: string[] = [];
    let first = true;
    while (this.#source[this.#at] !== ']' || first) {
      if (this.atEnd()) throw new RangeError('unclosed set');
      first = false;
      const low = this.#member();
      if (this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']' && low.length === 1) {
        this.#at++;
        members.push(...range(low, this.#member()));
      } else members.push(low);
    }
    this.#at++;
    if (!negated) return members.length === 0 ? '' : this.#random.pick(members);
    const excluded = new Set(members);
    const left = [...`${ANY}${WORD}"'(){}[]<>=+*&%$#@!?;`].filter((char) => !excluded.has(char));
    return left.length === 0 ? '' : this.#random.pick(left);
  }

  #member(): string {
    const char = this.#source[this.#at++]!;
    if (char !== '\\') return char;
    if (this.#source[this.#at] === 'b') {
      this.#at++;
      return '\b';
    }
    return this.#escape();
  }

  #pickFrom(letters: string): string {
    return this.#random.pick([...letters]);
  }
}

function range(low: string, high: string): string[] {
  const from = low.codePointAt(0)!;
  const to = high.codePointAt(0) ?? from;
  const chars: string[] = [];
  const step = Math.max(1, Math.floor((to - from) / 30));
  for (let code = from; code <= to; code += step) chars.push(String.fromCodePoint(code));
  return chars;
}
