/** Tokens of a Python file, as far as reading its settings needs them. */

export interface PythonToken {
  /** `end`: a logical line's end. */
  readonly kind: 'name' | 'string' | 'number' | 'mark' | 'end';
  /** A string's value; other tokens as written. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** Of a logical line's first token: its indentation in columns; −1 elsewhere. */
  readonly indent: number;
  /** A formatted or byte string: its value is not known. */
  readonly isOpen?: boolean;
}

const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /\d[\w.]*/y;
const prefix = /(?:[rRbBuUfF]{0,2})(?='|")/y;

export function pythonTokens(text: string): PythonToken[] {
  const tokens: PythonToken[] = [];
  let at = 0;
  let line = 1;
  let depth = 0;
  let indent = 0;
  let isFresh = true;
  const push = (kind: PythonToken['kind'], value: string, isOpen = false): void => {
    tokens.push({ kind, text: value, line, indent: isFresh ? indent : -1, ...(isOpen && { isOpen }) });
    isFresh = false;
  };
  while (at < text.length) {
    const unit = text[at]!;
    if (unit === '\n') {
      if (depth === 0 && !isFresh) {
        tokens.push({ kind: 'end', text: '', line, indent: -1 });
        isFresh = true;
      }
      line++;
      at++;
      if (depth === 0) {
        const start = at;
        while (text[at] === ' ' || text[at] === '\t') at++;
        indent = at - start;
      }
    } else if (unit === '\\' && /\r?\n/.test(text.slice(at + 1, at + 3))) {
      at = text.indexOf('\n', at) + 1;
      line++;
    } else if (/\s/.test(unit)) at++;
    else if (unit === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      prefix.lastIndex = at;
      const marks = prefix.exec(text)?.[0];
      if (marks !== undefined) {
        const end = stringEnd(text, at + marks.length);
        const quote = text.startsWith(text[at + marks.length]!.repeat(3), at + marks.length) ? 3 : 1;
        const body = text.slice(at + marks.length + quote, Math.max(at + marks.length + quote, end - quote));
        push(
          'string',
          /r/i.test(marks) ? body : unescaped(body),
          /[fb]/i.test(marks) && (/b/i.test(marks) || body.includes('{')),
        );
        for (let i = at; i < end; i++) if (text.charCodeAt(i) === 10) line++;
        at = end;
        continue;
      }
      word.lastIndex = at;
      number.lastIndex = at;
      const name = word.exec(text)?.[0];
      const digits = name === undefined ? number.exec(text)?.[0] : undefined;
      if (name !== undefined) push('name', name);
      else if (digits !== undefined) push('number', digits);
      else {
        if ('([{'.includes(unit)) depth++;
        else if (')]}'.includes(unit)) depth = Math.max(0, depth - 1);
        const pair = text.slice(at, at + 2);
        const mark = ['+=', '==', '!=', '->', ':=', '**', '//', '<=', '>='].includes(pair) ? pair : unit;
        push('mark', mark);
        at += mark.length;
        continue;
      }
      at += (name ?? digits)!.length;
    }
  }
  if (!isFresh) tokens.push({ kind: 'end', text: '', line, indent: -1 });
  return tokens;
}

function stringEnd(text: string, at: number): number {
  const quote = text[at]!;
  const triple = text.startsWith(quote.repeat(3), at);
  const close = triple ? quote.repeat(3) : quote;
  for (let i = at + close.length; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (!triple && text[i] === '\n') return i;
    else if (text.startsWith(close, i)) return i + close.length;
  }
  return text.length;
}

function unescaped(body: string): string {
  return body.replace(/\\(\r?\n|.)/gs, (whole, escape: string) =>
    escape === 'n'
      ? '\n'
      : escape === 't'
        ? '\t'
        : /^\r?\n$/.test(escape)
          ? ''
          : '\\\'"'.includes(escape)
            ? escape
            : whole,
  );
}
