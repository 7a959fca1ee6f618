import { isLetter, isLetterOrDigit, type Lexer, type LexicalSyntax } from '../lexical/lexer.ts';
import { TokenKind } from '../lexical/token-stream.ts';

/** `'…'` is a string unless it transposes what stands before it; `%{` and `%}` on lines of their own enclose a comment. */
function literal(lexer: Lexer, at: number): number {
  const { text, tokens } = lexer;
  const mark = text[at];
  if (mark === '%' || mark === '#') {
    const lineEnd = lexer.lineEnd(at);
    let end = lineEnd;
    if (text[at + 1] === '{' && text.slice(at + 2, lineEnd).trim() === '' && startsLine(text, at))
      end = blockCommentEnd(lexer, lineEnd, mark);
    lexer.emit(TokenKind.comment, at, end);
    return end;
  }
  if (text.startsWith('...', at)) {
    // A continuation: the rest of the line is a comment and its end is no end.
    const end = lexer.lineEnd(at);
    lexer.emit(TokenKind.comment, at, end);
    return end + 1;
  }
  if (mark === '"') return stringLiteral(lexer, at, '"');
  if (mark === "'") {
    const last = tokens.count - 1;
    const adjacent = last >= 0 && tokens.end[last] === at;
    const operand =
      adjacent &&
      (tokens.kind[last] === TokenKind.number ||
        (tokens.kind[last] === TokenKind.word && !keywords.has(tokens.at(last))) ||
        /^[)\]}'.]$|^\.'$/.test(tokens.at(last)));
    if (operand) {
      lexer.emit(TokenKind.punctuation, at, at + 1);
      return at + 1;
    }
    return stringLiteral(lexer, at, "'");
  }
  return at;
}

function stringLiteral(lexer: Lexer, at: number, quote: string): number {
  const { text } = lexer;
  let i = at + 1;
  for (; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) {
      lexer.emit(TokenKind.string, at, i + 1);
      return i + 1;
    }
    i++;
  }
  lexer.tokens.broken = true;
  lexer.emit(TokenKind.string, at, i);
  return i;
}

function startsLine(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

function blockCommentEnd(lexer: Lexer, from: number, mark: string): number {
  let depth = 1;
  for (let line = from; line < lexer.text.length;) {
    const end = lexer.lineEnd(line + 1);
    const content = lexer.text.slice(line + 1, end).trim();
    if (content === `${mark}{`) depth++;
    else if (content === `${mark}}` && --depth === 0) return end;
    line = end;
  }
  lexer.tokens.broken = true;
  return lexer.text.length;
}

export const keywords: ReadonlySet<string> = new Set([
  'break',
  'case',
  'catch',
  'classdef',
  'continue',
  'else',
  'elseif',
  'end',
  'for',
  'function',
  'global',
  'if',
  'otherwise',
  'parfor',
  'persistent',
  'return',
  'spmd',
  'switch',
  'try',
  'while',
  'until',
  'do',
  'endif',
  'endfor',
  'endwhile',
  'endfunction',
  'endswitch',
  'end_try_catch',
  'unwind_protect',
  'unwind_protect_cleanup',
  'end_unwind_protect',
]);

export const matlabSyntax: LexicalSyntax = {
  lineComments: [],
  blockComments: [],
  operators: ['==', '~=', '!=', '<=', '>=', '&&', '||', ".'", '.*', './', '.^', '.\\'],
  isWordStart: isLetter,
  isWordPart: isLetterOrDigit,
  literal,
};
