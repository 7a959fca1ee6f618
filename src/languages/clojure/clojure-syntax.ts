import type { Lexer, LexicalSyntax } from '../lexical/lexer.ts';
import { TokenKind } from '../lexical/token-stream.ts';

const delimiters = new Set([...'()[]{}"; \t\n\r,@^`~\'\\'].map((mark) => mark.charCodeAt(0)));
const isSymbolPart = (unit: number): boolean => unit > 32 && (!delimiters.has(unit) || unit === 39);
const isSymbolStart = (unit: number): boolean =>
  unit > 32 && !delimiters.has(unit) && unit !== 35 && unit !== 58 && !(unit >= 48 && unit <= 57);

/** Strings, regular expressions, characters, keywords; a comma is white space. */
function literal(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const mark = text[at]!;
  if (mark === ',') return at + 1;
  if (mark === '"' || (mark === '#' && text[at + 1] === '"')) {
    const end = lexer.quoted(at + (mark === '#' ? 2 : 1), '"');
    lexer.emit(TokenKind.string, at, end);
    return end;
  }
  if (mark === '#' && text[at + 1] === '!') {
    const end = lexer.lineEnd(at);
    lexer.emit(TokenKind.comment, at, end);
    return end;
  }
  if (mark === '\\' || mark === ':') {
    let end = at + (mark === ':' ? 1 : 2);
    while (end < text.length && isSymbolPart(text.charCodeAt(end))) end++;
    lexer.emit(TokenKind.number, at, Math.min(end, text.length));
    return Math.min(end, text.length);
  }
  return at;
}

export const clojureSyntax: LexicalSyntax = {
  lineComments: [';'],
  blockComments: [],
  operators: ['#_', '~@', '#?@', '#?', "#'", '##'],
  isWordStart: isSymbolStart,
  isWordPart: isSymbolPart,
  literal,
};
