import { rangeText } from '../lexical/token-ranges.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

/** Words that are read as syntax, not as subs of the project. */
export const keywords = new Set([
  'if',
  'elsif',
  'else',
  'unless',
  'while',
  'until',
  'for',
  'foreach',
  'my',
  'our',
  'local',
  'return',
  'sub',
  'package',
  'use',
  'no',
  'require',
  'and',
  'or',
  'not',
  'qw',
  'do',
  'eval',
  'defined',
  'ref',
  'scalar',
  'shift',
  'push',
  'pop',
  'keys',
  'values',
  'print',
  'die',
  'wantarray',
  'exists',
  'delete',
  'map',
  'grep',
  'sort',
  'join',
  'split',
  'last',
  'next',
  'undef',
  'when',
  'given',
  'bless',
  'sprintf',
  'printf',
  'open',
  'close',
  'length',
  'substr',
  'lc',
  'uc',
]);

/** `($$;@)` says what kind, not what name. */
export function isPrototype(tokens: TokenStream, open: number): boolean {
  return !/\w/.test(rangeText(tokens, open, tokens.lastInside(open)) ?? '');
}

/** Names in `qw(a b)`, `'a', 'b'`. */
export function wordList(tokens: TokenStream, first: number, end: number): readonly string[] {
  const names: string[] = [];
  for (let token = first; token < end && tokens.ahead(token); token++) {
    if (!tokens.isKind(token, TokenKind.string)) continue;
    const text = tokens.at(token);
    if (text.startsWith('qw'))
      names.push(
        ...text
          .replace(/^qw\s*./, '')
          .slice(0, -1)
          .split(/\s+/)
          .filter(Boolean),
      );
    else names.push(text.slice(1, -1));
  }
  return names;
}
