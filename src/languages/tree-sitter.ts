/** The one place that knows web-tree-sitter: grammars are loaded once a thread, trees are flattened into typed arrays. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { TrowelError } from '#base/errors.ts';
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { type CursorCalls, cursorCalls, treeAddress } from './tree-cursor.ts';
import { type GrammarName, grammarFiles } from './grammars.ts';

interface Grammar {
  readonly parser: Parser;
  readonly typeNames: readonly string[];
  readonly fieldNames: readonly (string | null)[];
  /** By node type: 1 if such nodes are named. Asking each node costs a call into wasm. */
  readonly named: Uint8Array;
}

const grammars = new Map<GrammarName, Grammar>();
/** `Parser.init` fills the object that it is given with what the WebAssembly module exports. */
const binding = {};
let started: Promise<void> | undefined;
let calls: CursorCalls | undefined;

/** Beside the bundle (dist/grammars), or in the development packages when running from source. */
function grammarPath(name: GrammarName): string {
  const file = grammarFiles().find(({ target }) => target === `${name}.wasm`);
  const candidates = [path.join(import.meta.dirname, 'grammars', `${name}.wasm`)];
  if (file) candidates.push(path.join(import.meta.dirname, '../../node_modules', file.source));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found)
    throw new TrowelError('grammar-missing', `No grammar file for ${name}.`, {
      hint: 'Run the build again: npm run build',
    });
  return found;
}

/**
 * Grammars whose lexer is one huge function: V8's optimizing compiler takes hundreds of megabytes for it (Julia's: 1.3 GB), in
 * every thread. They stay with the baseline compiler, at about half the speed.
 */
const hugeLexers: ReadonlySet<GrammarName> = new Set([
  'julia',
  'powershell',
  'bash',
  'kotlin',
  'ocaml',
  'objc',
  'fsharp',
]);

/** V8's own default, and a budget that no parse uses up; a module keeps the one that holds when it is loaded. */
const DEFAULT_BUDGET = 13_000_000;
const NEVER = 2_000_000_000;

async function loadGently(name: GrammarName, bytes: Uint8Array): Promise<Language> {
  if (!hugeLexers.has(name)) return Language.load(bytes);
  setFlagsFromString(`--wasm-tiering-budget=${NEVER}`);
  try {
    return await Language.load(bytes);
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${DEFAULT_BUDGET}`);
  }
}

export async function loadGrammar(name: GrammarName): Promise<void> {
  if (grammars.has(name)) return;
  started ??= Parser.init(binding);
  await started;
  calls ??= cursorCalls(binding);
  const language = await loadGently(name, await readFile(grammarPath(name)));
  const parser = new Parser();
  parser.setLanguage(language);
  const named = Uint8Array.from(language.types, (_, type) => (language.nodeTypeIsNamed(type) ? 1 : 0));
  grammars.set(name, { parser, typeNames: language.types, fieldNames: language.fields, named });
}

/** Scratch arrays, grown as needed and copied to size at the end of a parse. */
let capacity = 0;
let type = new Uint16Array(0);
let field = new Uint8Array(0);
let start = new Int32Array(0);
let end = new Int32Array(0);
let parent = new Int32Array(0);
let subtreeEnd = new Int32Array(0);
let flags = new Uint8Array(0);

function grow(): void {
  capacity = Math.max(4096, capacity * 2);
  const keep = <T extends Uint8Array | Uint16Array | Int32Array>(made: T, old: T): T => (made.set(old), made);
  type = keep(new Uint16Array(capacity), type);
  field = keep(new Uint8Array(capacity), field);
  start = keep(new Int32Array(capacity), start);
  end = keep(new Int32Array(capacity), end);
  parent = keep(new Int32Array(capacity), parent);
  subtreeEnd = keep(new Int32Array(capacity), subtreeEnd);
  flags = keep(new Uint8Array(capacity), flags);
}

/** Fills the scratch arrays, a parent before its children; the number of nodes. */
function flatten(cursor: CursorCalls, tree: number, named: Uint8Array, hasError: boolean): number {
  let count = 0;
  let above = -1;
  cursor.root(tree);
  cursor.open(tree);
  try {
    for (;;) {
      if (count === capacity) grow();
      const node = count++;
      const kind = cursor.type(tree);
      type[node] = kind;
      field[node] = cursor.field(tree);
      start[node] = cursor.start(tree);
      end[node] = cursor.end(tree);
      flags[node] = (named[kind] ?? 1) | (hasError && cursor.missing(tree) ? 2 : 0);
      parent[node] = above;
      if (cursor.firstChild(tree)) {
        above = node;
        continue;
      }
      subtreeEnd[node] = count;
      while (!cursor.nextSibling(tree)) {
        if (!cursor.parent(tree)) return count;
        subtreeEnd[above] = count;
        above = parent[above]!;
      }
    }
  } finally {
    cursor.close(tree);
  }
}

/** Milliseconds. Error recovery can be quadratic and worse; no real source comes near. */
const LONGEST_PARSE = 10_000;

/** Null when it takes too long. */
function parseWithin(parser: Parser, text: string): Tree | null {
  const started = performance.now();
  try {
    return parser.parse(text, null, { progressCallback: () => performance.now() - started > LONGEST_PARSE });
  } catch (error) {
    // Memory ran out, as a rule: the module is dead for this thread, and every later file would fail with this one. The pool
    // gives this file up and starts another worker.
    if (!isMainThread && error instanceof Error && error.name === 'RuntimeError') process.exit(1);
    throw error;
  }
}

/**
 * Parses with a grammar that `loadGrammar` has loaded. The arrays of the result are views on scratch memory: valid until the
 * next call on this thread.
 */
export function parseSyntaxTree(text: string, name: GrammarName): SyntaxTree {
  const grammar = grammars.get(name);
  if (!grammar || !calls) throw new TrowelError('grammar-missing', `Grammar ${name} was not loaded.`);
  const tree = parseWithin(grammar.parser, text);
  if (!tree) {
    grammar.parser.reset();
    throw new TrowelError('unsupported', `The ${name} parser gave up.`);
  }
  const hasError = tree.rootNode.hasError;
  let count = 0;
  try {
    count = flatten(calls, treeAddress(tree), grammar.named, hasError);
  } finally {
    tree.delete();
  }
  return {
    text,
    count,
    hasError,
    type: type.subarray(0, count),
    field: field.subarray(0, count),
    start: start.subarray(0, count),
    end: end.subarray(0, count),
    parent: parent.subarray(0, count),
    subtreeEnd: subtreeEnd.subarray(0, count),
    flags: flags.subarray(0, count),
    typeNames: grammar.typeNames,
    fieldNames: grammar.fieldNames,
  };
}
