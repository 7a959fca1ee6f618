/**
 * FileFacts = f(content, language, extractor version), and nothing else. Tables are `Int32Array`s of fixed stride, so that
 * they cross threads and reach disk without being rebuilt; a string column holds an index into `strings`, −1 for none.
 * Everything is file-local: what depends on the path is added by link.
 */
import type { FactLevel } from './vocabulary.ts';

/** Raised whenever the layout below, or what any extractor emits, changes. */
export const FACTS_VERSION = 12;

/** Row of `symbols`. Row 0 is always the file's own module symbol; parents come before their children. */
export const SymbolColumn = {
  kind: 0, // index into symbolKinds
  name: 1, // string
  parent: 2, // symbol row, −1 for row 0 only
  flags: 3, // SymbolFlag bits
  visibility: 4, // index into visibilities
  startByte: 5, // UTF-8 offset of the declaration, decorators included
  endByte: 6, // exclusive
  startLine: 7, // 1-based
  startColumn: 8, // 1-based, UTF-16 units
  endLine: 9,
  endColumn: 10, // exclusive
  nameLine: 11, // where the name stands; the declaration's start for unnamed ones
  nameColumn: 12,
  signature: 13, // string, one line
  returnType: 14, // string as written
  documentation: 15, // string, without comment marks or quotes
  parameters: 16, // first row in `parameters`
  parameterCount: 17,
  decorators: 18, // string: comma-separated names as written, −1 for none
  declaredType: 19, // string as written: of a variable, field, constant, property
  metrics: 20, // row in `metrics`, −1 for none
  bodyHash: 21, // 32-bit hash of the body's tokens without comments and layout; 0 for none
  /**
   * String: the type, without type arguments, that a member belongs to which is declared outside that type's body (Go
   * receivers, Rust `impl` blocks, C++ out-of-class definitions, Kotlin extensions). Its parent is then the surrounding module or
   * namespace, and names and keys nest it under the owner: `Reader.Read`. −1 for none.
   */
  owner: 22,
} as const;
export const SYMBOL_STRIDE = 23;

/** Row of `parameters`. */
export const ParameterColumn = { name: 0, type: 1, default: 2, kind: 3 } as const;
export const PARAMETER_STRIDE = 4;

/** What a reference's name is bound to, as far as the file alone can know. */
export const Binding = {
  /** Not known from the file: link decides (a builtin, a global, another file of the same package), or it stays unresolved. */
  open: 0,
  /** `target` is a symbol row: resolved by scope. */
  local: 1,
  /** `target` is an import row: the name itself was imported. */
  imported: 2,
  /** A member of `receiver` (see below); flow or declared types decide. */
  member: 3,
  /** A name that scope proves to be a parameter or a local variable without a symbol: flow or declared types decide. */
  variable: 4,
  /** A builtin of the language. */
  builtin: 5,
} as const;

/** Row of `references`. */
export const ReferenceColumn = {
  role: 0, // index into referenceRoles
  name: 1, // string: the last identifier (`c` of `a.b.c()`)
  line: 2, // 1-based: where that identifier stands
  column: 3, // 1-based, UTF-16 units
  symbol: 4, // the innermost enclosing symbol row (a module-level use: 0)
  binding: 5, // Binding
  target: 6, // by binding; −1 for none
  /** Row in `expressions` (typed languages), −1 for none. Of an open name: the value whose members are looked at first. */
  receiver: 7,
  /** Number of arguments of a call, −1 where unknown or spread. Tells overloads apart. */
  arguments: 8,
  /**
   * Type declared elsewhere for which an `implement` reference holds (Rust's `impl Trait for T`): row in `expressions`. −1: the
   * enclosing symbol itself.
   */
  subject: 9,
  /** Languages with overloads: 1 + index into `flowLists` of one expression row (−1 unknown) for each of `arguments`; 0 for none. */
  argumentList: 10,
} as const;
export const REFERENCE_STRIDE = 11;

/** Row of `imports`. One row per imported name; a whole module is one row with name −1. */
export const ImportColumn = {
  kind: 0, // index into importKinds
  specifier: 1, // string as written: "./a", "os.path", "java.util", "<stdio.h>" (with its brackets), "crate::a"
  name: 2, // string: the member, "default" for a default import, −1 for the whole module
  alias: 3, // string: the local name, −1 for none
  line: 4,
  column: 5,
  symbol: 6, // enclosing symbol row (a function-level import is not row 0)
  level: 7, // Python: leading dots; else 0
  flags: 8, // ImportFlag bits
} as const;
export const IMPORT_STRIDE = 9;
/** `link`: a place in prose that leads to a file; the file does not depend on it. */
export const ImportFlag = { typeOnly: 1, conditional: 2, inFunction: 4, static: 8, global: 16, link: 32 } as const;

/** Row of `exports`: the file's outward names. Python: every module-level binding (star: bound by `__all__` or public). */
export const ExportColumn = {
  name: 0, // string: outward name ("default" for a default export)
  symbol: 1, // symbol row, −1 if it is an imported or computed value
  import: 2, // import row when re-exported, −1
  flags: 3, // 1: taken by a star import; 2: type only
} as const;
export const EXPORT_STRIDE = 4;

/** Row of `metrics`, one per function-like symbol, class and module. Counts, not ratios; ratios are derived. */
export const MetricColumn = {
  symbol: 0,
  codeLines: 1,
  commentLines: 2,
  blankLines: 3,
  cyclomatic: 4, // McCabe, 1 for straight-line code
  cognitive: 5, // SonarSource's Cognitive Complexity 1.7
  nesting: 6, // deepest nesting of control structures
  distinctOperators: 7, // Halstead n1
  distinctOperands: 8, // n2
  operators: 9, // N1
  operands: 10, // N2
  statements: 11,
  lackOfCohesion: 12, // LCOM4 of a class: connected components of methods over shared fields and calls; −1 otherwise
} as const;
export const METRIC_STRIDE = 13;

/** Row of `chunks`: what search indexes. Code chunks follow syntax. */
export const ChunkColumn = {
  kind: 0,
  symbol: 1,
  startByte: 2,
  endByte: 3,
  startLine: 4,
  endLine: 5,
  title: 6,
} as const;
export const CHUNK_STRIDE = 7;

export interface LineCounts {
  readonly total: number;
  readonly code: number;
  readonly comment: number;
  readonly blank: number;
}

export interface FileFacts {
  readonly language: string;
  readonly level: FactLevel;
  /** The file parses only in part; the symbols that can be known are here. */
  readonly partial: boolean;
  readonly lines: LineCounts;
  readonly strings: readonly string[];
  readonly symbols: Int32Array;
  readonly parameters: Int32Array;
  readonly references: Int32Array;
  readonly imports: Int32Array;
  readonly exports: Int32Array;
  readonly metrics: Int32Array;
  readonly chunks: Int32Array;
  /** Declared-type facts of `typed` languages (see declared-types.ts). */
  readonly expressions: Int32Array;
  readonly locals: Int32Array;
  /** The constraint program of `flow` languages (see flow.ts). */
  readonly flow: Int32Array;
  readonly flowFunctions: Int32Array;
  readonly flowClasses: Int32Array;
  readonly flowLists: Int32Array;
  readonly flowSlots: number;
  /**
   * Hash of all that other files can see: symbols outside bodies with their signatures, imports that are re-exported, and the
   * flow operations of the interface slice. Equal hashes: no other file's links can change. 16 hexadecimal digits.
   */
  readonly interfaceHash: string;
}
