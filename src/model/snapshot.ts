/**
 * The index at one revision, immutable: what every read goes through. Symbol and file ids are dense numbers valid inside one
 * snapshot only; what leaves the process is a SymbolKey.
 */
import type { FileFacts } from './facts.ts';
import type { SymbolKey } from './graph.ts';
import type { FileRole, SkippedFile } from './source-file.ts';
import type { EdgeKind, FactLevel, Provenance, SymbolKind, Visibility } from './vocabulary.ts';

export type SymbolId = number;
export type FileId = number;

export interface FileRecord {
  readonly id: FileId;
  readonly path: string;
  readonly language: string;
  readonly roles: readonly FileRole[];
  readonly level: FactLevel;
  readonly partial: boolean;
  readonly bytes: number;
  readonly codeLines: number;
  readonly commentLines: number;
  readonly blankLines: number;
  /** Content hash, hexadecimal. */
  readonly hash: string;
  /** Of the edges that its text gave rise to: where it is as it was, so are they. */
  readonly edgesHash: number;
  /** Symbols of this file are ids [firstSymbol, firstSymbol + symbolCount); the first is the module. */
  readonly firstSymbol: SymbolId;
  readonly symbolCount: number;
}

export interface SymbolRecord {
  readonly id: SymbolId;
  readonly key: SymbolKey;
  readonly name: string;
  /** Nesting joined with `.`, without the path: `Model.save`. */
  readonly qualifiedName: string;
  readonly kind: SymbolKind;
  readonly visibility: Visibility;
  /** SymbolFlag bits. */
  readonly flags: number;
  readonly file: FileId;
  readonly path: string;
  readonly parent: SymbolId | undefined;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly nameLine: number;
  readonly nameColumn: number;
  readonly startByte: number;
  readonly endByte: number;
  readonly signature: string | undefined;
  readonly returnType: string | undefined;
  readonly documentation: string | undefined;
  readonly decorators: readonly string[];
  readonly parameters: readonly SymbolParameter[];
  readonly metrics: SymbolMetrics | undefined;
}

export interface SymbolParameter {
  readonly name: string;
  readonly type: string | undefined;
  readonly default: string | undefined;
  readonly kind: 'positional' | 'positional-only' | 'keyword-only' | 'variadic' | 'keyword-variadic';
}

export interface SymbolMetrics {
  readonly codeLines: number;
  readonly commentLines: number;
  readonly blankLines: number;
  readonly cyclomatic: number;
  readonly cognitive: number;
  readonly nesting: number;
  readonly statements: number;
  readonly distinctOperators: number;
  readonly distinctOperands: number;
  readonly operators: number;
  readonly operands: number;
  readonly lackOfCohesion: number | undefined;
}

/** An edge between two symbols of the snapshot, or from one to something outside. */
export interface EdgeRecord {
  readonly source: SymbolId;
  /** −1 when external. */
  readonly target: SymbolId;
  readonly external: string | undefined;
  readonly kind: EdgeKind;
  readonly provenance: Provenance;
  readonly line: number;
  readonly column: number;
  readonly rivals: number;
}

/** Columns over all symbols, by id: what analytics read instead of records. Metrics are −1 where a symbol has none. */
export interface SymbolTable {
  /** index into symbolKinds */
  readonly kind: Uint8Array;
  readonly flags: Int32Array;
  readonly file: Int32Array;
  /** −1 for modules */
  readonly parent: Int32Array;
  readonly startLine: Int32Array;
  readonly codeLines: Int32Array;
  readonly cyclomatic: Int32Array;
  readonly cognitive: Int32Array;
}

/** Compressed sparse rows over symbol ids; edge e of node n lies in [offsets[n], offsets[n + 1]). */
export interface AdjacencyRows {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** index into edgeKinds | index into provenances << 8 */
  readonly labels: Uint16Array;
  readonly lines: Int32Array;
}

export interface Freshness {
  /** Hash over the tree's paths and content hashes. */
  readonly revision: string;
  /** When the tree was last compared with the index, in milliseconds since the epoch. */
  readonly asOf: number;
  /** `quick`: names, imports and declared types; `full`: data flow as well. */
  readonly level: 'quick' | 'full';
  /** A first dig is still running: what is not here may yet come. */
  readonly partial: boolean;
}

/** The text index's bytes as they lie in the store: what the search room reads. */
export interface StoredSearch {
  /** Names the merged image; undefined before the first dig has ended. */
  readonly imageId: string | undefined;
  /** The model that made the vectors: the setting that named it, `=`, its id (`none` without one). */
  readonly modelId: string | undefined;
  /** A part of the image by its name, unpacked. */
  part(name: string): Uint8Array | undefined;
  /** Segments of files that changed since the image was made; they stand for the whole file. */
  segments(): readonly { readonly file: FileId; readonly bytes: Uint8Array }[];
  /** The file behind the index's own number; −1 for one that is gone. */
  fileOf(number: number): FileId;
}

export interface Snapshot {
  readonly root: string;
  readonly freshness: Freshness;
  readonly fileCount: number;
  readonly symbolCount: number;
  files(): readonly FileRecord[];
  fileByPath(path: string): FileRecord | undefined;
  symbol(id: SymbolId): SymbolRecord;
  symbolByKey(key: SymbolKey): SymbolRecord | undefined;
  /**
   * Symbols for what a person types: a key, `path:line`, a qualified name or its tail (`Model.save`, `save`,
   * `models.Model.save`), case-sensitive first. Best first; all of equal rank.
   */
  resolve(query: string): readonly SymbolRecord[];
  /** Distinct symbol names with the same first letter, in any case: what a mistyped name is compared with; at most some thousands. */
  namesLike(text: string): readonly string[];
  symbolsOf(file: FileId): readonly SymbolRecord[];
  /**
   * What a symbol holds: what is declared in it, and what is declared elsewhere as a type's own (Go's methods, Rust's `impl`,
   * C++'s definitions out of the class). Of several types of one name, the nearest one by folders has the latter.
   */
  members(id: SymbolId): readonly SymbolRecord[];
  /** Edges by kind; without kinds, all. Externals are included in `edgesFrom`. */
  edgesFrom(id: SymbolId, kinds?: readonly EdgeKind[]): readonly EdgeRecord[];
  /** Edges that start in a file, those of `contains` left out: one question for what `edgesFrom` asks by symbol. */
  edgesOf(file: FileId): readonly EdgeRecord[];
  /** Places that use a symbol, candidates not counted. */
  userCount(id: SymbolId): number;
  edgesTo(id: SymbolId, kinds?: readonly EdgeKind[]): readonly EdgeRecord[];
  /**
   * Whole graph for analytics; candidates, externals and contains-edges (`symbolTable().parent`) are left out. Built on first
   * use and kept.
   */
  outgoing(): AdjacencyRows;
  incoming(): AdjacencyRows;
  /** Built on first use and kept. */
  symbolTable(): SymbolTable;
  /** Edges by kind and provenance: counts[kind][provenance], candidates and externals included. */
  edgeCounts(): Readonly<Record<EdgeKind, Readonly<Record<Provenance, number>>>>;
  /** Calls that link could not resolve: counted, never drawn. */
  unresolvedCalls(): number;
  facts(file: FileId): FileFacts;
  /** The text as indexed; undefined when the file has since changed or gone. */
  text(file: FileId): string | undefined;
  skipped(): readonly SkippedFile[];
  search(): StoredSearch;
  close(): void;
}
