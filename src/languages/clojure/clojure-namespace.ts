import type { FactWriter } from '../lexical/fact-writer.ts';
import { TokenKind, type TokenStream } from '../lexical/token-stream.ts';

/** `(ns name "doc" (:require [a.b :as b :refer [c]]) (:import (java.util Date)))` → the module's name and imports. */
export function namespaceForm(writer: FactWriter, open: number, head: number): void {
  const { tokens } = writer;
  const end = tokens.close(open);
  let at = tokens.code(head + 1);
  while (tokens.is(at, "'") || tokens.is(at, '^'))
    at = tokens.is(at, '^') ? afterForm(tokens, at + 1) : tokens.code(at + 1);
  if (!tokens.isKind(at, TokenKind.word)) return;
  const documentation = tokens.code(at + 1);
  writer.nameModule(
    tokens.at(at),
    tokens.isKind(documentation, TokenKind.string) ? tokens.at(documentation).slice(1, -1) : undefined,
  );
  for (at = tokens.code(at + 1); at < end && tokens.ahead(at); at = afterForm(tokens, at)) {
    if (!tokens.is(at, '(')) continue;
    const clause = tokens.code(at + 1);
    const kind = tokens.at(clause);
    for (
      let item = tokens.code(clause + 1);
      item < tokens.close(at) && tokens.ahead(item);
      item = afterForm(tokens, item)
    ) {
      if (kind === ':import') javaImport(writer, item);
      else if (kind === ':require' || kind === ':use' || kind === ':require-macros')
        libSpec(writer, item, kind === ':use', '');
    }
  }
}

/** First code token after the form at `token`. */
function afterForm(tokens: TokenStream, token: number): number {
  return tokens.code((tokens.partner[token]! > token ? tokens.partner[token]! : token) + 1);
}

function javaImport(writer: FactWriter, item: number): void {
  const { tokens } = writer;
  if (tokens.isKind(item, TokenKind.word)) {
    const path = tokens.at(item);
    const dot = path.lastIndexOf('.');
    writer.import('member', path.slice(0, Math.max(0, dot)), item, 0, path.slice(dot + 1));
    return;
  }
  const first = tokens.code(item + 1);
  for (let at = tokens.code(first + 1); at < tokens.close(item) && tokens.ahead(at); at = tokens.code(at + 1))
    writer.import('member', tokens.at(first), at, 0, tokens.at(at));
}

function libSpec(writer: FactWriter, item: number, isUse: boolean, prefix: string): void {
  const { tokens } = writer;
  if (tokens.isKind(item, TokenKind.word)) {
    writer.import(isUse ? 'star' : 'module', prefix + tokens.at(item), item, 0);
    return;
  }
  if (!tokens.is(item, '[') && !tokens.is(item, '(')) return;
  const first = tokens.code(item + 1);
  const library = prefix + tokens.at(first);
  const end = tokens.close(item);
  let alias: string | undefined;
  let whole = true;
  for (let at = tokens.code(first + 1); at < end && tokens.ahead(at); at = afterForm(tokens, at)) {
    const option = tokens.at(at);
    const value = tokens.code(at + 1);
    if (option === ':as' || option === ':as-alias') alias = tokens.at(value);
    else if (option === ':refer' || option === ':only' || option === ':refer-macros') {
      if (tokens.is(value, '[') || tokens.is(value, '(')) {
        for (
          let name = tokens.code(value + 1);
          name < tokens.close(value) && tokens.ahead(name);
          name = tokens.code(name + 1)
        )
          writer.import('member', library, name, 0, tokens.at(name));
      } else if (tokens.at(value) === ':all') writer.import('star', library, value, 0);
      whole = false;
    } else if (tokens.is(item, '(') && (tokens.isKind(at, TokenKind.word) || tokens.is(at, '['))) {
      if (prefix === '') libSpec(writer, at, isUse, `${library}.`);
      whole = false;
    }
  }
  if (alias !== undefined || whole) writer.import(isUse ? 'star' : 'module', library, first, 0, undefined, alias);
}
