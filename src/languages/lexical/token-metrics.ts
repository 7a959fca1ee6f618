/** Counts over tokens: lines by kind, paths and nesting by decision words, Halstead's operators and operands. */
import type { TextIndex } from '../text-index.ts';
import type { DecisionWords } from './fact-writer.ts';
import { TokenKind, type TokenStream } from './token-stream.ts';

const COMMENT = 1;
const CODE = 2;

/** Kind of each line. A line with code and a comment is code. */
export function lineKinds(tokens: TokenStream, index: TextIndex): Uint8Array {
  const { text } = tokens;
  const last = text.charCodeAt(text.length - 1);
  const total = index.lineCount - (text.length === 0 || last === 10 || last === 13 ? 1 : 0);
  const kinds = new Uint8Array(total);
  let line = 0;
  for (let token = 0; token < tokens.count; token++) {
    const kind = tokens.kind[token] === TokenKind.comment ? COMMENT : CODE;
    while (line + 1 < index.lineCount && index.lineStarts[line + 1]! <= tokens.start[token]!) line++;
    for (let at = line; at < total && index.lineStarts[at]! < tokens.end[token]!; at++) {
      if (kinds[at]! < kind) kinds[at] = kind;
    }
  }
  return kinds;
}

export interface LineSums {
  readonly total: number;
  /** Code lines among the first n lines, by n. */
  readonly code: Int32Array;
  readonly comment: Int32Array;
}

export function lineSums(kinds: Uint8Array): LineSums {
  const code = new Int32Array(kinds.length + 1);
  const comment = new Int32Array(kinds.length + 1);
  for (let line = 0; line < kinds.length; line++) {
    code[line + 1] = code[line]! + (kinds[line] === CODE ? 1 : 0);
    comment[line + 1] = comment[line]! + (kinds[line] === COMMENT ? 1 : 0);
  }
  return { total: kinds.length, code, comment };
}

export interface TokenCounts {
  readonly cyclomatic: number;
  readonly cognitive: number;
  readonly nesting: number;
  readonly statements: number;
  readonly distinctOperators: number;
  readonly distinctOperands: number;
  readonly operators: number;
  readonly operands: number;
}

/** Tokens first to last, both included. Nesting is that of the bracket or `end` blocks that decision words open. */
export function tokenCounts(tokens: TokenStream, first: number, last: number, words: DecisionWords): TokenCounts {
  const operatorSet = new Set<string>();
  const operandSet = new Set<string>();
  let operators = 0;
  let operands = 0;
  let cyclomatic = 1;
  let cognitive = 0;
  let nesting = 0;
  let statements = 0;
  let previousLogical = '';
  /** Last tokens of the structures that are open here. */
  const open: number[] = [];
  for (let token = first; token <= last; token++) {
    const kind = tokens.kind[token]!;
    if (kind === TokenKind.comment) continue;
    while (open.length > 0 && open[open.length - 1]! < token) open.pop();
    const text = tokens.at(token);
    if (tokens.startsLine(token)) statements++;
    if (kind === TokenKind.string || kind === TokenKind.number) {
      operands++;
      operandSet.add(text);
      continue;
    }
    const branch = words.branches.has(text);
    const continuation = words.continuations.has(text);
    const logical = words.logical.has(text);
    if (kind === TokenKind.word && !branch && !continuation && !logical) {
      operands++;
      operandSet.add(text);
    } else {
      operators++;
      operatorSet.add(text);
    }
    if (words.paths.has(text) && (words.isPath?.(tokens, token) ?? true)) cyclomatic++;
    if (branch) {
      cognitive += continuation ? 1 : 1 + open.length;
      const end = blockEnd(tokens, token, last);
      if (end > token) {
        open.push(end);
        nesting = Math.max(nesting, open.length);
      }
    } else if (continuation) cognitive++;
    if (logical) {
      cyclomatic++;
      if (previousLogical !== text) cognitive++;
      previousLogical = text;
    } else if (branch || text === ';' || tokens.startsLine(token)) previousLogical = '';
  }
  return {
    cyclomatic,
    cognitive,
    nesting,
    statements,
    operators,
    operands,
    distinctOperators: operatorSet.size,
    distinctOperands: operandSet.size,
  };
}

/** Last token of the block that a decision word opens (its own `end`, or `{ … }`); the word itself when there is none. */
function blockEnd(tokens: TokenStream, word: number, last: number): number {
  if (tokens.partner[word]! > word) return tokens.partner[word]!;
  for (let token = word + 1; token <= last && token < word + 200 && tokens.ahead(token); token++) {
    if (tokens.is(token, '{')) return tokens.close(token);
    if (tokens.is(token, '(') || tokens.is(token, '[')) token = tokens.close(token);
    else if (tokens.is(token, ';') || tokens.is(token, '}')) break;
  }
  return word;
}

/** 32-bit FNV-1a over the tokens without comments and layout; never 0. */
export function tokensHash(tokens: TokenStream, first: number, last: number): number {
  let hash = 0x811c9dc5;
  const { text } = tokens;
  for (let token = first; token <= last; token++) {
    if (tokens.kind[token] === TokenKind.comment) continue;
    for (let at = tokens.start[token]!; at < tokens.end[token]!; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 32, 0x01000193);
  }
  return hash === 0 ? 1 : hash | 0;
}
