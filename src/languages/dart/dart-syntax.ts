import { isLetter, isLetterOrDigit, type Lexer, type LexicalSyntax } from '../lexical/lexer.ts';
import { TokenKind } from '../lexical/token-stream.ts';

/** Strings: `'…'`, `"…"`, three quotes, raw with `r`; `${…}` inside is lexed as code. `#!` on the first line is a comment. */
function literal(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const mark = text[at];
  if (mark === '#' && at === 0 && text[1] === '!') {
    const end = lexer.lineEnd(0);
    lexer.emit(TokenKind.comment, 0, end);
    return end;
  }
  const isRaw = mark === 'r' && (text[at + 1] === "'" || text[at + 1] === '"');
  if (!isRaw && mark !== "'" && mark !== '"') return at;
  return stringLiteral(lexer, at, isRaw ? at + 1 : at, isRaw);
}

function stringLiteral(lexer: Lexer, at: number, open: number, isRaw: boolean): number {
  const { text } = lexer;
  const mark = text[open]!;
  const close = text.startsWith(mark.repeat(3), open) ? mark.repeat(3) : mark;
  let from = at;
  for (let i = open + close.length; i < text.length; i++) {
    const unit = text[i];
    if (unit === mark && text.startsWith(close, i)) {
      lexer.emit(TokenKind.string, from, i + close.length);
      return i + close.length;
    }
    if (unit === '\n' && close.length === 1) {
      lexer.tokens.broken = true;
      lexer.emit(TokenKind.string, from, i);
      return i;
    }
    if (isRaw) continue;
    if (unit === '\\') i++;
    else if (unit === '$' && text[i + 1] === '{') {
      lexer.emit(TokenKind.string, from, i + 1);
      lexer.emit(TokenKind.punctuation, i + 1, i + 2);
      i = lexer.interpolation(i + 2, '{', '}');
      if (i < text.length) lexer.emit(TokenKind.punctuation, i, i + 1);
      from = Math.min(i + 1, text.length);
    }
  }
  lexer.tokens.broken = true;
  lexer.emit(TokenKind.string, from, text.length);
  return text.length;
}

/** `>>` and `>=` stay apart, so that type arguments can be paired. */
export const dartSyntax: LexicalSyntax = {
  lineComments: ['//'],
  blockComments: [{ open: '/*', close: '*/', nested: true }],
  operators: [
    '=>',
    '==',
    '!=',
    '<=',
    '&&',
    '||',
    '??',
    '??=',
    '?.',
    '..',
    '?..',
    '...',
    '...?',
    '+=',
    '-=',
    '*=',
    '/=',
    '~/',
    '~/=',
    '++',
    '--',
    '|=',
    '&=',
    '^=',
  ],
  isWordStart: (unit) => isLetter(unit) || unit === 36,
  isWordPart: (unit) => isLetterOrDigit(unit) || unit === 36,
  literal,
};

/** Words that are never called, named or used as a type. */
export const reserved: ReadonlySet<string> = new Set(
  (
    'assert await break case catch class const continue default do else enum extends false final finally for if in is new null ' +
    'rethrow return super switch this throw true try var void when while with yield Function'
  ).split(' '),
);
