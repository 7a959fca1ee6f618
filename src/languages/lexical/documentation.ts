import type { TextIndex } from '../text-index.ts';
import { TokenKind, type TokenStream } from './token-stream.ts';

/**
 * The comments that end on the line above a declaration, or directly before it, without their marks; undefined for none.
 * A blank line separates a comment from what follows it.
 */
export function documentationBefore(tokens: TokenStream, index: TextIndex, token: number): string | undefined {
  let first = token;
  let line = index.line(tokens.start[token]!);
  while (first > 0 && tokens.kind[first - 1] === TokenKind.comment) {
    const comment = first - 1;
    const endLine = index.line(Math.max(tokens.start[comment]!, tokens.end[comment]! - 1));
    if (endLine < line - 1) break;
    // A comment after code on its own line belongs to that code.
    if (tokens.breakBefore[comment] === 0 && comment > 0) break;
    line = index.line(tokens.start[comment]!);
    first = comment;
  }
  if (first === token) return undefined;
  const lines: string[] = [];
  for (let comment = first; comment < token; comment++) lines.push(...commentLines(tokens.at(comment)));
  return lines.join('\n').trim() || undefined;
}

/** A comment's lines without `//`, `/* … …`, `%`, `;`, `#`, `--`, `=pod` marks. */
export function commentLines(comment: string): readonly string[] {
  if (comment.startsWith('%{') || comment.startsWith('#|'))
    return comment
      .slice(2, -2)
      .split(/\r?\n/)
      .map((line) => line.trim());
  if (comment.startsWith('=')) {
    return comment
      .split(/\r?\n/)
      .map((line) => line.replace(/^=(?:head\d|item|over|back|pod|cut|begin|end|for|encoding)\b *\d*/, '').trimEnd());
  }
  const body = comment.startsWith('/*') ? comment.replace(/^\/\*+!?/, '').replace(/\*+\/$/, '') : comment;
  return body
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:\/\/[/!]?|\*(?!\*)|%+[!|]?|;+|#+!?|--+)? ?/, '').trimEnd());
}
