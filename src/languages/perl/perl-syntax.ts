import { isLetter, isLetterOrDigit, type Lexer, type LexicalSyntax } from '../lexical/lexer.ts';
import { TokenKind } from '../lexical/token-stream.ts';

const pairs: ReadonlyMap<string, string> = new Map(Object.entries({ '(': ')', '[': ']', '{': '}', '<': '>' }));
/** Quote-like operators and how many parts each has. */
const quoteLike: ReadonlyMap<string, number> = new Map(
  Object.entries({ q: 1, qq: 1, qw: 1, qr: 1, qx: 1, m: 1, s: 2, tr: 2, y: 2 }),
);
const operandWords =
  /^(?:return|and|or|not|if|unless|while|until|split|grep|map|join|push|x|lt|gt|le|ge|eq|ne|cmp|when)$/;

/** Perl's literals: quote-like operators, here-documents, POD, sigils, regular expressions, `__END__`. One for each text: here-documents are remembered. */
export function perlSyntax(): LexicalSyntax {
  /** Bodies of here-documents that were announced, in order. */
  const bodies: { readonly start: number; readonly end: number }[] = [];
  let next = 0;

  function literal(lexer: Lexer, at: number): number {
    const { text } = lexer;
    const body = bodies[next];
    if (body && at >= body.start) {
      next++;
      if (at >= body.end) return at;
      lexer.emit(TokenKind.string, body.start, body.end);
      return body.end;
    }
    const mark = text[at]!;
    const isLineStart = at === 0 || text[at - 1] === '\n';
    if (isLineStart && mark === '=' && isLetter(text.charCodeAt(at + 1))) return pod(lexer, at);
    if (isLineStart && /^__(?:END|DATA)__\s/.test(text.slice(at, at + 9))) {
      lexer.emit(TokenKind.comment, at, text.length);
      return text.length;
    }
    if (mark === '"' || mark === "'" || mark === '`') {
      const end = lexer.quoted(at + 1, mark);
      lexer.emit(TokenKind.string, at, end);
      return end;
    }
    if (mark === '<' && text[at + 1] === '<') return hereDocument(lexer, at, bodies);
    if (mark === '$' || mark === '@' || mark === '%' || mark === '&') return sigil(lexer, at, mark);
    if (mark === '/' && operandMayStart(lexer)) return parts(lexer, at, at, 1);
    if (isLetter(text.charCodeAt(at)) && !isLetterOrDigit(text.charCodeAt(at - 1))) return quoteLikeOperator(lexer, at);
    return at;
  }

  return {
    lineComments: ['#'],
    blockComments: [],
    operators: [
      '=>',
      '->',
      '::',
      '==',
      '!=',
      '<=',
      '>=',
      '&&',
      '||',
      '//',
      '=~',
      '!~',
      '..',
      '...',
      '**',
      '++',
      '--',
      '.=',
      '+=',
      '-=',
      '||=',
      '//=',
    ],
    isWordStart: isLetter,
    isWordPart: isLetterOrDigit,
    literal,
  };
}

function pod(lexer: Lexer, at: number): number {
  const cut = /^=cut\b.*$/m;
  const rest = lexer.text.slice(at);
  const found = cut.exec(rest);
  const end = found ? at + found.index + found[0].length : lexer.text.length;
  lexer.emit(TokenKind.comment, at, end);
  return end;
}

function operandMayStart({ tokens }: Lexer): boolean {
  const last = tokens.codeBefore(tokens.count);
  if (last < 0) return true;
  const text = tokens.at(last);
  if (tokens.isKind(last, TokenKind.punctuation)) return !/^[)\]}]$/.test(text);
  return tokens.isKind(last, TokenKind.word) && operandWords.test(text);
}

function sigil(lexer: Lexer, at: number, mark: string): number {
  const { text } = lexer;
  if ((mark === '%' || mark === '&') && !operandMayStart(lexer)) return at;
  let start = at + 1;
  if (
    mark === '$' &&
    text[start] === '#' &&
    (isLetter(text.charCodeAt(start + 1)) || text[start + 1] === '{' || text[start + 1] === '$')
  )
    start++;
  let end = start;
  while (
    end < text.length &&
    (isLetterOrDigit(text.charCodeAt(end)) || (text.startsWith('::', end) && isLetter(text.charCodeAt(end + 2))))
  )
    end += text[end] === ':' ? 2 : 1;
  if (end > start) {
    lexer.emit(mark === '&' ? TokenKind.punctuation : TokenKind.word, at, mark === '&' ? start : end);
    return mark === '&' ? start : end;
  }
  // `$_`-like variables of one punctuation mark; `${`, `@{` and `%$x` are dereferences.
  if (mark === '$' && start < text.length && !/[\s{$()\w]/.test(text[start]!)) {
    lexer.emit(TokenKind.word, at, start + 1);
    return start + 1;
  }
  lexer.emit(TokenKind.punctuation, at, start);
  return start;
}

function hereDocument(lexer: Lexer, at: number, bodies: { readonly start: number; readonly end: number }[]): number {
  const { text } = lexer;
  const head = /^<<(~?)(?:"([^"\n]*)"|'([^'\n]*)'|([A-Za-z_]\w*))/.exec(text.slice(at, at + 120));
  const last = lexer.tokens.codeBefore(lexer.tokens.count);
  // `warn <<TEXT` announces a text, `$bits <<SHIFT` shifts.
  const isCommand = lexer.tokens.isKind(last, TokenKind.word) && !/^[$@%]/.test(lexer.tokens.at(last));
  if (!head || (head[4] !== undefined && head[1] === '' && !isCommand && !operandMayStart(lexer))) return at;
  const label = head[2] ?? head[3] ?? head[4]!;
  const before = bodies.at(-1);
  const start = before ? before.end + 1 : lexer.lineEnd(at) + 1;
  let line = start;
  for (;;) {
    if (line >= text.length) {
      lexer.tokens.broken = true;
      break;
    }
    const end = lexer.lineEnd(line);
    const content = text.slice(line, end).replace(/\r$/, '');
    if ((head[1] === '~' ? content.trim() : content) === label) {
      line = end;
      break;
    }
    line = end + 1;
  }
  bodies.push({ start, end: Math.min(line, text.length) });
  lexer.emit(TokenKind.string, at, at + head[0].length);
  return at + head[0].length;
}

function quoteLikeOperator(lexer: Lexer, at: number): number {
  const { text, tokens } = lexer;
  const word = /^(?:qq|qw|qr|qx|tr|[qmsy])(?![\w])/.exec(text.slice(at, at + 3))?.[0];
  if (word === undefined) return at;
  const before = tokens.at(tokens.codeBefore(tokens.count));
  // A method, a hash key or a sub of that name is no operator.
  if (before === '->' || before === '-' || before === 'sub' || before === '::') return at;
  let open = at + word.length;
  while (text[open] === ' ') open++;
  const mark = text[open];
  if (
    mark === undefined ||
    (before === '=~' || before === '!~' ? /[\s\w;)]/ : /[\s\w,;)]/).test(mark) ||
    (mark === '=' && (text[open + 1] === '>' || open > at + word.length)) ||
    (mark === '}' && before === '{') ||
    (mark === '#' && open > at + word.length)
  )
    return at;
  return parts(lexer, at, open, quoteLike.get(word)!);
}

/** Reads one or two delimited parts and the flags behind them. */
function parts(lexer: Lexer, at: number, open: number, count: number): number {
  const { text } = lexer;
  let i = open;
  for (let part = 0; part < count; part++) {
    while (part > 0 && pairs.has(text[open]!) && /\s/.test(text[i] ?? '')) i++;
    const mark = text[part === 0 || pairs.has(text[open]!) ? i : i - 1] ?? '';
    const close = pairs.get(mark);
    if (close === undefined) i = lexer.quoted(part === 0 ? i + 1 : i, mark);
    else i = nested(lexer, i, mark, close);
  }
  while (i < text.length && /[a-z]/.test(text[i]!)) i++;
  lexer.emit(TokenKind.string, at, i);
  return i;
}

function nested(lexer: Lexer, at: number, open: string, close: string): number {
  let depth = 0;
  for (let i = at; i < lexer.text.length; i++) {
    const mark = lexer.text[i];
    if (mark === '\\') i++;
    else if (mark === open) depth++;
    else if (mark === close && --depth === 0) return i + 1;
  }
  lexer.tokens.broken = true;
  return lexer.text.length;
}
