import { isLetter, isLetterOrDigit, type Lexer, type LexicalSyntax } from '../lexical/lexer.ts';
import { TokenKind } from '../lexical/token-stream.ts';

/** Of the quotes that open a string; more are read as empty strings. */
const MOST_QUOTES = 64;

/** Strings, triple-quoted strings (OTP 27), quoted atoms, `$c` characters, sigils, `16#ff` numbers. */
function literal(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const mark = text[at];
  if (mark === '"') {
    let quotes = 1;
    while (quotes < MOST_QUOTES && text[at + quotes] === '"') quotes++;
    let end: number;
    if (quotes >= 3 && lexer.lineEnd(at) > at && text.slice(at + quotes, lexer.lineEnd(at)).trim() === '')
      end = lexer.quoted(at + quotes, `\n${closingIndent(text, at, quotes)}${'"'.repeat(quotes)}`, '');
    else end = lexer.quoted(at + 1, '"');
    lexer.emit(TokenKind.string, at, end);
    return end;
  }
  if (mark === "'") {
    const end = lexer.quoted(at + 1, "'");
    lexer.emit(TokenKind.word, at, end);
    return end;
  }
  if (mark === '$') {
    let end = at + 2;
    if (text[at + 1] === '\\') {
      end = at + 3;
      if (text[at + 2] === 'x' && text[at + 3] === '{') end = lexer.find('}', at) + 1 || text.length;
      else if (text[at + 2] === '^') end = at + 4;
    } else if ((text.charCodeAt(at + 1) & 0xfc00) === 0xd800) end = at + 3;
    lexer.emit(TokenKind.number, at, Math.min(end, text.length));
    return Math.min(end, text.length);
  }
  const unit = text.charCodeAt(at);
  if (unit >= 48 && unit <= 57) {
    const based = /^\d{1,2}#[0-9A-Za-z_]+/.exec(text.slice(at, at + 80));
    if (based) {
      lexer.emit(TokenKind.number, at, at + based[0].length);
      return at + based[0].length;
    }
  }
  return at;
}

/** Indentation of the line that closes a triple-quoted string. */
function closingIndent(text: string, at: number, quotes: number): string {
  const closing = new RegExp(`\\n([ \\t]*)"{${quotes}}`, 'g');
  closing.lastIndex = at + quotes;
  return closing.exec(text)?.[1] ?? '';
}

export const erlangSyntax: LexicalSyntax = {
  lineComments: ['%'],
  blockComments: [],
  operators: [
    '->',
    '<-',
    '<=',
    '=>',
    ':=',
    '::',
    '==',
    '/=',
    '=<',
    '>=',
    '=:=',
    '=/=',
    '++',
    '--',
    '||',
    '<<',
    '>>',
    '...',
    '?=',
  ],
  isWordStart: isLetter,
  isWordPart: (unit) => isLetterOrDigit(unit) || unit === 64,
  literal,
};

/** A word without the quotes of a quoted atom. */
export function atomText(word: string): string {
  return word.startsWith("'") ? word.slice(1, word.endsWith("'") && word.length > 1 ? -1 : undefined) : word;
}

export const isVariable = (word: string): boolean => /^[\p{Lu}_]/u.test(word);
