/**
 * A text as it stands between quotes, in languages that escape as C does. What cannot be seen or changes its neighbours is
 * written by its number; `beyond` writes those past U+FFFF, in which languages differ.
 */
export function escapeText(text: string, mark: string, beyond: (hexadecimal: string) => string): string {
  let escaped = '';
  for (const char of text) escaped += escapeChar(char, mark, beyond);
  return escaped;
}

function escapeChar(char: string, mark: string, beyond: (hexadecimal: string) => string): string {
  if (char === mark || char === '\\') return `\\${char}`;
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  const code = char.codePointAt(0)!;
  const hexadecimal = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hexadecimal.padStart(2, '0')}`;
  const isInvisible =
    /^[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{M}]$/u.test(char) || (code > 0x7f && /^\p{Zs}$/u.test(char));
  if (!isInvisible) return char;
  return code > 0xffff ? beyond(hexadecimal) : `\\u${hexadecimal.padStart(4, '0')}`;
}
