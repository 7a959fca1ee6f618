import type { ValuePool } from '../values/value-pool.ts';

/**
 * Literals of a module's text, by a scan that knows comments, strings, templates and JavaScript's regular expressions well
 * enough for a pool of inputs: a wrong guess costs a useless input, nothing else.
 */
export function readLiterals(text: string, pool: ValuePool): void {
  const python = pool.language === 'python';
  const comment = python ? '#[^\\n]*' : '\\/\\/[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/';
  const string = python
    ? '(?:[rRbBuUfF]{0,2})(?:"""[\\s\\S]*?"""|\'\'\'[\\s\\S]*?\'\'\'|"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\')'
    : '"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\'|`(?:\\\\.|[^`\\\\])*`';
  const regexp = python
    ? '(?!)'
    : '(?<=[=(,:;!&|?{}\\[\\n]\\s{0,20}|return\\s)\\/(?![*\\/])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\\n])*\\]|[^\\/\\\\\\n[])+\\/[a-z]*';
  const number = '(?<![\\w.])\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?(?![\\w.])';
  const member = python ? '(?!)' : '(?<=\\b(?:options?|opts?|config|settings|params)\\??\\.)\\w+';
  const pattern = new RegExp(`(${comment})|(${string})|(${regexp})|(${number})|(${member})`, 'g');
  for (const [, skipped, quoted, expression, digits, key] of text.matchAll(pattern)) {
    if (skipped !== undefined) continue;
    if (quoted !== undefined) addString(quoted, python, pool);
    else if (expression !== undefined) pool.patterns.push(expression.slice(1, expression.lastIndexOf('/')));
    else if (digits !== undefined) pool.addNumber(Number(digits.replaceAll('_', '')));
    else if (key !== undefined && !pool.keys.includes(key)) pool.keys.push(key);
  }
}

function addString(quoted: string, python: boolean, pool: ValuePool): void {
  const prefix = python ? (/^[a-zA-Z]*/.exec(quoted)?.[0] ?? '') : '';
  const body = quoted.slice(prefix.length);
  const width = body.startsWith('"""') || body.startsWith("'''") ? 3 : 1;
  const inner = body.slice(width, -width);
  const raw = /r/i.test(prefix);
  if (raw && inner.length > 1) pool.patterns.push(inner);
  if (width === 3 && inner.length > 200) return;
  const text = raw ? inner : unescape(inner);
  if (quoted.startsWith('`')) for (const part of text.split(/\$\{[^}]*\}/)) pool.addText(part);
  else pool.addText(text);
  if (/^[A-Za-z_]\w*$/.test(text) && text.length < 30 && pool.keys.length < 200 && !pool.keys.includes(text))
    pool.keys.push(text);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', b: '\b', f: '\f', v: '\v' };

function unescape(text: string): string {
  return text.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u\{?([0-9a-fA-F]{4,6})\}?|([\s\S]))/g,
    (whole, byte: string, code: string, char: string) => {
      const digits = byte ?? code;
      if (digits === undefined) return ESCAPES[char] ?? char;
      const point = Number.parseInt(digits, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
