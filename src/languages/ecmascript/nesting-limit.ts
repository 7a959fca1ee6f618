/**
 * Whether a text nests deeper than the native parser's stack is sure to hold. It recurses without a limit of its own, and
 * what overflows a native stack ends the whole process; people's code nests a few dozen levels.
 */
export function nestsTooDeep(text: string, limit = 1500): boolean {
  // Per open bracket: operators that nest to the right (a = b = c, a ? b : c ? d : e, x => y => z, !!!a) since its last end.
  const chains = new Int32Array(limit + 2);
  const elses = new Int32Array(limit + 2);
  let depth = 0;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    switch (unit) {
      case 34: // "
      case 39: // '
        at = endOfString(text, at, unit);
        break;
      case 47: // /
        if (text.charCodeAt(at + 1) === 47) at = endOf(text, '\n', at) - 1;
        else if (text.charCodeAt(at + 1) === 42) at = endOf(text, '*/', at + 2) + 1;
        break;
      case 40: // (
      case 91: // [
      case 123: // {
        if (++depth > limit) return true;
        chains[depth] = 0;
        elses[depth] = 0;
        break;
      case 41: // )
      case 93: // ]
      case 125: // }
        if (depth > 0) depth--;
        break;
      case 59: // ;
      case 44: // ,
        chains[depth] = 0;
        if (unit === 59) elses[depth] = 0;
        break;
      case 10: // a line that ends in a name or a bracket ends a statement, unless the next one goes on with an operator
        if (!isOperator(last) && !isOperator(text.charCodeAt(nextSignificant(text, at + 1)))) chains[depth] = 0;
        break;
      case 101: // e
        if (text.startsWith('else', at) && ++elses[depth]! > limit) return true;
        break;
      case 105: // i
        if (text.startsWith('if', at) && !/else\s*$/.test(text.slice(Math.max(0, at - 12), at))) elses[depth] = 0;
        break;
      default:
        if (isOperator(unit) && ++chains[depth]! > limit) return true;
    }
    if (unit > 32) last = unit;
  }
  return false;
}

/** ! % & * + - . : < = > ? ^ | ~ */
function isOperator(unit: number): boolean {
  return (
    unit === 33 ||
    unit === 37 ||
    unit === 38 ||
    (unit >= 42 && unit <= 46 && unit !== 44) ||
    unit === 58 ||
    (unit >= 60 && unit <= 63) ||
    unit === 94 ||
    unit === 124 ||
    unit === 126
  );
}

function nextSignificant(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

/** Position of the closing quote, or of the line's end. */
function endOfString(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 92) at++;
    else if (unit === quote || unit === 10) return at;
  }
  return text.length;
}
