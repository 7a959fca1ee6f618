/** JSON with comments and trailing commas, as editors write configuration. Throws SyntaxError as JSON.parse does. */
export function parseJsonWithComments(text: string): unknown {
  return JSON.parse(strip(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text));
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/** Comments and trailing commas become spaces, so that the places in error messages stay true. */
function strip(text: string): string {
  let out = '';
  let at = 0;
  /** Where the last comma stands in `out` while nothing but space has followed it. */
  let comma = -1;
  /** Whether a comma here would follow a value. */
  let afterValue = false;
  while (at < text.length) {
    const character = text[at]!;
    let end = at + 1;
    if (character === '"') {
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      out += text.slice(at, ++end);
      comma = -1;
      afterValue = true;
    } else if (character === '/' && text[end] === '/') {
      while (end < text.length && text[end] !== '\n') end++;
      out += blank(text.slice(at, end));
    } else if (character === '/' && text[end] === '*') {
      const close = text.indexOf('*/', end + 1);
      end = close < 0 ? text.length : close + 2;
      out += close < 0 ? text.slice(at) : blank(text.slice(at, end));
    } else {
      if ((character === '}' || character === ']') && comma >= 0)
        out = `${out.slice(0, comma)} ${out.slice(comma + 1)}`;
      if (!/\s/.test(character)) {
        comma = character === ',' && afterValue ? out.length : -1;
        afterValue = !'{[,:'.includes(character);
      }
      out += character;
    }
    at = end;
  }
  return out;
}
