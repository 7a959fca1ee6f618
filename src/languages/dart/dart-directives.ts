import { ImportFlag } from '#model/facts.ts';
import type { FactWriter } from '../lexical/fact-writer.ts';
import { splitRange } from '../lexical/token-ranges.ts';
import { TokenKind } from '../lexical/token-stream.ts';

/** Last token of a directive: its `;`, or the token before the next line that starts a declaration. */
function directiveEnd(writer: FactWriter, token: number): number {
  const { tokens } = writer;
  let at = token;
  while (tokens.ahead(at + 1) && !tokens.is(at, ';'))
    at = tokens.partner[at + 1]! > at + 1 ? tokens.partner[at + 1]! : at + 1;
  return at;
}

const unquoted = (literal: string): string => literal.replace(/^r?(?:'''|"""|['"])|(?:'''|"""|['"])$/g, '');

/**
 * `import 'a.dart' if (dart.library.io) 'b.dart' deferred as p show X hide Y;`, `export`, `part`, `part of`, `library`. Returns
 * the token after the directive; undefined where none stands.
 */
export function dartDirective(writer: FactWriter, token: number): number | undefined {
  const { tokens } = writer;
  const word = tokens.at(token);
  const next = tokens.code(token + 1);
  if (word === 'library' && (tokens.isKind(next, TokenKind.word) || tokens.is(next, ';'))) {
    const end = directiveEnd(writer, token);
    const name = tokens.text.slice(tokens.start[next], tokens.start[end]).trim();
    if (name !== '') writer.nameModule(name);
    return end + 1;
  }
  if (word === 'part' && tokens.is(next, 'of')) return directiveEnd(writer, token) + 1;
  const uri = tokens.is(next, 'augment') ? tokens.code(next + 1) : next;
  if (!/^(?:import|export|part)$/.test(word) || !tokens.isKind(uri, TokenKind.string)) return undefined;
  const end = directiveEnd(writer, token);
  const specifier = unquoted(tokens.at(uri));
  if (word === 'part') writer.import('include', specifier, uri, 0);
  else addImport(writer, word === 'export', specifier, uri, end);
  return end + 1;
}

function addImport(writer: FactWriter, isExport: boolean, specifier: string, uri: number, end: number): void {
  const { tokens } = writer;
  const others: number[] = [];
  let alias: string | undefined;
  let isDeferred = false;
  const shown: number[] = [];
  let isHiding = false;
  for (let at = tokens.code(uri + 1); at < end; at = tokens.code(at + 1)) {
    if (tokens.is(at, 'if')) at = tokens.close(at + 1);
    else if (tokens.isKind(at, TokenKind.string)) others.push(at);
    else if (tokens.is(at, 'deferred')) isDeferred = true;
    else if (tokens.is(at, 'as')) alias = tokens.at((at = tokens.code(at + 1)));
    else if (tokens.is(at, 'hide')) isHiding = true;
    else if (tokens.is(at, 'show')) {
      let last = at;
      while (last + 1 < end && !tokens.is(last + 1, 'hide') && !tokens.is(last + 1, 'show')) last++;
      for (const { first } of splitRange(tokens, at + 1, last, ',')) shown.push(first);
      at = last;
    }
  }
  const whole = isExport ? 're-export-star' : isDeferred ? 'dynamic' : alias === undefined ? 'star' : 'module';
  const row = (from: string, place: number, flags: number): void => {
    if (shown.length === 0 || isHiding) writer.import(whole, from, place, 0, undefined, alias, flags);
    else
      for (const token of shown) {
        const name = tokens.at(token);
        const made = writer.import(isExport ? 're-export' : 'member', from, token, 0, name, undefined, flags);
        if (isExport) writer.builder.exports.add(writer.builder.string(name), -1, made, 0);
      }
  };
  row(specifier, uri, 0);
  for (const other of others) row(unquoted(tokens.at(other)), other, ImportFlag.conditional);
}
