/**
 * SQL at token level, whatever the dialect: what CREATE makes, a table's columns, a routine's parameters; tables read and
 * written, routines called, by name.
 */
import type { FileFacts } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { Extractor, ExtractInput } from '../extractor.ts';
import { type DecisionWords, FactWriter, type ParameterText } from '../lexical/fact-writer.ts';
import { isLetter, isLetterOrDigit, Lexer, type LexicalSyntax } from '../lexical/lexer.ts';
import { argumentCount, rangeText, splitRange } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

const words = (...list: readonly string[]): ReadonlySet<string> =>
  new Set(list.flatMap((word) => [word, word.toUpperCase()]));
const decisions: DecisionWords = {
  paths: words('when', 'if', 'elsif', 'elseif', 'while', 'loop', 'for'),
  branches: words('case', 'if', 'while', 'loop'),
  continuations: words('else', 'elsif', 'elseif'),
  logical: words('and', 'or'),
  isPath: (tokens, token) =>
    !/^end$/i.test(tokens.at(token - 1)) &&
    !(/^(?:if|for)$/i.test(tokens.at(token)) && /^(?:exists|not|each|update)$/i.test(tokens.at(token + 1))),
};
const kinds: ReadonlyMap<string, SymbolKind> = new Map(
  Object.entries({
    table: 'struct',
    view: 'struct',
    function: 'function',
    procedure: 'function',
    proc: 'function',
    trigger: 'function',
    type: 'type',
    domain: 'type',
    schema: 'namespace',
    index: 'property',
    sequence: 'variable',
    package: 'namespace',
  } as const),
);
const notCalled = new Set(
  'in values exists and or not on as using into key references check unique primary foreign constraint partition by over table returns default varchar char decimal numeric number float varchar2 nvarchar with from join select where set then when case end if while begin is return insert update index add column distinct all any some limit view then concat_ws'.split(
    ' ',
  ),
);
const constraintWords = /^(?:constraint|primary|foreign|unique|check|key|index|exclude|like|fulltext|period)$/i;

function literal(lexer: Lexer, at: number): number {
  const { text, tokens } = lexer;
  const mark = text[at]!;
  if (mark === "'") {
    const end = doubled(lexer, at, "'");
    lexer.emit(TokenKind.string, at, end);
    return end;
  }
  if (mark === '"' || mark === '`' || (mark === '[' && /^\[[A-Za-z_][\w ]*\]/.test(text.slice(at, at + 130)))) {
    const end = mark === '[' ? lexer.find(']', at) + 1 : doubled(lexer, at, mark);
    lexer.emit(TokenKind.word, at, end);
    return end;
  }
  const dollar = mark === '$' ? /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 64))?.[0] : undefined;
  if (dollar === undefined) return at;
  // Behind AS or DO stands code; it is read as such, and its marks as punctuation.
  const before = tokens.at(tokens.codeBefore(tokens.count)).toLowerCase();
  let isCode =
    before === 'as' ||
    before === 'do' ||
    tokens.isKind(tokens.codeBefore(tokens.count), TokenKind.punctuation) ||
    before === 'end' ||
    before === ';';
  const close = isCode ? -1 : lexer.find(dollar, at + dollar.length);
  isCode ||= close < 0;
  const end = isCode ? at + dollar.length : close + dollar.length;
  lexer.emit(isCode ? TokenKind.punctuation : TokenKind.string, at, end);
  return end;
}

/** A quote is written twice inside; MySQL's backslash is taken as well. */
function doubled(lexer: Lexer, at: number, quote: string): number {
  const { text } = lexer;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === "'" && text[i + 1] === quote && text[i + 2] !== ';') i++;
    else if (text[i] === quote) {
      if (text[i + 1] !== quote) return i + 1;
      i++;
    }
  }
  lexer.tokens.broken = true;
  return text.length;
}

const syntax: LexicalSyntax = {
  lineComments: ['--'],
  blockComments: [{ open: '/*', close: '*/', nested: true }],
  operators: ['<=', '>=', '<>', '!=', '||', '::', ':=', '=>'],
  isWordStart: (unit) => isLetter(unit) || unit === 64 || unit === 35,
  isWordPart: (unit) => isLetterOrDigit(unit) || unit === 36 || unit === 35 || unit === 64,
  literal,
};

const plain = (word: string): string => word.replace(/^["`[]|["`\]]$/g, '');

class SqlFile {
  readonly tokens: TokenStream;
  readonly writer: FactWriter;
  #symbol = 0;
  #end = -1;

  constructor(tokens: TokenStream, language: string) {
    this.tokens = tokens;
    this.writer = new FactWriter(language, tokens, decisions);
  }

  #is(token: number, word: string): boolean {
    return this.tokens.isKind(token, TokenKind.word) && this.tokens.at(token).toLowerCase() === word;
  }

  walk(): void {
    const { tokens } = this;
    for (let token = 0; token < tokens.count; token++) {
      if (token > this.#end) this.#symbol = 0;
      if (!tokens.isKind(token, TokenKind.word)) continue;
      const next = this.#is(token, 'create') ? this.#create(token) : this.#use(token);
      token = Math.max(token, next);
    }
  }

  /** Last token of `schema.name`. */
  #nameEnd(token: number): number {
    let last = token;
    while (this.tokens.is(last + 1, '.') && this.tokens.isKind(last + 2, TokenKind.word)) last += 2;
    return last;
  }

  #create(token: number): number {
    const { tokens, writer } = this;
    let at = token + 1;
    while (at < token + 8 && tokens.isKind(at, TokenKind.word) && !kinds.has(tokens.at(at).toLowerCase())) at++;
    const word = tokens.at(at).toLowerCase();
    const kind = kinds.get(word);
    if (kind === undefined) return token;
    let name = at + 1;
    while (/^(?:if|not|exists|concurrently|body)$/i.test(tokens.at(name))) name++;
    if (!tokens.isKind(name, TokenKind.word)) return token;
    const last = this.#nameEnd(name);
    const open = tokens.is(last + 1, '(') ? last + 1 : -1;
    const isRoutine = kind === 'function';
    const end = isRoutine || word === 'package' ? this.#routineEnd(last) : this.#statementEnd(last);
    const returns = isRoutine ? this.#find(last, end, 'returns') : -1;
    const symbol = writer.define({
      kind,
      name: plain(tokens.at(last)),
      parent: 0,
      token,
      nameToken: last,
      owner: last > name ? plain(tokens.at(last - 2)) : undefined,
      signature: rangeText(tokens, token, isRoutine && open > 0 ? tokens.close(open) : last),
      returnType: returns < 0 ? undefined : tokens.at(returns + 1),
      parameters: isRoutine && open > 0 ? this.#parameters(open) : [],
      flags: word === 'view' ? SymbolFlag.readonly : 0,
    });
    writer.end(symbol, end);
    writer.export(symbol);
    this.#symbol = symbol;
    this.#end = end;
    if (word === 'table' && open > 0) this.#columns(open, symbol);
    if (word === 'index' || word === 'trigger') {
      const on = this.#find(last, end, 'on');
      const table = on < 0 ? -1 : this.#nameEnd(on + 1);
      if (table >= 0)
        writer.reference(
          'read',
          plain(tokens.at(table)),
          table,
          symbol,
          -1,
          table > on + 1 ? plain(tokens.at(table - 2)) : undefined,
        );
      return Math.max(last, table < 0 ? last : word === 'index' ? end : table);
    }
    return open > 0 && isRoutine ? tokens.close(open) : last;
  }

  #find(from: number, to: number, word: string): number {
    for (let token = from; token <= to && this.tokens.ahead(token); token++) if (this.#is(token, word)) return token;
    return -1;
  }

  #statementEnd(from: number): number {
    const { tokens } = this;
    for (let token = from; tokens.ahead(token); token++) {
      if (tokens.is(token, ';')) return token;
      if (tokens.partner[token]! > token) token = tokens.partner[token]!;
      else if (this.#is(token, 'go') && tokens.startsLine(token)) return token - 1;
      else if (this.#is(token, 'create') && tokens.startsLine(token) && token > from + 1)
        return tokens.codeBefore(token);
    }
    return tokens.count - 1;
  }

  /** Past the body: dollar quotes, or BEGIN … END, or the statement alone. */
  #routineEnd(from: number): number {
    const { tokens } = this;
    let depth = 0;
    for (let token = from; tokens.ahead(token); token++) {
      const text = tokens.at(token);
      if (text.length > 1 && text.startsWith('$') && text.endsWith('$')) {
        for (let close = token + 1; tokens.ahead(close); close++)
          if (tokens.is(close, text)) return this.#statementEnd(close);
        return tokens.count - 1;
      }
      if (this.#is(token, 'begin') || (this.#is(token, 'case') && depth > 0 && !this.#is(token - 1, 'end'))) depth++;
      else if (this.#is(token, 'end') && !/^(?:if|loop|while|for|repeat)$/i.test(tokens.at(token + 1))) {
        if (--depth <= 0) return tokens.is(token + 1, ';') ? token + 1 : token;
      } else if (
        depth === 0 &&
        token > from + 1 &&
        (this.#is(token, 'create') || this.#is(token, 'go')) &&
        tokens.startsLine(token)
      )
        return tokens.codeBefore(token);
      else if (depth === 0 && tokens.is(token, ';') && !this.#bodyFollows(token)) return token;
    }
    return tokens.count - 1;
  }

  /** Oracle: declarations end with semicolons before BEGIN. */
  #bodyFollows(token: number): boolean {
    for (let at = token + 1; at < token + 400 && this.tokens.ahead(at); at++) {
      if (this.#is(at, 'begin')) return true;
      if (this.#is(at, 'create') || this.#is(at, 'select') || this.#is(at, 'insert') || this.#is(at, 'alter'))
        return false;
    }
    return false;
  }

  #parameters(open: number): readonly ParameterText[] {
    const { tokens } = this;
    return splitRange(tokens, open + 1, tokens.lastInside(open), ',').map(({ first, last }) => {
      const name = /^(?:in|out|inout|variadic)$/i.test(tokens.at(first)) && last > first ? first + 1 : first;
      let end = last;
      for (let at = name; at <= last; at++) {
        if (!/^(?:default|:=|=)$/i.test(tokens.at(at))) continue;
        end = at - 1;
        break;
      }
      return {
        name: plain(tokens.at(name)),
        type: rangeText(tokens, name + 1, end),
        default: end < last ? rangeText(tokens, end + 2, last) : undefined,
      };
    });
  }

  #columns(open: number, table: number): void {
    const { tokens, writer } = this;
    for (const { first, last } of splitRange(tokens, open + 1, tokens.lastInside(open), ',')) {
      if (!tokens.isKind(first, TokenKind.word) || constraintWords.test(tokens.at(first))) continue;
      const type = tokens.is(first + 2, '(') ? tokens.close(first + 2) : Math.min(last, first + 1);
      const column = writer.define({
        kind: 'field',
        name: plain(tokens.at(first)),
        parent: table,
        token: first,
        nameToken: first,
        declaredType: rangeText(tokens, first + 1, type),
        signature: rangeText(tokens, first, last),
      });
      writer.end(column, last);
    }
  }

  #use(token: number): number {
    const { tokens, writer } = this;
    const word = tokens.at(token).toLowerCase();
    const next = token + 1;
    const target = (role: 'read' | 'write' | 'call'): number => {
      if (!tokens.isKind(next, TokenKind.word) || /^(?:select|lateral|only|unnest|set|of)$/i.test(tokens.at(next)))
        return token;
      const last = this.#nameEnd(next);
      if (role === 'read' && tokens.is(last + 1, '(') && word !== 'references') return token;
      writer.reference(
        role,
        plain(tokens.at(last)),
        last,
        this.#symbol,
        -1,
        last > next ? plain(tokens.at(last - 2)) : undefined,
      );
      return last;
    };
    if (word === 'from' || word === 'join' || word === 'references')
      return target(this.#is(token - 1, 'delete') ? 'write' : 'read');
    if (word === 'into' && /^(?:insert|merge|replace|ignore)$/i.test(tokens.at(token - 1))) return target('write');
    if (word === 'update' && !/^(?:for|on|or|after|before|of|,)$/i.test(tokens.at(token - 1))) return target('write');
    if (word === 'call' || word === 'exec' || word === 'execute' || word === 'perform')
      return /^(?:function|procedure|immediate)$/i.test(tokens.at(next)) ? token : target('call');
    if ((word === 'function' || word === 'procedure') && this.#is(token - 1, 'execute')) return target('call');
    if (tokens.is(next, '(') && !notCalled.has(word) && !/^["`[#@]/.test(word)) {
      const qualifier = tokens.is(token - 1, '.') ? plain(tokens.at(token - 2)) : undefined;
      writer.reference('call', plain(tokens.at(token)), token, this.#symbol, argumentCount(tokens, next), qualifier);
    }
    return token;
  }
}

function extract({ text, language }: ExtractInput): FileFacts {
  const file = new SqlFile(new Lexer(text, syntax).run(), language);
  file.walk();
  return file.writer.finish();
}

export const extractor: Extractor = { prepare: () => Promise.resolve(), extract };
