/** The one place that knows web-tree-sitter: grammars are loaded once a thread, trees are flattened into typed arrays. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { TrowelError } from '#base/errors.ts';
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { NodeArrays, sameNodes } from './node-arrays.ts';
import { addressOf, type CursorCalls, cursorCalls, flattenByCursor } from './tree-cursor.ts';
import { flattenFromMemory, type GrammarTables, grammarTables, type TreeMemory } from './tree-memory.ts';
import { type GrammarName, grammarFiles } from './grammars.ts';
import { ParseGuard, readableText } from './parse-guard.ts';
import { ParserDied } from './parser-died.ts';
import { TextUnits } from './text-units.ts';

interface Grammar {
  readonly parser: Parser;
  /** Undefined where trees are not laid out as `tree-memory.ts` expects: then the cursor reads them. */
  readonly tables: GrammarTables | undefined;
  readonly typeNames: readonly string[];
  readonly fieldNames: readonly (string | null)[];
  /** By node type: 1 if such nodes are named. Asking each node costs a call into wasm. */
  readonly named: Uint8Array;
}

const grammars = new Map<GrammarName, Grammar>();
/** `Parser.init` fills the object that it is given with what the WebAssembly module exports. */
const binding: object = { printErr: () => {} };
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
  if (died) throw died;
  if (grammars.has(name)) return;
  started ??= Parser.init(binding);
  await started;
  calls ??= cursorCalls(binding);
  const language = await loadGently(name, await readFile(grammarPath(name)));
  const parser = new Parser();
  parser.setLanguage(language);
  const named = Uint8Array.from(language.types, (_, type) => (language.nodeTypeIsNamed(type) ? 1 : 0));
  const tables = grammarTables(memory(), addressOf(language));
  grammars.set(name, {
    parser,
    tables: readsAlike(parser, tables, calls, named) ? tables : undefined,
    typeNames: language.types,
    fieldNames: language.fields,
    named,
  });
}

function memory(): TreeMemory {
  return binding as TreeMemory;
}

/** Words, nesting, strings, comments and errors in most languages. */
const SAMPLE =
  'a = b(c, [1, "x"], d.e) # f\nclass G { int h() { return -i; } } // \u00e9\nif (j) k; else { }\n<l m="n">o</l> (p';

/** Whether a text's tree read from memory is the one that the library's cursor shows. */
function readsAlike(parser: Parser, tables: GrammarTables, cursor: CursorCalls, named: Uint8Array): boolean {
  const tree = parser.parse(SAMPLE);
  if (!tree) return false;
  try {
    const shown = new NodeArrays();
    const count = flattenByCursor(cursor, addressOf(tree), named, shown);
    return (
      flattenFromMemory(memory(), tables, named, addressOf(tree), nodes) === count &&
      sameNodes(shown.views(count), nodes.views(count))
    );
  } finally {
    tree.delete();
  }
}

const nodes = new NodeArrays();
const units = new TextUnits();

/** Set once the module has trapped. */
let died: ParserDied | undefined;

function parseGuarded(
  parser: Parser,
  text: string,
  name: GrammarName,
): { readonly tree: Tree; readonly cutOff: boolean } {
  if (died) throw died;
  const guard = new ParseGuard(text);
  let tree: Tree | null;
  try {
    tree = parser.parse(guard.read, null, { progressCallback: guard.isOverTime });
  } catch (cause) {
    // Whatever ends a parse midway (memory, stack) leaves the module's own stack and tables as they happened to be.
    died = new ParserDied(name, cause);
    throw died;
  }
  if (tree && !guard.timedOut) return { tree, cutOff: guard.cutOff };
  tree?.delete();
  parser.reset();
  throw new TrowelError('unsupported', `The ${name} parser took too long.`);
}

/** Whether trees of a loaded grammar are read straight from memory. */
export function readsMemory(name: GrammarName): boolean {
  return grammars.get(name)?.tables !== undefined;
}

/**
 * Parses with a grammar that `loadGrammar` has loaded. The arrays of the result are views on scratch memory: valid until the
 * next call on this thread. `way`: how the tree is read, which changes nothing but the time it takes.
 */
export function parseSyntaxTree(text: string, name: GrammarName, way: 'memory' | 'cursor' = 'memory'): SyntaxTree {
  const grammar = grammars.get(name);
  if (!grammar || !calls) throw new TrowelError('grammar-missing', `Grammar ${name} was not loaded.`);
  const { tree, cutOff } = parseGuarded(grammar.parser, readableText(text), name);
  const hasError = cutOff || tree.rootNode.hasError;
  let count = -1;
  try {
    const { tables, named } = grammar;
    const address = addressOf(tree);
    if (tables && way === 'memory') count = flattenFromMemory(memory(), tables, named, address, nodes);
    if (count < 0) count = flattenByCursor(calls, address, named, nodes);
  } finally {
    tree.delete();
  }
  return {
    text,
    units: units.of(text),
    hasError,
    ...nodes.views(count),
    typeNames: grammar.typeNames,
    fieldNames: grammar.fieldNames,
  };
}
