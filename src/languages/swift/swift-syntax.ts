import { isLetter, isLetterOrDigit, type Lexer, type LexicalSyntax } from '../lexical/lexer.ts';
import { TokenKind } from '../lexical/token-stream.ts';

const MOST_HASHES = 16;

/** Strings ("…", """…""", #"…"#) with interpolations lexed as code, regular expression literals, `escaped` names. */
function literal(lexer: Lexer, at: number): number {
  const { text } = lexer;
  const mark = text[at];
  if (mark === '`') {
    const end = lexer.find('`', at + 1) + 1 || text.length;
    lexer.emit(TokenKind.word, at, end);
    return end;
  }
  if (mark !== '"' && mark !== '#' && mark !== '/') return at;
  let hashes = 0;
  while (hashes < MOST_HASHES && text[at + hashes] === '#') hashes++;
  const open = at + hashes;
  if (text[open] === '/' && (hashes > 0 || regularExpressionMayStart(lexer, at)))
    return regularExpression(lexer, at, open, hashes);
  return text[open] === '"' ? stringLiteral(lexer, at, open, hashes) : at;
}

function stringLiteral(lexer: Lexer, at: number, open: number, hashes: number): number {
  const { text } = lexer;
  const quote = text.startsWith('"""', open) ? '"""' : '"';
  const close = quote + '#'.repeat(hashes);
  const escape = `\\${'#'.repeat(hashes)}`;
  let from = at;
  for (let i = open + quote.length; i < text.length; i++) {
    if (text.startsWith(close, i)) {
      lexer.emit(TokenKind.string, from, i + close.length);
      return i + close.length;
    }
    if (quote === '"' && text[i] === '\n') {
      lexer.tokens.broken = true;
      lexer.emit(TokenKind.string, from, i);
      return i;
    }
    if (!text.startsWith(escape, i)) continue;
    i += escape.length;
    if (text[i] !== '(') continue;
    lexer.emit(TokenKind.string, from, i);
    i = lexer.interpolation(i + 1, '(', ')');
    from = Math.min(i + 1, text.length);
  }
  lexer.tokens.broken = true;
  lexer.emit(TokenKind.string, from, text.length);
  return text.length;
}

/** `/` starts an expression's operand, not a division: nothing, an operator or an open bracket stands before it. */
function regularExpressionMayStart(lexer: Lexer, at: number): boolean {
  const { text, tokens } = lexer;
  const next = text[at + 1];
  if (next === undefined || next === ' ' || next === '/' || next === '*' || next === '=' || next === '\n') return false;
  const before = tokens.at(tokens.count - 1);
  if (before !== '' && !/[=(,:[{&|!?]$/.test(before) && before !== 'return' && before !== 'case') return false;
  const close = lexer.find('/', at + 1);
  return close > 0 && close < lexer.lineEnd(at);
}

function regularExpression(lexer: Lexer, at: number, open: number, hashes: number): number {
  const end = lexer.quoted(open + 1, `/${'#'.repeat(hashes)}`);
  lexer.emit(TokenKind.string, at, end);
  return end;
}

export const swiftSyntax: LexicalSyntax = {
  lineComments: ['//'],
  blockComments: [{ open: '/*', close: '*/', nested: true }],
  operators: ['->', '==', '!=', '<=', '>=', '&&', '||', '??', '...', '..<', '+=', '-=', '*=', '/=', '===', '!=='],
  isWordStart: (unit) => isLetter(unit) || unit === 36,
  isWordPart: (unit) => isLetterOrDigit(unit) || unit === 36,
  literal,
};
