/** Writes what scan, parse and link found into index.db. The caller holds the writer lock and opens the transactions. */
import { createHash } from 'node:crypto';
import type { Connection } from '#stores/sqlite.ts';
import { lateIndexes, writeMeta } from '#stores/index-store.ts';
import type { FileFacts } from '#model/facts.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { LinkedFile } from '#model/graph.ts';
import type { FileRole, FileStamp, SkippedFile, SourceFile } from '#model/source-file.ts';
import { EdgeRows, type LinkedSymbols } from './edge-rows.ts';
import { idsOf, runsOf } from './id-runs.ts';
import { type IndexedFile, readIndexedFiles, walkedAs, writeIndexedFile } from './indexed-file.ts';
import { SymbolRows } from './symbol-rows.ts';

/** A file as it was read and parsed. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly language: string;
  readonly roles: readonly FileRole[];
  readonly declarations: boolean;
  readonly failed: boolean;
  readonly hash: string;
  readonly bytes: number;
  readonly racy: boolean;
  readonly facts: FileFacts;
}

/** A file that is not indexed; with a stamp where its content was read and refused. */
export interface RefusedFile extends SkippedFile {
  readonly stamp?: FileStamp | undefined;
}

export interface LinkResult {
  readonly linked: ReadonlyMap<string, LinkedFile>;
  readonly paths: readonly string[];
}

export interface RevisionInfo {
  readonly asOf: number;
  readonly level: 'quick' | 'full';
  readonly partial: boolean;
  readonly factsIdentity: string;
  /** Mark of the walk that saw just this tree; undefined where no walk did. */
  readonly walk?: string | undefined;
}

export class IndexWriter {
  readonly #connection: Connection;
  readonly #symbols: SymbolRows;
  readonly #edges: EdgeRows;
  readonly #files = new Map<string, IndexedFile>();
  /** Of every file whose edges may be written or met: by path. */
  readonly #linkable = new Map<string, LinkedSymbols>();
  #nextFile = 1;
  #nextSymbol = 1;
  readonly #revision = new Revision();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#symbols = new SymbolRows(connection);
    this.#edges = new EdgeRows(connection);
    for (const file of readIndexedFiles(connection)) {
      this.#files.set(file.path, file);
      this.#revision.toggle(file);
      this.#nextFile = Math.max(this.#nextFile, file.id + 1);
      for (let at = 0; at < file.ids.length; at += 2) {
        this.#nextSymbol = Math.max(this.#nextSymbol, file.ids[at]! + file.ids[at + 1]!);
      }
    }
  }

  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#files;
  }

  /** Numbers of all files. */
  ids(): ReadonlySet<number> {
    return new Set(this.#files.values().map(({ id }) => id));
  }

  /** Tells the places of an unchanged file's symbols, which its edges count from. */
  know(path: string, facts: FileFacts): void {
    const file = this.#files.get(path)!;
    this.#linkable.set(path, { id: file.id, ids: idsOf(file.ids), startLines: startLines(facts) });
  }

  /** Adds or replaces a file with its symbols; its edges are written by `writeEdges`. */
  putFile({ source, language, roles, declarations, failed, hash, bytes, racy, facts }: ParsedFile): void {
    const old = this.#files.get(source.path);
    const id = old?.id ?? this.#nextFile++;
    let ids;
    if (old) {
      const replaced = this.#symbols.replace(id, facts, old.ids, this.#nextSymbol);
      ids = replaced.ids;
      this.#nextSymbol = replaced.next;
      this.#edges.removeTouching(replaced.gone);
    } else {
      const count = this.#symbols.insert(id, facts, this.#nextSymbol);
      ids = runsOf(Array.from({ length: count }, (_, row) => this.#nextSymbol + row));
      this.#nextSymbol += count;
    }
    const file: IndexedFile = {
      id,
      path: source.path,
      rawPath: source.rawPath,
      language,
      roles,
      level: facts.level,
      partial: facts.partial,
      bytes,
      codeLines: facts.lines.code,
      commentLines: facts.lines.comment,
      blankLines: facts.lines.blank,
      hash,
      declarations,
      failed,
      ids,
      unresolved: old?.unresolved ?? 0,
      edgesHash: old?.edgesHash ?? 0,
      walked: walkedAs(source),
      stamp: source.stamp,
      racy,
    };
    writeIndexedFile(this.#connection, file);
    if (old) this.#revision.toggle(old);
    this.#revision.toggle(file);
    this.#files.set(source.path, file);
    this.#linkable.set(source.path, { id, ids: idsOf(ids), startLines: startLines(facts) });
  }

  /** The content is as before; its stamp, roles or language may not be. */
  touchFile(source: SourceFile, roles: readonly FileRole[], racy: boolean): void {
    const file: IndexedFile = {
      ...this.#files.get(source.path)!,
      stamp: source.stamp,
      walked: walkedAs(source),
      roles,
      racy,
    };
    writeIndexedFile(this.#connection, file);
    this.#files.set(source.path, file);
  }

  removeFile(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    this.#edges.remove(file.id, file.ids);
    this.#edges.removeTouching(idsOf(file.ids));
    this.#symbols.remove(file.ids);
    this.#connection.run('DELETE FROM files WHERE id = ?', file.id);
    this.#files.delete(path);
    this.#revision.toggle(file);
    this.#linkable.delete(path);
  }

  /** Writes the edges of every linked file whose edges are not as they were. Returns how many files that were. */
  writeEdges({ linked, paths }: LinkResult): number {
    const symbolsOf = (number: number): LinkedSymbols => this.#linkable.get(paths[number]!)!;
    let written = 0;
    for (const [path, edges] of linked) {
      const file = this.#files.get(path);
      if (!file) continue;
      const owned = this.#edges.own(file.id, edges, symbolsOf);
      if (owned.hash === file.edgesHash && edges.unresolvedCalls === file.unresolved) continue;
      if (file.edgesHash === 0) this.#edges.insert(owned);
      else this.#edges.replace(file.id, file.ids, owned);
      const updated: IndexedFile = { ...file, edgesHash: owned.hash, unresolved: edges.unresolvedCalls };
      this.#connection.run(
        'UPDATE files SET edges_hash = ?, unresolved = ? WHERE id = ?',
        owned.hash,
        updated.unresolved,
        file.id,
      );
      this.#files.set(path, updated);
      written++;
    }
    this.#edges.flush();
    return written;
  }

  writeRefused(refused: readonly RefusedFile[]): void {
    this.#connection.run('DELETE FROM skipped');
    for (const { path, reason, detail, stamp } of refused) {
      this.#connection.run(
        'INSERT INTO skipped VALUES (?, ?, ?, ?, ?, ?, ?)',
        path,
        reason,
        detail ?? null,
        stamp?.size ?? null,
        stamp?.modified ?? null,
        stamp?.changed ?? null,
        stamp?.inode ?? null,
      );
    }
  }

  /** Writes what is pending and the state that readers will see. Returns the revision. */
  finish({ asOf, level, partial, factsIdentity, walk }: RevisionInfo): string {
    this.#symbols.flush();
    if (!partial) this.#connection.exec(lateIndexes);
    const revision = this.#revision.digest();
    writeMeta(this.#connection, {
      revision,
      asOf: String(asOf),
      level,
      partial: String(partial),
      facts: factsIdentity,
      walk: walk ?? '',
    });
    return revision;
  }
}

/** What earlier walks left out. */
export function readRefused(connection: Connection): RefusedFile[] {
  type Row = [string, SkippedFile['reason'], string | null, number | null, string | null, string | null, string | null];
  return connection
    .rows<Row>('SELECT path, reason, detail, size, modified, changed, inode FROM skipped')
    .map(([path, reason, detail, size, modified, changed, inode]) => ({
      path,
      reason,
      ...(detail === null ? {} : { detail }),
      ...(size === null
        ? {}
        : { stamp: { size, modified: modified ?? '', changed: changed ?? '', inode: inode ?? '' } }),
    }));
}

function startLines(facts: FileFacts): Int32Array {
  const lines = new Int32Array(facts.symbols.length / SYMBOL_STRIDE);
  for (let row = 0; row < lines.length; row++)
    lines[row] = facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.startLine]!;
  return lines;
}

/** Hash over paths and contents, whatever the order: the exclusive or of each file's own. */
class Revision {
  readonly #sum = new Uint8Array(16);

  /** Adds a file, or takes it out again. */
  toggle({ path, hash }: { readonly path: string; readonly hash: string }): void {
    const digest = createHash('sha256').update(path).update('\0').update(hash).digest();
    for (let i = 0; i < this.#sum.length; i++) this.#sum[i]! ^= digest[i]!;
  }

  /** 32 hexadecimal digits. */
  digest(): string {
    return Buffer.from(this.#sum).toString('hex');
  }
}
