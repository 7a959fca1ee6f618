/** One parameter as the text of a JavaScript function writes it. */
export interface WrittenParameter {
  /** Empty for a pattern. */
  readonly name: string;
  /** Keys of an object pattern. */
  readonly keys: readonly string[];
  readonly default: string | undefined;
  readonly variadic: boolean;
}

/** The parameters in what `Function.prototype.toString` gives; undefined where the text is not of that form (built-ins). */
export function readParameterList(source: string): WrittenParameter[] | undefined {
  if (source.includes('[native code]')) return undefined;
  const text = /^class\b/.test(source) ? constructorOf(source) : source;
  if (text === undefined) return [];
  const single = /^(?:async\s+)?([A-Za-z_$][\w$]*)\s*=>/.exec(text);
  if (single) return [{ name: single[1]!, keys: [], default: undefined, variadic: false }];
  const open = text.indexOf('(');
  if (open < 0) return undefined;
  const inner = balanced(text, open);
  if (inner === undefined) return undefined;
  return splitTop(inner, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readParameter);
}

function constructorOf(source: string): string | undefined {
  const at = /(?:^|[\s;{}])constructor\s*\(/.exec(source);
  return at ? source.slice(at.index) : undefined;
}

function readParameter(part: string): WrittenParameter {
  const [left = '', ...rest] = splitTop(part, '=');
  const variadic = left.startsWith('...');
  const target = left.replace('...', '').trim();
  const fallback = rest.length > 0 ? rest.join('=').trim() : undefined;
  if (!target.startsWith('{')) {
    return { name: /^[\w$]+$/.test(target) ? target : '', keys: [], default: fallback, variadic };
  }
  const keys = splitTop(target.slice(1, target.lastIndexOf('}')), ',')
    .map((key) => /^\s*([\w$]+)/.exec(key)?.[1])
    .filter((key) => key !== undefined);
  return { name: '', keys, default: fallback, variadic };
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What lies between the bracket at `open` and its partner. */
function balanced(text: string, open: number): string | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"' || char === "'" || char === '`') at = endOfString(text, at);
    else if (char in CLOSERS) depth++;
    else if (char === ')' || char === ']' || char === '}') {
      if (--depth === 0) return text.slice(open + 1, at);
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}

/** Parts between separators that stand in no bracket or string; `=` of `=>`, `==` does not separate. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"' || char === "'" || char === '`') at = endOfString(text, at);
    else if (char in CLOSERS) depth++;
    else if (char === ')' || char === ']' || char === '}') depth--;
    else if (char === '/' && text[at + 1] === '*') at = Math.max(at, text.indexOf('*/', at) + 1);
    else if (char === separator && depth === 0 && !(separator === '=' && /[=>]/.test(text[at + 1] ?? ''))) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
