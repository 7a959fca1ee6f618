/** Brackets deeper than this, or chains of operators longer, overflow the parser's stack, which ends the process. */
const DEEPEST = 2500;
const LONGEST_CHAIN = 8000;

/** Whether a text nests too deeply to be parsed. Strings end at their line's end, so that a stray quote costs one line. */
export function nestsTooDeeply(text: string): boolean {
  if (text.length < DEEPEST) return false;
  let depth = 0;
  let chain = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 40: // (
      case 91: // [
      case 123: // {
        chain = 0;
        if (++depth > DEEPEST) return true;
        break;
      case 41:
      case 93:
      case 125:
        chain = 0;
        if (depth > 0) depth--;
        break;
      case 59: // ;
      case 44: // ,
        chain = 0;
        break;
      case 33: // !
      case 43: // +
      case 45: // -
      case 58: // :
      case 61: // =
      case 62: // >
      case 63: // ?
      case 126: // ~
        if (++chain > LONGEST_CHAIN) return true;
        break;
      case 34: // "
      case 39: // '
        at = skipString(text, at);
        break;
      case 47: // /
        if (text.charCodeAt(at + 1) === 47) at = lineEnd(text, at);
        else if (text.charCodeAt(at + 1) === 42) {
          const end = text.indexOf('*/', at + 2);
          at = end < 0 ? text.length : end + 1;
        }
        break;
    }
  }
  return false;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function skipString(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote || unit === 10) return at;
    if (unit === 92) at++;
  }
  return text.length;
}
