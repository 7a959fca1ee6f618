/** Globs as tools of the JavaScript and Python worlds write them: `**`, `*`, `?`, `[…]`, `{a,b}`, `@(a|b)`, `!` in front. */

/** More wildcards than this in one glob could make a backtracking match take long; such a glob matches nothing. */
const MAX_WILDCARDS = 12;
const MAX_LENGTH = 500;

/** Whether a path (from the folder that the globs are written from) matches one glob and none of those with `!`. */
export function fileMatcher(globs: readonly string[]): (path: string) => boolean {
  const wanted: RegExp[] = [];
  const unwanted: RegExp[] = [];
  for (const glob of globs) {
    const negated = glob.startsWith('!') && !glob.startsWith('!(');
    const expression = globExpression((negated ? glob.slice(1) : glob).replace(/^\.?\//, ''));
    if (expression) (negated ? unwanted : wanted).push(expression);
  }
  return (path) => wanted.some((each) => each.test(path)) && !unwanted.some((each) => each.test(path));
}

/** Undefined for a glob that is too long or too wild to be safe, and for one that is broken. */
function globExpression(glob: string): RegExp | undefined {
  if (glob.length > MAX_LENGTH || (glob.match(/\*+/g)?.length ?? 0) > MAX_WILDCARDS) return undefined;
  try {
    return new RegExp(`^${translate(glob)}$`);
  } catch {
    // An open bracket or range out of order: tools match nothing with it, either.
    return undefined;
  }
}

function translate(glob: string): string {
  let out = '';
  /** What closes the groups that are open, innermost last. */
  const groups: string[] = [];
  for (let at = 0; at < glob.length; at++) {
    const unit = glob[at]!;
    const next = glob[at + 1];
    if (unit === '*') {
      let stop = at;
      while (glob[stop] === '*') stop++;
      const alone =
        (at === 0 || '/{,(|'.includes(glob[at - 1]!)) && (stop === glob.length || '/},)|'.includes(glob[stop]!));
      if (stop - at < 2 || !alone) out += next === '(' ? '(?:' : '[^/]*';
      else if (glob[stop] === '/') {
        out += '(?:[^/]+/)*';
        stop++;
      } else out += '.*';
      if (next === '(' && stop - at === 1) {
        groups.push(')*');
        stop++;
      }
      at = stop - 1;
    } else if ('@?+!'.includes(unit) && next === '(') {
      // A negated group matches any segment: that is wider than meant, never narrower.
      out += unit === '!' ? '(?:[^/]*|' : '(?:';
      groups.push(unit === '?' ? ')?' : unit === '+' ? ')+' : ')');
      at++;
    } else if (unit === '?') out += '[^/]';
    else if (unit === '[') {
      const close = glob.indexOf(']', at + 2);
      if (close < 0) out += '\\[';
      else {
        const body = glob.slice(at + 1, close).replace(/\\/g, '\\\\');
        out += `[${body.startsWith('!') ? `^${body.slice(1)}` : body}]`;
        at = close;
      }
    } else if (unit === '{') {
      out += '(?:';
      groups.push('}');
    } else if (unit === '}' && groups.at(-1) === '}') {
      out += ')';
      groups.pop();
    } else if (unit === ',' && groups.at(-1) === '}') out += '|';
    else if (unit === '|' && groups.at(-1)?.startsWith(')')) out += '|';
    else if (unit === ')' && groups.at(-1)?.startsWith(')')) out += groups.pop()!;
    else if (unit === '\\' && next !== undefined) {
      out += escaped(next);
      at++;
    } else out += escaped(unit);
  }
  return out;
}

function escaped(unit: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(unit) ? `\\${unit}` : unit;
}
